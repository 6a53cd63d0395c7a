"""A WebSocket server that sends back whatever comes, and stalls as a whole on schedule: a known truth to measure.

python benchmarks/stalling_server.py PORT STALL EVERY      (seconds; it stalls at the end of each EVERY)

It speaks just enough of RFC 6455 for short text frames, so that it has caught up at once after a stall: a general
server would work off what has piled up for a while, and the truth would be what *it* needs for that.
"""

import asyncio
import re
import sys
import time
from base64 import b64encode
from hashlib import sha1

import uvloop

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
_KEY = re.compile(rb"(?i)sec-websocket-key: *(\S+)")
_TEXT, _CLOSE = 0x81, 0x88
_HEAD = 6  # bytes before the payload of a masked frame of up to 125 bytes


class Echo(asyncio.Protocol):
    """One connection."""

    def __init__(self) -> None:
        self._open = False
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer the handshake, then send back all frames that are whole."""
        if not self._open:
            self._open = True
            key = _KEY.search(data)[1]
            self._transport.write(_SWITCH + b64encode(sha1(key + _GUID).digest()) + b"\r\n\r\n")
            return
        data, answers = self._rest + data, bytearray()
        while len(data) >= _HEAD and len(data) >= (end := _HEAD + (data[1] & 0x7F)):
            if data[0] == _CLOSE:
                self._transport.close()
                return
            length = end - _HEAD
            mask = int.from_bytes((data[2:_HEAD] * (length // 4 + 1))[:length], "big")
            answers += bytes((_TEXT, length)) + (int.from_bytes(data[_HEAD:end], "big") ^ mask).to_bytes(length, "big")
            data = data[end:]
        self._rest = data
        self._transport.write(bytes(answers))


async def main(port: int, stall: float, every: float) -> None:
    """Serve until killed."""
    await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", port)
    print("ready", flush=True)
    due = time.monotonic() + every - stall
    while True:
        await asyncio.sleep(due - time.monotonic())
        time.sleep(max(due + stall - time.monotonic(), 0))  # noqa: ASYNC251 - the whole process is to stand still
        due += every


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])))
