"""The listeners of this process: who hears which school, and how each is told in order."""

import asyncio
import logging
from typing import Any

from aiohttp import WSCloseCode, web

from reference.dashboard.gate import Pass
from reference.kit.parts import part

log = logging.getLogger(__name__)

#: Messages that may wait for one slow listener before it is let go.
BACKLOG = 1000


@part
class Listener:
    """One open socket. What is sent goes out one after the other, no matter who sends it."""

    socket: web.WebSocketResponse  # the socket
    admitted: Pass  # what it was let in with
    waiting: asyncio.Queue[str]  # where messages wait for their turn, which in a slow server comes late

    def __post_init__(self) -> None:
        self._writer: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Begin to send: the socket is open."""
        self._writer = asyncio.create_task(self._write())

    async def send(self, text: str) -> None:
        """Send a message, after all that were sent before it."""
        if self.waiting.qsize() >= BACKLOG:
            log.warning("a listener of school %s is too slow and is let go", self.admitted.school)
            self.dismiss(WSCloseCode.TRY_AGAIN_LATER, "too slow")
        else:
            await self.waiting.put(text)

    def dismiss(self, code: int, reason: str) -> asyncio.Task[None]:
        """Close the socket from here; no caller has to wait for a client that is slow to answer."""
        self.left()
        self._closing = asyncio.create_task(self._close(code, reason))
        return self._closing

    async def _close(self, code: int, reason: str) -> None:
        if self.socket.prepared:
            await self.socket.close(code=code, message=reason.encode(), drain=False)

    def left(self) -> None:
        """Send no more."""
        if self._writer is not None:
            self._writer.cancel()

    async def _write(self) -> None:
        while True:
            text = await self.waiting.get()
            await self.socket.send_str(text)


class Hub:
    """All listeners of this process, by school."""

    def __init__(self) -> None:
        self._listeners: dict[int, list[Listener]] = {}

    def join(self, listener: Listener) -> None:
        """From now on this listener is told what happens in its school."""
        self._listeners.setdefault(listener.admitted.school, []).append(listener)

    def leave(self, listener: Listener) -> None:
        """This listener is told nothing any more."""
        listener.left()
        school = listener.admitted.school
        self._listeners[school] = [one for one in self.audience(school) if one is not listener]
        if not self._listeners[school]:
            del self._listeners[school]

    async def tell(self, school: int, text: str) -> None:
        """Tell a school's listeners."""
        for listener in self.audience(school):
            await listener.send(text)

    def audience(self, school: int) -> list[Listener]:
        """Who listens to a school."""
        return list(self._listeners.get(school, ()))

    async def revoke(self, whose: dict[str, Any]) -> None:
        """Let go those who may listen no longer: a user of a school, or a session that is over."""
        for listener in self.everybody():
            session, school = listener.admitted.session, listener.admitted.school
            if whose == {"user": session.user, "school": school} or whose == {"session": session.jti}:
                listener.dismiss(WSCloseCode.POLICY_VIOLATION, "no longer allowed")

    def dismiss_all(self, code: int, reason: str) -> list[asyncio.Task[None]]:
        """Let everybody go, so that their clients come back and read what they have missed."""
        return [listener.dismiss(code, reason) for listener in self.everybody()]

    def everybody(self) -> list[Listener]:
        """All listeners of this process."""
        return [listener for school in self._listeners.values() for listener in school]
