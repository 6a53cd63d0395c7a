"""Who may listen to which school."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

from reference.dashboard.accounts import Accounts
from reference.dashboard.sessions import Session, Sessions
from reference.kit.parts import part

COOKIE = "sessionid"


class Rejected(Exception):  # noqa: N818 - an answer to a client
    """The handshake is refused; the message says why."""


@dataclass(frozen=True)
class Pass:
    """What a listener was let in with."""

    session: Session
    school: int


@part
class Gate:
    """Decides over each handshake."""

    accounts: Accounts  # who belongs to which school
    sessions: Sessions  # who is signed in
    origins: Collection[str]  # hosts that a browser's page may come from

    async def admit(self, request: web.Request, school: int) -> Pass:
        """Let a client in to a school's dashboard.

        Raises:
            Rejected: not signed in, not from a page of ours, or no owner or admin of this very school.
        """
        self.check_origin(request)
        session = await self.session(request)
        if session is None:
            raise Rejected("authentication required")
        if not await self.may_listen(session, school):
            raise Rejected("no access to this school")
        return Pass(session, school)

    def check_origin(self, request: web.Request) -> None:
        """See that a browser's page is one of ours. Other programs name no origin, and have no cookie either.

        Raises:
            Rejected: it is not.
        """
        origin = request.headers.get("Origin")
        if origin is None and COOKIE in request.cookies:
            raise Rejected("a cookie without an origin")
        if origin is not None and urlsplit(origin).hostname not in self.origins:
            raise Rejected("foreign origin")

    async def session(self, request: web.Request) -> Session | None:
        """The session of the client that knocks: by header, by query or by cookie."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind in ("Bearer", "Token"):
            return await self.sessions.of_token(token)
        if "token" in request.query:
            return await self.sessions.of_token(request.query["token"])
        if COOKIE in request.cookies:
            return await self.sessions.of_cookie(request.cookies[COOKIE])
        return None

    async def may_listen(self, session: Session, school: int) -> bool:
        """Whether a user is an owner or admin of that very school."""
        return await self.accounts.manages(session.user, school)
