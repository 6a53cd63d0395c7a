"""One deployment of an XMPP server: its accounts, who knows whom, and what its administrator can do."""

import asyncio
import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal
from xml.sax.saxutils import escape

from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import STAGEHAND, UNNAMED, Account, People
from support.core.redaction import everywhere
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.kit.accounts import fresh_account
from support.drivers.kit.user_pool import unrecorded
from support.drivers.xmpp.client import XmppClient
from support.drivers.xmpp.stream import XmppEndpoint, XmppStream

_REGISTER = (
    "<iq type='set' id='r'><query xmlns='jabber:iq:register'>"
    "<username>{}</username><password>{}</password></query></iq>"
)
#: An attempt to sign in as "nobody", with the password "none" (RFC 4616).
_NOBODY = "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AG5vYm9keQBub25l</auth>"
_COMMANDS = "http://jabber.org/protocol/commands"
#: Ends what sessions a user has (XEP-0133, 4.10).
_END = "http://jabber.org/protocol/admin#end-user-session"

_FORM = "jabber:x:data"
_WHOSE = (
    f"<x xmlns='{_FORM}' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/admin</value></field>"
    "<field var='{}'><value>{}</value></field></x>"
)


#: What a client says of a subscription to a user's presence (RFC 6121, 3).
_Answer = Literal["subscribe", "subscribed"]


@dataclass
class XmppServer(XmppEndpoint):
    """One deployment. If it is `ours`, people are registered in it, and among them the administrator."""

    administrator: Account | None
    ours: bool
    appointed: set[str] = field(default_factory=set, init=False)
    here: set[object] = field(default_factory=set, init=False)  # clients that are online
    casts: list[tuple[Transcript, dict[str, Account]]] = field(default_factory=list, init=False)
    befriending: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)  # people register at the same time

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A fresh account, whose owner and the others of the scenario have each other in their contact lists."""
        if lifetime is not None:
            raise NotSupported("an XMPP session lasts as long as its stream")
        if not self.ours:
            raise NotSupported("this server is not ours to register people in: the profile has to name accounts")
        account = fresh_account(role, at=f"@{self.domain}")
        await self._register(account)
        await self.adopt(role, account, transcript)
        return account

    async def _register(self, account: Account) -> None:
        everywhere.learn(account.password)
        name = account.login.partition("@")[0]
        await self.knock(_REGISTER.format(name, escape(account.password)), "register", changes=True)

    async def adopt(self, role: str, account: Account, transcript: Transcript) -> None:
        """Have a user and the others of the scenario subscribe to each other's presence, before any comes online.

        Those whom the scenario does not name know the named, and not each other: a crowd has too many pairs.
        """
        if role == STAGEHAND:
            return
        async with self.befriending:
            cast = self._cast(transcript)
            unnamed = role.startswith(UNNAMED)
            await self._befriend(
                account, [one for who, one in cast.items() if not (unnamed and who.startswith(UNNAMED))]
            )
            cast[role] = account

    def _cast(self, transcript: Transcript) -> dict[str, Account]:
        """The people of a scenario, who are forgotten when it has ended."""
        self.casts[:] = [one for one in self.casts if one[0].ended is None]
        if all(known is not transcript for known, _ in self.casts):
            self.casts.append((transcript, {}))
        return next(cast for known, cast in self.casts if known is transcript)

    async def _befriend(self, account: Account, contacts: list[Account]) -> None:
        async with AsyncExitStack() as streams:
            new, *others = [await streams.enter_async_context(self._stream(one)) for one in (account, *contacts)]
            logins = [one.login for one in contacts]
            await _subscribe(new, logins, "subscribe")
            for other in others:
                await _subscribe(other, [account.login], "subscribed", "subscribe")
            await _subscribe(new, logins, "subscribed")

    @asynccontextmanager
    async def _stream(self, account: Account, transcript: Transcript | None = None) -> AsyncIterator[XmppStream]:
        stream = XmppStream(self, EARSHOT, transcript or unrecorded(), account)
        await stream.open()
        try:
            yield stream
        finally:
            await stream.end()

    def client(self, role: str, people: People, transcript: Transcript, inbox: Inbox) -> XmppClient:
        return XmppClient(self, role, people, transcript, inbox, self.here)

    def administrator_with(self, password: Callable[[str], str | None]) -> Account:
        """The administrator as an impostor claims to be them, with a password made from the right one."""
        if self.administrator is None:
            raise NotSupported("the profile names no administrator")
        return Account(self.administrator.login, password(self.administrator.password) or "")

    async def end_session(self, login: str, transcript: Transcript) -> None:
        """End what streams a user has, as the administrator."""
        await self.end_session_as(self.administrator_with(lambda right: right), login, transcript)

    async def end_session_as(self, claimed: Account, login: str, transcript: Transcript) -> None:
        """The same in the name of an account that claims the right to do it. Raises `Rejected`."""
        if self.ours and self.administrator and "administrator" not in self.appointed:
            self.appointed.add("administrator")
            await self._register(self.administrator)
        async with self._stream(claimed, transcript) as stream:
            asked = await self._command(stream, f"<command xmlns='{_COMMANDS}' node='{_END}' action='execute'/>")
            fields = {one.get("type"): one.get("var") for one in asked.iter(f"{{{_FORM}}}field")}
            session, whose = asked.attrib["sessionid"], fields.get("jid-multi") or fields.get("jid-single")
            form = _WHOSE.format(whose, login)
            await self._command(
                stream, f"<command xmlns='{_COMMANDS}' node='{_END}' sessionid='{session}'>{form}</command>"
            )

    async def _command(self, stream: XmppStream, command: str) -> ET.Element:
        iq = stream.make_iq_set(ET.fromstring(command), ito=self.domain)
        return (await stream.ask(iq, "end a session")).xml[0]

    async def serves(self, transcript: Transcript) -> bool:
        """Whether an attempt to sign in is judged."""
        try:
            await self.knock(_NOBODY, "ask whether it serves")
        except Unavailable:
            return False
        except Rejected:
            return True
        return False

    async def close(self) -> None:
        """Nothing is open."""


async def _subscribe(stream: XmppStream, to: list[str], *what: _Answer) -> None:
    for login in to:
        for one in what:
            stream.tell(stream.make_presence(pto=login, ptype=one), one)
    await stream.ping()
