"""What could not be tried, for the product has not given what it needs, is not taken for an answer."""

import asyncio
from collections.abc import Awaitable
from types import SimpleNamespace
from typing import Any, cast

import pytest
from behave.model_type import Status as BehaveStatus

from support.config.profile import Limits
from support.core.errors import NotUnderstood, Untried
from support.core.events import Word
from support.core.inbox import Inbox
from support.reporting import judging
from support.scenario.attempts import Attempt, Refusal
from support.scenario.step_decorators import judged
from support.scenario.tasks import across_processes, file_upload


@pytest.mark.parametrize(
    ("error", "kind", "status"),
    [
        (Untried("no user was told that it is there"), "when", "not reached"),
        (Untried("no user was told that it is there"), "then", "not reached"),
        (AssertionError("no user was told that it is there"), "then", "failed"),
        (AssertionError("it was refused"), "when", "failed"),
        (AssertionError("it was refused"), "given", "not reached"),
    ],
)
def test_what_needs_what_is_not_there_was_not_reached(error: AssertionError, kind: str, status: str) -> None:
    step = SimpleNamespace(status=BehaveStatus.failed, step_type=kind, exception=error)
    assert judging._status(cast(Any, step)) == status


@pytest.mark.parametrize("kind", [Untried, NotUnderstood, AssertionError])
async def test_what_was_refused_before_is_told_and_the_verdict_stays_of_its_kind(kind: type[AssertionError]) -> None:
    refusal = Refusal(Attempt(None, "not now"), 0, "user A deletes the file")
    world = SimpleNamespace(transcript=SimpleNamespace(exchanges=[]), unasked=lambda: [refusal])

    async def step(world: Any) -> None:
        raise kind("it is not there")

    with pytest.raises(
        AssertionError, match=r'it is not there; and before that "user A deletes the file" was refused'
    ) as told:
        await judged(step, world)
    assert type(told.value) is kind


class Receiver:
    """A user who was told this."""

    def __init__(self, *told: str) -> None:
        inbox = Inbox("user A")
        for what in told:
            inbox.put(Word(what))
        self.role, self.inboxes, self.inbox, self.limits = "user A", [inbox], inbox, Limits(delivery=0.05)

    def ability(self, _: object) -> Any:
        return self

    def open_file(self, name: str) -> None:
        raise Untried(f"no user was told that {name} is there")


@pytest.mark.parametrize(("told", "kind"), [(['the file "plan.pdf" is ready'], AssertionError), ([], Untried)])
def test_a_list_is_not_to_blame_for_a_file_of_which_no_user_was_told(told: list[str], kind: type[Exception]) -> None:
    actor = Receiver(*told)
    world = SimpleNamespace(cast={"user A": actor})
    file_upload.found(cast(Any, world), cast(Any, actor), "plan.pdf", frozenset({"plan.pdf"}))
    with pytest.raises(AssertionError, match=r"finds nothing here|no user was told that plan\.pdf is there") as raised:
        file_upload.found(cast(Any, world), cast(Any, actor), "plan.pdf", frozenset(), " here")
    assert type(raised.value) is kind


async def test_a_list_is_read_once_a_user_has_been_told_that_the_file_is_ready() -> None:
    actor = Receiver()
    world = SimpleNamespace(cast={"user A": actor}, limits=Limits(delivery=5.0))
    asyncio.get_running_loop().call_later(0.05, actor.inbox.put, Word('the file "plan.pdf" is ready'))
    await file_upload.told_to_any(cast(Any, world), "plan.pdf")
    with pytest.raises(AssertionError, match="finds nothing here") as raised:
        file_upload.found(cast(Any, world), cast(Any, actor), "plan.pdf", frozenset(), " here")
    assert type(raised.value) is AssertionError


async def test_a_step_that_asks_for_a_file_of_which_no_user_was_told_has_failed() -> None:
    with pytest.raises(AssertionError, match=r"no user was told that plan\.pdf is there") as raised:
        await file_upload.opens(cast(Any, Receiver()), "plan.pdf")
    assert type(raised.value) is AssertionError


async def test_an_order_is_not_judged_by_some_of_those_who_stand_in_it() -> None:
    class Owner:
        role, processes = "the school owner", 2

        def ability(self, _: object) -> Any:
            return self

        async def register_student_at(self, process: int, name: str) -> None: ...

        async def attempt(self, action: Awaitable[object]) -> Attempt[Any]:
            await action
            return Attempt(refusal="Failed to create student", status=500, unavailable=True)

    with pytest.raises(Untried, match=r"the school owner did not succeed: 500 Failed to create student"):
        await across_processes.register_by_turns(cast(Any, Owner()), ["Ana", "Ben"])
