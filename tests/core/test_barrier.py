"""The barrier shows silence: a marker sent down the same path arrives after whatever was sent before it."""

import pytest

from support.actors import Actor
from support.arrivals import Message, Post
from support.inbox import Inbox
from support.profile import Bars
from support.systems.people import Account


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
    return Actor(role, Client(post, role), Account(role, "secret"), post.inboxes[role], Bars(delivery=0.2))


async def test_silence_holds_when_only_the_addressee_was_reached() -> None:
    post = LeakyPost()
    a, b, c = (actor(post, role) for role in ("user A", "user B", "user C"))
    await a.do(a.send("for B", b))
    await c.marked_by(a)
    c.received_no_more(Post)


async def test_a_leak_before_the_marker_breaks_the_silence() -> None:
    post = LeakyPost(leaks_to="user C")
    a, b, c = (actor(post, role) for role in ("user A", "user B", "user C"))
    await a.do(a.send("for B", b))
    await c.marked_by(a)
    with pytest.raises(AssertionError, match="for B"):
        c.received_no_more(Post)


async def test_a_marker_that_does_not_arrive_is_a_failure_not_a_silence() -> None:
    post = LeakyPost()
    a, c = actor(post, "user A"), actor(post, "user C")
    post.inboxes["user C"] = Inbox("somebody else's")
    with pytest.raises(AssertionError, match="marker"):
        await c.marked_by(a)


async def test_order_is_judged_over_all_that_the_sender_sent() -> None:
    post = LeakyPost()
    a, b = actor(post, "user A"), actor(post, "user B")
    for text in ("two", "one"):
        await a.do(a.send(text, b))
    with pytest.raises(AssertionError, match="not in the order sent"):
        await b.receives_in_order([Message("user A", "one"), Message("user A", "two")])
