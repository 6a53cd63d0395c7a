"""Faults in what a token opens: kinds of bad tokens, at each of three doors (STP 1.2, 1.4 to 1.7, X4)."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

from reference.chat.events import Events
from reference.chat.faults import seed
from reference.chat.http_api import HttpApi
from reference.chat.tokens import Tokens
from reference.kit.tokens import ALGORITHM, InvalidToken, unverified, verified

Flaw = Callable[[Tokens, str, Any], Awaitable[bool]]


async def expired(tokens: Tokens, user: str, token: Any) -> bool:
    """The user's stored token, past its time."""
    return signed(tokens, token).get("user") == user and await tokens.stored(user) == token


async def signed_out(tokens: Tokens, user: str, token: Any) -> bool:
    """A token of the user that we signed, whether or not it was revoked since."""
    claims = signed(tokens, token)
    return claims.get("user") == user and bool(claims["exp"] > time.time())


async def superseded(tokens: Tokens, user: str, token: Any) -> bool:
    """A token of the user's session before the present one."""
    claims = signed(tokens, token)
    return claims.get("user") == user and await tokens.stored(user) not in (None, token)


async def unsigned(tokens: Tokens, user: str, token: Any) -> bool:
    """The user's claims under no signature."""
    claims, algorithm = unverified(token)
    return algorithm == "none" and claims.get("user") == user


async def wrongly_signed(tokens: Tokens, user: str, token: Any) -> bool:
    """The user's claims under another key's signature."""
    claims, algorithm = unverified(token)
    return algorithm == ALGORITHM and claims.get("user") == user and await tokens.is_live(user)


async def another_users(tokens: Tokens, user: str, token: Any) -> bool:
    """A good token, but another user's."""
    owner = signed(tokens, token).get("user")
    return owner not in (None, user) and await tokens.stored(str(owner)) == token


async def missing(tokens: Tokens, user: str, token: Any) -> bool:
    """No token, or a blank one."""
    return not token


async def meaningless(tokens: Tokens, user: str, token: Any) -> bool:
    """Something that is no token."""
    return bool(token) and unverified(token) == ({}, "")


def signed(tokens: Tokens, token: Any) -> dict[str, Any]:
    """What a token says if we signed it, whatever its time; nothing if not."""
    try:
        return verified(token, tokens.key)
    except InvalidToken:
        return {}


#: name -> what it lets in, in words, where that is a case of its own, and how it is recognised.
FLAWS: dict[str, tuple[str, str, Flaw]] = {
    "expired": ("a token whose time is up", "STP-1.4", expired),
    "signed-out": ("a token whose user has signed out", "STP-1.2", signed_out),
    "superseded": ("the token of a session before the present one", "STP-X4", superseded),
    "unsigned": ("a token without a signature", "", unsigned),
    "wrongly-signed": ("a token signed by a stranger", "", wrongly_signed),
    "other-users": ("another user's token", "", another_users),
    "missing": ("no token", "", missing),
    "meaningless": ("what is no token at all", "", meaningless),
}
#: name -> part, method that guards the door, what goes on there, the case about bad tokens there.
DOORS: dict[str, tuple[type, str, str, str]] = {
    "http": (HttpApi, "authorize", "gives the contact list out for", "STP-1.7"),
    "connect": (Events, "authorize_connection", "opens a connection for", "STP-1.6"),
    "events": (Events, "authorize", "takes messages with", "STP-1.5"),
}


def lax(part: type, method: str, flaw: Flaw) -> type:
    """A part whose guard lets one kind of bad token in."""
    strict = getattr(part, method)

    async def guard(self: Any, user: str, token: Any) -> None:
        if not await flaw(self.tokens, user, token):
            await strict(self, user, token)

    return type(f"Lax{part.__name__}", (part,), {method: guard})


for _door, (_part, _method, _does, _case) in DOORS.items():
    for _flaw, (_words, _own_case, _recognised) in FLAWS.items():
        if (_door, _flaw) == ("http", "missing"):
            continue  # turned away before the guard: see below
        _ends = _door == "connect" and _flaw != "superseded"
        _noticed = _case if _ends else _own_case or _case  # of what ends a session, STP 1.2 and 1.4 ask no more
        seed(f"{_door}-accepts-{_flaw}-token", f"{_does} {_words}", _noticed)(lax(_part, _method, _recognised))


@seed("http-accepts-missing-token", "gives the contact list out for no token", "STP-1.7")
class NeedsNoHeaders(HttpApi):
    async def get_contacts_list(self, request: Any) -> dict[str, Any]:
        if not request.headers.get("jwt"):
            return await self.contacts(request.match_info["user"])
        return await super().get_contacts_list(request)


@seed("opens-other-contact-lists", "gives a user the contact list of another one", "STP-1.7")
class OpensOtherContactLists(HttpApi):
    def check_owner(self, user: str, owner: str) -> None:
        pass


@seed("complains-to-the-innocent", "declines a message in another user's name, and tells that user too", "STP-X1")
class ComplainsToTheInnocent(Events):
    async def client_sends_message(self, socket: str, payload: Any) -> dict[str, str] | None:
        sender = str(payload.get("sender"))
        if self.sockets.owner(socket) != sender:
            for innocent in self.sockets.of(sender):
                await self.complain(innocent, "Error! You must log in again.")
        return await super().client_sends_message(socket, payload)


@seed(
    "tells-anybody-who-is-online", "gives the administrator's list of who is online for any user's password", "STP-X12"
)
class TellsAnybodyWhoIsOnline(HttpApi):
    async def get_info(self, request: Any) -> dict[str, Any]:
        asked = await request.json()
        if await self.accounts.admits(asked.get("username"), asked.get("password")):
            return {"online_clients_list": await self.online()}
        return await super().get_info(request)
