"""A refusal that nobody asks about is no silence: it is told by the next failure, or fails at the scenario's end."""

from typing import Any

import pytest

from support.config.profile import Limits
from support.core.checks import fail
from support.core.events import Declined
from support.core.inbox import Inbox
from support.core.people import Account
from support.core.redaction import Redactor
from support.core.transcript import SENT, Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.clients.http import Unreachable
from support.scenario import step_decorators
from support.scenario.actor import Actor
from support.scenario.step_decorators import Step, judged
from support.scenario.world import World
from tests.core.live_client import LiveClient


@pytest.fixture
def world() -> World:
    """A scenario of two people."""
    made = World.__new__(World)
    made.transcript = Transcript(Redactor())
    made.cast = {
        role: Actor(
            role, LiveClient(), Account(role, "x"), Inbox(role), Limits(delivery=0.2, outage=0.2), made.transcript
        )
        for role in ("user A", "user B")
    }
    return made


async def ends(error: Exception) -> None:
    raise error


def attempt(error: Exception) -> Step:
    async def step(world: World) -> None:
        await world.cast["user A"].attempt(ends(error))

    return step


async def nothing(world: World) -> None: ...


async def asks(world: World) -> None:
    await world.cast["user A"].was_refused()


async def misses(world: World) -> None:
    fail("user B did not get it within 2 s; nothing else arrived")


async def play(world: World, step: Step, words: str = "Then all is well", *, last: bool = False, **how: Any) -> None:
    world.begin_step(words, last=last)
    await judged(step, world, judges=words.startswith("Then"), **how)


SENDS, TRIES = 'When user A sends "Hi" in the room', 'When user A tries to send "Hi"'


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Rejected("not a member", 403), r'"user A sends "Hi" in the room" was refused: 403 not a member; no step asks'),
        (Rejected("", 403), "was refused: status 403; no step asks"),
        (Rejected(), "was refused: no reason was given; no step asks"),
        (Unavailable("no database", 503), "failed: 503 no database; no step asks"),
        (Unreachable("silence"), "failed: no answer: silence; no step asks"),
    ],
)
async def test_what_was_refused_and_is_never_asked_about_fails_at_the_end(
    world: World, error: Exception, words: str
) -> None:
    await play(world, attempt(error), SENDS)
    await play(world, nothing)
    with pytest.raises(AssertionError, match=words):
        await play(world, nothing, last=True)


async def test_what_is_only_tried_may_be_refused(world: World) -> None:
    await play(world, attempt(Rejected("no", 403)), TRIES, tries=True)
    await play(world, nothing, last=True)


async def test_what_is_only_tried_has_to_be_answered(world: World) -> None:
    await play(world, attempt(Unavailable("Internal Server Error", 500)), TRIES, tries=True)
    with pytest.raises(AssertionError, match="failed: 500 Internal Server Error; no step asks"):
        await play(world, nothing, last=True)


async def test_whoever_asks_has_asked(world: World) -> None:
    await play(world, attempt(Rejected("no", 403)), SENDS)
    await play(world, asks)
    await play(world, nothing, last=True)


async def test_a_question_about_a_later_attempt_is_none_about_an_earlier_one(world: World) -> None:
    await play(world, attempt(Rejected("the first", 403)), SENDS)
    await play(world, attempt(Rejected("the second", 403)), SENDS)
    await play(world, asks)
    with pytest.raises(AssertionError, match="403 the first; no step asks"):
        await play(world, nothing, last=True)


async def test_what_a_then_tries_by_itself_it_has_judged(world: World) -> None:
    await play(world, attempt(Rejected("no", 403)), "Then user A cannot send")
    await play(world, nothing, last=True)


@pytest.mark.parametrize("words", [SENDS, TRIES])
async def test_a_failure_tells_what_had_been_refused_before(world: World, words: str) -> None:
    await play(world, attempt(Rejected("not a member", 403)), words, tries=words is TRIES)
    with pytest.raises(AssertionError, match=r'nothing else arrived; and before that "user A .*" was refused: 403 not'):
        await play(world, misses)


async def test_a_failure_does_not_tell_what_was_asked_about(world: World) -> None:
    await play(world, attempt(Rejected("not a member", 403)), TRIES, tries=True)
    await play(world, asks)
    with pytest.raises(AssertionError, match=r"nothing else arrived$"):
        await play(world, misses)


async def test_an_answer_is_told_at_once_where_a_refusal_was_due(world: World) -> None:
    actor = world.cast["user A"]

    async def request() -> None:
        world.transcript.record("user A", SENT, "http", "GET /contacts")

    async def requests(world: World) -> None:
        await actor.attempt(request())

    async def reads(world: World) -> None:
        await actor.attempt(gives({"everyone": ["user A", "user B"]}))

    actor.limits = Limits(delivery=60)
    await play(world, reads, "When user A tries to read the contact list", tries=True)
    with pytest.raises(AssertionError, match=r"to be refused, but was given: everyone: user A, user B .tried: "):
        await play(world, asks)
    await play(world, requests, "When user A tries to read the contact list", tries=True)
    with pytest.raises(AssertionError, match="user A was to be refused, but it was granted"):
        await play(world, asks)

    async def reads_nothing(world: World) -> None:
        await actor.attempt(gives([]))

    await play(world, reads_nothing, "When user A tries to read the contact list", tries=True)
    with pytest.raises(AssertionError, match="user A was to be refused, but it was granted"):
        await play(world, asks)


async def test_where_a_word_may_follow_it_is_waited_for(world: World) -> None:
    actor = world.cast["user A"]

    async def sends(world: World) -> None:
        await actor.attempt(message())

    async def message() -> None:
        world.transcript.record("user A", SENT, "socket.io", "message")

    await play(world, sends, TRIES, tries=True)
    actor.inbox.put(Declined("not you"))
    await play(world, asks)


async def gives(answer: object) -> object:
    return answer


@pytest.mark.parametrize(
    ("phrase", "tries"),
    [("{user} tries to sign in", True), ("{user} has tried to listen in", True), ("{user} retries", False)],
)
def test_the_phrase_says_whether_it_only_tries(phrase: str, tries: bool) -> None:
    assert bool(step_decorators._TRIES.search(phrase)) == tries
