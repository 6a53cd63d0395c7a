"""Tokens: signed JWTs; an access token opens every door for a short time, a refresh token buys the next pair once."""

import hashlib
import secrets
import time
from typing import Any

import jwt

from reference.threads.database import Row
from reference.threads.refusals import Rejected, unauthorized

ALGORITHM = "HS256"


class Tokens:
    """Signs and judges tokens; knows nothing of who is still welcome.

    Args:
        secret: what they are signed with.
        access_lifetime: seconds.
        refresh_lifetime: seconds.
    """

    def __init__(self, secret: str, access_lifetime: float, refresh_lifetime: float) -> None:
        # Hashed, since HS256 wants a key of 32 bytes at least.
        self.key = hashlib.sha256(secret.encode()).digest()
        self._access_lifetime = access_lifetime
        self.refresh_lifetime = refresh_lifetime

    def access(self, user: Row, sign_in: str) -> str:
        """A token for every door."""
        lifetime = user["tokenLifetime"] or self._access_lifetime
        claims = {"companyId": str(user["companyId"]), "companyRole": user["companyRole"]}
        return self.sign({"sub": str(user["id"]), "sid": sign_in, "type": "access"} | claims, lifetime)

    def refresh(self, user: Row, sign_in: str) -> str:
        """A token for the next pair."""
        claims = {"sub": str(user["id"]), "sid": sign_in, "type": "refresh"}
        return self.sign(claims, self.refresh_lifetime)

    def sign(self, claims: dict[str, Any], lifetime: float) -> str:
        """A signed token that is good for `lifetime` seconds."""
        now = time.time()
        known = {"iat": now, "exp": now + lifetime, "jti": secrets.token_hex(8)}
        return jwt.encode(claims | known, self.key, algorithm=ALGORITHM)

    def claims(self, token: str, kind: str) -> dict[str, Any]:
        """What a token says.

        Args:
            token: as it was shown.
            kind: `access`, `refresh` or `download`.

        Raises:
            Rejected: it is none of ours, none of that kind, or its time is up.
        """
        claims = self.decoded(token)
        if claims["type"] != kind:
            raise unauthorized("Unauthorized")
        if self.expired(claims):
            raise Rejected(401, "Token expired", code="TOKEN_EXPIRED" if kind == "access" else None)
        return claims

    def decoded(self, token: str) -> dict[str, Any]:
        """What a token says that we have signed, old or not. Raises `Refused`."""
        options: Any = {"require": ["sub", "sid", "type", "exp"], "verify_exp": False, "verify_iat": False}
        try:
            claims: dict[str, Any] = jwt.decode(token, self.key, algorithms=[ALGORITHM], options=options)
        except jwt.InvalidTokenError:
            raise unauthorized("Unauthorized") from None
        return claims

    def expired(self, claims: dict[str, Any]) -> bool:
        """Whether its time is up; asked here, because PyJWT cuts it down to whole seconds."""
        return bool(claims["exp"] <= time.time())

    def digest(self, token: str) -> str:
        """What is stored of a refresh token."""
        return hashlib.sha256(token.encode()).hexdigest()
