"""Nothing outlives a run, however the run ends: neither a process nor, after the next start, a folder."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from support.core import clock
from support.core.temporary_folders import PREFIX, sweep
from support.environments.embedded.process_state import is_gone

HOLDER = Path(__file__).with_name("holder.py")
Hold = Callable[[str], subprocess.Popen[str]]


def _as_nobody() -> list[str]:
    nobody = pwd.getpwnam("nobody")
    become = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    interpreter = Path(sys.base_prefix)
    if not all(folder.stat().st_mode & 0o001 for folder in (interpreter, *interpreter.parents)):
        # an interpreter under root's home: may read everything, and is an ordinary user in all else
        become += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
    return become


#: As the account of the tests (in a container often root), and as an ordinary user.
BOTH_ACCOUNTS = pytest.mark.parametrize("hold", ["ourselves", "nobody"], indirect=True)


@pytest.fixture
def hold(request: pytest.FixtureRequest, temporary: Path, stand_in: str) -> Iterator[Hold]:
    """Starts holders."""
    become: list[str] = []
    if getattr(request, "param", "ourselves") == "nobody":
        if os.geteuid() != 0 or not shutil.which("setpriv"):
            pytest.skip("only root can become another user, with setpriv")
        become = _as_nobody()
    holders = []

    def start(ending: str) -> subprocess.Popen[str]:
        command = [*become, sys.executable, str(HOLDER), ending]
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        holders.append(subprocess.Popen(command, **pipes, text=True, cwd="/"))
        return holders[-1]

    yield start
    for holder in holders:
        holder.kill()
        holder.communicate()


def _opened(holder: subprocess.Popen[str]) -> list[psutil.Process]:
    """The servers of a holder that has opened: both databases with their children, the server, perhaps a guard."""
    assert holder.stdout
    assert holder.stdout.readline() == "open\n", holder.communicate()[1]
    servers = psutil.Process(holder.pid).children(recursive=True)
    assert len(servers) > 3
    return servers


def _all_gone(servers: list[psutil.Process]) -> bool:
    return asyncio.run(clock.until(lambda: all(map(is_gone, servers)), within=2.0))


def _folders(temporary: Path) -> list[Path]:
    return list(temporary.glob(f"{PREFIX}*"))


@pytest.mark.parametrize(
    ("hold", "ending", "exit_code"),
    [("ourselves", "close", 0), ("nobody", "close", 0), ("ourselves", "raise", 1)],
    indirect=["hold"],
)
def test_an_end_of_its_own_leaves_nothing(hold: Hold, temporary: Path, ending: str, exit_code: int) -> None:
    holder = hold(ending)
    assert holder.stdout
    assert holder.stdout.readline() == "open\n"
    errors = holder.communicate(timeout=5)[1]
    assert holder.returncode == exit_code, errors
    assert ("ZeroDivisionError" in errors) == (ending == "raise")
    assert _folders(temporary) == []
    assert _mentioning(temporary) == []


def test_a_start_that_fails_half_way_leaves_nothing(hold: Hold, temporary: Path) -> None:
    holder = hold("fail")
    errors = holder.communicate(timeout=10)[1]
    assert "server did not start: it ended with exit code 1" in errors
    assert "the stand-in was told to fail" in errors
    assert _folders(temporary) == []
    assert _mentioning(temporary) == []


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_run_leaves_nothing(hold: Hold, temporary: Path, ending: signal.Signals) -> None:
    holder = hold("wait")
    servers = _opened(holder)
    folders = _folders(temporary)
    sweep()
    assert folders == _folders(temporary) != [], "a sweep has to spare a run that goes on"
    holder.send_signal(ending)
    assert "KeyboardInterrupt" in holder.communicate(timeout=5)[1]
    assert _all_gone(servers)
    assert _folders(temporary) == []


def test_a_run_that_is_killed_while_it_makes_a_server_hang_leaves_no_process(hold: Hold) -> None:
    holder = hold("die")
    servers = _opened(holder)
    holder.communicate("now\n", timeout=5)
    assert holder.returncode == -signal.SIGKILL
    assert _all_gone(servers)


@BOTH_ACCOUNTS
@pytest.mark.parametrize("state", ["wait", "pause"])
def test_a_killed_run_leaves_no_process_and_the_next_sweeps_its_folder(hold: Hold, temporary: Path, state: str) -> None:
    holder = hold(state)
    servers = _opened(holder)
    holder.kill()
    assert _all_gone(servers)
    assert _folders(temporary)
    holder.wait()
    sweep()
    assert _folders(temporary) == []


def _mentioning(folder: Path) -> list[psutil.Process]:
    """The processes with something of `folder` on their command line, as the databases have."""
    return [process for process in psutil.process_iter() if str(folder) in " ".join(_command_line(process))]


def _command_line(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.NoSuchProcess:
        return []
