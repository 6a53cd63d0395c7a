"""A refusal that says nothing of what was tried is none: it may hide that access would be granted."""

from typing import Any

import pytest

from support.config.profile import Limits
from support.core.events import Declined
from support.core.inbox import Inbox
from support.core.people import Account
from support.drivers.capabilities import Rejected, Unavailable
from support.scenario.actor import Actor
from support.scenario.attempts import Attempt
from support.scenario.tasks.attempt_log import Record
from tests.core.live_client import LiveClient


class Holder:
    """A client that shows a token."""

    token: str | None = "right"


class LiveHolder(LiveClient, Holder):
    """The same, over which words may follow."""


@pytest.fixture
def one() -> Actor:
    return Actor("user A", Holder(), Account("user A", "x"), Inbox("user A"), Limits(delivery=0.2))


async def ends(error: Exception) -> None:
    raise error


@pytest.mark.parametrize("status", [None, 400, 401, 403, 404, 409, 422, 4403])
async def test_a_refusal_of_what_was_tried_is_one(one: Actor, status: int | None) -> None:
    await one.attempt(ends(Rejected("no", status)))
    assert await one.was_refused() == "no"


@pytest.mark.parametrize("status", [408, 425, 429])
async def test_a_refusal_for_the_moment_is_none(one: Actor, status: int) -> None:
    await one.attempt(ends(Rejected("later", status)))
    with pytest.raises(AssertionError, match=f"user A was refused, but for another reason: {status} later"):
        await one.was_refused()


@pytest.mark.parametrize("status", [405, 408, 409, 415, 423, 429])
async def test_access_is_not_refused_by_the_state_of_what_is_asked_for(one: Actor, status: int) -> None:
    await one.attempt(ends(Rejected("still processing", status)))
    with pytest.raises(AssertionError, match=f"for another reason: {status} still processing"):
        await one.was_refused(access=True)


@pytest.mark.parametrize("status", [None, 400, 401, 403, 404, 422, 4401])
async def test_access_is_refused_to_the_user_who_asks(one: Actor, status: int | None) -> None:
    await one.attempt(ends(Rejected("no", status)))
    assert await one.was_refused(access=True) == "no"


async def test_what_is_for_others_is_about_access(one: Actor) -> None:
    await one.attempt(ends(Rejected("it is delivered already", 409)), access=True)
    with pytest.raises(AssertionError, match="for another reason: 409 it is delivered already"):
        await one.was_refused()


async def test_what_was_shown_with_a_wrong_credential_is_about_access(one: Actor) -> None:
    with one.presenting("forged"):
        await one.attempt(ends(Rejected("still processing", 409)))
    with pytest.raises(AssertionError, match="for another reason: 409 still processing"):
        await one.was_refused()
    await one.attempt(ends(Rejected("taken", 409)))
    assert await one.was_refused() == "taken"


async def test_a_word_that_follows_is_judged_as_an_answer_is(one: Actor) -> None:
    one.client = LiveHolder()
    await one.attempt(nothing())
    one.inbox.put(Declined("that is too much: Too Many Requests"))
    with pytest.raises(AssertionError, match="for another reason: that is too much"):
        await one.was_refused()


async def test_on_what_ground_can_still_be_asked(one: Actor) -> None:
    await one.attempt(ends(Rejected("that is too much: Too Many Requests", 429)))
    assert (await one.refusal()).refusal == "that is too much: Too Many Requests"


@pytest.mark.parametrize(
    ("error", "refused"),
    [(Rejected("no", 403), True), (Rejected("later", 429), False), (Unavailable("no database", 503), False)],
)
async def test_of_many_attempts_one_for_the_moment_counts_as_not_refused(error: Exception, refused: bool) -> None:
    record = Record("user A")
    await record.of("look", ends(error))
    assert [one.refused for one in record.tried] == [refused]


def test_an_answer_is_no_refusal_to_be_judged() -> None:
    assert Attempt[Any]("an answer").judges(access=True)


async def nothing() -> None: ...
