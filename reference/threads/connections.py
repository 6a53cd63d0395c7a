"""Connections: who is let in, for how long, and what is left when they end."""

import asyncio
from typing import Any
from urllib.parse import parse_qs
from weakref import WeakValueDictionary

from reference.kit.parts import part
from reference.threads import names
from reference.threads.announcer import Announcer
from reference.threads.person import Person
from reference.threads.plain import at, clock, now
from reference.threads.recovery import Recovery
from reference.threads.refusals import Rejected, Unavailable, unauthorized
from reference.threads.sessions import Sessions
from reference.threads.sockets import Sockets
from reference.threads.typing_indicators import TypingIndicators

#: What Engine.IO says when the client itself has ended the connection in order.
_IN_ORDER = "client disconnect"


@part
class Connections:
    """Lets connections in, and sees them off."""

    sessions: Sessions  # whose token it is
    sockets: Sockets  # the connections that are in
    announcer: Announcer  # how they learn of what happens to them
    recovery: Recovery  # what was before
    typing: TypingIndicators  # who was typing
    per_user: int  # connections of one user at once
    altogether: int  # connections at once

    def __post_init__(self) -> None:
        self._ends: dict[str, asyncio.TimerHandle] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def connect(self, socket: str, environ: dict[str, Any]) -> None:
        """A client connects. Raises `Rejected`."""
        person = await self.sessions.person(self.token(environ))
        self.check_limits(person)
        async with self._queue(person):
            before = await self.recovery.begin(person)
        await self.let_in(socket, person)
        if before["connected"]:
            await self.recovery.restore(socket, person, before)
        await self.establish(socket, person)

    def token(self, environ: dict[str, Any]) -> str:
        """The token shown: in the header, else in the query. Raises `Rejected` if there is none."""
        kind, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        query = parse_qs(environ.get("QUERY_STRING", "")).get("token", [""])[0]
        shown = str(token) if kind == "Bearer" else query
        if not shown:
            raise unauthorized("No token")
        return shown

    def check_limits(self, person: Person) -> None:
        """Raises `Rejected` when there are enough connections."""
        if len(self.sockets) >= self.altogether:
            raise Rejected(503, "Too many connections", code="CONNECTION_LIMIT")
        if len(self.sockets.of_user(person.id)) >= self.per_user:
            raise Rejected(429, f"Not more than {self.per_user} connections of one user", code="CONNECTION_LIMIT")

    async def let_in(self, socket: str, person: Person) -> None:
        """Take a connection in, and tell it and its company."""
        self.bind(socket, person)
        self.sockets.enter(socket, names.company(person.company))
        self.announcer.statuses.seen(person.id)
        await self.announcer.to_socket(socket, "authentication_success", self.authenticated(person))
        await self.announcer.joined_company(person, "connection")

    async def establish(self, socket: str, person: Person) -> None:
        """Tell a connection that it stands, and that what is said in its rooms from now on reaches it."""
        established = {"userId": person.id, "companyId": person.company, "username": person.name, "timestamp": now()}
        await self.announcer.to_socket(socket, "connection_established", established)

    def authenticated(self, person: Person) -> dict[str, Any]:
        """What a connection is told of itself."""
        return {
            "userId": person.id,
            "companyId": person.company,
            "companyRole": person.role,
            "expiresAt": at(person.expires),
            "timestamp": now(),
        }

    async def authenticate(self, socket: str, token: str) -> None:
        """A connection shows a newer token of its user, and may go on. Raises `Rejected`."""
        person = await self.sessions.person(token)
        before = self.sockets.person(socket)
        if before is None or before.id != person.id:
            raise unauthorized("The token is another user's")
        self.bind(socket, person)
        await self.announcer.to_socket(socket, "authentication_success", self.authenticated(person))

    def bind(self, socket: str, person: Person) -> None:
        """The connection is that person's, until the token's time is up."""
        self.sockets.bind(socket, person)
        if timer := self._ends.pop(socket, None):
            timer.cancel()
        left = max(0.0, person.expires - clock())
        self._ends[socket] = asyncio.get_running_loop().call_later(left, self._expire, socket)

    def _expire(self, socket: str) -> None:
        task = asyncio.ensure_future(self.expired(socket))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)

    async def expired(self, socket: str) -> None:
        """The time of a connection's token is up."""
        await self.dismiss([socket], Rejected(401, "Token expired", code="TOKEN_EXPIRED"))

    async def dismiss(self, sockets: list[str], why: Rejected) -> None:
        """End connections, and tell them why; they hear nothing more from now on."""
        for socket in sockets:
            self.sockets.leave_all(socket)
        for socket in sockets:
            await self.announcer.error(socket, why, None)
        await self.sockets.close(sockets)

    async def disconnected(self, socket: str, reason: str) -> None:
        """A connection has gone, whichever side ended it."""
        person = self.sockets.release(socket)
        if person is None:
            return
        self._ends.pop(socket).cancel()
        self.announcer.statuses.seen(person.id)
        async with self._queue(person):
            if reason == _IN_ORDER and not self.sockets.of_sign_in(person.sign_in):
                await self._finish(person)
        if not self.sockets.of_user(person.id):
            await self.typing.gone(person)

    def _queue(self, person: Person) -> asyncio.Lock:
        """A sign-in's connections come and go one after the other: one that ends is done before the next begins."""
        return self._queues.setdefault(person.sign_in, asyncio.Lock())

    async def _finish(self, person: Person) -> None:
        try:
            await self.recovery.finish(person)
        except Unavailable:
            return  # what is remembered too much does no harm: it is judged again
