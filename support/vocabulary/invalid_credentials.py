"""Tokens and passwords that must not work, made from good ones by the scenario's word for the flaw."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt

from support.core.errors import NotSupported

_OWN_KEY = "a key that the server has never seen, of decent length"


@dataclass(frozen=True)
class Forgery:
    """A credential to present.

    `owner` is whose good one it is made from (None: the presenter's own); `made_from` gives what to present, None
    for nothing at all; `refreshes` whether it is made from the refresh token; `former` whether it is made from the
    token of the session before, or the password before; `claims` whether it is a token of a stranger's own that claims
    what the good one does.
    """

    owner: str | None
    made_from: Callable[[str], str | None]
    refreshes: bool = False
    claims: bool = False
    former: bool = False


def _resigned(token: str, key: str, algorithm: str) -> str:
    """The same claims under another signature (RFC 7519).

    Raises:
        NotSupported: the token is none that claims anything.
    """
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.DecodeError as error:
        raise NotSupported("this system's tokens bear no signature that could be forged") from error
    return jwt.encode(claims, key, algorithm=algorithm)


def bears_claims(token: str) -> bool:
    """Whether a token says whose it is, and is no mere random number."""
    try:
        return bool(jwt.decode(token, options={"verify_signature": False}))
    except jwt.DecodeError:
        return False


def written(claims: dict[str, Any]) -> str:
    """A token of one's own that makes these claims."""
    return jwt.encode(claims, _OWN_KEY, algorithm="HS256")


#: What refreshes a session and must not open anything else.
REFRESH = "a refresh token"

#: The token that was good until its user signed in anew.
FORMER = "the token of the session before"

#: What signed its user in until they changed it.
FORMER_PASSWORD = "the former password"

TOKENS: dict[str, Callable[[str], str | None]] = {
    "no token": lambda token: None,
    "a blank token": lambda token: "",
    "a garbled token": lambda token: f"{token[:-6]}garble",
    "a meaningless token": lambda token: "let me in",
    "a token signed by a stranger": lambda token: _resigned(token, _OWN_KEY, "HS256"),
    "an unsigned token": lambda token: _resigned(token, "", "none"),
}

#: Those that claim what a good one does.
_CLAIMING = ("a token signed by a stranger", "an unsigned token")

PASSWORDS: dict[str, Callable[[str], str | None]] = {
    "a wrong password": lambda password: f"not {password}",
    "a blank password": lambda password: "",
    "the right password in capitals": lambda password: password.swapcase(),
    "the right password between blanks": lambda password: f" {password} ",
    "the right password but for its last letter": lambda password: password[:-1] + "ab"[password[-1] == "a"],
    "a made-up login code": lambda password: "000000",
}


#: How one's own name may be written in another way.
SPELLINGS: dict[str, Callable[[str], str]] = {"in capitals": str.upper, "between blanks": " {} ".format}


def token(words: str) -> Forgery:
    """The token that a phrase names: a key of `TOKENS`, `REFRESH`, `FORMER`, or "user B's token"."""
    if words == REFRESH:
        return Forgery(None, lambda good: good, refreshes=True)
    if words == FORMER:
        return Forgery(None, lambda good: good, former=True)
    return _forgery(words, TOKENS, "token")


def password(words: str) -> Forgery:
    """The password that a phrase names: a key of `PASSWORDS`, `FORMER_PASSWORD`, or "user B's password"."""
    if words == FORMER_PASSWORD:
        return Forgery(None, lambda good: good, former=True)
    return _forgery(words, PASSWORDS, "password")


def _forgery(words: str, flaws: dict[str, Callable[[str], str | None]], noun: str) -> Forgery:
    whose = re.fullmatch(rf"(.+)'s {noun}", words)
    return Forgery(whose[1], lambda good: good) if whose else Forgery(None, flaws[words], claims=words in _CLAIMING)
