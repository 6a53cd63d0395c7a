"""What can be looked at and changed of a broker that somebody else runs, piece by piece, by what its profile names."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from support.config.access import Commands, Setting
from support.config.profile import Profile, SystemProfile, load
from support.core.errors import EnvironmentFailure, NotSupported
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.broker.http_client import Credential, Wire
from support.environments.embedded.pki import Authority
from support.environments.external.certificates import Certified
from support.environments.external.deployment import ExternalDeployment
from support.environments.systems.broker import BrokerSystem
from support.scenario.tasks import deployment_checks, reconfiguration
from tests.drivers.broker_world import Deployed, broker_world


@pytest.fixture
async def deployed(tmp_path: Path) -> AsyncIterator[Deployed]:
    async with broker_world(tmp_path) as (broker, world):
        yield broker, world


async def test_each_piece_is_looked_at_for_itself(deployed: Deployed) -> None:
    _, world = deployed
    await deployment_checks.inspect(world)
    assert deployment_checks.found(world, "certificates").certificates == dict.fromkeys(
        ["authority", "proxy", "main server", "the proxy's certificate", "a worker's certificate"], ""
    )
    for piece, reason in {
        "components": "does not say where a worker is",
        "packages": "no command that prints the log of a main server",
        "logs": "no command that prints the log of a main server",
        "the database": "no access to this system's database",
        "Redis": "no access to this system's Redis",
    }.items():
        with pytest.raises(NotSupported, match=reason):
            deployment_checks.found(world, piece)


def test_what_is_wrong_with_a_certificate_is_told(tmp_path: Path) -> None:
    authority, other = Authority(tmp_path / "pki"), Authority(tmp_path / "other")
    good, late, foreign = authority.client("a"), authority.expired("b"), other.client("c")
    files = {
        "good": good,
        "late": late,
        "foreign": foreign,
        "mixed": SimpleNamespace(certificate=good.certificate, key=late.key),
    }
    found = Certified(
        authority.certificate,
        {"plain": "http://localhost:1", "gone": "https://127.0.0.1:1"},
        {name: (one.certificate, one.key) for name, one in files.items()},
    ).flaws()
    assert (found["authority"], found["good"], "plain" in found) == ("", "", False)
    assert "refused" in found["gone"]
    assert "valid from" in found["late"]
    assert "does not match" in found["foreign"] or "InvalidSignature" in found["foreign"]
    assert found["mixed"] == "the key belongs to another certificate"


async def test_a_setting_is_changed_and_changed_back(tmp_path: Path) -> None:
    told: list[str] = []
    setting = Setting(change="echo two", back="echo five")
    deployment = ExternalDeployment({"proxy": "http://localhost:1"}, {}, told.append, {"2 attempts": setting})
    await deployment.change("2 attempts")
    await deployment.change_back()
    await deployment.change_back()
    assert [line.partition(": ")[2] for line in told] == ["$ echo two", "two", "$ echo five", "five"]
    with pytest.raises(NotSupported, match="no command that changes the system to 'short sessions'"):
        await deployment.change("short sessions")


async def test_a_setting_that_fails_half_way_is_changed_back_all_the_same() -> None:
    told: list[str] = []
    setting = Setting(change="exit 1", back="echo five")
    deployment = ExternalDeployment({"proxy": "http://localhost:1"}, {}, told.append, {"2 attempts": setting})
    with pytest.raises(EnvironmentFailure, match="exit code 1"):
        await deployment.change("2 attempts")
    await deployment.change_back()
    assert told[-1].endswith("five")


async def test_passwords_are_as_in_production_where_the_system_is_not_ours() -> None:
    foreign = SimpleNamespace(sut=SimpleNamespace(described=SystemProfile(deployment="external")))
    await reconfiguration.as_in_production(foreign, "passwords")  # type: ignore[arg-type]


def sut(**described: Any) -> BrokerSystem:
    system = SystemProfile(deployment="external", address="https://localhost:1", **described)
    return BrokerSystem(Profile(name="test", systems={"broker": system}), {})


@pytest.mark.parametrize("name", ["MySQL", "MariaDB", "Postgres", "the database"])
def test_the_database_has_whatever_name_the_profile_gives_it(name: str) -> None:
    assert list(sut(controls={name: Commands(start="true")}).deploy().controls) == ["the database"]


def test_all_workers_are_handled_one_by_one_unless_the_profile_knows_better() -> None:
    one = Commands(start="true")
    each = sut(controls={"worker 1": one, "worker 2": one, "proxy": one}).deploy().controls["every worker"]
    assert [member.name for member in each.members] == ["worker 1", "worker 2"]  # type: ignore[attr-defined]
    named = sut(controls={"worker 1": one, "every worker": one}).deploy().controls["every worker"]
    assert not hasattr(named, "members")
    assert "every worker" not in sut(controls={"proxy": one}).deploy().controls


async def test_the_profiles_certificate_is_shown_where_nobodys_own_is(tmp_path: Path) -> None:
    own = Authority(tmp_path / "pki").client("suite")
    wires = sut(tls={"certificate": own.certificate, "key": own.key})._wires({"proxy": "https://localhost:1"}, None)
    assert wires["proxy"].own == Credential(own.certificate, own.key)


async def test_no_certificate_is_none_even_where_the_profile_names_one(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[Any] = []

    class Answering:
        async def request(self, *_: Any, **__: Any) -> None: ...

    def client(_: Wire, showing: Any) -> Any:
        shown.append(showing)
        return Answering()

    monkeypatch.setattr(Wire, "_client", client)
    own = Credential(Path("a"), Path("b"))
    wire, transcript = Wire("https://localhost:1", None, 1.0, own=own), Transcript(Redactor())
    await wire.session(transcript.of("user A")).answer("look", "GET", "/")
    await wire.session(transcript.of("user A"), showing=None).answer("submit", "POST", "/")
    assert shown == [own, None]


def test_a_plain_run_of_the_deployed_broker_takes_no_hours() -> None:
    played = load("deployed/broker").load
    assert max(min(seconds * played.time_scale, played.most) for seconds in (60, 3600, 86_400)) <= 60
