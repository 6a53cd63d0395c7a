"""A TCP proxy on loopback whose link can be cut, frozen and healed, in front of one server."""

import asyncio
import contextlib
import socket
import struct
from typing import cast

HOST = "127.0.0.1"
_CHUNK = 65536
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
        self._relays: set[asyncio.Task[None]] = set()

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
        for relay in self._relays:
            relay.cancel()
        await asyncio.gather(*self._relays, return_exceptions=True)

    async def heal(self) -> None:
        """Undo `cut`."""
        if self._reserved and self._listener is None:
            self._listener = await asyncio.start_server(self._serve, HOST, self.port, reuse_port=True)

    async def close(self) -> None:
        """Cut the link for good and give the port back."""
        await self.cut()
        if self._reserved:
            self._reserved.close()
            self._reserved = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        relay = cast(asyncio.Task[None], asyncio.current_task())
        self._relays.add(relay)
        ends = [writer]
        try:
            if self._listener is None:
                raise ConnectionAbortedError("accepted in the moment of the cut")
            there = await asyncio.open_connection(HOST, self.upstream)
            ends.append(there[1])
            async with asyncio.TaskGroup() as both_ways:
                both_ways.create_task(self._pump(reader, there[1]))
                both_ways.create_task(self._pump(there[0], writer))
        except* (OSError, RuntimeError, asyncio.CancelledError):  # uvloop's word for a closed end is RuntimeError
            for end in ends:
                _reset(end)
        else:
            for end in ends:
                end.close()
        finally:
            self._relays.discard(relay)

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
        writer.write_eof()


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection as a machine does that knows nothing of it; silent if it is closed already."""
    with contextlib.suppress(OSError):
        if taken := writer.get_extra_info("socket"):
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
    writer.transport.abort()
