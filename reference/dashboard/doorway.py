"""The WebSocket of a school's dashboard, from handshake to close (contracts/dashboard.md, section 3)."""

import asyncio
import json
from collections.abc import Callable

from aiohttp import WSCloseCode, WSMsgType, web

from reference.dashboard.broadcaster import Broadcaster
from reference.dashboard.conversation import Conversation
from reference.dashboard.gate import Gate, Pass, Rejected
from reference.dashboard.http import ApiError, denied, unavailable
from reference.dashboard.hub import Hub, Listener
from reference.kit.parts import part

MAX_FRAME = 1_048_576
#: Seconds between two pings of a client, and seconds that it gets to answer a close.
HEARTBEAT, FAREWELL = 20.0, 1.0
#: Close codes where a refusal is told by closing: the status that HTTP would have had, after the custom of 4xxx.
REFUSED, UNAVAILABLE = 4403, WSCloseCode.TRY_AGAIN_LATER


@part
class Doorway:
    """Lets listeners in, keeps them, and sees them out."""

    gate: Gate  # who may come in
    hub: Hub  # where listeners are told
    conversation: Conversation  # what they are answered
    broadcaster: Broadcaster  # without which no listener can be told
    refusal: str  # "http" or "close": how a client is told that it may not come in
    queue: Callable[[], asyncio.Queue[str]]  # makes the outgoing queue of a listener

    max_frame = MAX_FRAME

    def routes(self) -> list[web.RouteDef]:
        """Where it is reached."""
        return [web.get("/ws/schools/{school:\\d+}/dashboard/", self.enter)]

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """A handshake, and all that follows."""
        school = int(request.match_info["school"])
        try:
            admitted = await self.gate.admit(request, school)
        except Rejected as reason:
            return await self._refuse(request, denied(403, f"Access denied: {reason}"), REFUSED)
        if not await self.can_tell():
            return await self._refuse(request, unavailable("Redis"), UNAVAILABLE)
        return await self._stay(request, admitted)

    async def can_tell(self) -> bool:
        """Whether a listener would be told anything."""
        return await self.broadcaster.answers()

    async def _refuse(self, request: web.Request, refusal: ApiError, code: int) -> web.WebSocketResponse:
        if self.refusal == "http":
            raise refusal
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.close(code=code, message=str(refusal.body["detail"]).encode())
        return socket

    async def _stay(self, request: web.Request, admitted: Pass) -> web.WebSocketResponse:
        # Not compressed: aiohttp would keep the compressor of a listener who has gone until memory is swept as a whole.
        socket = web.WebSocketResponse(
            max_msg_size=self.max_frame, heartbeat=HEARTBEAT, timeout=FAREWELL, compress=False
        )
        listener = Listener(socket, admitted, self.queue())
        # Joined before the client learns that it is in: it misses nothing that happens after.
        self.hub.join(listener)
        try:
            await socket.prepare(request)
            listener.open()
            if not await self.can_tell():  # lost during the handshake
                listener.dismiss(WSCloseCode.INTERNAL_ERROR, "Redis is unavailable")
            async for frame in socket:
                if frame.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                    await listener.send(json.dumps(self.conversation.answer(frame)))
        finally:
            self.hub.leave(listener)
        return socket
