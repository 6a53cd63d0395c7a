"""Session tokens: signed JWTs, each good only while it is the one stored in Redis for its user."""

import secrets
from typing import Any

from reference.chat.redis import Redis
from reference.chat.refusals import InvalidToken
from reference.kit import tokens
from reference.kit.parts import part

#: The Redis hash of live tokens: user name -> token.
HASH = "auth_tokens"


@part
class Tokens:
    """Issues, judges and revokes tokens. A user has one at a time."""

    redis: Redis  # where the live ones are stored
    lifetime: float  # seconds that a token is good for

    def __post_init__(self) -> None:
        self.key = secrets.token_bytes(32)

    async def prepare(self) -> None:
        """Forget all tokens of former times. Raises `Unavailable`."""
        await self.redis.run("DEL", HASH)

    async def issue(self, user: str, lifetime: float | None = None) -> str:
        """A new token, in place of the user's former one. Raises `Unavailable`."""
        token = self.sign(user, self.lifetime if lifetime is None else lifetime)
        await self.redis.run("HSET", HASH, user, token)
        return token

    def sign(self, user: str, lifetime: float) -> str:
        """A signed token that is not stored yet."""
        return tokens.signed({"user": user, "jti": secrets.token_hex(8)}, self.key, lifetime)

    async def verify(self, user: str, token: Any) -> None:
        """See that a token is the live one of `user`. Redis is asked first: without it no token can be judged.

        Raises:
            InvalidToken: it is not.
            Unavailable: Redis is.
        """
        stored = await self.stored(str(user))
        if self.claims(token)["user"] != user or stored != token:
            raise InvalidToken

    def claims(self, token: Any) -> dict[str, Any]:
        """What a token says, if we signed it and its time is not up.

        Raises:
            InvalidToken: we did not, or it is.
        """
        try:
            return tokens.live(token, self.key, "user", "iat", "jti")
        except tokens.InvalidToken:
            raise InvalidToken from None

    async def stored(self, user: str) -> str | None:
        """The token stored for a user, good or not. Raises `Unavailable`."""
        token: str | None = await self.redis.run("HGET", HASH, user)
        return token

    async def is_live(self, user: str) -> bool:
        """Whether the user has a session. Raises `Unavailable`."""
        try:
            await self.verify(user, await self.stored(user))
        except InvalidToken:
            return False
        return True

    async def revoke(self, user: str) -> None:
        """End a user's session. Raises `Unavailable`."""
        await self.redis.run("HDEL", HASH, user)

    def revoke_all(self) -> None:
        """End all sessions for good, without any database: nothing signed so far is good any more."""
        self.key = secrets.token_bytes(32)
