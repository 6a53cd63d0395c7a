"""What a former connection has heard while its session lasted is no matter: what counts is what is said after it."""

from typing import Any

import pytest

from support.config.profile import Limits
from support.core.events import Message
from support.core.inbox import Inbox
from support.core.people import Account
from support.scenario.actor import Actor
from support.scenario.tasks.several_connections import hears_on_the_new_one


class TwoConnections:
    """The client of a user who is heard on the new one, and on the former one as well if it leaks."""

    def __init__(self, leaks: bool) -> None:
        self.inbox, self.former, self.leaks = Inbox("user A"), Inbox("user A"), leaks

    def arrives(self, message: Message) -> None:
        self.inbox.put(message)
        if self.leaks:
            self.former.put(message)

    def set_aside(self) -> None:
        """It is, from the beginning."""

    async def heard_aside(self) -> Inbox:
        return self.former


class Speaker:
    """The client of user B."""

    def __init__(self, listener: TwoConnections) -> None:
        self.listener = listener

    async def send(self, text: str, to: str, as_: str | None = None) -> None:
        self.listener.arrives(Message("user B", text))


def actor(role: str, client: Any, inbox: Inbox) -> Actor:
    return Actor(role, client, Account(role, "password"), inbox, Limits(delivery=0.05))


@pytest.mark.parametrize("leaks", [False, True])
async def test_only_what_is_said_now_counts_against_it(leaks: bool) -> None:
    client = TwoConnections(leaks)
    client.former.put(Message("user B", "On my way"))
    listener, speaker = actor("user A", client, client.inbox), actor("user B", Speaker(client), Inbox("user B"))
    if leaks:
        with pytest.raises(AssertionError, match="user B is still heard on the former connection"):
            await hears_on_the_new_one(listener, speaker)
    else:
        await hears_on_the_new_one(listener, speaker)
