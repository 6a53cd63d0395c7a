"""The live connection of one person: frames, and what they mean."""

import json
from typing import Any

from support.core.events import Acknowledged, Arrival, BotAnswer, Declined, Feedback
from support.core.inbox import Inbox
from support.core.transcript import Lifeline
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.clients.websocket import Dial
from support.drivers.kit.event_table import EventTable
from support.drivers.kit.json_connection import JsonConnection
from support.drivers.training.options import TRAINER

REFUSALS = ("error", "security_error")
ANSWERS = ("session_info", "session_complete", *REFUSALS)


def _declined(told: dict[str, Any]) -> Arrival:
    return Declined(told["content"])


def _feedback(told: dict[str, Any]) -> Arrival:
    return Feedback(told["score"], told["content"], tuple(told["suggestions"]))


#: What each frame tells, by its type (contract 3.4).
EVENTS = EventTable(
    {
        "message_received": lambda _: Acknowledged(),
        "assistant_message": lambda told: BotAnswer(TRAINER, told["content"]),
        "evaluation_feedback": _feedback,
        **dict.fromkeys(REFUSALS, _declined),
    }
)


class TrainingConnection(JsonConnection):
    """A connection to one session."""

    def __init__(self, lifeline: Lifeline, inbox: Inbox, patience: float, dial: Dial) -> None:
        super().__init__(lifeline, inbox, EVENTS, patience, dial)

    async def connect(self, address: str, session: int, *, greets: bool) -> None:
        """Join a session, and wait for the greeting if the server greets (contract 3.2)."""
        await self.open(f"{address}/chat/{session}", greeting="session_start" if greets else "")

    async def say(self, text: str, aim: str = "send a message") -> None:
        """Say something; whatever comes of it arrives later (contract 3.3)."""
        await self.send(aim, json.dumps({"type": "user_message", "content": text}))

    async def request(self, aim: str, kind: str) -> dict[str, Any]:
        """Send a frame of this kind and wait for the one that answers it.

        Args:
            aim: what is wanted with it, in plain words.
            kind: the type of the frame.

        Raises:
            Rejected: the answer is an error.
            Unreachable: there is none.
        """
        answer = await self.ask(aim, {"type": kind}, ANSWERS)
        if answer["type"] in REFUSALS:
            words = str(answer["content"])
            raise Unavailable(words) if "unavailable" in words else Rejected(words)
        return answer
