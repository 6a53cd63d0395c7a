"""One deployment of an XMPP server: its accounts, who knows whom, and what its administrator can do."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, Literal
from weakref import WeakKeyDictionary

from slixmpp.plugins.xep_0004 import Form

from support.core.errors import NotSupported
from support.core.people import Account
from support.core.redaction import everywhere
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.kit.accounts import claimed, fresh_account
from support.drivers.kit.program import Deployed
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import UserPool, pool_for, unrecorded
from support.drivers.xmpp.client import XmppClient, are_contacts
from support.drivers.xmpp.stream import XmppStream

_ADMIN = "http://jabber.org/protocol/admin"  # XEP-0133


class XmppServer:
    """One deployment. If it is ours, people are registered in it, and among them the administrator."""

    def __init__(self, deployed: Deployed) -> None:
        self.address, self._deployed, self._domain = deployed.address, deployed, deployed.options.domain
        ours = Account(f"administrator@{self._domain}", secrets.token_urlsafe(12)) if deployed.ours else None
        self._administrator, self._unregistered = ours or deployed.administrator, ours
        self._here: set[XmppClient] = set()  # clients that are online
        self._casts: WeakKeyDictionary[Transcript, dict[str, Account]] = WeakKeyDictionary()  # of each scenario
        self._befriending = asyncio.Lock()  # people register at the same time

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A fresh account, whose owner and the others of the scenario have each other in their contact lists."""
        if lifetime is not None:
            raise NotSupported("an XMPP session lasts as long as its stream")
        if not self._deployed.ours:
            raise NotSupported("this server is not ours to register people in: the profile has to name accounts")
        account = fresh_account(role, at=f"@{self._domain}")
        await self._register(account)
        await self.adopt(role, account, transcript)
        return account

    async def _register(self, account: Account) -> None:
        everywhere.learn(account.password)
        async with self._stream() as stranger:
            stranger.register_plugin("xep_0077")
            iq = stranger.make_iq_set()
            iq["register"]["username"], iq["register"]["password"] = account.login.partition("@")[0], account.password
            await stranger.ask("register", iq.send, changes=True)

    async def adopt(self, role: str, account: Account, transcript: Transcript) -> None:
        """Have a user and their contacts subscribe to each other's presence, before any comes online."""
        async with self._befriending:
            cast = self._casts.setdefault(transcript, {})
            await self._befriend(account, [one for who, one in cast.items() if are_contacts(role, who)])
            cast[role] = account

    async def _befriend(self, account: Account, contacts: list[Account]) -> None:
        if not contacts:
            return
        async with AsyncExitStack() as streams:
            new, *others = [await streams.enter_async_context(self._stream(one)) for one in (account, *contacts)]
            logins = [one.login for one in contacts]
            await _subscribe(new, logins, "subscribe")
            for other in others:
                await _subscribe(other, [account.login], "subscribed", "subscribe")
            await _subscribe(new, logins, "subscribed")

    def _stream(self, account: Account | None = None, transcript: Transcript | None = None) -> XmppStream:
        return XmppStream(self._deployed, (transcript or unrecorded()).of(EARSHOT), account)

    def client(self, user: ScenarioUser) -> XmppClient:
        return XmppClient(self._deployed, user, self._here)

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> UserPool:
        """People who put it under load."""
        return pool_for(XmppServer, self._deployed, people)

    def administrator_with(self, password: Callable[[str], str | None]) -> Account:
        """See `claimed`."""
        return claimed(self._administrator, password)

    async def end_session(self, login: str, transcript: Transcript) -> None:
        """End what streams a user has, as the administrator."""
        await self.end_session_as(self.administrator_with(lambda right: right), login, transcript)

    async def end_session_as(self, claimed: Account, login: str, transcript: Transcript) -> None:
        """The same in the name of an account that claims the right to do it. Raises `Rejected`."""
        if self._unregistered is not None:
            await self._register(self._unregistered)
            self._unregistered = None
        async with self._stream(claimed, transcript) as stream:
            stream.register_plugin("xep_0050")
            command = partial(stream.plugin["xep_0050"].send_command, self._domain, f"{_ADMIN}#end-user-session")
            asked = (await stream.ask("end a session", command, changes=True))["command"]
            whose = next(name for name, one in asked["form"].get_fields().items() if one["type"].startswith("jid"))
            form: Any = Form()  # type: ignore[no-untyped-call]
            form["type"] = "submit"
            form.add_field("FORM_TYPE", value=_ADMIN)
            form.add_field(whose, value=login)
            answer = partial(command, payload=form, sessionid=asked["sessionid"])
            await stream.ask("end a session", answer, changes=True)

    async def serves(self, transcript: Transcript) -> bool:
        """Whether an attempt to sign in is judged."""
        try:
            async with self._stream(Account(f"nobody@{self._domain}", "none")):
                return True
        except Rejected as no:
            return not isinstance(no, Unavailable)

    async def close(self) -> None:
        """Nothing is open."""


async def _subscribe(stream: XmppStream, to: list[str], *what: Literal["subscribe", "subscribed"]) -> None:
    for login in to:
        for one in what:
            stream.tell(one, stream.make_presence(pto=login, ptype=one))
    await stream.ping()
