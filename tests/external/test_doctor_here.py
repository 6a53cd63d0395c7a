"""The doctor over the systems of our own: it forecasts what their drivers and deployments can do, and no more."""

import re
from pathlib import Path

import pytest

from support.config.profile import load
from support.core.exit_codes import Verdict
from support.drivers.capabilities import offers
from support.drivers.capabilities.delivery import SubmitsMessages, WorksInside
from support.drivers.capabilities.sessions import Registers
from support.environments.systems import REFERENCES, class_of
from support.scenario.forecasts import forecast
from support.scenario.needs import SOAKS
from support.verification.doctor import command
from support.verification.doctor.examination import Examination


@pytest.mark.parametrize("system", REFERENCES)
async def test_a_system_of_our_own_is_examined(system: str) -> None:
    profile = load("embedded")
    examination = Examination(class_of(system, profile)(profile, {}))
    await examination.run()
    told = {finding.part: finding for finding in examination.findings}
    assert told["system"].seen == "starts, and serves"
    assert {finding.state for finding in examination.findings} == {"ok"}
    assert "SignsIn" in told["capabilities"].seen or system == "training"
    assert ("Registers" in told["capabilities"].seen.split(", ")) is (system in ("chat", "dashboard", "threads"))


def test_its_spec_is_forecast(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([], "dashboard") is Verdict.GREEN
    assert re.search(r"All \d+ scenarios will be played", capsys.readouterr().out)


def test_what_a_dialect_lacks_is_forecast(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[systems.training]\n[systems.training.driver]\nlacks = ["completion"]\n')
    found = forecast(str(path), "training")
    absent = [one for one in found if one.lack]
    assert {str(one.limit) for one in absent} == {"the product has no completion of sessions"}
    assert {one.reason for one in found if not one.lack} <= {"", SOAKS}


class Submitter:
    """Whose number is known only later, and who registers something, not themselves."""

    @property
    def number(self) -> str:
        raise KeyError("somebody@example.com")

    async def submit(self, letter: object, *, by: str = "", showing: str = "", as_: str = "") -> None: ...
    async def register(self, letter: object, *, showing: str = "", message: str = "") -> None: ...
    async def report(self, message: str, status: str, attempts: int = 1, *, showing: str = "") -> None: ...


def test_a_capability_is_seen_without_asking_for_what_is_not_known_yet() -> None:
    assert isinstance(Submitter(), SubmitsMessages)
    assert offers(Submitter(), WorksInside)


def test_a_verb_of_the_same_name_is_no_capability() -> None:
    assert not offers(Submitter(), Registers)
