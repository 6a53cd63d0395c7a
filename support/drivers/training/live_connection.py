"""The live connection of one person: frames, and what they mean."""

import asyncio
import json
from collections.abc import Awaitable
from typing import Any, TypeVar

from support.core.events import Acknowledged, Arrival, BotAnswer, Declined, Disconnected, Feedback, Malformed
from support.core.inbox import Inbox
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.clients.http import Unreachable
from support.drivers.clients.websocket import Dial, Frame, HandshakeRefused
from support.drivers.training.options import TRAINER

T = TypeVar("T")

REFUSALS = ("error", "security_error")
ANSWERS = ("session_info", "session_complete", *REFUSALS)


class Line:
    """A connection to one session.

    Args:
        who: the name in the transcript.
        inbox: where arrivals go.
        patience: seconds to wait for an answer.
        dial: makes the connection.
    """

    def __init__(self, who: str, transcript: Transcript, inbox: Inbox, patience: float, dial: Dial) -> None:
        self._who = who
        self._transcript = transcript
        self._inbox = inbox
        self._patience = patience
        self._greeted = asyncio.Event()
        self._awaited: asyncio.Future[dict[str, Any]] | None = None
        self._socket = dial(who, transcript, self._heard, self._lost)

    @property
    def connected(self) -> bool:
        return self._socket.connected

    async def connect(self, address: str, session: int, *, greets: bool) -> None:
        """Join a session, and wait for the greeting if the server greets (contract 3.2).

        Raises:
            Rejected: the server does not let one in.
            Unreachable: it does not answer, or does not greet.
        """
        self._transcript.aims(self._who, "connect")
        try:
            await self._socket.connect(f"{address.replace('http', 'ws', 1)}/chat/{session}", within=self._patience)
        except HandshakeRefused as refusal:
            raise Rejected(str(refusal)) from refusal
        if greets:
            await self._until(self._greeted.wait(), "a greeting")

    async def send(self, aim: str, frame: Frame) -> None:
        """Send a frame; whatever comes of it arrives later. `aim` says in plain words what is wanted with it."""
        self._transcript.aims(self._who, aim)
        await self._socket.send(frame)

    async def request(self, aim: str, kind: str) -> dict[str, Any]:
        """Send a frame of this kind and wait for the one that answers it: a connection is served in order.

        Args:
            aim: what is wanted with it, in plain words.
            kind: the type of the frame.

        Raises:
            Rejected: the answer is an error.
            Unreachable: there is none.
        """
        self._awaited = asyncio.get_running_loop().create_future()
        await self.send(aim, json.dumps({"type": kind}))
        try:
            answer = await self._until(self._awaited, f"an answer to {kind}")
        finally:
            self._awaited = None
        if answer["type"] in REFUSALS:
            words = str(answer["content"])
            raise Unavailable(words) if "unavailable" in words else Rejected(words)
        return answer

    async def close(self) -> None:
        """Close from this side."""
        await self._socket.close()

    async def _until(self, what: Awaitable[T], called: str) -> T:
        try:
            async with asyncio.timeout(self._patience):
                return await what
        except TimeoutError as error:
            raise Unreachable(f"the server did not send {called} within {self._patience:g} s") from error

    def _lost(self, code: int, reason: str) -> None:
        if self._awaited and not self._awaited.done():
            self._awaited.set_exception(Unreachable(f"the connection ended ({code}) instead of an answer"))
        self._inbox.put(Disconnected())

    def _heard(self, frame: Frame) -> None:
        try:
            told = json.loads(frame)
            arrival = self._translate(told)
        except (ValueError, TypeError, KeyError) as error:
            self._inbox.put(Malformed.by(error, everywhere.excerpt(str(frame), 200)))
            return
        if told["type"] in ANSWERS and self._awaited and not self._awaited.done():
            self._awaited.set_result(told)
        elif arrival:
            self._inbox.put(arrival)

    def _translate(self, told: dict[str, Any]) -> Arrival | None:
        """The domain's word for a frame (contract 3.4); None for what is nobody's business here."""
        match told["type"]:
            case "session_start":
                self._greeted.set()
            case "message_received":
                return Acknowledged()
            case "assistant_message":
                return BotAnswer(TRAINER, told["content"])
            case "evaluation_feedback":
                return Feedback(told["score"], told["content"], tuple(told["suggestions"]))
            case "error" | "security_error":
                return Declined(told["content"])
        return None
