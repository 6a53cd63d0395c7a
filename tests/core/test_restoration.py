"""A system of somebody else's that breaks is started again, and the run goes on; what does not help is not repeated."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.config.access import Commands
from support.core.errors import EnvironmentFailure
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.environments.external.command_control import CommandControl
from support.environments.external.deployment import ExternalDeployment
from support.environments.systems.chat import ChatSystem
from support.scenario.restoration import Restoration
from support.scenario.world import World

NOBODY = "http://127.0.0.1:9"


class Chat(ChatSystem):
    """A chat server that serves as often as `serving` says, and then no more until it is started."""

    def __init__(self, controls: dict[str, Commands], *, mended: bool = True) -> None:
        self.described = SimpleNamespace(protected=False, limits=SimpleNamespace(recovery=0.1))  # type: ignore[assignment]
        self.tell = lambda line: None
        self.deployment = ExternalDeployment({"chat server": NOBODY}, controls, lambda line: self.tell(line))
        self.up, self.mended, self.asked = True, mended, 0
        self.attached: list[str] = []

    def attach(self, name: str, body: str) -> None:
        self.attached.append(f"{name}: {body}")

    async def is_there(self) -> bool:
        return self.up

    async def serves(self, within: float) -> None:
        self.asked += 1
        if not self.up:
            raise EnvironmentFailure("chat: the system does not serve")

    async def repair(self) -> bool:
        self.up = self.mended
        return await super().repair()


def world(sut: Chat, *, disturbed: bool = False) -> World:
    async def restore_all() -> None: ...

    transcript = Transcript(Redactor())
    sut.is_recorded_by(transcript)
    return cast(World, SimpleNamespace(
        place="features/chat/7.feature:3", sut=sut, limits=SimpleNamespace(opening=0.1), disturbed=disturbed,
        transcript=transcript, restore_all=restore_all, outages=SimpleNamespace(lost=None), attach=sut.attach,
    ))  # fmt: skip


STARTS = {"chat server": Commands(start="echo it starts", restart="echo it starts again")}


async def test_what_has_broken_is_started_again_and_the_report_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    sut, care = Chat(STARTS), Restoration()
    sut.up = False
    await care.after(world(sut), failed=False)
    words = "after features/chat/7.feature:3 the chat server was started again: chat: the system does not serve"
    assert care.repaired == {"chat": [words]}
    assert words in capsys.readouterr().out
    assert "$ echo it starts again" in sut.attached[0]


async def test_what_scenarios_break_is_started_each_time() -> None:
    sut, care = Chat(STARTS), Restoration()
    for _ in range(3):
        sut.up = False
        await care.after(world(sut, disturbed=True), failed=True)
    assert len(care.repaired["chat"]) == 3


async def test_what_breaks_by_itself_twice_in_a_row_is_given_up() -> None:
    sut, care = Chat(STARTS), Restoration()
    sut.up = False
    await care.after(world(sut), failed=False)
    await care.after(world(sut), failed=False)
    sut.up = False
    await care.after(world(sut), failed=False)  # it has served in between
    sut.up = False
    with pytest.raises(EnvironmentFailure, match="had to be started after the scenario before as well"):
        await care.after(world(sut), failed=True)


async def test_what_hangs_beside_it_is_started_again_too() -> None:
    """Users talk to one process, and it may be another that does not answer any more."""
    hangs = Commands(start="echo data", restart="echo data again", running="exit 1", within=0.01)
    sut, care = (
        Chat(STARTS | {"database": hangs, "cache": Commands(restart="echo cache", running="true")}),
        Restoration(),
    )
    sut.up = False
    await care.after(world(sut, disturbed=True), failed=True)
    assert "database: $ echo data again" in sut.attached[0]
    assert "echo cache" not in sut.attached[0]


async def test_what_a_start_does_not_help_is_given_up_with_both_reasons() -> None:
    sut = Chat(STARTS, mended=False)
    sut.up = False
    with pytest.raises(
        EnvironmentFailure, match="does not serve; starting it again did not help: chat: the system does not"
    ):
        await Restoration().after(world(sut), failed=False)


async def test_what_nobody_can_start_is_given_up_at_once() -> None:
    sut = Chat({})
    sut.up = False
    with pytest.raises(EnvironmentFailure, match=r"does not serve$"):
        await Restoration().after(world(sut), failed=False)


@pytest.mark.parametrize(("disturbed", "failed", "asked"), [(False, False, 0), (True, False, 1), (False, True, 1)])
async def test_where_nothing_was_done_a_look_is_enough(disturbed: bool, failed: bool, asked: int) -> None:
    sut = Chat({})
    await Restoration().after(world(sut, disturbed=disturbed), failed=failed)
    assert sut.asked == asked


@pytest.mark.parametrize(
    ("commands", "done"),
    [
        ({"start": "echo up", "restart": "echo again"}, ["again"]),
        ({"start": "echo up", "restart": "exit 1"}, ["up"]),
        ({"start": "echo up", "stop": "echo down"}, ["down", "up"]),
        ({"start": "echo up", "stop": "exit 1", "kill": "echo dead"}, ["dead", "up"]),
        ({"start": "echo up"}, ["up"]),
    ],
)
async def test_what_hangs_is_ended_before_it_is_started(commands: Any, done: list[str]) -> None:
    told: list[str] = []
    await CommandControl("chat server", Commands(**commands), told.append).start_afresh()
    assert [line.partition(": ")[2] for line in told if "$" not in line] == done
