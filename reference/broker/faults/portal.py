"""What can be wrong with who gets into the portal, and how far."""

import hashlib
import time
from contextlib import suppress
from typing import Any

from aiohttp import web
from aiohttp_session import AbstractStorage, Session, SimpleCookieStorage, get_session
from aiohttp_session.cookie_storage import EncryptedCookieStorage

from reference.broker.faults import FAULTS
from reference.broker.portal.admin import CERTIFICATES
from reference.broker.portal.guard import Guard, Visit
from reference.broker.portal.main_server import Forbidden, Row, Unauthorised
from reference.broker.portal.pages import Pages
from reference.broker.portal.sessions import COOKIE, Sessions

# -- signing in and out ---------------------------------------------------------------------------------------------


@FAULTS.seed("forgets-who-has-signed-in", "opens no session for a user who signs in at the portal", "TC-PT-001")
class ForgetsWhoHasSignedIn(Sessions):
    async def open(self, request: web.Request, answer: Row) -> Session:
        session = await super().open(request, answer)
        session.invalidate()
        return session


@FAULTS.seed("leads-to-the-profile", "leads a user who signs in at the portal to their profile", "TC-PT-001")
class LeadsToTheProfile(Pages):
    def home(self, user: Row) -> str:
        return "/profile"


@FAULTS.seed("shows-blank-messages", "shows a blank page in place of the messages", "TC-PT-001")
class ShowsBlankMessages(Pages):
    async def dashboard(self, request: web.Request) -> web.Response:
        await super().dashboard(request)
        return web.Response(content_type="text/html")


@FAULTS.seed("forgives-wrong-capitals", "tries a wrong password once more with its capitals turned round", "TC-PT-002")
class ForgivesWrongCapitals(Pages):
    async def credentials_of(self, email: str, password: str) -> Row:
        try:
            return await super().credentials_of(email, password)
        except Unauthorised:
            return await super().credentials_of(email, password.swapcase())


@FAULTS.seed("says-nothing-of-a-wrong-password", "shows the login page again without a word", "TC-PT-002")
class SaysNothingOfAWrongPassword(Pages):
    def turned_away(self, session: Session, why: str) -> web.HTTPFound:
        return web.HTTPFound("/login")


@FAULTS.seed("leads-the-wrong-password-nowhere", "answers a wrong password with a blank page", "TC-PT-002")
class LeadsTheWrongPasswordNowhere(Pages):
    def turned_away(self, session: Session, why: str) -> web.HTTPFound:
        raise web.HTTPUnauthorized


@FAULTS.seed(
    "keeps-the-session-at-log-out", "shows the login page at log-out, but keeps the session", "TC-PT-003 TC-I-009"
)
class KeepsTheSessionAtLogOut(Sessions):
    def close(self, session: Session) -> None:
        pass


@FAULTS.seed("lets-copies-of-sessions-live", "forgets the cookie at log-out, and takes a copy of it", "TC-PT-X1")
class LetsCopiesLive(Sessions):
    def close(self, session: Session) -> None:
        session.invalidate()


@FAULTS.seed("leads-nowhere-at-log-out", "answers who signs out with a blank page", "TC-PT-003")
class LeadsNowhereAtLogOut(Pages):
    async def log_out(self, request: web.Request) -> web.Response:
        with suppress(web.HTTPFound):
            await super().log_out(request)
        return web.Response(content_type="text/html")


@FAULTS.seed("signs-everybody-out", "ends everybody's session when a user signs out", "TC-PT-003")
class SignsEverybodyOut(Sessions):
    _since = 0.0

    def close(self, session: Session) -> None:
        self._since = session["seen"]
        super().close(session)

    def is_over(self, session: Session) -> bool:
        return session["seen"] <= self._since or super().is_over(session)


@FAULTS.seed("never-ends-a-session", "keeps idle sessions for ever", "TC-PT-004")
class NeverEndsASession(Sessions):
    def is_over(self, session: Session) -> bool:
        return session["id"] in self._ended


@FAULTS.seed("counts-no-early-use", "takes no notice of use soon after a session was used before", "TC-PT-X4")
class CountsNoEarlyUse(Sessions):
    async def of(self, request: web.Request) -> Session:
        before = (await get_session(request)).get("seen", 0.0)
        session = await super().of(request)
        if "user" in session and time.time() - before < 0.5 * session["max_age"]:
            session["seen"] = before
        return session


@FAULTS.seed("ends-sessions-in-use", "ends sessions that are used, some time after they began", "TC-PT-X4")
class EndsSessionsInUse(Sessions):
    async def of(self, request: web.Request) -> Session:
        began = (await get_session(request)).get("seen")
        session = await super().of(request)
        if "user" in session:
            session["seen"] = began
        return session


@FAULTS.seed("ends-the-former-session", "ends a user's session when they sign in elsewhere", "TC-PT-X5")
class EndsTheFormerSession(Sessions):
    def __post_init__(self) -> None:
        super().__post_init__()
        self._latest: dict[str, str] = {}

    async def open(self, request: web.Request, answer: Row) -> Session:
        session = await super().open(request, answer)
        former = self._latest.get(session["user"]["email"])
        if former:
            self._ended[former] = float("inf")
        self._latest[session["user"]["email"]] = session["id"]
        return session


@FAULTS.seed("ends-sessions-without-a-page", "answers ended sessions without a page", "TC-PT-004")
class EndsSessionsWithoutAPage(Guard):
    async def visitor(self, request: web.Request) -> Visit:
        try:
            return await super().visitor(request)
        except web.HTTPFound:
            raise web.HTTPUnauthorized from None


@FAULTS.seed("leaves-sessions-unsealed", "keeps sessions in cookies that are not sealed", "TC-S-013")
class LeavesSessionsUnsealed(Sessions):
    def storage(self) -> AbstractStorage:
        return SimpleCookieStorage(cookie_name=COOKIE)


# -- who may --------------------------------------------------------------------------------------------------------


class InAdministratorsName(Visit):
    """A user's visit that asks the main server as an administrator, who was there before."""

    lender: Visit

    async def ask(self, method: str, path: str, query: Row | None = None, body: Row | None = None) -> Any:
        return await self.lender.ask(method, path, query, body)


class LendsAdministrators(Guard):
    """Lets everybody do in the name of the last administrator what requests of one kind do."""

    method: str
    _lender: Visit | None = None

    async def administrator(self, request: web.Request) -> Visit:
        visit = await self.visitor(request)
        if visit.is_administrator:
            self._lender = visit
        elif self._lender and request.method == self.method:
            visit = InAdministratorsName(visit.session, self.main)
            visit.lender = self._lender
            return visit
        return await super().administrator(request)


@FAULTS.seed("shows-administrators-pages-to-users", "shows everybody administrators' pages", "TC-PT-009 TC-PT-014")
class ShowsAdministratorsPages(LendsAdministrators):
    method = "GET"


@FAULTS.seed("takes-administrators-forms-of-users", "takes administrators' forms from everybody", "TC-PT-014")
class TakesAdministratorsForms(LendsAdministrators):
    method = "POST"


@FAULTS.seed("shows-a-list-of-users-to-users", "shows everybody the list of users", "TC-PT-014")
class ShowsUsersToUsers(LendsAdministrators):
    method = "GET"

    async def administrator(self, request: web.Request) -> Visit:
        visit = await super().administrator(request)
        if isinstance(visit, InAdministratorsName) and request.path != "/admin/users":
            raise Forbidden
        return visit


@FAULTS.seed("keeps-certificates-from-everybody", "shows no user the page of certificates", "TC-PT-011 TC-PT-014")
class KeepsCertificatesFromEverybody(Guard):
    async def administrator(self, request: web.Request) -> Visit:
        if request.method == "GET" and request.path == CERTIFICATES:
            raise Forbidden
        return await super().administrator(request)


class SessionsForOtherSites(Sessions):
    def storage(self) -> AbstractStorage:
        key = hashlib.sha256(self.secret.encode()).digest()
        return EncryptedCookieStorage(key, cookie_name=COOKIE, httponly=True, samesite="None")


@FAULTS.seed(
    "takes-forms-of-other-sites",
    "takes forms that its pages have not shown, with a cookie that comes along from anywhere",
    "TC-PT-010",
    along=(SessionsForOtherSites,),
)
class TakesFormsOfOtherSites(Guard):
    def is_ours(self, token: str, session: Session) -> bool:
        return True


@FAULTS.seed("remembers-the-last-end-alone", "remembers of all sessions only the last that was ended", "TC-PT-X1")
class RemembersTheLastEndAlone(Sessions):
    def close(self, session: Session) -> None:
        self._ended.clear()
        super().close(session)


@FAULTS.seed("forgets-ended-sessions", "forgets at a restart which sessions have ended", "TC-PT-X1")
class ForgetsEndedSessions(Sessions):
    def remembered(self) -> dict[str, float]:
        return {}
