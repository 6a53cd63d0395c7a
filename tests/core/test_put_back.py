"""What a scenario has done to a system is undone at its end, whatever else goes wrong then."""

from types import SimpleNamespace
from typing import Any

import pytest

from support.core.errors import StageError, SuiteError
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.environments.faults.registry import FaultRegistry
from support.environments.system_under_test import Stage
from support.scenario.run import Run
from support.scenario.world import Scene


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
            raise StageError("Redis does not start")


def scene_with(controls: dict[str, Any], endings: list[Any]) -> Scene:
    scene = Scene.__new__(Scene)
    scene.stage = SimpleNamespace(protected=False, deployment=SimpleNamespace(name="embedded", controls=controls))  # type: ignore[assignment]
    scene.transcript = Transcript(Redactor())
    scene.faults, scene._settle, scene.silences = FaultRegistry(controls), None, []
    scene._busy, scene._endings, scene._is_quiet = [], endings, True
    return scene


async def test_what_cannot_be_put_back_keeps_nothing_else_from_it() -> None:
    done: list[str] = []

    async def bots() -> None:
        done.append("bots")

    controls = {name: Process(name, done) for name in ("Redis", "Postgres")}
    scene = scene_with(controls, [bots])
    for name in controls:
        await scene.strike(name, "is killed")
    with pytest.raises(StageError, match="Redis does not start"):
        await scene.put_back()
    assert done == ["Redis", "Postgres", "Redis", "bots"], "what needs another is tried once more"
    await scene.put_back()
    assert len(done) == 4, "what was undone is undone once"


async def test_what_was_never_away_cannot_be_back() -> None:
    scene = scene_with({"Postgres": Process("Postgres", [])}, [])
    with pytest.raises(SuiteError, match="Postgres cannot be back: nothing was done to the system"):
        await scene.end_outage("Postgres")


def test_a_record_that_cannot_be_kept_leaves_no_fault_behind() -> None:
    done: list[str] = []

    class Unrecorded(Run):
        def __init__(self) -> None: ...
        def _attach_record(self, scene: Scene, *, failed: bool) -> None:
            raise OSError("no space left")

        def _put_back(self, scene: Scene, *, failed: bool) -> None:
            done.append("put back")

    with pytest.raises(OSError, match="no space left"):
        Unrecorded().close_scene(SimpleNamespace(), failed=False)  # type: ignore[arg-type]
    assert done == ["put back"]


async def test_a_system_whose_answer_is_not_understood_does_not_serve_and_the_reason_is_told() -> None:
    class Bare:
        address = "http://here"

        async def serves(self, transcript: object) -> bool:
            raise TypeError("list indices must be integers or slices, not str")

    stage = Stage.__new__(Stage)
    stage.name, stage.system, stage._unrecorded = "chat", Bare(), None  # type: ignore[misc, assignment]
    with pytest.raises(StageError, match=r"does not serve .*its answer is not understood: TypeError: list indices"):
        await stage.serves(within=0.05)
