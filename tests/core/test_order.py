"""What "receives …, in this order" means: all of it, in this order, once, and nothing of the sender's in between."""

import pytest

from support.config.profile import Limits
from support.core.events import Message
from support.core.inbox import Inbox
from support.core.people import Account
from support.scenario.actor import Actor
from support.scenario.tasks.conversations import receives_in_order

ONE, TWO, THREE = (Message("user A", text) for text in ("one", "two", "three"))
OTHER = Message("user C", "by the way")


def receiver(*arrived: Message) -> Actor:
    inbox = Inbox("user B")
    for message in arrived:
        inbox.put(message)
    return Actor("user B", object(), Account("b", "password"), inbox, Limits(delivery=0.05))


async def test_messages_of_others_and_of_before_and_after_are_no_matter() -> None:
    await receives_in_order(receiver(THREE, ONE, OTHER, TWO, THREE), [ONE, TWO])


@pytest.mark.parametrize(
    "arrived",
    [(TWO, ONE), (ONE, THREE, TWO), (ONE, ONE, TWO), (ONE, TWO, ONE)],
    ids=["turned", "mixed", "twice", "again"],
)
async def test_another_order_another_between_and_one_twice_are_noticed(arrived: tuple[Message, ...]) -> None:
    with pytest.raises(AssertionError, match="not in the order sent: number"):
        await receives_in_order(receiver(*arrived), [ONE, TWO])
