"""One live connection to ThreadFileSharing, on which nothing is acknowledged: who waits, waits for an event."""

import asyncio
from collections.abc import Callable
from typing import Any

from support.core.events import Declined, Disconnected
from support.core.inbox import Inbox
from support.core.transcript import Lifeline
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.clients.http import Unreachable
from support.drivers.clients.socketio import ConnectionRefused, Owner, SocketIO
from support.drivers.kit.http_session import bearer
from support.drivers.kit.password_leaks import PasswordLeaks
from support.drivers.threads.backend import ThreadsBackend, reason
from support.drivers.threads.event_parser import EventParser

#: Codes of errors that say nothing about what was asked, only about the server.
_FAILURES = ("SERVICE_UNAVAILABLE", "INTERNAL_SERVER_ERROR")

Payload = dict[str, Any]
IsAnswer = Callable[[str, Payload], bool]
#: What was sent, what answers it, and where the answer goes.
Waiting = tuple[str, IsAnswer, asyncio.Future[Payload]]


def _cause(told: Payload) -> Any:
    """The event that an error speaks of; None if it does not say."""
    cause = told.get("cause")
    return told.get("event") or (cause.get("pattern") if isinstance(cause, dict) else cause)


class ThreadsConnection:
    """A connection; what arrives goes into the inbox as `reader` reads it, and `leaks` looks
    whether it shows a password.

    Several at once may wait for answers; each event answers the oldest that it fits.
    """

    def __init__(
        self,
        lifeline: Lifeline,
        backend: ThreadsBackend,
        inbox: Inbox,
        reader: EventParser,
        leaks: PasswordLeaks,
    ) -> None:
        self._lifeline = lifeline
        self._backend = backend
        self._inbox = inbox
        self._reader = reader
        self._leaks = leaks
        self._socket = SocketIO(Owner(lifeline, self._heard, self._lost))
        self._established: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting: list[Waiting] = []
        self._why = "the connection was closed without a reason"

    @property
    def connected(self) -> bool:
        return self._socket.connected

    async def open(self, token: str | None) -> None:
        """Connect, and wait for the word that the connection stands: the handshake alone says nothing (contract 3.1).

        Raises:
            Rejected: the server ends the connection instead.
            Unreachable: there is no word of either in time.
        """
        options = self._backend.options
        self._lifeline.aims("connect")
        try:
            await self._socket.connect(
                self._backend.address,
                headers=bearer(token) if token is not None and options.token_in == "header" else None,
                query={"token": token} if token is not None and options.token_in == "query" else None,
                transport=options.transport,
                within=self._backend.response,
            )
            async with asyncio.timeout(self._backend.response):
                await self._established
        except ConnectionRefused as refusal:
            raise Rejected(str(refusal)) from refusal
        except TimeoutError as error:
            await self.close()
            raise Unreachable("nothing said that the connection stands") from error

    async def emit(self, aim: str, event: str, payload: Any = None) -> None:
        """Send an event; `aim` says in plain words what is wanted with it.

        Raises:
            Rejected: there is no connection any more.
        """
        if not self.connected:
            raise Rejected("there is no connection any more")
        self._lifeline.aims(aim)
        await self._socket.emit(event, payload)

    async def emit_raw(self, aim: str, packet: str | bytes) -> None:
        """Send a packet that need not make sense."""
        self._lifeline.aims(aim)
        await self._socket.emit_raw(packet)

    async def ask(
        self, aim: str, event: str, payload: Payload, is_answer: IsAnswer, *, within: float
    ) -> Payload | None:
        """Send an event and wait for the one that answers it.

        Args:
            aim: what is wanted with it, in plain words.
            event: what to send.
            payload: with it.
            is_answer: whether an event (by the document's names, with its payload) is the answer.
            within: seconds to wait.

        Returns:
            The answer; None if there is none in time, for nothing is acknowledged.

        Raises:
            Rejected: the server answers with an error, or ends the connection.
            Unavailable: the error is that it cannot serve now.
        """
        answer: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        entry = (event, is_answer, answer)
        self._waiting.append(entry)
        try:
            await self.emit(aim, event, payload)
            async with asyncio.timeout(within):
                return await answer
        except TimeoutError:
            return None
        finally:
            if entry in self._waiting:
                self._waiting.remove(entry)

    async def take_leave(self) -> None:
        """Say good-bye, and close."""
        await self._socket.take_leave()

    async def close(self) -> None:
        """Close in good order."""
        await self._socket.close()

    async def drop(self) -> None:
        """Break off without a word."""
        self._reader.left()
        await self._socket.drop()

    # -- what arrives ---------------------------------------------------------------------------------------------

    def _heard(self, name: str, payload: Any) -> None:
        event = self._backend.options.events.get(name, name)
        self._leaks.look_at_event(event, payload)
        told = payload if isinstance(payload, dict) else {}
        if event in ("error", "exception"):
            self._refused(told)
        else:
            self._answered(event, told)
        for arrival in self._reader.read(event, payload):
            self._inbox.put(arrival)
        if event == "connection_established" and not self._established.done():
            self._established.set_result(None)

    def _answered(self, event: str, told: Payload) -> None:
        if (answer := self._oldest(lambda waiting: waiting[1](event, told))) is not None:
            answer.set_result(told)

    def _refused(self, told: Payload) -> None:
        said = str(told.get("message"))
        code, cause = str(told.get("code") or self._backend.options.code_of(said)), _cause(told)
        self._why = reason(code, said)
        refusal = (Unavailable if code in _FAILURES else Rejected)(self._why)
        if (answer := self._oldest(lambda waiting: cause in (None, waiting[0]))) is not None:
            answer.set_exception(refusal)
        elif self._established.done():
            self._inbox.put(Declined(self._why))

    def _oldest(self, fits: Callable[[Waiting], bool]) -> asyncio.Future[Payload] | None:
        """Take the oldest that waits and fits; what was given up is still listed, and waits no more."""
        for waiting in self._waiting:
            if not waiting[2].done() and fits(waiting):
                self._waiting.remove(waiting)
                return waiting[2]
        return None

    def _lost(self) -> None:
        if not self._established.done():
            self._established.set_exception(Rejected(self._why))
            return
        for _, _, answer in self._waiting:
            if not answer.done():
                answer.set_exception(Rejected("the connection ended instead of an answer"))
        self._waiting.clear()
        self._inbox.put(Disconnected())
