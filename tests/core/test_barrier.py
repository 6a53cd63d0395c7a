"""The barrier shows silence: a marker sent down the same path arrives after whatever was sent before it."""

import inspect
import re
from pathlib import Path

import pytest

from support.config.profile import Limits
from support.core.events import Message, Post, Presence
from support.core.inbox import Inbox
from support.core.people import STAGEHAND, Account
from support.scenario.actor import Actor
from support.scenario.silences import Silence, broken, marked_by, received_no_more
from support.scenario.tasks.conversations import receives_in_order
from support.scenario.world import World
from support.vocabulary.lint.vocabulary import load

#: What claims silence of people who write to no other, so that nobody could send them a marker.
EVERYBODY_SETTLES = "{user} gets an acknowledgement, a reply and feedback, in this order"


class LeakyPost:
    """A system in one object: delivers in order, and leaks a copy of what it is told to leak."""

    def __init__(self, leaks_to: str | None = None) -> None:
        self.inboxes: dict[str, Inbox] = {}
        self.leaks_to = leaks_to


class Client:
    """One person's client of `LeakyPost`."""

    def __init__(self, post: LeakyPost, role: str) -> None:
        self.post = post
        self.role = role

    async def send(self, text: str, to: str, as_: str | None = None) -> None:
        message = Message(as_ or self.role, text)
        for receiver in {to, self.post.leaks_to} - {None}:
            self.post.inboxes[str(receiver)].put(message)


def actor(post: LeakyPost, role: str) -> Actor:
    post.inboxes[role] = Inbox(role)
    return Actor(role, Client(post, role), Account(role, "secret"), post.inboxes[role], Limits(delivery=0.2))


async def test_silence_holds_when_only_the_addressee_was_reached() -> None:
    post = LeakyPost()
    a, b, c = (actor(post, role) for role in ("user A", "user B", "user C"))
    await a.do(a.send("for B", b))
    await marked_by(c, a)
    received_no_more(c, Post)


async def test_of_a_broken_silence_only_what_breaks_it_is_told() -> None:
    post = LeakyPost(leaks_to="user C")
    a, b, c = (actor(post, role) for role in ("user A", "user B", "user C"))
    for number in range(9):
        c.inbox.put(Presence(f"reader {number}", online=True))
    await a.do(a.send("for B", b))
    with pytest.raises(AssertionError) as told:
        received_no_more(c, Post)
    assert 'arrived instead: message "for B" from user A' in str(told.value)
    assert "reader" not in str(told.value)
    assert "reader" not in broken([Silence(c, Post)], str)[0]


async def test_a_leak_before_the_marker_breaks_the_silence() -> None:
    post = LeakyPost(leaks_to="user C")
    a, b, c = (actor(post, role) for role in ("user A", "user B", "user C"))
    await a.do(a.send("for B", b))
    await marked_by(c, a)
    with pytest.raises(AssertionError, match="for B"):
        received_no_more(c, Post)


async def test_a_marker_that_does_not_arrive_is_a_failure_not_a_silence() -> None:
    post = LeakyPost()
    a, c = actor(post, "user A"), actor(post, "user C")
    post.inboxes["user C"] = Inbox("somebody else's")
    with pytest.raises(AssertionError, match="marker"):
        await marked_by(c, a)


async def test_order_is_judged_over_all_that_the_sender_sent() -> None:
    post = LeakyPost()
    a, b = actor(post, "user A"), actor(post, "user B")
    for text in ("two", "one"):
        await a.do(a.send(text, b))
    with pytest.raises(AssertionError, match="not in the order sent"):
        await receives_in_order(b, [Message("user A", "one"), Message("user A", "two")])


def test_whoever_sends_markers_is_known_of_in_time() -> None:
    """Each phrase that claims silence of people who get markers says so, for somebody has to come online for it."""
    claims = re.compile(r"\b(no_more|told_once|told_in_form)\(")
    phrases = [one for one in load(Path("steps")) if claims.search(inspect.getsource(one.function))]
    unsaid = [one.text for one in phrases if not getattr(one.matcher.func, "silence", False)]
    assert len(phrases) >= 10
    assert unsaid == [EVERYBODY_SETTLES]


async def test_who_sends_markers_comes_online_with_the_others() -> None:
    came: list[set[str]] = []

    class Person(Client):
        connected = False

        async def connect(self) -> None:
            came[-1].add(self.role)
            self.connected = True

        async def come_online(self) -> None: ...
        async def settle(self) -> None: ...
        async def close(self) -> None: ...

    class Marked(World):
        def __init__(self, *, marked: bool) -> None:
            self.cast, self._marked, self._post, self._lobby, self.coming = {}, marked, LeakyPost(), None, None
            came.append(set())

        async def actor(self, role: str, lifetime: float | None = None, *, online: bool = False) -> Actor:
            if role not in self.cast:
                self.cast[role] = actor(self._post, role)
                self.cast[role].client = Person(self._post, role)
            return self.cast[role]

    for marked in (False, True):
        await Marked(marked=marked).all_come_online(["user A", "user B"])
    assert came == [{"user A", "user B"}, {"user A", "user B", STAGEHAND}]
