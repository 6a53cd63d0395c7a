"""The Socket.IO side of the wire. The events of one connection are handled one after the other."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as ConnectionRefused

from reference.chat import forms
from reference.chat.accounts import Accounts
from reference.chat.bots import BOTS, Bots
from reference.chat.delivery import Delivery
from reference.chat.health import HealthWatch
from reference.chat.keep_alive import KeepAlive
from reference.chat.mailbox import Message
from reference.chat.refusals import InvalidToken, Rejected, Unavailable
from reference.chat.rooms import partner
from reference.chat.sessions import Sessions
from reference.chat.sockets import Sockets
from reference.chat.tokens import Tokens
from reference.kit.parts import part

log = logging.getLogger(__name__)

ADMIN = "Admin"
_MUST_LOG_IN = "Error! User '{}' must disconnect, re login and reconnect so the conversation can be resumed."
Answer = dict[str, str] | None


@part
class Events:
    """What a client may send on its connection."""

    accounts: Accounts
    tokens: Tokens
    sockets: Sockets
    sessions: Sessions
    delivery: Delivery
    keep_alive: KeepAlive
    bots: Bots
    health: HealthWatch

    def attach(self, server: AsyncServer) -> None:
        """Handle the events of `server`."""
        server.on("connect", self.connect)
        server.on("disconnect", self.disconnect)
        for handle in (self.join, self.client_sends_message, self.connection_alive, self.client_disconnection):
            server.on(handle.__name__, self._acknowledged(handle))

    async def connect(self, socket: str, environ: dict[str, Any], auth: Any) -> None:
        """Only with a valid token: in the auth payload, in headers or in the query."""
        user, token = _credentials(environ, auth)
        try:
            self.health.require()
            await self.authorize_connection(user, token)
        except (Rejected, Unavailable) as refusal:
            raise ConnectionRefused(str(refusal)) from None
        await self.sockets.bind(socket, user)

    async def authorize_connection(self, user: str, token: Any) -> None:
        """Raises `InvalidToken` unless the token is the user's."""
        await self.tokens.verify(user, token)

    async def authorize(self, user: str, token: Any) -> None:
        """Raises `InvalidToken` unless the token is the user's."""
        await self.tokens.verify(user, token)

    async def disconnect(self, socket: str, _reason: str) -> None:
        """A connection has gone, whichever side ended it."""
        await self.sessions.connection_closed(socket)

    async def join(self, socket: str, payload: Any) -> Answer:
        """`{"room", "client", "jwt"}`: come online, in one of one's own rooms."""
        asked = forms.filled_in(forms.Join, payload)
        await self.authorize(asked.client, asked.jwt)
        self.check_owner(socket, asked.client)
        self.check_room(asked.room, asked.client)
        await self.sessions.join(socket, asked.client, asked.room)
        return {"result": "success"}

    async def client_sends_message(self, socket: str, payload: Any) -> Answer:
        """`{"sender", "jwt", "conversation_room", "content"}`: say something to the other user of a room."""
        said = forms.filled_in(forms.Message, payload)
        try:
            await self.authorize(said.sender, said.jwt)
            self.check_owner(socket, said.sender)
            recipient = partner(said.conversation_room, said.sender)
        except Rejected:
            await self.complain(socket, _MUST_LOG_IN.format(said.sender))
            return None
        await self.accept(socket, Message(said.sender, recipient, said.conversation_room, said.content))
        return None

    async def accept(self, socket: str, message: Message) -> None:
        """Bring a message that may be sent to whom it is for."""
        if message.recipient in BOTS:
            self.bots.ask(message.recipient, message.sender, message.content)
        elif self.delivery.presence.reachable(message.recipient) or await self.accounts.exists(message.recipient):
            await self.delivery.deliver(message)
        else:
            await self.complain(socket, f"Error! There is no user '{message.recipient}'.")

    async def connection_alive(self, socket: str, payload: Any) -> Answer:
        """`{"client"}`: a sign of life, of oneself, in a session."""
        user = forms.filled_in(forms.SignOfLife, payload).client
        self.check_owner(socket, user)
        if not await self.tokens.is_live(user):
            raise InvalidToken
        self.keep_alive.signal(user)
        return None

    async def client_disconnection(self, socket: str, payload: Any) -> Answer:
        """`{"client", "jwt"}`: sign out."""
        asked = forms.filled_in(forms.SignOut, payload)
        await self.authorize(asked.client, asked.jwt)
        self.check_owner(socket, asked.client)
        await self.sessions.sign_out(asked.client)
        return None

    def check_owner(self, socket: str, user: str) -> None:
        """Raises `Rejected` unless the connection is the user's."""
        if self.sockets.owner(socket) != user:
            raise Rejected(f"This is not the connection of the user {user!r}")

    def check_room(self, room: str, user: str) -> None:
        """Raises `Rejected` unless the room is one of the user's."""
        partner(room, user)

    async def complain(self, socket: str, text: str) -> None:
        """Tell a connection, in the administrator's name, what was wrong with its message."""
        await self.sockets.tell_socket(socket, "received_message", {"sender": ADMIN, "content": text})

    def _acknowledged(self, handle: Callable[[str, Any], Awaitable[Answer]]) -> Callable[..., Awaitable[Answer]]:
        """A handler that answers every event, however wrong."""

        async def answer(socket: str, *payload: Any) -> Answer:
            try:
                with self.keep_alive.reading(self.sockets.owner(socket) or ""):
                    return await handle(socket, payload[0] if payload else None)
            except (Rejected, Unavailable) as refusal:
                return {"error": str(refusal)}
            except Exception:
                log.exception("%s failed", handle.__name__)
                return {"error": "Internal server error"}

        return answer


def _credentials(environ: dict[str, Any], auth: Any) -> tuple[str, Any]:
    """Who wants to connect, with which token."""
    query = {name: values[0] for name, values in parse_qs(environ.get("QUERY_STRING", "")).items()}
    headers = {"username": environ.get("HTTP_USERNAME"), "jwt": environ.get("HTTP_JWT")}
    places: list[Mapping[str, Any]] = [auth if isinstance(auth, dict) else {}, headers, query]
    shown = next((place for place in places if place.get("username")), {})
    return str(shown.get("username")), shown.get("jwt")
