"""One deployment of an XMPP server: its accounts, who knows whom, and what its administrator can do."""

import asyncio
import secrets
from contextlib import AsyncExitStack
from functools import partial

from support.core.errors import NotSupported
from support.core.people import Account
from support.core.redaction import everywhere
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.kit.accounts import fresh_account, refuse_lifetime
from support.drivers.kit.administrator import HasAdministrator
from support.drivers.kit.contacts import are_contacts
from support.drivers.kit.deployed_system import DeployedSystem
from support.drivers.kit.per_scenario import PerScenario
from support.drivers.kit.program import Deployed
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import unrecorded
from support.drivers.xmpp.client import XmppClient
from support.drivers.xmpp.stream import XmppStream

_ADMIN = "http://jabber.org/protocol/admin"  # XEP-0133


class XmppServer(DeployedSystem, HasAdministrator):
    """One deployment. If it is ours, people are registered in it, and among them the administrator."""

    def __init__(self, deployed: Deployed) -> None:
        super().__init__(deployed)
        self._domain = deployed.options.domain
        ours = Account(f"administrator@{self._domain}", secrets.token_urlsafe(12)) if deployed.ours else None
        self.administrator, self._unregistered = ours or deployed.administrator, ours
        self._here: set[XmppClient] = set()  # clients that are online
        self._casts: PerScenario[dict[str, Account]] = PerScenario(dict)
        self._befriending = asyncio.Lock()  # people register at the same time

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A fresh account, whose owner and the others of the scenario have each other in their contact lists."""
        refuse_lifetime(lifetime, "an XMPP session lasts as long as its stream")
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
            cast = self._casts[transcript]
            if contacts := [one for who, one in cast.items() if are_contacts(role, who)]:
                await self._befriend(account, contacts)
            cast[role] = account

    async def _befriend(self, account: Account, contacts: list[Account]) -> None:
        async with AsyncExitStack() as opened:
            streams = [await opened.enter_async_context(self._stream(one)) for one in (account, *contacts)]
            addressed = [(streams[0], one) for one in contacts] + [(stream, account) for stream in streams[1:]]
            for what in ("subscribe", "subscribed"):  # RFC 6121, 3.1
                for stream, other in addressed:
                    stream.tell(what, stream.make_presence(pto=other.login, ptype=what))
                await asyncio.gather(*(stream.ping() for stream in streams))

    def _stream(self, account: Account | None = None, transcript: Transcript | None = None) -> XmppStream:
        return XmppStream(self._deployed, (transcript or unrecorded()).of(EARSHOT), account)

    def client(self, user: ScenarioUser) -> XmppClient:
        return XmppClient(self._deployed, user, self._here)

    async def end_session_as(self, claimed: Account, login: str, transcript: Transcript) -> None:
        """End what streams a user has, in the name of who claims to be the administrator (XEP-0133)."""
        if self._unregistered is not None:
            await self._register(self._unregistered)
            self._unregistered = None
        async with self._stream(claimed, transcript) as stream:
            stream.register_plugin("xep_0050")
            command = partial(stream.plugin["xep_0050"].send_command, self._domain, f"{_ADMIN}#end-user-session")
            asked = (await stream.ask("end a session", command, changes=True))["command"]
            form = asked["form"]
            form["values"] = {name: login for name, one in form.get_fields().items() if one["type"].startswith("jid")}
            form.reply()
            answer = partial(command, payload=form, sessionid=asked["sessionid"])
            await stream.ask("end a session", answer, changes=True)

    async def serves(self, transcript: Transcript) -> bool:
        """Whether an attempt to sign in is judged."""
        try:
            async with self._stream(Account(f"nobody@{self._domain}", "none")):
                return True
        except Rejected as no:
            return not isinstance(no, Unavailable)
