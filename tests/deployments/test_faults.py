"""Whatever was done to a system, and in whichever order, it is brought back to one known state."""

import os
import random
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from support.config.access import Commands
from support.core.errors import EnvironmentFailure
from support.environments.embedded.process_group import ProcessGroup
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.redis import Redis
from support.environments.embedded.server_process import ManagedProcess
from support.environments.embedded.sqlite import SqliteFile
from support.environments.embedded.tcp_probe import ask
from support.environments.embedded.workspace import Workspace
from support.environments.external.command_control import CommandControl, untold
from support.environments.faults.control import Control
from support.environments.faults.registry import FaultRegistry
from support.vocabulary.terms.faults import Fault

Restarts = Callable[[], bool]


class Model:
    """A process that is nothing but its state; `needs` are those without which it does not start."""

    def __init__(self, name: str, needs: list["Model"]) -> None:
        self.name, self.needs = name, needs
        self.running, self.paused, self.connected = True, False, True

    async def start(self) -> None:
        if not self.running and not all(one.good for one in self.needs):
            raise EnvironmentFailure(f"{self.name} did not start")
        self.running = True

    async def stop(self) -> None:
        self.running = self.paused = False

    async def kill(self) -> None:
        self.running = self.paused = False

    async def pause(self) -> None:
        self.paused = self.running

    async def resume(self) -> None:
        self.paused = False

    async def restart(self, graceful: bool = False) -> None:
        await self.stop()
        await self.start()

    async def cut(self) -> None:
        self.connected = False

    async def heal(self) -> None:
        self.connected = True

    @property
    def good(self) -> bool:
        return self.running and not self.paused and self.connected


def model() -> dict[str, Control]:
    """A server and workers over two databases; the server stands first, though it needs the others."""
    postgres, redis = Model("Postgres", []), Model("Redis", [])
    server = Model("chat server", [postgres, redis])
    return {one.name: one for one in (server, postgres, redis, Model("every worker", [server]))}


async def break_at_random(faults: FaultRegistry, names: list[str], seed: int, longest: int = 8) -> None:
    drawn = random.Random(seed)
    for _ in range(drawn.randint(1, longest)):
        name, what = drawn.choice(names), drawn.choice([*Fault, "restart", "restore"])
        try:
            if isinstance(what, Fault):
                await faults.inject(name, what)
            elif what == "restart":
                await faults.restart(name, graceful=drawn.random() < 0.5)
            else:
                await faults.restore(name)
        except EnvironmentFailure:  # what it needs is gone
            continue


@pytest.mark.parametrize("seed", range(200))
async def test_after_any_sequence_of_faults_all_is_as_it_was(seed: int) -> None:
    controls = model()
    faults = FaultRegistry(controls)
    await break_at_random(faults, list(controls), seed)
    await faults.restore_all()
    assert [name for name, one in controls.items() if not one.good] == []  # type: ignore[attr-defined]
    assert faults.touched == []


async def test_one_process_is_restored_from_all_that_was_done_to_it() -> None:
    controls = model()
    faults = FaultRegistry(controls)
    for fault in (Fault.CUT_OFF, Fault.KILLED):
        await faults.inject("Redis", fault)
    await faults.inject("Postgres", Fault.PAUSED)
    await faults.restore("Redis")
    assert controls["Redis"].good  # type: ignore[attr-defined]
    assert faults.touched == ["Postgres"]


async def test_what_cannot_be_restored_keeps_nothing_else_from_it() -> None:
    controls = model()
    faults = FaultRegistry(controls)

    async def never() -> None:
        raise OSError("no space left")

    controls["Postgres"].start = never  # type: ignore[method-assign]
    for name in controls:
        await faults.inject(name, Fault.KILLED)
    with pytest.raises(EnvironmentFailure, match="chat server did not start"):
        await faults.restore_all()
    assert controls["Redis"].running
    await faults.restore_all()  # what was tried is tried once


def strict(folder: Path) -> Commands:
    """Commands that fail where there is nothing to do, as most do."""
    return Commands(
        start=f"mkdir {folder}/up",
        stop=f"test ! -e {folder}/paused && rmdir {folder}/up",
        kill=f"rmdir {folder}/up && rm -rf {folder}/paused",
        pause=f"mkdir {folder}/paused",
        resume=f"test -e {folder}/up && rmdir {folder}/paused",
        cut=f"mkdir {folder}/cut",
        heal=f"rmdir {folder}/cut",
    )


@pytest.mark.parametrize("running", [None, "test -e {folder}/up"])
@pytest.mark.parametrize("seed", range(12))
async def test_commands_are_run_only_where_there_is_something_to_do(
    tmp_path: Path, seed: int, running: str | None
) -> None:
    (tmp_path / "up").mkdir()
    commands = strict(tmp_path).model_copy(update={"running": running and running.format(folder=tmp_path)})
    faults = FaultRegistry({"Redis": CommandControl("Redis", commands, untold)})
    await break_at_random(faults, ["Redis"], seed)
    await faults.restore_all()
    assert os.listdir(tmp_path) == ["up"]


async def test_a_command_that_fails_half_way_is_undone(tmp_path: Path) -> None:
    (tmp_path / "up").mkdir()
    commands = strict(tmp_path).model_copy(update={"cut": f"mkdir {tmp_path}/cut; exit 1"})
    faults = FaultRegistry({"Redis": CommandControl("Redis", commands, untold)})
    with pytest.raises(EnvironmentFailure, match="failed with exit code 1"):
        await faults.inject("Redis", Fault.CUT_OFF)
    await faults.restore_all()
    assert not (tmp_path / "cut").exists()


@pytest.mark.parametrize("seed", range(12))
async def test_a_file_is_back_in_its_place(tmp_path: Path, seed: int) -> None:
    file = tmp_path / "chat.db"
    file.write_bytes(b"")
    number = file.stat().st_ino
    faults = FaultRegistry({"SQLite": SqliteFile(file)})
    await break_at_random(faults, ["SQLite"], seed)
    file.touch()  # as a server does that looks for it
    await faults.restore_all()
    assert os.listdir(tmp_path) == ["chat.db"]
    assert file.stat().st_ino == number


@pytest.fixture
async def real(workspace: Workspace, stand_in: str) -> AsyncIterator[dict[str, Control]]:
    processes: list[ManagedProcess] = [Redis(workspace)]
    processes += [PythonServer(f"worker {number}", workspace, module=stand_in) for number in (1, 2)]
    for process in processes:
        await process.start()
    yield {one.name: one for one in processes} | {"every worker": ProcessGroup("every worker", processes[1:])}
    for process in processes:
        await process.close()


@pytest.mark.parametrize("seed", range(3))
async def test_real_processes_serve_again(real: dict[str, Control], seed: int) -> None:
    faults = FaultRegistry(real)
    await break_at_random(faults, list(real), seed, longest=5)
    await faults.restore_all()
    for process in real.values():
        if isinstance(process, ManagedProcess):
            question = b"PING\r\nQUIT\r\n" if isinstance(process, Redis) else b"GET / HTTP/1.0\r\n\r\n"
            assert await ask(process.link.port, question)
