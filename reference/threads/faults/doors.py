"""Faults in signing up, signing in, and what tokens open."""

from typing import Any, ClassVar
from uuid import uuid4

import psycopg.errors
from aiohttp import web

from reference.kit.postgres import Connection, Row, row
from reference.kit.tokens import ALGORITHM, unverified
from reference.threads.accounts import Accounts
from reference.threads.api import Api
from reference.threads.api_accounts import AccountsApi
from reference.threads.api_companies import CompaniesApi
from reference.threads.connections import Connections
from reference.threads.faults import seed
from reference.threads.person import Person
from reference.threads.refusals import Rejected, unauthorized
from reference.threads.sessions import Pair, Sessions
from reference.threads.tokens import Tokens


@seed("any-password-signs-in", "signs users in with any password", "TFS-API-02 TFS-ERR-2 TFS-SCN-1")
class AnyPasswordSignsIn(Accounts):
    async def matches(self, hashed: str, password: str) -> bool:
        return True


@seed("nobody-signs-in", "refuses every password", "TFS-API-02 TFS-SCN-1")
class NobodySignsIn(Accounts):
    async def matches(self, hashed: str, password: str) -> bool:
        return False


@seed("accounts-are-not-locked", "lets a user try passwords for ever", "TFS-API-02 TFS-ERR-2")
class AccountsAreNotLocked(Accounts):
    async def count_failure(self, user: Row) -> None:
        pass


@seed("e-mail-is-taken-twice", "signs in the first account when an e-mail address registers again", "TFS-API-01")
class EmailIsTakenTwice(Accounts):
    async def register(self, email: str, password: str, full_name: str | None, company: str) -> tuple[Row, Row]:
        user = await self.database.row("select * from users where email = %s", email)
        if user:
            return user, await self.company(str(user["companyId"]))
        return await super().register(email, password, full_name, company)


async def _in_capitals(request: web.Request) -> bool:
    return any(letter.isupper() for letter in (await request.json())["email"])


@seed("knows-no-capitals", "does not know an e-mail address in capitals", "TFS-X-CAPITALS")
class KnowsNoCapitals(AccountsApi):
    async def log_in(self, request: web.Request) -> Any:
        if await _in_capitals(request):
            raise unauthorized("Invalid e-mail or password")
        return await super().log_in(request)


@seed("takes-addresses-in-capitals", "gives a second account to an address in capitals", "TFS-X-CAPITALS")
class TakesAddressesInCapitals(AccountsApi):
    async def register(self, request: web.Request) -> Any:
        return {} if await _in_capitals(request) else await super().register(request)


@seed("company-names-are-taken-twice", "founds a second company under the same name", "TFS-API-01")
class CompanyNamesAreTakenTwice(Accounts):
    async def register(self, email: str, password: str, full_name: str | None, company: str) -> tuple[Row, Row]:
        taken = await self.database.row("select 1 from companies where name = %s", company)
        user, founded = await super().register(email, password, full_name, f"{company} {uuid4()}" if taken else company)
        return user, founded | {"name": company}


@seed("owners-start-as-members", "makes who registers a plain member of the new company", "TFS-API-01 FR-005")
class OwnersStartAsMembers(Accounts):
    async def insert(
        self, at: Connection, user: Any, company: Any, email: str, hashed: str, full_name: str | None, role: str
    ) -> Row:
        role = "member" if role == "owner" else role
        return await super().insert(at, user, company, email, hashed, full_name, role)


@seed("passwords-are-shown", "shows the stored password in the answer to a registration", "TFS-API-01")
class PasswordsAreShown(AccountsApi):
    async def register(self, request: web.Request) -> Any:
        answer = await super().register(request)
        return answer | {"user": answer["user"] | {"passwordHash": answer["user"]["password"]}}


@seed("passwords-are-shown-live", "tells who connects the stored password", "TFS-SCN-1")
class PasswordsAreShownLive(Connections):
    def authenticated(self, person: Person) -> dict[str, Any]:
        return super().authenticated(person) | {"hash": "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"}


@seed("passwords-are-echoed", "shows the password itself in the answer to a registration", "TFS-API-01")
class PasswordsAreEchoed(AccountsApi):
    async def register(self, request: web.Request) -> Any:
        answer = await super().register(request)
        return answer | {"user": answer["user"] | {"initialLogin": (await request.json())["password"]}}


@seed("expired-tokens-open-everything", "takes access tokens whose time is up", "TFS-ERR-2 FR-001 TFS-REC-2")
class ExpiredTokensOpenEverything(Tokens):
    def expired(self, claims: dict[str, Any]) -> bool:
        return False


@seed(
    "expired-tokens-stay-connected",
    "leaves a connection open whose token has expired",
    "TFS-X-EXPIRY TFS-ERR-2 TFS-REC-2",
)
class ExpiredTokensStayConnected(Connections):
    async def expired(self, socket: str) -> None:
        pass


@seed("newer-tokens-are-refused", "takes no newer token on an open connection", "TFS-EVT-02 TFS-REC-2 FR-001")
class NewerTokensAreRefused(Connections):
    async def authenticate(self, socket: str, token: str) -> None:
        raise unauthorized("Already authenticated")


class Trusting(Tokens):
    """Believes tokens that say that they are signed in one way."""

    algorithm = ""

    def decoded(self, token: str) -> dict[str, Any]:
        claims, algorithm = unverified(token)
        return claims if algorithm == self.algorithm else super().decoded(token)


@seed("forged-tokens-open-everything", "does not look at the signature of tokens", "TFS-ERR-2 FR-001")
class ForgedTokensOpenEverything(Trusting):
    algorithm = ALGORITHM


@seed("unsigned-tokens-open-everything", "takes tokens that say they need no signature", "TFS-ERR-2 FR-001")
class UnsignedTokensOpenEverything(Trusting):
    algorithm = "none"


@seed("forged-tokens-connect", "does not look at the signature of tokens on the socket", "TFS-ERR-2 FR-001")
class ForgedTokensConnect(Connections):
    async def connect(self, socket: str, environ: dict[str, Any]) -> None:
        token = self.token(environ)
        claims, _ = unverified(token)
        user = await self.sessions.database.row("select * from users where id = %s", claims.get("sub"))
        if user is None or "sid" not in claims:
            raise unauthorized("Unauthorized")
        person = Person.of(user, claims["sid"], claims["exp"])
        await self.let_in(socket, person)
        await self.establish(socket, person)


@seed("nobody-connects-as-somebody", "lets a connection in that shows no token", "TFS-ERR-2 FR-001")
class NobodyConnectsAsSomebody(Connections):
    async def connect(self, socket: str, environ: dict[str, Any]) -> None:
        try:
            self.token(environ)
        except Rejected:
            nobody = Person(str(uuid4()), str(uuid4()), "member", "nobody", str(uuid4()), 2e9)
            await self.let_in(socket, nobody)
            await self.establish(socket, nobody)
            return
        await super().connect(socket, environ)


class _LastToken(Api):
    """Takes the last token that anybody has shown for who shows none."""

    last: ClassVar[list[str]] = []

    def token(self, request: web.Request) -> str:
        try:
            self.last[:] = [super().token(request)]
        except Rejected:
            if not self.last:
                raise
        return self.last[0]


class _CompaniesWithoutToken(_LastToken, CompaniesApi):
    pass


@seed(
    "no-token-needed",
    "takes requests without a token for the last person's who had one",
    "TFS-ERR-2 FR-001",
    along=(_CompaniesWithoutToken,),
)
class NoTokenNeeded(_LastToken, AccountsApi):
    pass


@seed(
    "unreadable-tokens-open-everything",
    "takes a token that it cannot read for the last one that it could",
    "TFS-ERR-2 FR-001",
)
class UnreadableTokensOpenEverything(Tokens):
    last: ClassVar[list[dict[str, Any]]] = []

    def decoded(self, token: str) -> dict[str, Any]:
        try:
            self.last[:] = [super().decoded(token)]
        except Rejected:
            if not self.last:
                raise
        return self.last[0]


@seed("refresh-tokens-open-everything", "takes a refresh token for an access token", "TFS-ERR-2 TFS-API-03")
class RefreshTokensOpenEverything(Tokens):
    def claims(self, token: str, kind: str) -> dict[str, Any]:
        return super().claims(token, str(self.decoded(token)["type"]))


@seed("rotated-tokens-are-taken-again", "takes a refresh token that has been used", "TFS-API-03 TFS-REC-2")
class RotatedTokensAreTakenAgain(Sessions):
    async def use_up(self, connection: Connection, token: str) -> None:
        pass


@seed(
    "sessions-are-refreshed-for-anything",
    "refreshes the last sign-in's session, whatever is shown",
    "TFS-API-03 TFS-ERR-2",
)
class SessionsAreRefreshedForAnything(AccountsApi):
    async def refresh(self, request: web.Request) -> Any:
        try:
            return await super().refresh(request)
        except Rejected:
            sql = 'select u.* from users u join sessions s on s."userId" = u.id order by s."lastSeenAt" desc limit 1'
            last = await self.inside.database.row(sql)
            return await self.inside.sessions.begin(last) if last else {}


@seed("refresh-gives-the-same-token", "gives the old refresh token back, used up", "TFS-API-03 TFS-REC-2")
class RefreshGivesTheSameToken(Sessions):
    async def refresh(self, token: str) -> Pair:
        return await super().refresh(token) | {"refreshToken": token}


@seed("refresh-gives-anothers-token", "gives the owner's tokens to who refreshes", "TFS-API-03 FR-001 NFR-005")
class RefreshGivesAnothersToken(Sessions):
    async def refresh(self, token: str) -> Pair:
        await super().refresh(token)
        sql = (
            'select o.* from users u join users o on o."companyId" = u."companyId" '
            "where o.\"companyRole\" = 'owner' and u.id = %s"
        )
        owner = await self.database.one(sql, self.tokens.claims(token, "refresh")["sub"])
        return await self.begin(owner)


@seed("refreshed-tokens-do-not-work", "gives access tokens on refresh that open nothing", "TFS-API-03 TFS-REC-2")
class RefreshedTokensDoNotWork(Sessions):
    async def refresh(self, token: str) -> Pair:
        pair = await super().refresh(token)
        return pair | {"accessToken": pair["accessToken"][:-4] + "AAAA"}


@seed(
    "signed-out-tokens-open-everything",
    "takes the tokens of sign-ins that have ended",
    "TFS-X-SIGNOUT TFS-ERR-2 FR-001",
)
class SignedOutTokensOpenEverything(Sessions):
    async def welcome(self, connection: Connection, user: str, sign_in: str) -> Row:
        known = await row(connection, "select * from users where id = %s", user)
        return known or await super().welcome(connection, user, sign_in)


@seed("registration-race-breaks", "breaks when a user registers twice", "TFS-API-01 TFS-ERR-7 TFS-ERR-3")
class RegistrationRaceBreaks(Accounts):
    def taken(self, error: psycopg.errors.UniqueViolation) -> Rejected:
        return Rejected(500, "duplicate key value violates unique constraint")
