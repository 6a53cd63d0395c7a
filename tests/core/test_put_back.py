"""What a scenario has done to a system is undone at its end, whatever else goes wrong then."""

from types import SimpleNamespace
from typing import Any

import pytest

from support.errors import StageError
from support.run import Run
from support.scene import Scene
from support.stage import Stage


def scene_with(outages: dict[str, Any], endings: list[Any]) -> Scene:
    scene = Scene.__new__(Scene)
    scene._busy, scene._outages, scene._endings = [], outages, endings
    return scene


async def test_what_cannot_be_put_back_keeps_nothing_else_from_it() -> None:
    done: list[str] = []

    async def ends(what: str) -> None:
        done.append(what)
        if what == "Redis":
            raise StageError("Redis does not start")

    outages = {name: (lambda name=name: ends(name)) for name in ("Postgres", "Redis")}
    scene = scene_with(outages, [lambda: ends("bots")])
    with pytest.raises(StageError, match="Redis does not start"):
        await scene.put_back()
    assert done == ["Redis", "Postgres", "bots"]
    await scene.put_back()
    assert len(done) == 3, "what was undone is undone once"


def test_a_record_that_cannot_be_kept_leaves_no_fault_behind(monkeypatch: pytest.MonkeyPatch) -> None:
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
