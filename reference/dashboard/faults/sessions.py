"""Faults in sessions that are over, in several at a time, and in pages that use them (steps 2 to 4)."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from aiohttp import WSCloseCode, web

from reference.dashboard.api_accounts import AccountsApi
from reference.dashboard.faults import FAULTS
from reference.dashboard.gate import COOKIE, Gate
from reference.dashboard.hub import Hub, Listener
from reference.dashboard.sessions import Session, Sessions


@FAULTS.seed("keeps-old-cookies", "lets a browser in whose session has come to its end", "DASH-003.2 DASH-003.P1")
class KeepsOldCookies(Sessions):
    async def of_cookie(self, cookie: str) -> Session | None:
        sql = "select jti, user_id from dashboard_session where session_key = %s"
        found = await self.database.row(sql, cookie)
        return Session(found["jti"], found["user_id"]) if found else None


@FAULTS.seed("keeps-signed-out-cookies", "lets a browser in whose user has signed out", "DASH-003.X3")
class KeepsSignedOutCookies(Sessions):
    async def end(self, session: Session) -> None:
        await self.database.rows("update dashboard_session set jti = 'over-' || jti where jti = %s", session.jti)


@FAULTS.seed("keeps-signed-out-addresses", "lets a web client in whose user has signed out", "DASH-003.X3")
class KeepsSignedOutAddresses(Gate):
    async def session(self, request: web.Request) -> Session | None:
        if "token" not in request.query:
            return await super().session(request)
        claims = self.sessions.claims(request.query["token"])
        return Session(claims["jti"], int(claims["user_id"]))


@FAULTS.seed("ends-all-sessions", "ends all sessions of a user who signs out of one", "DASH-003.X1")
class EndsAllSessions(Sessions):
    async def end(self, session: Session) -> None:
        await self.database.rows("delete from dashboard_session where user_id = %s", session.user)


@FAULTS.seed("closes-one-screen", "closes one dashboard of a session that is ended", "DASH-003.X1")
class ClosesOneScreen(Hub):
    async def revoke(self, whose: dict[str, Any]) -> None:
        closed = [one for one in self.everybody() if whose == {"session": one.admitted.session.jti}]
        for listener in closed[:1]:
            listener.dismiss(WSCloseCode.POLICY_VIOLATION, "no longer allowed")
        if not closed:
            await super().revoke(whose)


@FAULTS.seed("closes-all-screens", "closes all dashboards of a user who closes one", "DASH-003.8 DASH-003.P7")
class ClosesAllScreens(Hub):
    def leave(self, listener: Listener) -> None:
        super().leave(listener)
        for other in self.audience(listener.admitted.school):
            if other.admitted.session == listener.admitted.session:
                other.dismiss(WSCloseCode.GOING_AWAY, "closed")


@FAULTS.seed("needs-no-page", "lets a browser in that does not say which page it shows", "DASH-003.P3 DASH-003.F2")
class NeedsNoPage(Gate):
    def check_origin(self, request: web.Request) -> None:
        if "Origin" in request.headers:
            super().check_origin(request)


@FAULTS.seed("trusts-pages-of-no-site", "lets a page in that is shown inside another", "DASH-003.P3 DASH-003.F2")
class TrustsPagesOfNoSite(Gate):
    def check_origin(self, request: web.Request) -> None:
        origin = request.headers.get("Origin")
        if origin is None or urlsplit(origin).hostname is not None:
            super().check_origin(request)


@FAULTS.seed("trusts-similar-names", "lets a page in of a site whose name has ours in it", "DASH-003.P3 DASH-003.F2")
class TrustsSimilarNames(Gate):
    def check_origin(self, request: web.Request) -> None:
        if not any(host in request.headers.get("Origin", "") for host in self.origins):
            super().check_origin(request)


@FAULTS.seed(
    "trusts-the-last-word", "lets a page in of a site whose name ends in a word of ours", "DASH-003.P3 DASH-003.F2"
)
class TrustsTheLastWord(Gate):
    def check_origin(self, request: web.Request) -> None:
        site = urlsplit(request.headers.get("Origin", "")).hostname or ""
        if not any(re.search(rf"\b{re.escape(host)}$", site) for host in self.origins):
            super().check_origin(request)


@FAULTS.seed("shows-cookies-to-scripts", "lets scripts on a page read the cookie of a session", "DASH-003.X29")
class ShowsCookiesToScripts(AccountsApi):
    async def verify_code(self, request: web.Request) -> web.Response:
        answer = await super().verify_code(request)
        answer.cookies[COOKIE]["httponly"] = ""
        return answer


@FAULTS.seed("revives-ended-sessions", "lets sessions go on that were ended when it is started again", "DASH-003.X3")
class RevivesEndedSessions(Sessions):
    async def prepare(self) -> None:
        await super().prepare()
        sql = "update dashboard_session set expires_at = expires_at + interval '9 years' where expires_at < %s"
        await self.database.rows(sql, datetime.now(UTC) - timedelta(days=365))

    async def end(self, session: Session) -> None:
        sql = "update dashboard_session set expires_at = expires_at - interval '9 years' where jti = %s"
        await self.database.rows(sql, session.jti)


@FAULTS.seed("dismisses-one-listener", "closes only the latest dashboard of a user who has to leave", "DASH-003.X5")
class DismissesOneListener(Hub):
    async def revoke(self, whose: dict[str, Any]) -> None:
        if "session" in whose:
            return await super().revoke(whose)
        admitted = ((one, one.admitted) for one in self.everybody())
        own = [one for one, at in admitted if whose == {"user": at.session.user, "school": at.school}]
        for listener in own[-1:]:
            listener.dismiss(WSCloseCode.POLICY_VIOLATION, "no longer allowed")
