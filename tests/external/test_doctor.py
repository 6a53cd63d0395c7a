"""The doctor finds what is right and what is wrong, changes nothing, and knows what will not run."""

from datetime import timedelta
from pathlib import Path

import pytest

from support.config.access import Commands
from support.config.profile import load
from support.core.errors import SuiteError
from support.drivers.kit.read_only import SAFE
from support.environments.systems.chat import ChatSystem
from support.scenario.forecasts import forecast
from support.verification.doctor import command
from support.verification.doctor.commands import looked_for
from support.verification.doctor.examination import Examination
from support.verification.doctor.findings import CheckResult, table
from tests.drivers.deployed_training import deployed_training
from tests.external.standin import profile, served

#: How many there are, in all topics.
CAPABILITIES = sum(
    file.read_text().count("@runtime_checkable") for file in Path("support/drivers/capabilities").glob("*.py")
)
OWN = [f'{{ login = "{login}", password_env = "PW_{login.upper()}", own = true }}' for login in ("Lisa", "Avi")]
LEASED = f"accounts = [{', '.join(OWN)}]"


@pytest.fixture(autouse=True)
def passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PW_LISA", "lisa-pass")
    monkeypatch.setenv("PW_AVI", "not-the-password")


async def examined(path: str) -> dict[tuple[str, str], CheckResult]:
    examination = Examination(ChatSystem(load(path), {}))
    await examination.run()
    return {(finding.part, finding.thing): finding for finding in examination.findings}


async def test_what_is_right_and_what_is_wrong_is_told_apart(tmp_path: Path) -> None:
    async with served() as (_, address):
        found = await examined(profile(tmp_path, address, accounts=LEASED))
    assert found["address", "chat server"].seen.startswith(f"{address} answers in ")
    assert found["clock", "chat server"].state == "ok"
    assert found["system", "I See Cubes chat server"].state == "ok"
    assert found["account", "Lisa"].state == "ok"
    assert found["account", "Avi"].seen == "cannot sign in: Invalid credentials"
    assert found["request", "end a session"].seen == "POST /admin/kill_token is not there (404)"
    there, known = next((one.seen, count) for (part, count), one in found.items() if part == "capabilities")
    assert "SendsMessages" in there
    assert known.endswith(f" of {CAPABILITIES}")


async def test_questions_are_found_where_every_look_at_what_may_be_asked_is_answered_alike(tmp_path: Path) -> None:
    async with served() as (chat, address):
        chat.preflights = True
        found = await examined(profile(tmp_path, address, accounts=LEASED))
        assert found["request", "all"].seen == "1 of the 2 in this dialect are there, of 1 it does not tell"
        assert not {one for one in chat.asked if one.split()[0] not in SAFE} - {"POST /log_in", "POST /log_out"}


async def test_nobody_comes_online_for_the_doctor_which_signs_out_again(tmp_path: Path) -> None:
    async with served() as (chat, address):
        await examined(profile(tmp_path, address, accounts=LEASED))
        assert (chat.joins, chat.online) == ([], set())
        assert chat.signed_out == ["Lisa"]


async def test_an_account_that_may_be_somebodys_is_left_alone(tmp_path: Path) -> None:
    somebodys = 'accounts = [{ login = "Lisa", password_env = "PW_LISA" }]'
    async with served() as (chat, address):
        chat.tokens["Lisa"] = "the session that Lisa has"
        found = await examined(profile(tmp_path, address, accounts=somebodys))
        assert chat.tokens == {"Lisa": "the session that Lisa has"}
        assert {asked for asked in chat.asked if asked.split()[0] not in SAFE} == {"POST /log_in"}  # as nobody
    assert found["account", "Lisa"].state == "note"
    assert "own = true" in found["account", "Lisa"].seen


async def test_a_clock_is_told_as_far_as_whole_seconds_tell(tmp_path: Path) -> None:
    async with served() as (_, address):
        found = await examined(profile(tmp_path, address))
    assert found["clock", "chat server"].seen == "agrees with ours, as far as whole seconds tell"


async def test_another_system_is_not_asked_for_anything_more(tmp_path: Path) -> None:
    async with deployed_training() as (training, address):
        found = await examined(profile(tmp_path, address, accounts=LEASED))
    assert "is not a chat system" in found["system", "I See Cubes chat server"].seen
    assert "account" not in {part for part, _ in found}
    assert training.sessions == {}


async def test_clocks_that_are_apart_are_wrong(tmp_path: Path) -> None:
    async with served() as (chat, address):
        chat.clock_behind = timedelta(seconds=90)
        found = await examined(profile(tmp_path, address))
    assert found["clock", "chat server"].state == "WRONG"
    assert found["clock", "chat server"].seen in ("89 s behind ours", "90 s behind ours", "91 s behind ours")


def test_commands_are_looked_for_and_not_run(tmp_path: Path) -> None:
    commands = Commands(start=f"touch {tmp_path}/started", restart="LANG=C no-such-program -x", log="echo 'open")
    found = {finding.thing: finding for finding in looked_for({"Redis": commands})}
    assert found["Redis: start"].seen == "touch is there (not run)"
    assert found["Redis: restart"].seen == "there is no program 'no-such-program' on this machine"
    assert found["Redis: log"].state == "WRONG"
    assert not (tmp_path / "started").exists()


def test_what_runs_and_what_does_not_is_known_before(tmp_path: Path) -> None:
    path = profile(tmp_path, "http://127.0.0.1:1", accounts=LEASED)
    reasons = {one.title: one.reason for one in forecast(path, "chat")}
    assert reasons["1.1 The right password signs a user in"] == ""
    assert reasons["3.5 A message to a user who is offline is cached"] == (
        "the profile gives no access to this system's Redis"
    )
    assert reasons["1.4 A token opens nothing once its time is up"] == (
        "sessions of a chosen lifetime need a freshly registered account"
    )
    assert reasons["3.3 Only the addressee receives a message"] == (
        "user C needs an account, and all 2 that the profile names are in use"
    )
    assert {reason for title, reason in reasons.items() if title.startswith("7.")} == {
        "the external deployment gives no control over Postgres",
        "the external deployment gives no control over Redis",
    }


def test_the_table_is_plain() -> None:
    findings = [
        CheckResult("address", "chat server", "ok", "fine"),
        CheckResult("account", "Lisa", "WRONG", "two\nlines"),
    ]
    assert table(findings) == "address  chat server  ok     fine\naccount  Lisa         WRONG  two lines"


@pytest.mark.parametrize("setting", ["profile", "profile=", "server.fault=x"])
def test_it_takes_a_profile_and_nothing_else(setting: str) -> None:
    with pytest.raises(SuiteError, match="takes -D profile=NAME alone"):
        command.main([setting])


def test_a_system_that_the_profile_does_not_name(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="it knows nothing of broker"):
        command.main([f"profile={profile(tmp_path, 'http://127.0.0.1:1')}"], "broker")


async def test_it_says_from_where_the_processes_of_a_run_come(tmp_path: Path) -> None:
    async with served() as (_, address):
        found = await examined(profile(tmp_path, address))
        assert "a loopback address of its own" in found["source", "each process of a run"].seen
        found = await examined(profile(tmp_path, address, accounts='source_addresses = ["127.0.0.1"]'))
        assert "the next of 127.0.0.1:" in found["source", "each process of a run"].seen
        found = await examined(profile(tmp_path, address, accounts="source_addresses = []"))
        assert ("source", "each process of a run") not in found
