"""What counts as acknowledged and as arrived, where people read what is written."""

from dataclasses import dataclass, field

import pytest

from support.core.events import Arrival, Message, Posted
from support.core.inbox import Inbox
from support.core.people import Account
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.chat.delivery_probe import ChatDeliveryProbe
from support.drivers.kit.user_pool import Member
from support.drivers.threads.delivery_probe import ROOM, ThreadsDeliveryProbe


@dataclass
class Person:
    """A client that is let in or not, takes messages, and reads what a room's history says."""

    connected: bool = True
    lets_in: bool = True
    said: list[str] = field(default_factory=list)
    token: str | None = None

    async def sign_in(self, password: str) -> None:
        if not self.lets_in:
            raise Unavailable("Redis is unavailable")

    async def connect(self) -> None:
        self.connected = True

    async def come_online(self) -> None: ...
    async def settle(self) -> None: ...
    async def hand_over(self, text: str, to: str) -> None: ...

    async def history(self, name: str) -> list[tuple[str, str]]:
        return [("user A", text) for text in self.said]


def _member(role: str, client: Person, *arrivals: Arrival) -> Member:
    inbox = Inbox(role)
    for what in arrivals:
        inbox.put(what)
    return Member(role, Account(role, "a password"), client, inbox)


async def test_a_message_in_the_chat_has_arrived_where_it_was_for() -> None:
    b = _member("user B", Person(), Message("user A", "one"), Message("user A", "one"), Message("user A", "two"))
    c = _member("user C", Person(connected=False))
    letters = ChatDeliveryProbe(_member("user A", Person()), [b, c])
    assert [await letters.write(text) for text in ("one", "two")] == ["one", "two"]
    assert (await letters.found(["one", "two"])).arrived == {"one": 2}
    assert c.client.connected


async def test_a_message_of_a_writer_who_is_not_let_in_was_never_sent() -> None:
    writer = _member("user A", Person(connected=False, lets_in=False))
    letters = ChatDeliveryProbe(writer, [_member("user B", Person())])
    with pytest.raises(Rejected, match="not let in: Redis is unavailable") as refusal:
        await letters.write("one")
    assert not isinstance(refusal.value, Unavailable)


async def test_a_message_in_a_room_has_arrived_when_every_reader_has_it_live_or_in_the_history() -> None:
    b = _member("user B", Person(said=["two", "two"]), Posted("user A", "one", ROOM), Posted("user A", "three", ROOM))
    c = _member("user C", Person(said=["one", "two"]))
    letters = ThreadsDeliveryProbe(_member("user A", Person()), [b, c])
    assert (await letters.found([])).arrived == {"one": 1, "two": 2}
