"""Tokens: signed JWTs; an access token opens every door for a short time, a refresh token buys the next pair once."""

import hashlib
import secrets
from typing import Any

from reference.kit import tokens
from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads.refusals import Rejected, unauthorized


@part
class Tokens:
    """Signs and judges tokens; knows nothing of who is still welcome. Lifetimes are in seconds."""

    secret: str
    access_lifetime: float
    refresh_lifetime: float

    def __post_init__(self) -> None:
        self.key = hashlib.sha256(self.secret.encode()).digest()  # since HS256 wants 32 bytes at least

    def access(self, user: Row, sign_in: str) -> str:
        """A token for every door."""
        lifetime = user["tokenLifetime"] or self.access_lifetime
        claims = {"companyId": str(user["companyId"]), "companyRole": user["companyRole"]}
        return self.sign({"sub": str(user["id"]), "sid": sign_in, "type": "access"} | claims, lifetime)

    def refresh(self, user: Row, sign_in: str) -> str:
        """A token for the next pair."""
        claims = {"sub": str(user["id"]), "sid": sign_in, "type": "refresh"}
        return self.sign(claims, self.refresh_lifetime)

    def sign(self, claims: dict[str, Any], lifetime: float) -> str:
        """A signed token that is good for `lifetime` seconds."""
        return tokens.signed(claims | {"jti": secrets.token_hex(8)}, self.key, lifetime)

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
        """What a token says that we have signed, old or not. Raises `Rejected`."""
        try:
            return tokens.verified(token, self.key, "sub", "sid", "type")
        except tokens.InvalidToken:
            raise unauthorized("Unauthorized") from None

    def expired(self, claims: dict[str, Any]) -> bool:
        """Whether its time is up."""
        return tokens.expired(claims)

    def digest(self, token: str) -> str:
        """What is stored of a refresh token."""
        return hashlib.sha256(token.encode()).hexdigest()
