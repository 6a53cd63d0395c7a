"""A WebSocket for load: the interface of `websocket.WebSocket` on aiohttp's client, at twice its rate.

What it gives up: a scenario about the protocol itself wants `websockets`, which is stricter. Nothing of the traffic is
recorded, and nothing is compressed.
"""

import asyncio
import contextlib
import secrets
from collections.abc import Mapping

import aiohttp

from support.core.resource_shortage import blame_the_machine
from support.core.transcript import Transcript
from support.drivers.clients.http import Answer, Unreachable
from support.drivers.clients.trust import context_for
from support.drivers.clients.websocket import Frame, HandshakeRefused, OnFrame, OnLost
from support.drivers.kit.read_only import let_through

#: What comes while a connection is open.
_OPEN = tuple(getattr(aiohttp.WSMsgType, name) for name in ("TEXT", "BINARY", "PING", "PONG"))


class Sockets:
    """What many connections share: one session without a limit on them, as aiohttp's own would make number 101 wait.

    It keeps no cookies, for the connections are those of many people.
    """

    def __init__(self) -> None:
        self.session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        )

    def dial(self, _who: str, _transcript: Transcript, on_frame: OnFrame, on_lost: OnLost) -> "FastWebSocket":
        """A connection yet to be opened; see `websocket.Dial`."""
        return FastWebSocket(self, on_frame, on_lost)

    async def close(self) -> None:
        await self.session.close()


class FastWebSocket:
    """One connection; see `websocket.WebSocket` for what each method does."""

    def __init__(self, sockets: Sockets, on_frame: OnFrame, on_lost: OnLost) -> None:
        self._sockets = sockets
        self._on_frame = on_frame
        self._on_lost = on_lost
        self._connection: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._pongs: dict[bytes, asyncio.Future[None]] = {}
        self._url = ""
        self.ended: tuple[int, str] | None = None

    @property
    def connected(self) -> bool:
        return self._connection is not None and self.ended is None

    async def connect(self, url: str, *, headers: Mapping[str, str] | None = None, within: float) -> None:
        """Open the connection.

        Raises:
            HandshakeRefused: the server answered with an HTTP status.
            Unreachable: no answer in time, or none at all.
        """
        let_through(url, "connect", changes=False)
        self._url = url
        try:
            async with asyncio.timeout(within):
                self._connection = await self._sockets.session.ws_connect(
                    url, headers=headers, max_msg_size=0, autoping=False, ssl=context_for(url) or True
                )
        except aiohttp.WSServerHandshakeError as refusal:
            raise HandshakeRefused(Answer(refusal.status, refusal.message.encode())) from refusal
        except (OSError, TimeoutError, aiohttp.ClientError) as error:
            blame_the_machine(error)
            raise Unreachable(f"{url.partition('?')[0]} did not take the connection: {error}") from error
        self._reader = asyncio.create_task(self._read(self._connection))

    async def send(self, frame: Frame) -> None:
        """Send one frame. Silent when the connection is gone: `on_lost` tells."""
        let_through(self._url, "send a frame", changes=True)
        if self._connection is None:
            return
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):
            await (self._connection.send_str(frame) if isinstance(frame, str) else self._connection.send_bytes(frame))

    async def ping(self, within: float) -> bool:
        """Wait for one round trip on the connection."""
        if self._connection is None or self.ended:
            return False
        mark = secrets.token_bytes(4)
        self._pongs[mark] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(within):
                await self._connection.ping(mark)
                await self._pongs[mark]
        except (ConnectionError, aiohttp.ClientError):
            return False
        except TimeoutError as error:
            raise Unreachable(f"no answer to a ping within {within:g} s") from error
        finally:
            self._pongs.pop(mark, None)
        return self.ended is None

    async def close(self) -> None:
        """Close from this side; silent if it is closed already."""
        if self._reader is not None:
            self._reader.cancel()
        if self._connection is not None:
            await self._connection.close()
            self.ended = self.ended or (1000, "")

    async def _read(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        while (message := await connection.receive()).type in _OPEN:
            if message.type is aiohttp.WSMsgType.PING:
                await connection.pong(message.data)
            elif message.type is aiohttp.WSMsgType.PONG:
                self._answered(bytes(message.data))
            else:
                self._on_frame(message.data)
        self.ended = (connection.close_code or 1006, str(message.extra or ""))
        for mark in list(self._pongs):
            self._answered(mark)
        self._on_lost(*self.ended)

    def _answered(self, mark: bytes) -> None:
        if (waiting := self._pongs.get(mark)) and not waiting.done():
            waiting.set_result(None)
