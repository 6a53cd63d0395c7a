"""Access tokens and refresh tokens: signed JWTs of two types, neither of which passes for the other."""

import uuid
from typing import Any

from reference.broker.refusals import Rejected
from reference.kit import tokens
from reference.kit.parts import part
from reference.kit.postgres import Row


@part
class Tokens:
    """Issues and judges tokens."""

    secret: str  # to sign with
    access_lifetime: float  # seconds that an access token is good for
    refresh_lifetime: float  # seconds that a refresh token is good for

    def access(self, user: Row) -> str:
        """A token for the API."""
        return self.sign({"email": user["email"], "role": user["role"]}, user, "access", self.access_lifetime)

    def refresh(self, user: Row) -> str:
        """A token for new access tokens, and nothing else."""
        return self.sign({}, user, "refresh", self.refresh_lifetime)

    def sign(self, claims: dict[str, Any], user: Row, kind: str, lifetime: float) -> str:
        """A token of some claims."""
        common = {"sub": str(user["id"]), "type": kind, "jti": str(uuid.uuid4())}
        return tokens.signed(claims | common, self.secret, lifetime)

    def access_claims(self, token: str) -> dict[str, Any]:
        """What an access token says. Raises `Rejected` (401) if it is none of ours, or its time is up."""
        return self.claims(token, "access", "Invalid or expired token")

    def refresh_claims(self, token: str) -> dict[str, Any]:
        """What a refresh token says. Raises `Rejected` (401) if it is none of ours, or its time is up."""
        return self.claims(token, "refresh", "Invalid refresh token")

    def claims(self, token: str, kind: str, complaint: str) -> dict[str, Any]:
        """What a token of one type says. Raises `Rejected` (401) with the complaint if it is no such token."""
        try:
            claims = self.decode(token)
        except tokens.InvalidToken:
            raise Rejected(401, complaint) from None
        if claims["type"] != kind or not str(claims["sub"]).isdigit():
            raise Rejected(401, complaint)
        return claims

    def decode(self, token: str) -> dict[str, Any]:
        """What a token says. Raises `InvalidToken` if we did not sign it, or its time is up."""
        return tokens.live(token, self.secret, "sub", "type")
