"""A refusal that nobody asks about is no silence: it is told by the next failure, or fails at the scenario's end."""

from typing import Any

import pytest

from support.config.profile import Bars
from support.core.checks import fail
from support.core.events import Declined
from support.core.inbox import Inbox
from support.core.people import Account
from support.core.redaction import Redactor
from support.core.transcript import SENT, Transcript
from support.drivers.capabilities import Refused, Unavailable
from support.drivers.clients.http import Unreachable
from support.scenario import step_decorators
from support.scenario.actor import Actor
from support.scenario.step_decorators import Step, judged
from support.scenario.world import Scene


class Live:
    """A client with a live connection."""

    connected = True

    async def connect(self) -> None: ...
    async def come_online(self) -> None: ...
    async def settle(self) -> None: ...
    async def close(self) -> None: ...


@pytest.fixture
def scene() -> Scene:
    """A scene of two people."""
    made = Scene.__new__(Scene)
    made.transcript = Transcript(Redactor())
    made.cast = {
        role: Actor(role, Live(), Account(role, "x"), Inbox(role), Bars(delivery=0.2, outage=0.2), made.transcript)
        for role in ("user A", "user B")
    }
    return made


async def ends(error: Exception) -> None:
    raise error


def attempt(error: Exception) -> Step:
    async def step(scene: Scene) -> None:
        await scene.cast["user A"].attempt(ends(error))

    return step


async def nothing(scene: Scene) -> None: ...


async def asks(scene: Scene) -> None:
    await scene.cast["user A"].was_refused()


async def misses(scene: Scene) -> None:
    fail("user B did not get it within 2 s; nothing else arrived")


async def play(scene: Scene, step: Step, words: str = "Then all is well", *, last: bool = False, **how: Any) -> None:
    scene.begin_step(words, last=last)
    await judged(step, scene, judges=words.startswith("Then"), **how)


SENDS, TRIES = 'When user A sends "Hi" in the room', 'When user A tries to send "Hi"'


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Refused("not a member", 403), r'"user A sends "Hi" in the room" was refused: 403 not a member; no step asks'),
        (Refused("", 403), "was refused: status 403; no step asks"),
        (Refused(), "was refused: no reason was given; no step asks"),
        (Unavailable("no database", 503), "failed: 503 no database; no step asks"),
        (Unreachable("silence"), "failed: no answer: silence; no step asks"),
    ],
)
async def test_what_was_refused_and_is_never_asked_about_fails_at_the_end(
    scene: Scene, error: Exception, words: str
) -> None:
    await play(scene, attempt(error), SENDS)
    await play(scene, nothing)
    with pytest.raises(AssertionError, match=words):
        await play(scene, nothing, last=True)


async def test_what_is_only_tried_may_be_refused(scene: Scene) -> None:
    await play(scene, attempt(Refused("no", 403)), TRIES, tries=True)
    await play(scene, nothing, last=True)


async def test_what_is_only_tried_has_to_be_answered(scene: Scene) -> None:
    await play(scene, attempt(Unavailable("Internal Server Error", 500)), TRIES, tries=True)
    with pytest.raises(AssertionError, match="failed: 500 Internal Server Error; no step asks"):
        await play(scene, nothing, last=True)


async def test_whoever_asks_has_asked(scene: Scene) -> None:
    await play(scene, attempt(Refused("no", 403)), SENDS)
    await play(scene, asks)
    await play(scene, nothing, last=True)


async def test_a_question_about_a_later_attempt_is_none_about_an_earlier_one(scene: Scene) -> None:
    await play(scene, attempt(Refused("the first", 403)), SENDS)
    await play(scene, attempt(Refused("the second", 403)), SENDS)
    await play(scene, asks)
    with pytest.raises(AssertionError, match="403 the first; no step asks"):
        await play(scene, nothing, last=True)


async def test_what_a_then_tries_by_itself_it_has_judged(scene: Scene) -> None:
    await play(scene, attempt(Refused("no", 403)), "Then user A cannot send")
    await play(scene, nothing, last=True)


@pytest.mark.parametrize("words", [SENDS, TRIES])
async def test_a_failure_tells_what_had_been_refused_before(scene: Scene, words: str) -> None:
    await play(scene, attempt(Refused("not a member", 403)), words, tries=words is TRIES)
    with pytest.raises(AssertionError, match=r'nothing else arrived; and before that "user A .*" was refused: 403 not'):
        await play(scene, misses)


async def test_a_failure_does_not_tell_what_was_asked_about(scene: Scene) -> None:
    await play(scene, attempt(Refused("not a member", 403)), TRIES, tries=True)
    await play(scene, asks)
    with pytest.raises(AssertionError, match=r"nothing else arrived$"):
        await play(scene, misses)


async def test_an_answer_is_told_at_once_where_a_refusal_was_due(scene: Scene) -> None:
    actor = scene.cast["user A"]

    async def request() -> None:
        scene.transcript.record("user A", SENT, "http", "GET /contacts")

    async def requests(scene: Scene) -> None:
        await actor.attempt(request())

    async def reads(scene: Scene) -> None:
        await actor.attempt(gives({"everyone": ["user A", "user B"]}))

    actor.bars = Bars(delivery=60)
    await play(scene, reads, "When user A tries to read the contact list", tries=True)
    with pytest.raises(AssertionError, match=r"to be refused, but was given: everyone: user A, user B .tried: "):
        await play(scene, asks)
    await play(scene, requests, "When user A tries to read the contact list", tries=True)
    with pytest.raises(AssertionError, match="user A was to be refused, but it was granted"):
        await play(scene, asks)


async def test_where_a_word_may_follow_it_is_waited_for(scene: Scene) -> None:
    actor = scene.cast["user A"]

    async def sends(scene: Scene) -> None:
        await actor.attempt(message())

    async def message() -> None:
        scene.transcript.record("user A", SENT, "socket.io", "message")

    await play(scene, sends, TRIES, tries=True)
    actor.inbox.put(Declined("not you"))
    await play(scene, asks)


async def gives(answer: object) -> object:
    return answer


@pytest.mark.parametrize(
    ("phrase", "tries"),
    [("{user} tries to sign in", True), ("{user} has tried to listen in", True), ("{user} retries", False)],
)
def test_the_phrase_says_whether_it_only_tries(phrase: str, tries: bool) -> None:
    assert bool(step_decorators._TRIES.search(phrase)) == tries
