"""Who may see which page, and whose forms are taken."""

import hmac
import secrets
from typing import Any

from aiohttp import web
from aiohttp_session import Session

from reference.broker.portal.main_server import MainServer, Row, Unauthorised
from reference.broker.portal.sessions import Sessions
from reference.kit.parts import part


@part
class Visit:
    """One request of a user who is signed in."""

    session: Session
    main: MainServer

    @property
    def user(self) -> Row:
        """Who it is: id, email and role."""
        user: Row = self.session["user"]
        return user

    @property
    def is_administrator(self) -> bool:
        return bool(self.user["role"] == "admin")

    async def ask(self, method: str, path: str, query: Row | None = None, body: Row | None = None) -> Any:
        """What the main server answers this person; an access token that has run out is renewed on the way.

        Raises:
            Unavailable, Unauthorised, Forbidden, Rejected: as `MainServer.ask`.
        """
        try:
            return await self.main.ask(method, path, token=self.session["access_token"], query=query, body=body)
        except Unauthorised:
            self.session["access_token"] = await self.main.refresh(self.session["refresh_token"])
            return await self.main.ask(method, path, token=self.session["access_token"], query=query, body=body)


@part
class Guard:
    """Stands before every page that is not for everybody."""

    sessions: Sessions
    main: MainServer

    async def visitor(self, request: web.Request) -> Visit:
        """The visit of a user who is signed in.

        Raises:
            HTTPFound: no user is; to the login page.
        """
        session = await self.sessions.of(request)
        if "user" not in session:
            raise web.HTTPFound("/login")
        return Visit(session, self.main)

    async def administrator(self, request: web.Request) -> Visit:
        """The visit of an administrator.

        Raises:
            HTTPFound: no user is signed in; to the login page.
            HTTPForbidden: another user is.
        """
        visit = await self.visitor(request)
        if not visit.is_administrator:
            raise web.HTTPForbidden
        return visit

    async def form(self, request: web.Request, session: Session) -> dict[str, str]:
        """The fields of a form that a page of this very session has shown.

        Raises:
            HTTPForbidden: it comes from somewhere else.
        """
        fields = {name: str(value) for name, value in (await request.post()).items()}
        if not self.is_ours(fields.pop("csrf_token", ""), session):
            raise web.HTTPForbidden
        return fields

    def is_ours(self, token: str, session: Session) -> bool:
        """Whether a form's token is that of the session."""
        return hmac.compare_digest(token.encode(), str(session.get("csrf_token", secrets.token_hex())).encode())
