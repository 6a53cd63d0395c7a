"""Faults in who may listen (steps 2 to 4)."""

from typing import Any

from aiohttp import web

from reference.dashboard.api_invitations import InvitationsApi
from reference.dashboard.api_school import SchoolApi
from reference.dashboard.faults import FAULTS
from reference.dashboard.gate import Gate, Pass, Rejected
from reference.dashboard.hub import Hub, Listener
from reference.dashboard.sessions import Session, Sessions
from reference.kit.postgres import Row
from reference.kit.tokens import ALGORITHM, InvalidToken, expired, unverified, verified


@FAULTS.seed("admits-anybody", "lets anybody listen who shows no token at all", "DASH-003.2 DASH-003.P1 DASH-003.F1")
class AdmitsAnybody(Gate):
    async def session(self, request: web.Request) -> Session:
        return await super().session(request) or Session("nobody", 0)

    async def may_listen(self, session: Session, school: int) -> bool:
        return session.user == 0 or await super().may_listen(session, school)


@FAULTS.seed("refuses-everybody", "lets no user listen", "DASH-003.3 DASH-003.P2")
class RefusesEverybody(Gate):
    async def admit(self, request: web.Request, school: int) -> Pass:
        raise Rejected("no user comes in today")


class Trusting(Sessions):
    """Believes tokens that say that they are signed in one way."""

    algorithm = ""

    def claims(self, token: str) -> dict[str, Any]:
        claims, algorithm = unverified(token)
        trusted = algorithm == self.algorithm and not expired(claims)
        return claims if trusted else super().claims(token)


@FAULTS.seed("accepts-foreign-signatures", "does not look at a token's signature", "DASH-003.2 DASH-003.P1")
class AcceptsForeignSignatures(Trusting):
    algorithm = ALGORITHM


@FAULTS.seed(
    "accepts-unsigned-tokens",
    'accepts tokens that say of themselves that they need no signature (alg "none")',
    "DASH-003.2 DASH-003.P1",
)
class AcceptsUnsignedTokens(Trusting):
    algorithm = "none"


@FAULTS.seed("accepts-expired-tokens", "accepts tokens whose time is up", "DASH-003.2 DASH-003.P1")
class AcceptsExpiredTokens(Sessions):
    async def of_token(self, token: str) -> Session | None:
        try:
            claims = verified(token, self._key)
        except InvalidToken:
            return None
        sql = "select 1 from dashboard_session where jti = %s"
        known = await self.database.row(sql, claims["jti"])
        return Session(claims["jti"], int(claims["user_id"])) if known else None


@FAULTS.seed("accepts-signed-out-tokens", "accepts the tokens of sessions that have been ended", "DASH-003.X3")
class AcceptsSignedOutTokens(Sessions):
    async def of_token(self, token: str) -> Session | None:
        try:
            claims = self.claims(token)
        except InvalidToken:
            return None
        return Session(claims["jti"], int(claims["user_id"]))


@FAULTS.seed("takes-blank-tokens", "takes a blank token for a good one", "DASH-003.2 DASH-003.P1")
class TakesBlankTokens(Gate):
    async def session(self, request: web.Request) -> Session | None:
        header, query = request.headers.get("Authorization"), request.query.get("token")
        blank = (header is not None and not header.partition(" ")[2].strip()) or query == ""
        return Session("nobody", 0) if blank else await super().session(request)

    async def may_listen(self, session: Session, school: int) -> bool:
        return session.user == 0 or await super().may_listen(session, school)


@FAULTS.seed("ignores-role", "lets teachers listen to their school's dashboard", "DASH-003.4 DASH-003.P3")
class IgnoresRole(Gate):
    async def may_listen(self, session: Session, school: int) -> bool:
        return await self.accounts.belongs(session.user, school, ("school_owner", "school_admin", "teacher"))


@FAULTS.seed(
    "ignores-school",
    "lets the owner of any school listen to every school",
    "DASH-003.2 DASH-003.4 DASH-003.P3 DASH-003.F2",
)
class IgnoresSchool(Gate):
    async def may_listen(self, session: Session, school: int) -> bool:
        schools = await self.accounts.schools(session.user)
        own = [await super(IgnoresSchool, self).may_listen(session, own["id"]) for own in schools]
        return any(own) and await self.accounts.school_exists(school)


@FAULTS.seed(
    "admits-to-schools-that-are-not", "lets everybody listen to a school that does not exist", "DASH-003.4 DASH-003.P3"
)
class AdmitsToSchoolsThatAreNot(Gate):
    async def may_listen(self, session: Session, school: int) -> bool:
        return not await self.accounts.school_exists(school) or await super().may_listen(session, school)


@FAULTS.seed(
    "admits-former-members", "lets those listen who could once, and belong to the school no longer", "DASH-003.F2"
)
class AdmitsFormerMembers(Gate):
    async def may_listen(self, session: Session, school: int) -> bool:
        known = self.__dict__.setdefault("known", set())
        if await super().may_listen(session, school):
            known.add((session.user, school))
        return (session.user, school) in known


@FAULTS.seed("refuses-admins", "lets only owners listen, not admins", "DASH-003.3 DASH-003.P2")
class RefusesAdmins(Gate):
    async def may_listen(self, session: Session, school: int) -> bool:
        return await self.accounts.belongs(session.user, school, ("school_owner",))


@FAULTS.seed(
    "ignores-origin",
    "lets a page of any site listen with its visitor's cookie",
    "DASH-003.P3 DASH-003.F2",
)
class IgnoresOrigin(Gate):
    def check_origin(self, request: web.Request) -> None:
        pass


@FAULTS.seed("ignores-query-tokens", "does not look for the token where the web client puts it", "DASH-003.X4")
class IgnoresQueryTokens(Gate):
    async def session(self, request: web.Request) -> Session | None:
        return None if "token" in request.query else await super().session(request)


@FAULTS.seed("ignores-cookies", "does not know its own cookies", "DASH-003.3 DASH-003.P2")
class IgnoresCookies(Sessions):
    async def of_cookie(self, cookie: str) -> Session | None:
        return None


@FAULTS.seed("keeps-former-members", "goes on telling those who belong to the school no longer", "DASH-003.X5")
class KeepsFormerMembers(Hub):
    async def revoke(self, whose: dict[str, Any]) -> None:
        if "session" in whose:
            await super().revoke(whose)


@FAULTS.seed("keeps-signed-out-listeners", "goes on telling those who have signed out", "DASH-003.X1")
class KeepsSignedOutListeners(Hub):
    async def revoke(self, whose: dict[str, Any]) -> None:
        if "user" in whose:
            await super().revoke(whose)


@FAULTS.seed("bars-the-signed-out", "tells nothing to those who have ever signed out, in any session", "DASH-003.3")
class BarsTheSignedOut(Hub):
    def __init__(self) -> None:
        super().__init__()
        self._barred: set[int] = set()

    async def revoke(self, whose: dict[str, Any]) -> None:
        sessions = (listener.admitted.session for listener in self.everybody())
        self._barred |= {session.user for session in sessions if whose == {"session": session.jti}}
        await super().revoke(whose)

    def join(self, listener: Listener) -> None:
        if listener.admitted.session.user not in self._barred:
            super().join(listener)


@FAULTS.seed("dismisses-everywhere", "closes all dashboards of a user who has to leave any school", "DASH-003.X5")
class DismissesEverywhere(Hub):
    async def revoke(self, whose: dict[str, Any]) -> None:
        for listener in self.everybody():
            admitted = listener.admitted
            if whose.get("user") == admitted.session.user:
                await super().revoke({"user": admitted.session.user, "school": admitted.school})
        await super().revoke(whose)


@FAULTS.seed("lets-owners-change-any-school", "lets the owner of any school change what every school is", "DASH-003.F2")
class LetsOwnersChangeAnySchool(SchoolApi):
    async def manager(self, request: web.Request, school: int) -> Row:
        return await (self.user(request) if request.method == "PATCH" else super().manager(request, school))


@FAULTS.seed("lets-owners-invite-teachers-anywhere", "lets anybody invite teachers to every school", "DASH-003.F2")
class LetsOwnersInviteTeachersAnywhere(InvitationsApi):
    async def manager(self, request: web.Request, school: int) -> Row:
        return await (self.user(request) if "/teachers/" in request.path else super().manager(request, school))
