"""Sessions: each is a token (JWT) and a browser's cookie, and both end when it is ended."""

import secrets
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from reference.dashboard.database import Database
from reference.kit import tokens
from reference.kit.parts import part
from reference.kit.postgres import Row


@dataclass(frozen=True)
class Session:
    """A live session and whose it is."""

    jti: str
    user: int


@part
class Sessions:
    """Opens, finds and ends sessions."""

    database: Database  # where they are kept
    lifetime: float  # seconds that a session lasts, unless its user's account says otherwise

    def __post_init__(self) -> None:
        self._key = ""

    async def prepare(self) -> None:
        """Learn the key that tokens are signed with."""
        self._key = await self.database.signing_key()

    async def open(self, user: Row) -> tuple[str, str]:
        """A new session for a user: its token and its cookie."""
        lifetime = user["token_lifetime"] or self.lifetime
        expires = datetime.now(UTC) + timedelta(seconds=lifetime)
        jti, cookie = uuid.uuid4().hex, secrets.token_hex(16)
        await self.database.rows(
            "insert into dashboard_session (jti, session_key, user_id, expires_at) values (%s, %s, %s, %s)",
            *(jti, cookie, user["id"], expires),
        )
        claims = {"token_type": "access", "user_id": str(user["id"]), "jti": jti}
        return tokens.signed(claims, self._key, lifetime), cookie

    def claims(self, token: str) -> dict[str, Any]:
        """What a token says. Raises `InvalidToken` if it is not one of ours, or its time is up."""
        return tokens.live(token, self._key, "jti", "user_id")

    async def of_token(self, token: str) -> Session | None:
        """The live session that a token belongs to."""
        try:
            jti = self.claims(token)["jti"]
        except tokens.InvalidToken:
            return None
        return await self._live("jti", jti)

    async def of_cookie(self, cookie: str) -> Session | None:
        """The live session that a cookie belongs to."""
        return await self._live("session_key", cookie)

    async def _live(self, column: str, value: str) -> Session | None:
        found = await self.database.row(
            f"select jti, user_id from dashboard_session where {column} = %s and expires_at > clock_timestamp()", value
        )
        return Session(found["jti"], found["user_id"]) if found else None

    async def end(self, session: Session) -> None:
        """End a session: neither its token nor its cookie opens anything any more."""
        await self.database.rows("delete from dashboard_session where jti = %s", session.jti)
