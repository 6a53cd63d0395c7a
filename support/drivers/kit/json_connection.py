"""A live connection of JSON frames, over WebSocket or in lines over TCP, each of which says what it is."""

import asyncio
import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from support.core.events import Malformed
from support.core.inbox import Inbox
from support.core.redaction import everywhere
from support.core.transcript import Lifeline
from support.drivers.capabilities import ConnectionEnded, Unreachable
from support.drivers.clients.websocket import Dial, Frame, HandshakeRefused, WebSocket, ended
from support.drivers.kit.event_table import NOT_AS_AGREED, EventTable
from support.drivers.kit.statuses import Statuses

#: A frame as it came, parsed.
Told = dict[str, Any]


class JsonConnection:
    """One person's connection. What arrives goes into the inbox at once, unless a caller waits for it.

    Args:
        lifeline: whose it is.
        inbox: where arrivals go.
        events: reads the frames, by their type.
        patience: seconds to wait for anything.
        dial: makes the connection: `LineSocket` where each line of a TCP connection is a frame.
        field: which field of a frame says of which type it is; or what tells it, where answers are found by a number:
            `lambda told: told.get("event") or f"answer {told['number']}"`.
    """

    def __init__(
        self,
        lifeline: Lifeline,
        inbox: Inbox,
        events: EventTable,
        patience: float,
        dial: Dial = WebSocket,
        field: str | Callable[[Told], object] = "type",
    ) -> None:
        self._lifeline = lifeline
        self._inbox = inbox
        self._events = events
        self._patience = patience
        self._kind = (lambda told: told[field]) if isinstance(field, str) else field
        self._awaited: list[tuple[Collection[str], asyncio.Future[Told]]] = []
        self._socket = dial(lifeline, self._heard, self._lost)

    @property
    def connected(self) -> bool:
        return self._socket.connected

    async def open(self, address: str, headers: Mapping[str, str] | None = None, greeting: str = "") -> None:
        """Connect, and wait for a frame of this type if the server greets by one.

        Args:
            address: http(s):// or ws(s)://, or with the scheme of `dial`.
            headers: to send with a handshake.
            greeting: the type of the frame by which the server greets.

        Raises:
            Rejected: the server does not let one in; `Failed` if it breaks over it.
            Unreachable: it does not answer, or does not greet.
        """
        self._lifeline.aims("connect")
        greeted = self._next((greeting,)) if greeting else None
        try:
            await self._socket.connect(address.replace("http", "ws", 1), headers=headers, within=self._patience)
        except HandshakeRefused as refusal:
            raise Statuses().refused(refusal.answer.status, str(refusal)) from refusal
        if greeted:
            await self._until(greeted, "a greeting")

    async def send(self, aim: str, frame: Frame | Told) -> None:
        """Send a frame; whatever comes of it arrives later. `aim` says in plain words what is wanted with it."""
        self._lifeline.aims(aim)
        await self._socket.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    async def ask(self, aim: str, frame: Told, answers: Collection[str]) -> Told:
        """Send a frame and wait for the next of one of these types: a connection is served in order.

        It may be called again before it has returned; answers are taken in the order in which they were asked for.

        Raises:
            Unreachable: there is none; `ConnectionEnded` if the connection ends instead.
        """
        answer = self._next(answers)
        await self.send(aim, frame)
        return await self._until(answer, f"an answer ({aim})")

    async def settle(self) -> None:
        """Wait until all that the server had for this person so far is here: one round trip.

        `LineSocket` have none by themselves: ask the server something, on the same connection.
        """
        await self._socket.ping(self._patience)

    async def close(self) -> None:
        """Close from this side."""
        await self._socket.close()

    def _next(self, kinds: Collection[str]) -> asyncio.Future[Told]:
        answer: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._awaited.append((kinds, answer))
        return answer

    async def _until(self, awaited: asyncio.Future[Told], called: str) -> Told:
        try:
            async with asyncio.timeout(self._patience):
                return await awaited
        except TimeoutError as error:
            raise Unreachable(f"the server did not send {called} within {self._patience:g} s") from error
        finally:
            self._awaited = [one for one in self._awaited if one[1] is not awaited]

    def _lost(self, code: int, _reason: str) -> None:
        for _, awaited in self._awaited:
            if not awaited.done():
                awaited.set_exception(ConnectionEnded(f"the connection ended ({code}) instead of an answer"))
        self._inbox.put(ended(code))

    def _heard(self, frame: Frame) -> None:
        called = everywhere.excerpt(str(frame), 200)
        try:
            told = json.loads(frame)
            kind = str(self._kind(told))
        except NOT_AS_AGREED as error:
            self._inbox.put(Malformed.by(error, called))
            return
        arrivals = self._events.read(kind, told, called)
        malformed = any(isinstance(what, Malformed) for what in arrivals)
        asked = (awaited for kinds, awaited in self._awaited if kind in kinds and not awaited.done())
        if not malformed and (awaited := next(asked, None)):
            awaited.set_result(told)
            return
        for what in arrivals:
            self._inbox.put(what)
