"""What the doctor forecasts is what a run leaves out, with the same words, on every stand-in of a deployed system."""

import asyncio
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from behave.model import Scenario

from support.core.errors import Absent, SuiteError
from support.environments.compose import deployment as compose
from support.execution import dry_runs
from support.execution.dry_runs import DryRuns
from support.reporting import results_file
from support.reporting.outcome import Outcome
from support.scenario import forecasts
from support.scenario.forecasts import Forecast, Forecasts, forecast
from support.scenario.needs import SOAKS
from tests.drivers.deployed_chat import USERS, deployed_chat
from tests.drivers.deployed_dashboard import deployed_dashboard
from tests.drivers.deployed_threads import deployed_threads
from tests.drivers.deployed_training import deployed_training
from tests.external.standin import profile as standin

FOUR = 'accounts = [{ login = "Lisa" }, { login = "Avi" }, { login = "Era" }, { login = "Tsahi" }]'
ROOT = Path(__file__).parents[2]
#: What waits for what never comes here need not wait long.
SHORT = ("delivery", "response", "keep_alive", "sweep", "outage", "recovery", "short_session", "turning_away")


def hurried(system: str, folder: Path) -> str:
    """The shipped profile of a system, for which nothing is waited long; its path."""
    shipped = (ROOT / f"profiles/deployed/{system}.toml").read_text(encoding="utf-8")
    header, kept, within = f"[systems.{system}.limits]", [], False
    for line in shipped.splitlines():
        within = line == header if line.startswith("[") else within
        kept += [] if within else [line]
    path = folder / "hurried.toml"
    path.write_text("\n".join([*kept, header, *(f"{name} = 0.3" for name in SHORT)]), encoding="utf-8")
    return str(path)


def test_a_dry_run_that_takes_too_long_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecasts, "PATIENCE", 0.01)
    with pytest.raises(SuiteError, match=r"the dry run of chat went wrong: it took longer than 0\.01 s$"):
        forecast(None, "chat", ["features/chat/1_authorization.feature:7"])


@asynccontextmanager
async def addressed(
    system: str, served: AbstractAsyncContextManager[tuple[object, str]], patch: pytest.MonkeyPatch
) -> AsyncIterator[None]:
    async with served as (_, address):
        patch.setenv(f"{system.upper()}_ADDRESS", address)
        yield


async def outcomes(profile: str, features: str, folder: Path) -> list[Outcome]:
    """What became of the scenarios of a run."""
    kept = folder / "results.jsonl"
    process = await asyncio.create_subprocess_exec(
        *(Path(sys.executable).with_name("behave"), "-D", f"profile={profile}", "-D", f"results={kept}"),
        *("-D", "allure=off", features),
        stdout=PIPE, stderr=STDOUT, cwd=ROOT,
    )  # fmt: skip
    said, _ = await process.communicate()
    print(said.decode())
    return results_file.read(kept).outcomes


def left_out(one: Outcome) -> str:
    """Why a scenario was not played; nothing if it was."""
    return str((one.reason if one.status == "not run" else one.message if one.status == "absent" else None) or "")


@pytest.mark.parametrize(
    ("system", "topic"),
    [("chat", "8_third_party_bots"), ("training", "4_sessions"), ("dashboard", "3_message_types"),
     ("threads", "1_authentication_flow")],
)  # fmt: skip
async def test_doctor_and_run_agree(system: str, topic: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, password in USERS.items():
        monkeypatch.setenv(f"{name.upper()}_PASSWORD", password)
    monkeypatch.setenv("DASHBOARD_MAIL", str(tmp_path))
    served = {
        "chat": deployed_chat, "training": deployed_training, "threads": deployed_threads,
        "dashboard": lambda: deployed_dashboard(tmp_path),
    }[system]()  # fmt: skip
    async with addressed(system, served, monkeypatch):
        path = hurried(system, tmp_path)
        played = await outcomes(path, f"features/{system}/{topic}.feature", tmp_path)
    told = [one for one in await asyncio.to_thread(forecast, path, system) if f"/{topic}." in one.place]
    assert [left_out(one) for one in played] == [one.reason for one in told if one.reason != SOAKS]
    assert any(map(left_out, played))


def test_a_dry_run_that_fails_is_said_and_hides_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> list[Forecast]:
        raise SuiteError("the dry run of chat went wrong: KeyError: 'x'")

    monkeypatch.setattr(forecasts, "forecast", broken)
    known, scenario = Forecasts(None), cast(Scenario, SimpleNamespace(location="features/a.feature:3", all_steps=[]))
    known.of("chat", [scenario])
    assert known.limit(scenario) is None
    assert known.troubles == {"chat": "the dry run of chat went wrong: KeyError: 'x'"}
    assert "went wrong: KeyError: 'x': what cannot be played shows only when it is tried" in capsys.readouterr().out


def test_each_scenario_has_one_dry_run(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []

    def dry_run(profile: str | None, system: str, places: list[str], lease: str | None) -> list[Forecast]:
        asked.append(places)
        return [Forecast("1.1", "features/a.feature:3", lack="way to sign in")]

    monkeypatch.setattr(forecasts, "forecast", dry_run)
    known, scenario = Forecasts(None), cast(Scenario, SimpleNamespace(location="features/a.feature:3", all_steps=[]))
    for _ in range(2):
        known.of("chat", [scenario])
    known.of("training", [])
    assert asked == [["features/a.feature:3"]]
    assert isinstance(known.limit(scenario), Absent)
    assert str(known.limit(scenario)) == "the product has no way to sign in"


def test_what_all_processes_are_told_needs_no_further_dry_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def dry_run(profile: str | None, system: str, places: list[str]) -> list[Forecast]:
        asked.append(system)
        return [
            Forecast("1.1", places[0], reason="no access"),
            *(Forecast("", place, leased=2) for place in places[1:]),
        ]

    monkeypatch.setattr(dry_runs, "forecast", dry_run)
    monkeypatch.setattr(forecasts, "forecast", dry_run)
    once = DryRuns(None, ["features/chat/1_authorization.feature"])
    assert once.write(tmp_path / "none.json") is None
    assert once.people("chat") == once.people("chat") == 2
    file = once.write(tmp_path / "told.json")
    known = Forecasts(None, file=str(file))
    known.of("chat", once.selected)
    assert [str(known.limit(one) or "") for one in once.selected[:2]] == ["no access", ""]
    assert asked == ["chat"]


def test_many_scenarios_are_shared_out_among_processes_and_each_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shares: list[int] = []

    def told(profile: str | None, system: str, places: list[str], lease: str | None) -> list[Forecast]:
        shares.append(len(places))
        return [Forecast("", place) for place in places]

    monkeypatch.setattr(forecasts, "_told", told)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    places = [f"features/a.feature:{line}" for line in range(121)]
    assert sorted(one.place for one in forecast(None, "chat", places)) == sorted(places)
    assert sorted(shares) == [60, 61]
    forecast(None, "chat", places[:100])
    assert shares[2:] == [100]


def test_a_dry_run_that_dies_says_why(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match=r"the dry run of chat went wrong: .*there is no file"):
        forecast(str(tmp_path / "none.toml"), "chat")


def test_what_the_shell_has_no_command_for_is_forecast(tmp_path: Path) -> None:
    controls = '[systems.chat.controls.Redis]\nstop = "true"\nstart = "true"\n'
    path = standin(tmp_path, "http://127.0.0.1:9", more=controls, accounts=FOUR)
    reasons = {one.reason for one in forecast(path, "chat") if one.title.startswith("7.")}
    assert "the profile names no command that does 'kill' to Redis" in reasons


@pytest.mark.parametrize("inside", [False, True])
def test_the_processes_of_a_compose_project_are_known_before_it_is_looked_for(
    inside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compose, "is_inside", lambda: inside)
    controls = compose.ComposeDeployment({"chat server": "http://a:1"}, {"Redis": ["redis"]}).controls
    assert list(controls) == ([] if inside else ["Redis"])


def test_what_hangs_on_the_life_of_sessions_is_forecast_and_what_hangs_on_tokens_is_played(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DASHBOARD_ADDRESS", "http://127.0.0.1:1")
    monkeypatch.setenv("DASHBOARD_MAIL", str(tmp_path))
    told = {one.title: one.reason for one in forecast("deployed/dashboard", "dashboard") if "1_auth" in one.place}
    assert {
        title.removeprefix("DASH-003.2 ") for title, reason in told.items() if reason and "a log" not in reason
    } == {
        "A token opens nothing once its time is up",
        "A browser's session opens nothing once its time is up",
        "DASH-003.X10 A login code opens nothing once its time is up",
        "DASH-003.X14 An admin whom the owner has suspended sees everything again once they accept an invitation",
        "DASH-003.X27 The dashboard opens for a user who was invited as an admin and has accepted",
    }
