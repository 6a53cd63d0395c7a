"""Sign-ins: how they begin, are carried on with new tokens, and end."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from reference.kit.parts import part
from reference.kit.postgres import Connection, Row, row, rows
from reference.threads.database import Database
from reference.threads.person import Person
from reference.threads.refusals import unauthorized
from reference.threads.tokens import Tokens

Pair = dict[str, str]


@part
class Sessions:
    """The sign-ins of users. All may raise `Unavailable`."""

    database: Database  # where they are kept
    tokens: Tokens  # what they are shown with

    async def begin(self, user: Row) -> Pair:
        """A new sign-in."""
        sign_in = str(uuid4())
        pair = self.pair(user, sign_in)

        async def store(connection: Connection) -> None:
            sql = 'insert into sessions (id, "userId") values (%s, %s) on conflict do nothing'
            await rows(connection, sql, sign_in, user["id"])
            await self.keep(connection, sign_in, pair["refreshToken"])

        await self.database.transaction(store)
        return pair

    def pair(self, user: Row, sign_in: str) -> Pair:
        """An access token and a refresh token."""
        return {"accessToken": self.tokens.access(user, sign_in), "refreshToken": self.tokens.refresh(user, sign_in)}

    async def keep(self, connection: Connection, sign_in: str, token: str) -> None:
        """Store a refresh token, as a hash."""
        sql = 'insert into refresh_tokens ("tokenHash", "sessionId", "expiresAt") values (%s, %s, %s)'
        ends = datetime.now(UTC) + timedelta(seconds=self.tokens.refresh_lifetime)
        await rows(connection, f"{sql} on conflict do nothing", self.tokens.digest(token), sign_in, ends)

    async def refresh(self, token: str) -> Pair:
        """The next pair, for a refresh token that is not used yet.

        Raises:
            Rejected: it is not such a one.
        """
        claims = self.tokens.claims(token, "refresh")

        async def rotate(connection: Connection) -> Pair:
            user = await self.welcome(connection, claims["sub"], claims["sid"])
            await self.use_up(connection, token)
            pair = self.pair(user, claims["sid"])
            await self.keep(connection, claims["sid"], pair["refreshToken"])
            return pair

        return await self.database.transaction(rotate)

    async def use_up(self, connection: Connection, token: str) -> None:
        """Revoke a refresh token. Raises `Rejected` if that was done before."""
        sql = 'update refresh_tokens set revoked = true where "tokenHash" = %s and not revoked returning 1'
        if not await rows(connection, sql, self.tokens.digest(token)):
            raise unauthorized("Invalid refresh token")

    async def person(self, token: str) -> Person:
        """Whose access token it is, still welcome. Raises `Rejected` if it is no user's."""
        return await self.holder(token, "access")

    async def holder(self, token: str, kind: str) -> Person:
        """Whose token of that kind it is, still welcome. Raises `Rejected` if it is no user's."""
        claims = self.tokens.claims(token, kind)
        user = await self.database.run(lambda at: self.welcome(at, claims["sub"], claims["sid"]))
        return Person.of(user, claims["sid"], claims["exp"])

    async def welcome(self, connection: Connection, user: str, sign_in: str) -> Row:
        """The user of a sign-in that has not ended. Raises `Rejected` if it has, or the user has been removed."""
        sql = (
            'select u.* from users u join sessions s on s."userId" = u.id '
            'where u.id = %s and s.id = %s and u."isActive" and s."endedAt" is null'
        )
        known = await row(connection, sql, user, sign_in)
        if known is None:
            raise unauthorized("User not found or inactive")
        return known

    async def end(self, sign_in: str) -> None:
        """Sign out: none of its tokens is good any more."""

        async def close(connection: Connection) -> None:
            sql = "update sessions set \"endedAt\" = now(), connected = false, rooms = '{}' where id = %s"
            await rows(connection, sql, sign_in)
            await rows(connection, 'update refresh_tokens set revoked = true where "sessionId" = %s', sign_in)

        await self.database.transaction(close)
