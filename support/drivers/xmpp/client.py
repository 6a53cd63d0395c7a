"""One person's XMPP client."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any, Self, TypeVar

from slixmpp.stanza import Message as Chat

from support.core.errors import NotSupported
from support.core.events import Declined, Message
from support.core.people import Account
from support.drivers.capabilities import ConnectionEnded
from support.drivers.capabilities.messaging import Contacts
from support.drivers.kit.contacts import contacts_of
from support.drivers.kit.heartbeats import Heartbeats
from support.drivers.kit.presence import OthersPresence
from support.drivers.kit.program import Deployed
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.several_connections import HasSeveralConnections
from support.drivers.xmpp.stream import XmppStream, refusal

T = TypeVar("T")


class XmppClient(HasSeveralConnections):
    """One person's client. Verbs raise `Rejected` when the server says no, `Unreachable` when it is silent.

    Whose session has ended, or who has none, asks as a stranger: so that it is the server that refuses, and not we.
    """

    def __init__(self, server: Deployed, user: ScenarioUser, here: set["XmppClient"]) -> None:
        super().__init__(user)
        self._server, self._here = server, here
        self._stream: XmppStream | None = None
        self._presence = OthersPresence(user)
        self._heartbeats = Heartbeats(self._give_sign)

    @property
    def connected(self) -> bool:
        return self._up is not None

    @property
    def last_sign_of_life(self) -> float:
        return self._stream.last_sent if self._stream else 0.0

    async def sign_in(self, password: str) -> None:
        """Open a stream in one's own name; the one before is left."""
        await self.close()
        account = Account(self._login, password)
        stream = XmppStream(self._server, self._lifeline, account, self._heard, self._lost)
        stream.add_event_handler("got_online", lambda told: self._presence.hear(told["from"].bare, online=True))
        stream.add_event_handler("got_offline", lambda told: self._presence.hear(told["from"].bare, online=False))
        self._presence.begin()
        self._stream = await stream.__aenter__()

    def session_owner(self) -> str:
        """Whose session it is, as the server has told when it was opened."""
        return self._people.role(self._stream.boundjid.bare) if self._stream else ""

    async def sign_out(self) -> None:
        """End the stream."""
        self._go()
        if stream := self._up:
            await stream.__aexit__()

    async def contacts(self, of: str | None = None) -> Contacts:
        """The roster, of this person or of another, which should be refused, and who of it is there."""
        roster = await self._ask(partial(_roster, of=self._people.login(of) if of else None))
        if (stream := self._up) and self not in self._here:
            await self._appear(stream, "learn who is there", -1)
        await self.settle()
        role = self._people.role
        return Contacts(frozenset(map(role, roster)) | {self._role}, {}, frozenset(map(role, self._presence.online)))

    async def connect(self) -> None:
        """Go on with the stream that one has signed in on; without it, no connection is to be had."""
        await self._ask(XmppStream.ping)

    async def come_online(self) -> None:
        """Be there for one's contacts, and for their messages."""
        if stream := self._up:
            await self._appear(stream, "be online")
            self._here.add(self)
            await stream.ping()

    async def come_online_on(self, count: int) -> None:
        """Come online on the connection there is and on further ones, all at the same moment."""
        raise NotSupported("stored messages go to the one connection that the server hears first, whichever that is")

    async def _connected_anew(self, user: ScenarioUser) -> Self:
        client = type(self)(self._server, user, self._here)
        await client.sign_in(self._stream.password if self._stream else "")
        return client

    async def settle(self) -> None:
        """Wait until all that the server had for this person is here, and who is there of the contacts is known."""
        for client in self._clients:
            if stream := client._up:
                await stream.ping()
                contacts = contacts_of(self._role, self._people)
                await client._presence.is_settled(self._logins_here, contacts, within=self._server.limits.response)

    async def close(self) -> None:
        """Go away without a word, on every connection."""
        self._go()
        while self._further:
            await self.close_one()
        if self._stream is not None:
            self._stream.drop()

    async def send(self, text: str, to: str, as_: str | None = None) -> None:
        """Send a message, and wait until the server has dealt with it. A refusal comes as a stanza of its own.

        Args:
            text: what to say.
            to: the addressee, in the scenario's words.
            as_: whose name to send it in; this person's own if None.
        """
        login, sender = self._people.login(to), self._people.login(as_) if as_ else None
        jid = login if "@" in login else f"{login}@{self._server.options.domain}"

        async def say(stream: XmppStream) -> None:
            stream.tell("send a message", stream.make_message(jid, text, mtype="chat", mfrom=sender))
            await stream.ping()

        await self._ask(say)

    def signal_every(self, seconds: float, as_: str | None = None) -> None:
        """Give a sign of life now, and again every `seconds`, of oneself, or of another, which should be refused."""
        self._listens_for_life.silent = False
        self._heartbeats.beat_every(seconds, self._people.login(as_ or self._role))

    def fall_silent(self) -> None:
        """Answer the server's pings no more, and stay connected."""
        self._heartbeats.stop()
        self._listens_for_life.silent = True

    @property
    def _listens_for_life(self) -> XmppStream:
        if not self._server.options.wants_signs_of_life or self._stream is None:
            raise NotSupported("this server leaves those online who give no signs of life")
        return self._stream

    async def _give_sign(self, login: str) -> bool:
        if stream := self._up:
            await stream.ping(login if login != self._login else None)
        return self.connected

    async def _ask(self, ask: Callable[[XmppStream], Awaitable[T]]) -> T:
        """Ask on the stream there is; where there is none, or the server ends it meanwhile, as a stranger."""
        if stream := self._up:
            with suppress(ConnectionEnded):
                return await ask(stream)
        async with XmppStream(self._server, self._lifeline) as stranger:
            return await ask(stranger)

    # -- the wire -------------------------------------------------------------------------------------------------

    @property
    def _up(self) -> XmppStream | None:
        return self._stream if self._stream and self._stream.up else None

    async def _logins_here(self) -> set[str]:
        return {client._login for client in self._here}

    async def _appear(self, stream: XmppStream, why: str, priority: int | None = None) -> None:
        self._presence.were_there(await self._logins_here())
        stream.tell(why, stream.make_presence(ppriority=priority))

    def _go(self) -> None:
        self._heartbeats.stop()
        self._here.discard(self)

    def _lost(self, why: str) -> None:
        self._go()
        self._cut_off(why)

    def _heard(self, stanza: Any) -> None:
        if isinstance(stanza, Chat) and stanza["type"] == "error":
            self._inbox.put(Declined(str(refusal(stanza["error"]))))
        elif isinstance(stanza, Chat) and stanza["body"]:
            self._inbox.put(Message(self._people.role(stanza["from"].bare), stanza["body"]))


async def _roster(stream: XmppStream, of: str | None) -> list[str]:
    iq = stream.make_iq_get(ito=of)
    iq.enable("roster")
    return [str(one) for one in (await stream.ask("read the contact list", iq.send))["roster"]["items"]]
