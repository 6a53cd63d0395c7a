"""What every HTTP handler has at hand: the parts of the server, and who is asking."""

from dataclasses import dataclass

from aiohttp import web

from reference.dashboard.accounts import Accounts
from reference.dashboard.broadcaster import Broadcaster
from reference.dashboard.chronicle import Chronicle
from reference.dashboard.codes import LoginCodes
from reference.dashboard.database import Database
from reference.dashboard.http import denied
from reference.dashboard.invitations import Invitations
from reference.dashboard.metrics import Metrics
from reference.dashboard.school import School
from reference.dashboard.sessions import Session, Sessions
from reference.kit.parts import part
from reference.kit.postgres import Row


@dataclass(frozen=True)
class Inside:
    """The parts of the server that handlers call."""

    database: Database
    broadcaster: Broadcaster
    accounts: Accounts
    codes: LoginCodes
    sessions: Sessions
    chronicle: Chronicle
    metrics: Metrics
    invitations: Invitations
    school: School


@part
class Api:
    """Base of the handlers: authentication and authorisation."""

    inside: Inside  # the parts of the server

    def routes(self) -> list[web.RouteDef]:
        """Where the handlers are reached."""
        raise NotImplementedError

    async def session(self, request: web.Request) -> Session:
        """The session of the caller.

        Raises:
            ApiError: no user is signed in.
        """
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        session = await self.inside.sessions.of_token(token) if kind in ("Bearer", "Token") else None
        if session is None:
            raise denied(401, "Authentication credentials were not provided or are invalid.")
        return session

    async def user(self, request: web.Request) -> Row:
        """The caller.

        Raises:
            ApiError: no user is signed in.
        """
        session = await self.session(request)
        user = await self.inside.accounts.user(session.user)
        assert user is not None
        return user

    async def manager(self, request: web.Request, school: int) -> Row:
        """The caller, as an owner or admin of a school.

        Raises:
            ApiError: no user is signed in, or another user is.
        """
        user = await self.user(request)
        if not await self.inside.accounts.manages(user["id"], school):
            raise denied(403, "You do not have permission to manage this school.")
        return user
