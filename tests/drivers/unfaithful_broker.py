"""A broker that breaks its promises: what clients and a real one say to each other, altered on the way.

Each fault is a function of one packet of MQTT 5.0 (its first byte and its content), which gives what goes on, or what
goes back, in its place.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

CONNECT, PUBLISH, PUBACK, SUBSCRIBE, UNSUBSCRIBE, UNSUBACK, DISCONNECT = 1, 3, 4, 8, 10, 11, 14
#: Bits of what a client says of its connection (MQTT 5.0, 3.1.2.3), and of a message (3.3.1).
CLEAN_START, WILL_RETAIN = 0x02, 0x20
RETAIN, QOS = 0x01, 0x06
_FLAGS = 7  # where those of a connection stand


@dataclass
class Packet:
    """What is said in one go."""

    head: int
    body: bytes

    @property
    def kind(self) -> int:
        return self.head >> 4

    @property
    def qos(self) -> int:
        return (self.head & QOS) >> 1

    def wire(self) -> bytes:
        length, size = len(self.body), b""
        while True:
            length, rest = divmod(length, 128)
            size += bytes([rest | (0x80 if length else 0)])
            if not length:
                return bytes([self.head]) + size + self.body

    def flagged(self, *, on: int = 0, off: int = 0) -> "Packet":
        """The same with other flags of a connection."""
        return Packet(self.head, self.body[:_FLAGS] + bytes([self.body[_FLAGS] & ~off | on]) + self.body[_FLAGS + 1 :])


@dataclass
class Way:
    """What has come of a packet: what goes on its way, and what goes back."""

    on: list[Packet] = field(default_factory=list)
    back: list[Packet] = field(default_factory=list)


#: What is made of a packet; None if it goes on as it is.
Fault = Callable[[Packet], Way | None]


@dataclass
class Unfaithful:
    """How it alters what clients say, and what they are told; and whether it signs off for those who break off."""

    says: Fault = lambda packet: None
    tells: Fault = lambda packet: None
    covers_up: bool = False


async def packets(reader: asyncio.StreamReader) -> AsyncIterator[Packet]:
    """All that comes, until the connection ends."""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        while True:
            head, length, shift = (await reader.readexactly(1))[0], 0, 0
            while True:
                byte = (await reader.readexactly(1))[0]
                length, shift = length | (byte & 0x7F) << shift, shift + 7
                if byte < 0x80:
                    break
            yield Packet(head, await reader.readexactly(length))


@asynccontextmanager
async def standing_before(port: int, unfaithful: Unfaithful) -> AsyncIterator[int]:
    """The port of 127.0.0.1 where a broker's clients meet this in its place."""

    async def relay(
        reader: asyncio.StreamReader, there: asyncio.StreamWriter, back: asyncio.StreamWriter, alter: Fault
    ) -> None:
        try:
            async for packet in packets(reader):
                way = alter(packet) or Way([packet])
                there.write(b"".join(one.wire() for one in way.on))
                back.write(b"".join(one.wire() for one in way.back))
                if packet.kind == DISCONNECT and not way.on:
                    break
            if unfaithful.covers_up and alter is unfaithful.says:
                there.write(Packet(DISCONNECT << 4, b"").wire())
        finally:
            there.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream, onward = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(
            relay(reader, onward, writer, unfaithful.says), relay(upstream, writer, onward, unfaithful.tells)
        )

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
