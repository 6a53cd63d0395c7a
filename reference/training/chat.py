"""The conversation on a socket: what a client may say, and what it is answered (contract 3)."""

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import WSMessage, WSMsgType, web

from reference.kit.lag import Lag
from reference.kit.parts import part
from reference.training.channel import Channel, OpenSockets
from reference.training.content import Scenario, Scenarios
from reference.training.database import DatabaseLost, now
from reference.training.limits import NotAllowed
from reference.training.rest import Rejected
from reference.training.sessions import Session, Sessions
from reference.training.turns import Turns

Frame = dict[str, Any]
Handler = Callable[[Channel, Session, Frame], Awaitable[None]]


class BadFrame(Exception):  # noqa: N818 - an answer to the client, not an error of the server
    """A frame that is not a message of this protocol; the text says why, to the sender."""


@part
class Chat:
    """The WebSocket handler. Frames of one socket are handled one after the other."""

    scenarios: Scenarios  # what is trained
    sessions: Sessions  # where sessions are kept
    turns: Turns  # what a message of the user leads to
    sockets: OpenSockets  # where open sockets are known
    largest: int  # bytes that a frame may have; a socket that sends more is closed
    lag: Lag | None  # how late each frame goes out

    def routes(self) -> list[web.RouteDef]:
        """Where it answers."""
        return [web.get("/chat/{session}", self.converse, allow_head=False)]

    def handlers(self) -> dict[str, Handler]:
        """What a client may say, and who answers."""
        return {
            "session_start": self.on_start,
            "user_message": self.on_message,
            "session_complete": self.on_complete,
            "typing_start": self.on_typing,
            "typing_stop": self.on_typing,
        }

    async def converse(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one socket from its handshake to its end."""
        session = await self.admitted(request.match_info["session"])
        if session is None:
            raise Rejected(HTTPStatus.FORBIDDEN, "Session not found")
        socket = web.WebSocketResponse(max_msg_size=self.largest, heartbeat=20.0)
        await socket.prepare(request)
        self.sockets.add(socket)
        channel = Channel(socket, self.lag)
        try:
            await self.serve(channel, session)
        finally:
            self.sockets.discard(socket)
            await channel.close()
        return socket

    async def admitted(self, number: str) -> Session | None:
        """The session that a socket may join."""
        return await self.sessions.find(int(number)) if number.isdecimal() and number.isascii() else None

    async def serve(self, channel: Channel, session: Session) -> None:
        """Greet, then answer frame by frame."""
        await self.greet(channel, session)
        async for message in channel.socket:
            await self.hear(channel, session, message)

    async def greet(self, channel: Channel, session: Session) -> None:
        """The first frame on every socket, unasked."""
        text = "Secure session started successfully"
        await channel.say("session_start", text, session_id=session.id, security_enabled=True)

    async def hear(self, channel: Channel, session: Session, message: WSMessage) -> None:
        """Answer one frame. Whatever is wrong with it, the socket stays usable."""
        try:
            frame = self.parsed(message)
            handler = self.handlers().get(str(frame.get("type")))
            if handler is None:
                raise BadFrame(f"Unknown message type: {frame.get('type', 'undefined')}")
            await handler(channel, session, frame)
        except NotAllowed as denial:
            await channel.say("security_error", str(denial), error_code=denial.code)
        except (BadFrame, DatabaseLost) as trouble:
            await channel.say("error", f"Error processing message: {trouble}")

    def parsed(self, message: WSMessage) -> Frame:
        """The JSON object of a frame.

        Raises:
            BadFrame: it is something else.
        """
        if message.type is not WSMsgType.TEXT:
            raise BadFrame("only text is understood here")
        try:
            frame = json.loads(message.data)
        except ValueError as error:
            raise BadFrame("this is not JSON") from error
        if not isinstance(frame, dict):
            raise BadFrame(f"a message is an object, not a {type(frame).__name__}")
        return frame

    # -- what a client may say ------------------------------------------------------------------------------------

    async def on_start(self, channel: Channel, session: Session, frame: Frame) -> None:
        """Tell what session this is, in which scenario."""
        present, scenario = await self.present(session)
        about = {"scenario": _row(scenario), "session": present.row()}
        text = f"Starting session for scenario: {scenario.title}"
        await channel.say("session_info", text, session_id=session.id, metadata=about)

    async def on_message(self, channel: Channel, session: Session, frame: Frame) -> None:
        """Take a user's message, and answer it with the other side's words and the feedback."""
        present, scenario = await self.present(session)
        if present.is_completed:
            raise BadFrame("the session is completed")
        message_id, text = await self.turns.take(present, frame.get("content"))
        await channel.say("message_received", "Message received", message_id=message_id)
        turn = await self.turns.answer(present, scenario, message_id, text)
        told = {"model": turn.reply.model, "tokens": turn.reply.tokens, "timestamp": now()}
        told |= {"error": True} if turn.reply.failed else {}
        await channel.say("assistant_message", turn.reply.text, message_id=turn.reply_id, metadata=told)
        feedback = turn.feedback
        metadata = feedback.metadata | {"timestamp": now()}
        await channel.say(
            "evaluation_feedback",
            feedback.content,
            score=feedback.score,
            suggestions=feedback.suggestions,
            metadata=metadata,
        )

    async def on_complete(self, channel: Channel, session: Session, frame: Frame) -> None:
        """Complete the session, once there were enough exchanges."""
        present, scenario = await self.present(session)
        if present.is_completed:
            raise BadFrame("the session is completed")
        summary = await self.turns.summary(present)
        lacking = scenario.least_exchanges - summary["exchanges"]
        if lacking > 0:
            raise BadFrame(f"the session cannot be completed yet: {lacking} more exchanges are needed")
        await self.sessions.complete(present, summary)
        await channel.say("session_complete", "Session completed", session_id=session.id, summary=summary)

    async def on_typing(self, channel: Channel, session: Session, frame: Frame) -> None:
        """No other user is in the session who would want to know."""

    # -- beneath --------------------------------------------------------------------------------------------------

    async def present(self, session: Session) -> tuple[Session, Scenario]:
        """The session as it is now, and its scenario."""
        present = await self.sessions.find(session.id)
        scenario = await self.scenarios.find(session.scenario_id)
        if present is None or scenario is None:
            raise BadFrame("Session not found")
        return present, scenario


def _row(scenario: Scenario) -> Frame:
    """A scenario as `session_info` shows it: the row at rest, `config` as JSON text (contract 3.4)."""
    row = vars(scenario).copy()
    return row | {"config_json": json.dumps(row.pop("config"))}
