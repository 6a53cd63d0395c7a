"""Control commands: they are waited for, told, limited in time, and wrong in one line."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from support.config.access import Commands
from support.config.profile import SystemProfile, load
from support.core import clock
from support.core.errors import EnvironmentFailure, NotSupported
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.environments.external.command_control import CommandControl, CommandLog, run
from support.environments.systems.chat import ChatSystem
from support.scenario.tasks import resource_usage
from support.scenario.world import World
from tests.external.standin import profile, served


@pytest.fixture
def told() -> list[str]:
    return []


def control(folder: Path, told: list[str], **commands: str | float) -> CommandControl:
    """A process that is a file: it runs while the file is there."""
    own = {"start": f"touch {folder}/up; echo up again", "stop": f"rm {folder}/up", "running": f"test -e {folder}/up"}
    return CommandControl("chat server", Commands.model_validate(own | commands), told.append)


async def test_what_is_done_and_what_it_prints_is_told(tmp_path: Path, told: list[str]) -> None:
    process = control(tmp_path, told)
    await process.start()
    assert process.running
    await process.stop()
    assert not process.running
    assert told[:2] == [f"chat server: $ touch {tmp_path}/up; echo up again", "chat server: up again"]


async def test_an_end_is_waited_for(tmp_path: Path, told: list[str]) -> None:
    process = control(tmp_path, told, stop=f"(sleep 0.4; rm {tmp_path}/up) >/dev/null 2>&1 &")
    await process.start()
    await process.stop()
    assert not (tmp_path / "up").exists()


async def test_an_end_that_does_not_come_is_said(tmp_path: Path, told: list[str]) -> None:
    process = control(tmp_path, told, stop="true", within=0.3)
    await process.start()
    with pytest.raises(EnvironmentFailure, match=r"chat server is still there 0\.3 s after its command"):
        await process.stop()


async def test_without_a_command_to_restart_it_is_stopped_and_started(tmp_path: Path, told: list[str]) -> None:
    process = control(tmp_path, told)
    await process.start()
    await process.restart(graceful=True)
    assert [line for line in told if "$" in line][-2:] == [
        f"chat server: $ rm {tmp_path}/up",
        f"chat server: $ touch {tmp_path}/up; echo up again",
    ]


async def test_processes_are_those_that_the_command_prints_anew_after_a_restart(
    tmp_path: Path, told: list[str]
) -> None:
    (tmp_path / "ids").write_text(f"{os.getpid()}\n")
    process = control(tmp_path, told, pids=f"cat {tmp_path}/ids")
    await process.start()
    assert resource_usage.usage(process).memory > 0
    (tmp_path / "ids").write_text("1 2\n")
    assert process.pids == [os.getpid()]
    await process.restart(graceful=True)
    assert process.pids == [1, 2]


def test_processes_that_something_else_has_restarted_are_looked_up_again(tmp_path: Path, told: list[str]) -> None:
    """As a command does that changes a setting, or empties a queue."""
    over = subprocess.Popen(["true"])
    (tmp_path / "ids").write_text(f"{over.pid}\n")
    process = control(tmp_path, told, pids=f"cat {tmp_path}/ids")
    assert process.pids == [over.pid]
    over.wait()
    (tmp_path / "ids").write_text(f"{os.getpid()}\n")
    assert process.pids == [os.getpid()]


@pytest.mark.parametrize(
    ("line", "said"),
    [("echo not running", "is to print process ids, and printed: not running"), ("echo 4194999", "no process 4194999")],
)
async def test_processes_that_are_not_there_are_said(tmp_path: Path, told: list[str], line: str, said: str) -> None:
    with pytest.raises(EnvironmentFailure, match=said):
        resource_usage.usage(control(tmp_path, told, pids=line))


async def test_processes_that_no_command_tells_cannot_be_measured(tmp_path: Path, told: list[str]) -> None:
    with pytest.raises(NotSupported, match="names no command that tells the processes of chat server"):
        resource_usage.usage(control(tmp_path, told))


async def test_what_has_no_command_is_not_run(tmp_path: Path, told: list[str]) -> None:
    with pytest.raises(NotSupported, match="names no command that does 'pause' to chat server"):
        await control(tmp_path, told).pause()


async def test_a_command_that_fails_is_one_line(told: list[str]) -> None:
    with pytest.raises(EnvironmentFailure) as error:
        await run("echo no such unit; exit 5", within=5, tell=told.append, whose="Redis")
    assert str(error.value) == "Redis: `echo no such unit; exit 5` failed with exit code 5: no such unit"


async def test_a_command_that_hangs_is_ended_with_all_it_has_started(tmp_path: Path, told: list[str]) -> None:
    began = time.monotonic()
    with pytest.raises(EnvironmentFailure, match=r"took longer than 0\.2 s, and was ended: waiting"):
        await run(
            f"echo waiting; (sleep 1; touch {tmp_path}/late) & sleep 30", within=0.2, tell=told.append, whose="Redis"
        )
    assert time.monotonic() - began < 5
    await clock.pause(1.2)
    assert not (tmp_path / "late").exists()


@pytest.mark.parametrize(
    "daemon", ["sleep 8 >/dev/null 2>&1 </dev/null & echo $! started", "sleep 8 & echo $! started"]
)
async def test_a_command_that_leaves_a_daemon_behind_has_ended(daemon: str, told: list[str]) -> None:
    began = time.monotonic()
    printed = await run(daemon, within=5, tell=told.append, whose="Redis")
    assert time.monotonic() - began < 4
    os.kill(int(printed.split()[0]), signal.SIGKILL)  # it was left alone
    assert CommandLog(daemon.replace("8", "2"), within=1.5).since(0).endswith(" started\n")


async def test_a_log_is_what_was_printed_since(tmp_path: Path) -> None:
    log = CommandLog('echo "since $SINCE"', within=5)
    mark = log.size()
    assert log.since(mark) == f"since {mark // 10**6}.{mark % 10**6:06}\n"
    assert "took longer than" in CommandLog("sleep 9", within=0.1).since(0)


def test_a_whole_log_is_printed_once(tmp_path: Path) -> None:
    """Of a system that has run for months it is long."""
    asked = tmp_path / "asked"
    log = CommandLog(f'echo "$SINCE" >> {asked}; echo a line', within=5)
    assert [log.since(0), log.since(0)] == ["a line\n", "a line\na line\n"]
    first, second = map(float, asked.read_text().split())
    assert first == 0.0
    assert abs(second - time.time()) < 60
    log.since(1_000_000)
    assert asked.read_text().split()[-1] == "1.000000"  # a scenario's own slice is asked for by its mark


async def test_secrets_in_a_command_are_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RCON_PASSWORD", "open sesame")
    transcript = Transcript(Redactor())
    transcript.redactor.learn("open sesame")
    await run('echo "with ${RCON_PASSWORD}"', within=5, tell=transcript.did, whose="Redis")
    assert "open sesame" not in str(transcript)
    assert "with ***" in str(transcript)


@pytest.mark.parametrize(("begin", "end"), [("stop", "start"), ("kill", "start"), ("pause", "resume"), ("cut", "heal")])
def test_what_breaks_something_needs_what_mends_it(begin: str, end: str) -> None:
    with pytest.raises(ValueError, match=f"'{begin}' needs one for '{end}'"):
        SystemProfile.model_validate({"controls": {"Redis": {begin: "true"}}})


async def test_a_fault_that_has_no_command_leaves_nothing_to_undo(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RCON_PASSWORD", "open sesame")
    commands = '[systems.chat.controls.Redis]\npause = "true"\nresume = \'echo goes on with "${RCON_PASSWORD}"\''
    async with served() as (_, address):
        sut = ChatSystem(load(profile(tmp_path, address, commands)), {})
        await sut.open()
        world = World("a scenario", sut)
        with pytest.raises(NotSupported, match="names no command that does 'cut' to Redis"):
            await world.outages.inject_fault("Redis", "is cut off")
        await world.outages.inject_fault("Redis", "hangs")
        await world.restore_all()
        assert "Redis: goes on with ***" in str(world.transcript)
        assert "open sesame" not in str(world.transcript)
        await sut.close()
