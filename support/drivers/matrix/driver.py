"""One deployment of a Matrix homeserver: its accounts, and what its administrator can do."""

import asyncio
import hashlib
import hmac
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

from support.core.errors import NotSupported
from support.core.people import Account
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected
from support.drivers.kit.accounts import fresh_account
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.matrix.client import DEVICE, Homeserver, MatrixClient

_REGISTER = "/_synapse/admin/v1/register"
#: More questions than Synapse keeps connections to its database, each of which has to find out that it was lost.
_AT_ONCE = 10


class MatrixOptions(BaseModel):
    """What has to be known of a homeserver."""

    model_config = ConfigDict(extra="forbid")

    lobby: str = "lobby"
    """The local name of a room that everybody is in: only who shares a room is told of the other's presence."""


@dataclass
class MatrixHomeserver(Homeserver):
    """One deployment of a Matrix homeserver."""

    secret: str | None  # opens the registration of a Synapse of our own; none where accounts are leased
    administrator: Account | None  # who may end sessions; registered when needed if there is a secret
    registered: set[str] = field(default_factory=set, init=False)

    async def register(
        self, role: str, transcript: Transcript, lifetime: float | None = None, *, admin: bool = False
    ) -> Account:
        """A fresh account; if it has a `lifetime`, its sessions are of the short kind. Raises `NotSupported`."""
        if self.secret is None:
            raise NotSupported("this homeserver lets no user register: the profile has to name accounts")
        account, position = fresh_account(role), "admin" if admin else "notadmin"
        name, password = account.login, account.password
        session = self.session(transcript.of(role))
        async with self.opening:  # the very first opens the lobby
            nonce = (await session.request("", "GET", _REGISTER)).field("nonce")
            signed = "\0".join((nonce, name, password, position))
            mac = hmac.new(self.secret.encode(), signed.encode(), hashlib.sha1).hexdigest()
            body = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
            login = str((await session.request("", "POST", _REGISTER, body)).field("user_id"))
        self.registered.add(login)
        self.short |= {login} if lifetime is not None else set()
        return Account(login, password)

    def everybody(self) -> frozenset[str]:
        """Every login there is. Raises `NotSupported` where others than this run register people too."""
        if self.secret is None:
            raise NotSupported("the accounts of this homeserver are not all known")
        return frozenset(self.registered)

    def client(self, user: ScenarioUser) -> MatrixClient:
        return MatrixClient(self, user)

    async def end_session(self, login: str, transcript: Transcript) -> None:
        """Withdraw a user's token, as the administrator: the device that has it is removed."""
        who = "the administrator"
        me = self.administrator = self.administrator or await self.register(who, transcript, admin=True)
        session = self.session(transcript.of(who))
        await self.sign_in(session, me.login, me.password)
        path = f"/_synapse/admin/v2/users/{login}/delete_devices"
        await session.request("", "POST", path, {"devices": [DEVICE]})

    async def serves(self, transcript: Transcript) -> bool:
        """Whether the homeserver answers, by each of its connections to its database."""
        return all(await asyncio.gather(*(self._judges(transcript) for _ in range(_AT_ONCE))))

    async def _judges(self, transcript: Transcript) -> bool:
        """Whether an attempt to sign in is judged."""
        try:
            await self.sign_in(self.session(transcript.of(EARSHOT)), "nobody", "none")
        except Rejected as refusal:
            return str(refusal).startswith("M_FORBIDDEN")
        return False

    async def close(self) -> None:
        await self.http.close()
