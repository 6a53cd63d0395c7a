"""What the chat server's events tell one person (contracts/chat.md 3.3)."""

import re
from collections.abc import Callable
from typing import Any

from support.core.events import Arrival, BotAnswer, Declined, LoggedOut, Message, Presence
from support.core.people import People
from support.drivers.chat.options import ADMIN
from support.drivers.kit.event_table import EventTable

#: A packet that says of one user that they came or went (Socket.IO protocol 5, EVENT in the namespace "/").
_PRESENCE = re.compile(r'2\["(?:new_user_online|user_has_gone_offline)",\{"username":"([^"\\]+)"\}\]')


def of_strangers(people: People) -> Callable[[str], bool]:
    """Tells packets that only say of somebody else than the scenario's people that they came or went.

    The server tells everybody of everybody, and `chat_events` makes nothing of these.

    Args:
        people: the accounts of the scenario's people.
    """

    def is_of_a_stranger(packet: str) -> bool:
        found = _PRESENCE.fullmatch(packet)
        return found is not None and not people.knows(found[1])

    return is_of_a_stranger


def chat_events(people: People, role: str) -> EventTable:
    """Reads the events that reach a person.

    Args:
        people: the accounts of the scenario's people.
        role: who it is, in the scenario's words; their account may be known later.
    """

    def received(told: dict[str, Any]) -> Arrival | None:
        """A message, or the administrator's word on one's own (contract 3.3); one's own comes back as an echo."""
        sender, text = str(told.get("sender")), told.get("content")
        if sender == ADMIN and str(text).startswith("Error!"):
            return Declined(str(text))
        return None if sender == people.login(role) else Message(people.role(sender), text)  # type: ignore[arg-type]

    def presence(told: dict[str, Any], *, online: bool) -> Arrival | None:
        who = str(told.get("username"))
        is_news = people.knows(who) and who != people.login(role)
        return Presence(people.role(who), online=online) if is_news else None

    return EventTable(
        {
            "received_message": received,
            "ai_response_received": lambda told: BotAnswer(str(told.get("sender")), str(told.get("content"))),
            "user_has_been_logged_out": lambda told: LoggedOut(str(told.get("reason"))),
            "new_user_online": lambda told: presence(told, online=True),
            "user_has_gone_offline": lambda told: presence(told, online=False),
        }
    )
