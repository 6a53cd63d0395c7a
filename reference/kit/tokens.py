"""Signed tokens (JWT), good for a time that may be a fraction of a second: PyJWT alone counts whole ones."""

import time
from typing import Any

import jwt

ALGORITHM = "HS256"
#: What `verified` and `live` raise.
InvalidToken = jwt.InvalidTokenError


def signed(claims: dict[str, Any], key: str | bytes, lifetime: float) -> str:
    """A token that says this, and is good for so many seconds."""
    now = time.time()
    return jwt.encode(claims | {"iat": now, "exp": now + lifetime}, key, algorithm=ALGORITHM)


def verified(token: Any, key: str | bytes, *required: str) -> dict[str, Any]:
    """What a token says, whether or not its time is up.

    Args:
        token: as it was shown.
        key: that it must be signed with.
        required: what it must speak of.

    Raises:
        InvalidToken: it is no such token.
    """
    options: Any = {"require": ["exp", *required], "verify_exp": False, "verify_iat": False}
    claims: dict[str, Any] = jwt.decode(token, key, algorithms=[ALGORITHM], options=options)
    return claims


def live(token: Any, key: str | bytes, *required: str) -> dict[str, Any]:
    """What a token says whose time is not up. Raises `InvalidToken` as `verified` does, and if it is."""
    claims = verified(token, key, *required)
    if expired(claims):
        raise InvalidToken("its time is up")
    return claims


def unverified(token: Any) -> tuple[dict[str, Any], str]:
    """What a token says, no matter who has signed it, and how it says that it is signed; nothing if it is no token."""
    try:
        claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        return claims, str(jwt.get_unverified_header(token)["alg"])
    except InvalidToken:
        return {}, ""


def expired(claims: dict[str, Any]) -> bool:
    """Whether the time of a token that says this is up."""
    return bool(claims["exp"] <= time.time())
