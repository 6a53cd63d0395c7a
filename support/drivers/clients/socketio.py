"""One Socket.IO connection, recorded, whose events reach a callback in order."""

import asyncio
import contextlib
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

import aiohttp
import engineio
import socketio
from engineio.packet import MESSAGE, Packet
from socketio.exceptions import ConnectionError as SocketIOConnectionError
from socketio.exceptions import SocketIOError
from socketio.exceptions import TimeoutError as SocketIOTimeout

from support.core.resource_shortage import blame_the_machine
from support.core.transcript import DID, HEARD, SENT, Lifeline
from support.drivers.capabilities import ConnectionEnded, Unreachable
from support.drivers.clients.connectors import connector
from support.drivers.clients.sources import source_for
from support.drivers.clients.trust import context_for
from support.drivers.kit.read_only import let_through

#: The packet by which a client ends its connection to the namespace "/" (Socket.IO protocol 5, DISCONNECT).
_GOOD_BYE = "1"
#: Seconds to close in good order; a long poll may not end by itself.
FAREWELL = 0.5

OnEvent = Callable[[str, Any], None]
#: Whether `on_event` would make nothing of a packet, as Socket.IO writes it: `2["event",{...}]`.
Ignores = Callable[[str], bool]
#: What carries a connection: "upgrade" begins with requests and goes over to a WebSocket.
Transport = Literal["websocket", "polling", "upgrade"]
_TRANSPORTS: dict[Transport, list[str]] = {
    "websocket": ["websocket"],
    "polling": ["polling"],
    "upgrade": ["polling", "websocket"],
}


class ConnectionRefused(Exception):  # noqa: N818 - an answer of the server, judged by the caller
    """The server answered the handshake with a refusal; the message is the server's own."""


class _Engine(engineio.AsyncClient):  # type: ignore[misc]  # the library is untyped
    """The transport; it can pass over packets before they cost a task and a look into their JSON."""

    passes_over: Ignores = staticmethod(lambda packet: False)

    async def _receive_packet(self, packet: Packet) -> None:
        told = packet.packet_type == MESSAGE and isinstance(packet.data, str)
        if not (told and self.passes_over(packet.data)):
            await super()._receive_packet(packet)


class _Client(socketio.AsyncClient):  # type: ignore[misc]  # the library is untyped
    def _engineio_client_class(self) -> type[_Engine]:
        return _Engine


@dataclass(frozen=True)
class Owner:
    """Whose a connection is, and who is told of what it hears.

    Args:
        lifeline: whose it is, and where all is recorded.
        on_event: called with the event's name and payload, in order of arrival.
        on_lost: called once when the connection ends without `close` having been called.
        ignores: what need not be read once the transcript has ended; all is read if None.
    """

    lifeline: Lifeline
    on_event: OnEvent
    on_lost: Callable[[], None]
    ignores: Ignores | None = None


class SocketIO:
    """One connection. python-socketio's reader runs on the run's loop from `connect` to `close`."""

    def __init__(self, owner: Owner) -> None:
        self._owner = owner
        self._closing = False
        self._not_understood: Exception | None = None
        self._ended = asyncio.Event()
        self._address = ""
        self._client = _Client(reconnection=False, handle_sigint=False, http_session=self._session)
        self._client.eio.passes_over = self._passes_over
        self._client.on("*", self._heard)
        self._client.on("disconnect", self._lost)

    @property
    def connected(self) -> bool:
        return bool(self._client.connected)

    async def connect(
        self,
        address: str,
        *,
        auth: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
        transport: Transport = "websocket",
        within: float,
    ) -> None:
        """Open the connection.

        Raises:
            ConnectionRefused: the server said no, with its reason.
            Unreachable: no answer in time, or none at all.
        """
        let_through(address, "connect", changes=False)
        self._address = address
        self._record(SENT, "connect", auth or headers or query)
        refusals: list[str] = []
        self._client.on("connect_error", lambda reason=None: refusals.append(_words(reason)))
        try:
            async with asyncio.timeout(within):
                url = f"{address}?{urlencode(query)}" if query else address
                await self._client.connect(
                    url, auth=auth, headers=headers or {}, transports=_TRANSPORTS[transport], wait_timeout=within
                )
        except (SocketIOConnectionError, TimeoutError) as error:
            await self._client.eio.disconnect(abort=True)
            reason = "; ".join(refusals) or str(error) or f"no answer within {within:g} s"
            self._record(HEARD, f"not connected: {reason}")
            if self._client.failed_namespaces or "status code 4" in str(error):
                raise ConnectionRefused(reason) from error
            blame_the_machine(error)
            raise Unreachable(f"{address} did not take the connection: {reason}") from error
        self._record(HEARD, "connected")

    async def call(self, event: str, payload: Any, within: float) -> Any:
        """Send an event and wait for its acknowledgement.

        Returns:
            The acknowledgement's argument, None for an empty one.

        Raises:
            ConnectionEnded: the server has ended the connection, before or instead of an acknowledgement.
            Unreachable: not acknowledged within `within` seconds.
            Exception: whatever `on_event` has raised: what could not be read is no silence.
        """
        self._begin_to_send(event, payload)
        asking = asyncio.ensure_future(self._client.call(event, payload, timeout=within))
        ended = asyncio.ensure_future(self._ended.wait())
        try:
            await asyncio.wait({asking, ended}, return_when=asyncio.FIRST_COMPLETED)
        finally:  # it may be cancelled meanwhile
            ended.cancel()
            has_answer = asking.done() or not asking.cancel()
        if not has_answer:
            raise ConnectionEnded(f"the server ended the connection before it had taken {event}")
        try:
            answer = await asking
        except SocketIOTimeout as error:
            self._record(HEARD, f"{event}: not acknowledged")
            raise Unreachable(f"{event} was not acknowledged within {within:g} s") from error
        except SocketIOError as error:
            raise ConnectionEnded(f"{event} could not be sent: {error}") from error
        self._record(HEARD, f"{event}: acknowledged", answer)
        self._see_all_was_understood()
        return answer

    async def emit(self, event: str, payload: Any = None) -> None:
        """Send an event that is not acknowledged.

        Raises:
            ConnectionEnded: the server has ended the connection.
            Exception: whatever `on_event` has raised.
        """
        self._begin_to_send(event, payload)
        try:
            await self._client.emit(event, payload)
        except SocketIOError as error:
            raise ConnectionEnded(f"{event} could not be sent: {error}") from error

    async def emit_raw(self, packet: str | bytes) -> None:
        """Send something that need not be Socket.IO, as the content of one packet of the transport."""
        let_through(self._address, "send a raw packet", changes=True)
        self._record(SENT, "raw", packet)
        await self._client.eio.send(packet)

    def hand_to(self, owner: Owner) -> None:
        """Whose it is from now on."""
        self._owner = owner
        self._record(DID, f"{owner.lifeline.who} is still connected, from an earlier scenario")

    async def drop(self) -> None:
        """Break the connection off without a word, as a network does that is lost; silent if it is closed already."""
        self._closing = True
        if not self.connected:
            return
        self._record(DID, f"{self._owner.lifeline.who} breaks the connection off")
        engine = self._client.eio
        if engine.current_transport == "websocket":
            # its own `disconnect(abort=True)` says a word of farewell first, if the loop happens to get to it
            _shut(engine.ws.get_extra_info("socket"))
        else:
            await engine.http.close()
        await engine.read_loop_task

    async def take_leave(self) -> None:
        """Say good-bye, and close once that is said; the library would close first, and its own word be lost."""
        self._closing = True
        self._record(SENT, "disconnect")
        with contextlib.suppress(SocketIOError, TimeoutError):
            async with asyncio.timeout(FAREWELL):
                await self._client.eio.send(_GOOD_BYE)
                await self._client.eio.queue.join()
        await self.close()

    async def beat(self, event: str, payload: Any) -> None:
        """Send a heartbeat: unacknowledged, unrecorded, and silent when the connection is gone, for `on_lost` tells."""
        let_through(self._address, event, changes=True)
        with contextlib.suppress(SocketIOError):
            await self._client.emit(event, payload)

    async def close(self) -> None:
        """Close from this side; silent if it is closed already."""
        self._closing = True
        try:
            async with asyncio.timeout(FAREWELL):
                await self._client.shutdown()
        except TimeoutError:
            await self._client.eio.disconnect(abort=True)

    def _session(self) -> aiohttp.ClientSession:
        """What python-socketio connects through."""
        trusted = context_for(self._address) or True
        return aiohttp.ClientSession(connector=connector(source_for(self._address), ssl=trusted))

    def _heard(self, event: str, *payloads: Any) -> None:
        """Pass an event on with the first thing that it carries; the library loses in silence what takes too few."""
        told = payloads[0] if payloads else None
        self._record(HEARD, event, list(payloads) if payloads[1:] else told)
        try:
            self._owner.on_event(event, told)
        except Exception as error:  # the library would lose it in its own log
            self._not_understood = self._not_understood or error
            self._record(HEARD, f"{event}: not understood: {error!r}")

    def _passes_over(self, packet: str) -> bool:
        """Whether a packet would leave no trace: those of ended scenarios who are still listened to hear much of it."""
        owner = self._owner
        return owner.ignores is not None and not owner.lifeline.followed and owner.ignores(packet)

    def _begin_to_send(self, event: str, payload: Any) -> None:
        let_through(self._address, event, changes=True)
        self._see_all_was_understood()
        self._record(SENT, event, payload)

    def _record(self, direction: str, what: str, payload: Any = None) -> None:
        self._owner.lifeline.record(direction, "socket.io", what, payload)

    def _see_all_was_understood(self) -> None:
        error, self._not_understood = self._not_understood, None
        if error:
            raise error

    def _lost(self, *_reason: object) -> None:
        self._ended.set()
        if not self._closing:
            self._record(HEARD, "connection lost")
            self._owner.on_lost()


def _shut(taken: Any) -> None:
    """End a connection at once; silent if it has ended already. uvloop does not let its own sockets be shut down."""
    with contextlib.suppress(OSError):
        if taken:
            with socket.socket(fileno=os.dup(taken.fileno())) as copy:
                copy.shutdown(socket.SHUT_RDWR)


def _words(reason: object) -> str:
    if isinstance(reason, dict):
        return str(reason.get("message", reason))
    return str(reason)
