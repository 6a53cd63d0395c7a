"""What a scenario has done to a system is undone at its end, whatever else goes wrong then."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from support.core.errors import EnvironmentFailure, SuiteError
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.environments.system_under_test import SystemUnderTest
from support.scenario.cleanups import Cleanups
from support.scenario.outages import Outages
from support.scenario.run import Run
from support.scenario.world import World


class Process:
    """One that cannot be started."""

    def __init__(self, name: str, done: list[str]) -> None:
        self.name, self._done = name, done

    async def resume(self) -> None: ...
    async def heal(self) -> None: ...
    async def kill(self) -> None: ...

    async def start(self) -> None:
        self._done.append(self.name)
        if self.name == "Redis":
            raise EnvironmentFailure("Redis does not start")


def world_with(controls: dict[str, Any], endings: list[Any]) -> World:
    world = World.__new__(World)
    world.sut = SimpleNamespace(protected=False, deployment=SimpleNamespace(name="embedded", controls=controls))  # type: ignore[assignment]
    world.transcript = Transcript(Redactor())
    world.outages = Outages(world.sut, world.transcript, world.settle_claims, first_attempt=False)
    world._settle, world.silences, world.in_words = None, [], str
    world.cleanups, world._is_quiet = Cleanups(), True
    for ending in endings:
        world.cleanups.add(ending)
    return world


async def test_what_cannot_be_put_back_keeps_nothing_else_from_it() -> None:
    done: list[str] = []

    async def bots() -> None:
        done.append("bots")

    controls = {name: Process(name, done) for name in ("Redis", "Postgres")}
    world = world_with(controls, [bots])
    for name in controls:
        await world.outages.inject_fault(name, "is killed")
    with pytest.raises(EnvironmentFailure, match="Redis does not start"):
        await world.restore_all()
    assert done == ["Redis", "Postgres", "Redis", "bots"], "what needs another is tried once more"
    await world.restore_all()
    assert len(done) == 4, "what was undone is undone once"


async def test_what_was_never_away_cannot_be_back() -> None:
    world = world_with({"Postgres": Process("Postgres", [])}, [])
    with pytest.raises(SuiteError, match="Postgres cannot be back: nothing was done to the system"):
        await world.outages.end_outage("Postgres")


def test_a_record_that_cannot_be_kept_leaves_no_fault_behind() -> None:
    done: list[str] = []

    class Unrecorded(Run):
        def __init__(self) -> None: ...
        def _attach_record(self, world: World, *, failed: bool) -> None:
            raise OSError("no space left")

        def _restore_all(self, world: World, *, failed: bool) -> None:
            done.append("put back")

    with pytest.raises(OSError, match="no space left"):
        Unrecorded().close_world(SimpleNamespace(), failed=False)  # type: ignore[arg-type]
    assert done == ["put back"]


async def test_a_system_whose_answer_is_not_understood_does_not_serve_and_the_reason_is_told() -> None:
    class Bare:
        address = "http://here"

        async def serves(self, transcript: object) -> bool:
            raise TypeError("list indices must be integers or slices, not str")

    sut = SystemUnderTest.__new__(SystemUnderTest)
    sut.name, sut.system, sut._unrecorded = "chat", Bare(), None  # type: ignore[misc, assignment]
    with pytest.raises(
        EnvironmentFailure, match=r"does not serve .*its answer is not understood: TypeError: list indices"
    ):
        await sut.serves(within=0.05)


async def test_what_is_left_open_until_the_time_is_over_is_asked_once_more() -> None:
    class Troubled:
        address, asked = "http://here", 0

        async def serves(self, transcript: object) -> bool:
            self.asked += 1
            if self.asked == 1:
                await asyncio.Event().wait()
            await asyncio.sleep(0.1)  # it may take its time, though the time to come up is over
            return True

    sut = SystemUnderTest.__new__(SystemUnderTest)
    sut.name, sut.system, sut._unrecorded = "chat", Troubled(), None  # type: ignore[misc, assignment]
    async with asyncio.timeout(2):
        await sut.serves(within=0.05)
    assert sut.system.asked == 2  # type: ignore[attr-defined]
