"""Programs that are forks of a process which has imported already what they need."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from support.core import clock
from support.environments.embedded import forking
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.workspace import Workspace
from support.execution import behave_forks

SERVE = ("http.server", ["0"])  # runs until it is ended


@pytest.fixture
def server() -> Iterator[forking.ForkServerProcess]:
    server = forking.start(os.environ, imports=["http.server"])
    assert server
    yield server
    server.close()


def forked(
    server: forking.ForkServerProcess, module: str, arguments: list[str], output: Path = Path(os.devnull)
) -> forking.ForkedProcess:
    with output.open("wb") as file:
        process = forking.fork(server.address, module, arguments, file.fileno(), environment={"TZ": "UTC"})
    assert process
    return process


def test_a_fork_lives_in_its_own_time_zone(server: forking.ForkServerProcess, tmp_path: Path) -> None:
    arguments, said = ["-n1", "-r1", "import time; print(time.strftime('%z'))"], tmp_path / "said"
    with said.open("wb") as file:
        zone = {"TZ": "<+0545>-05:45"}
        process = forking.fork(server.address, "timeit", arguments, file.fileno(), environment=zone)
    assert process
    assert process.wait(10) == 0
    assert said.read_text().startswith("+0545\n")


async def gone(pid: int) -> bool:
    return await clock.until(lambda: not psutil.pid_exists(pid), within=10)


def test_a_fork_does_what_the_program_would_do(server: forking.ForkServerProcess, tmp_path: Path) -> None:
    process = forked(server, "calendar", ["2026", "11"], tmp_path / "said")
    assert process.wait(10) == 0
    command = [sys.executable, "-m", "calendar", "2026", "11"]
    assert (tmp_path / "said").read_bytes() == subprocess.run(command, capture_output=True, check=True).stdout
    assert forked(server, "json.tool", ["/nothing/here"]).wait(10) == 2


def test_it_is_a_process_of_its_own_that_signals_reach(server: forking.ForkServerProcess) -> None:
    process = forked(server, *SERVE)
    assert os.getsid(process.pid) == process.pid
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.01)
    process.terminate()
    assert process.wait(10) == -signal.SIGTERM
    process.kill()  # nothing to kill any more
    assert process.returncode == -signal.SIGTERM


def test_who_asks_for_nonsense_or_goes_away_ends_no_others(server: forking.ForkServerProcess) -> None:
    process = forked(server, *SERVE)
    for nonsense in (b"", b"{", b"\xff"):
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as stranger:
            stranger.connect(server.address)
            stranger.send(nonsense)
    assert forked(server, "calendar", ["2026", "11"]).wait(10) == 0
    assert process.poll() is None


async def test_its_id_means_nothing_else_until_its_end_was_heard(server: forking.ForkServerProcess) -> None:
    process = forked(server, *SERVE)
    dead = psutil.Process(process.pid)
    dead.kill()
    assert await clock.until(lambda: dead.status() == psutil.STATUS_ZOMBIE, within=10)
    assert process.wait(10) == -signal.SIGKILL
    assert await gone(process.pid)


async def test_it_ends_when_it_is_forgotten(server: forking.ForkServerProcess) -> None:
    pid = forked(server, *SERVE).pid
    assert await gone(pid)


async def test_it_dies_with_the_fork_server_and_others_start_without_one(
    server: forking.ForkServerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(forking.ADDRESS, server.address)
    workspace = Workspace()
    bots = PythonServer("bot API", workspace, module="reference.bot_api")
    try:
        await bots.start()
        first = bots.pid
        assert psutil.Process(first).parent() != psutil.Process()
        server.close()
        assert await gone(first)
        assert not bots.running
        await bots.start()
        assert psutil.Process(bots.pid).parent() == psutil.Process()
    finally:
        await bots.close()
        workspace.remove()


def test_nothing_is_left_of_a_killed_run() -> None:
    program = textwrap.dedent("""
        import os, time
        from support.environments.embedded import forking
        server = forking.start(os.environ)
        process = forking.fork(server.address, "http.server", ["0"], 1, environment={})
        print(server._process.pid, process.pid, flush=True)
        time.sleep(60)
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as run:
        assert run.stdout
        pids = [int(pid) for pid in run.stdout.readline().split()]
        run.kill()
        assert [asyncio.run(gone(pid)) for pid in pids] == [True, True]


def test_a_run_shares_its_fork_servers(tmp_path: Path) -> None:
    with behave_forks.at_hand(), (tmp_path / "said").open("wb") as said:
        address = os.environ[forking.ADDRESS]
        process = behave_forks.start(["--dry-run", "features/chat/7_databases_unavailable.feature"], said)
        assert isinstance(process, forking.ForkedProcess)
        assert process.wait(60) == 0
        assert b"untested" in (tmp_path / "said").read_bytes()
    assert forking.ADDRESS not in os.environ
    assert not Path(address).exists()


def test_step_files_that_cannot_be_read_are_for_behave_to_complain_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "broken.py").write_text("import nothing_of_the_kind")
    with behave_forks.at_hand(), (tmp_path / "said").open("wb") as said:
        process = behave_forks.start(["--version"], said)
        assert isinstance(process, subprocess.Popen)
        assert process.wait(60) == 0
