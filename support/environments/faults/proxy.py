"""A TCP proxy on loopback whose link can be cut, frozen and healed, in front of one server."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable
from typing import cast

HOST = "127.0.0.1"
_LINGER_NOT = struct.pack("ii", 1, 0)  # SO_LINGER with 0 s: close sends RST, tcp(7)


class FaultProxy:
    """One link: it listens on one port for its whole life and forwards to `upstream`.

    While the server is down, connections are accepted and reset at once. A connection that either end closes in
    order, or resets, ends the same way at the other end.
    """

    def __init__(self) -> None:
        self.port = 0
        self.upstream = 0
        """The port of the server; may change, for connections made from then on."""
        self._reserved: socket.socket | None = None
        self._listener: asyncio.Server | None = None
        self._relays: dict[_Near, asyncio.Task[None]] = {}

    async def open(self) -> None:
        """Choose a port and forward; without effect when that was done before."""
        if self._reserved is None:
            # keeps the port ours while the link is cut, when no server listens on it
            self._reserved = socket.socket()
            self._reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            self._reserved.bind((HOST, 0))
            self.port = self._reserved.getsockname()[1]
            await self.heal()

    async def cut(self) -> None:
        """Reset all connections and refuse new ones."""
        if self._listener:
            self._listener.close()
            self._listener = None
        relays, self._relays = self._relays, {}
        for near, dialling in relays.items():
            dialling.cancel()
            near.reset()
            near.other.reset()
        await asyncio.gather(*relays.values(), return_exceptions=True)

    async def heal(self) -> None:
        """Undo `cut`."""
        if self._reserved and self._listener is None:
            serve = asyncio.get_running_loop().create_server
            self._listener = await serve(lambda: _Near(self._begin, self._end), HOST, self.port, reuse_port=True)

    async def close(self) -> None:
        """Cut the link for good and give the port back."""
        await self.cut()
        if self._reserved:
            self._reserved.close()
            self._reserved = None

    def _begin(self, near: "_Near") -> None:
        if self._listener is None:  # accepted in the moment of the cut
            near.reset()
        else:
            self._relays[near] = asyncio.get_running_loop().create_task(self._dial(near))

    async def _dial(self, near: "_Near") -> None:
        try:
            await asyncio.get_running_loop().create_connection(lambda: near.other, HOST, self.upstream)
        except OSError:  # no server listens there
            near.reset()

    def _end(self, near: "_Near") -> None:
        self._relays.pop(near, None)


class _End(asyncio.Protocol):
    """One end of a connection: what it hears it says at the `other`, and it ends as that does.

    A protocol, for streams would be three tasks and four buffers for each connection, and a wake-up for each message.
    """

    other: "_End"

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._early = b""  # what is to be said as soon as it stands
        self._has_ended = self._is_gone = False

    @property
    def _is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._early:
            self._transport.write(self._early)
        if self.other._has_ended:
            self._transport.write_eof()
        if self.other._is_gone:
            self.reset()
        self.other.resume_reading()

    def data_received(self, data: bytes) -> None:
        self.other.say(data)

    def eof_received(self) -> bool:
        self._has_ended = True
        self.other.say_end()
        return True  # the other way may go on

    def pause_writing(self) -> None:
        self.other.pause_reading()

    def resume_writing(self) -> None:
        self.other.resume_reading()

    def connection_lost(self, error: Exception | None) -> None:
        self._is_gone = True
        if error:
            self.other.reset()

    def say(self, data: bytes) -> None:
        """Send this, as soon as there is a connection."""
        if self._transport is None:
            self._early += data
            self.other.pause_reading()
        elif self._is_open:
            self._transport.write(data)

    def say_end(self) -> None:
        """Send that nothing more comes; when both have said so, that is the end."""
        if self._transport is None or not self._is_open:
            return
        if self._has_ended:
            self._transport.close()
            self.other.close()
        else:
            self._transport.write_eof()

    def pause_reading(self) -> None:
        if self._transport and self._is_open:
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        if self._transport and self._is_open:
            self._transport.resume_reading()

    def close(self) -> None:
        """End it in order."""
        if self._transport:
            self._transport.close()

    def reset(self) -> None:
        """End it as a machine does that knows nothing of it; silent if it is gone already."""
        if self._transport is None:
            return
        with contextlib.suppress(OSError):
            if taken := self._transport.get_extra_info("socket"):
                taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
        self._transport.abort()


class _Near(_End):
    """The end at the client.

    Args:
        begun: called when it stands.
        gone: called when it is no more.
    """

    def __init__(self, begun: "Callable[[_Near], None]", gone: "Callable[[_Near], None]") -> None:
        super().__init__()
        self.other = _End()
        self.other.other = self
        self._begun, self._gone = begun, gone

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._begun(self)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self._gone(self)
