"""One deployment of a Matrix homeserver: its accounts, and what its administrator can do."""

import asyncio
import hashlib
import hmac
import secrets
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict

from support.errors import NotCapable
from support.inbox import Inbox
from support.systems.capabilities import Refused
from support.systems.matrix.client import DEVICE, Homeserver, MatrixClient, login
from support.systems.people import Account, People
from support.transcript import Transcript

_REGISTER = "/_synapse/admin/v1/register"


class MatrixOptions(BaseModel):
    """What has to be known of a homeserver."""

    model_config = ConfigDict(extra="forbid")

    lobby: str = "lobby"
    """The local name of a room that everybody is in: only who shares a room is told of the other's presence."""
    short_sessions: bool = False
    """Whether a session that its client could renew, and does not, lasts as long as the bar `short_session`."""


class Matrix:
    """One deployment of a Matrix homeserver.

    Args:
        server: what its clients speak to.
        short_sessions: as in `MatrixOptions`.
        secret: what opens the registration of Synapse; None where accounts are leased.
        administrator: who may end sessions; registered when needed if there is a secret.
    """

    def __init__(
        self, server: Homeserver, *, short_sessions: bool, secret: str | None, administrator: Account | None
    ) -> None:
        self.address = server.http.address
        self._server = server
        self._short_sessions = short_sessions
        self._secret = secret
        self._administrator = administrator
        self._registered: set[str] = set()
        self._registering = asyncio.Lock()

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A fresh account; if it has a `lifetime`, its sessions are of the short kind.

        Raises:
            NotCapable: it cannot be registered, or not with short sessions.
        """
        if lifetime is not None and not self._short_sessions:
            raise NotCapable("the sessions of this homeserver do not end by themselves")
        account = await self._register(role, transcript)
        if lifetime is not None:
            self._server.short.add(account.login)
        return account

    async def _register(self, role: str, transcript: Transcript, *, admin: bool = False) -> Account:
        if self._secret is None:
            raise NotCapable("this homeserver lets nobody register: the profile has to name accounts")
        name = f"{role.removeprefix('user ').replace(' ', '-').lower()}.{secrets.token_hex(4)}"
        password = secrets.token_urlsafe(9)
        async with self._registering:  # the very first makes the lobby
            nonce = (await self._server.ask(role, transcript, "GET", _REGISTER)).field("nonce")
            signed = "\0".join((nonce, name, password, "admin" if admin else "notadmin"))
            mac = hmac.new(self._secret.encode(), signed.encode(), hashlib.sha1).hexdigest()
            body = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
            answer = await self._server.ask(role, transcript, "POST", _REGISTER, body)
        self._registered.add(str(answer.field("user_id")))
        return Account(str(answer.field("user_id")), password)

    def everybody(self) -> frozenset[str]:
        """Every login there is.

        Raises:
            NotCapable: others than this run register people too.
        """
        if self._secret is None:
            raise NotCapable("nobody knows all accounts of this homeserver")
        return frozenset(self._registered)

    def client(self, role: str, people: People, transcript: Transcript, inbox: Inbox) -> MatrixClient:
        return MatrixClient(self._server, role, people, transcript, inbox)

    async def end_session(self, login_: str, transcript: Transcript) -> None:
        """Withdraw a user's token, as the administrator: the device that has it is removed."""
        who = "the administrator"
        self._administrator = self._administrator or await self._register(who, transcript, admin=True)
        me = login(self._administrator.login, self._administrator.password)
        token = (await self._server.ask(who, transcript, "POST", "/login", me)).field("access_token")
        path = f"/_synapse/admin/v2/users/{quote(login_)}/delete_devices"
        await self._server.ask(who, transcript, "POST", path, {"devices": [DEVICE]}, token)

    async def serves(self, transcript: Transcript) -> bool:
        """Whether the homeserver and its database answer: an attempt to sign in is judged."""
        try:
            await self._server.ask("the stage", transcript, "POST", "/login", login("nobody", "none"))
        except Refused as refusal:
            return str(refusal).startswith("M_FORBIDDEN")
        return False

    async def close(self) -> None:
        await self._server.http.close()
