"""What could not be tried, for the product has not given what it needs, is not taken for an answer."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from behave.model_type import Status as BehaveStatus

from support.core.errors import NotUnderstood, Untried
from support.reporting import judging
from support.scenario.attempts import Attempt, Refusal
from support.scenario.step_decorators import judged


@pytest.mark.parametrize(
    ("error", "kind", "status"),
    [
        (Untried("no user was told that it is there"), "when", "not reached"),
        (Untried("no user was told that it is there"), "then", "failed"),
        (AssertionError("it was refused"), "when", "failed"),
        (AssertionError("it was refused"), "given", "not reached"),
    ],
)
def test_only_a_then_that_asks_for_it_has_failed(error: AssertionError, kind: str, status: str) -> None:
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
