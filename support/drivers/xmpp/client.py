"""One person's XMPP client."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from slixmpp.stanza import Message as Chat
from slixmpp.stanza import Presence as Whereabouts

from support.core import clock
from support.core.checks import check
from support.core.errors import NotSupported
from support.core.events import Declined, Disconnected, LoggedOut, Message, Presence
from support.core.inbox import Inbox
from support.core.people import STAGEHAND, Account, People
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected, Unreachable
from support.drivers.capabilities.messaging import Contacts
from support.drivers.kit.person import Person
from support.drivers.xmpp.stream import StreamEndedError, XmppEndpoint, XmppStream, refusal

T = TypeVar("T")

_BIND = "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
_ROSTER = "<iq type='get' id='r'><query xmlns='jabber:iq:roster'/></iq>"
_CHAT = "<message to='{}' type='chat'><body>{}</body></message>"


class XmppClient(Person):
    """One person's client. Verbs raise `Rejected` when the server says no, `Unreachable` when it is silent.

    Whose session has ended, or who has none, asks as a stranger: so that it is the server that refuses, and not we.
    """

    def __init__(
        self, server: XmppEndpoint, role: str, people: People, transcript: Transcript, inbox: Inbox, here: set[object]
    ) -> None:
        super().__init__(role, people, inbox, transcript)
        self._server, self._here = server, here
        self._stream: XmppStream | None = None
        self._password, self._live = "", False
        self._further: list[XmppClient] = []
        self._present: dict[str, set[str]] = {}  # where each contact is online
        self._were_there: set[str] = set()  # before oneself: that they are is no news
        self._heart: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        return self._live and self._up is not None

    @property
    def last_sign_of_life(self) -> float:
        return self._stream.last_sent if self._stream else 0.0

    async def sign_in(self, password: str) -> None:
        """Open a stream in one's own name; the one before is left."""
        await self.close()
        account = Account(self._login, password)
        stream = XmppStream(self._server, self._role, self._transcript, account, self._heard, self._lost)
        await stream.open()
        self._stream, self._password, self._present = stream, password, {}

    def session_owner(self) -> str:
        """Whose session it is, as the server has told when it was opened."""
        return self._people.role(self._stream.boundjid.bare) if self._stream else ""

    async def sign_out(self) -> None:
        """End the stream."""
        self._quiet()
        if stream := self._up:
            await stream.end()
        self._gone()

    async def contacts(self, of: str | None = None) -> Contacts:
        """The roster, of this person or of another, which should be refused, and who of it is there."""
        contacts = await self._ask(partial(self._read_roster, of), _ROSTER, "read the contact list")
        check(contacts is not None, "the server shows a contact list to a stranger")
        await self.settle()
        role = self._people.role
        everyone = frozenset(role(one) for one in contacts or ()) | {self._role}
        return Contacts(everyone, {}, frozenset(role(one) for one, where in self._present.items() if where))

    async def _read_roster(self, of: str | None, stream: XmppStream) -> list[str]:
        iq = stream.make_iq_get(ito=self._people.login(of) if of else None)
        iq.enable("roster")
        roster = (await stream.ask(iq, "read the contact list"))["roster"]
        if self not in self._here:
            self._appear(stream, "learn who is there", -1)
        return [str(one) for one in roster["items"]]

    async def connect(self) -> None:
        """Go on with the stream that one has signed in on; without it, no connection is to be had."""
        await self._ask(XmppStream.ping, _BIND, "connect")
        self._live = True

    async def come_online(self) -> None:
        """Be there for one's contacts, and for their messages."""
        if stream := self._up:
            self._appear(stream, "be online")
            self._here.add(self)
            await stream.ping()

    def _appear(self, stream: XmppStream, why: str, priority: int | None = None) -> None:
        self._were_there = self._logins_here
        stream.tell(stream.make_presence(ppriority=priority), why)

    async def come_online_on(self, count: int) -> None:
        """Come online on the connection there is and on further ones, all at the same moment."""
        raise NotSupported("stored messages go to the one connection that the server hears first, whichever that is")

    async def connect_once_more(self) -> None:
        """Open another stream, with an inbox of its own, and come online on it."""
        await (await self._another()).come_online()

    async def _another(self) -> "XmppClient":
        inbox = Inbox(f"{self._role} on connection {len(self._clients) + 1}", self._transcript.began)
        inbox.said = self._inbox.said
        client = XmppClient(self._server, self._role, self._people, self._transcript, inbox, self._here)
        await client.sign_in(self._password)
        await client.connect()
        self._further.append(client)
        return client

    async def close_one(self) -> None:
        """Go away without a word on the connection that was opened last, and stay on the others."""
        await self._further.pop().close()

    async def send_on(self, number: int, text: str, to: str) -> None:
        """Send a message on the connection of this number, the first of which is 0."""
        await self._clients[number].send(text, to)

    @property
    def inboxes(self) -> list[Inbox]:
        return [client._inbox for client in self._clients]

    @property
    def _clients(self) -> "list[XmppClient]":
        return [self, *self._further]

    async def settle(self) -> None:
        """Wait until all that the server had for this person is here, and who is there of the contacts is known."""
        for client in self._clients:
            if stream := client._up:
                await stream.ping()
                await clock.until(client._knows_who_is_here, within=self._server.response)

    def _knows_who_is_here(self) -> bool:
        if self._role == STAGEHAND:  # whose contacts are none
            return True
        known = {one for one in self._people.logins if self._people.knows(one) and one != self._login}
        return {one for one, where in self._present.items() if where and one in known} == self._logins_here & known

    @property
    def _logins_here(self) -> set[str]:
        return {client._login for client in self._here if isinstance(client, XmppClient)}

    async def close(self) -> None:
        """Go away without a word, on every connection."""
        self._quiet()
        while self._further:
            await self.close_one()
        if self._stream is not None:
            self._stream.drop()
        self._gone()

    async def send(self, text: str, to: str, as_: str | None = None) -> None:
        """Send a message, and wait until the server has dealt with it. A refusal comes as a stanza of its own.

        Args:
            text: what to say.
            to: the addressee, in the scenario's words.
            as_: whose name to send it in; this person's own if None.
        """
        login = self._people.login(to)
        jid = login if "@" in login else f"{login}@{self._server.domain}"
        sender = self._people.login(as_) if as_ else None
        await self._ask(
            partial(self._say, jid, text, sender), _CHAT.format(jid, "Hello"), "send a message", changes=True
        )

    async def _say(self, jid: str, text: str, sender: str | None, stream: XmppStream) -> None:
        stream.tell(stream.make_message(jid, text, mtype="chat", mfrom=sender), "send a message")
        await stream.ping()

    def signal_every(self, seconds: float, as_: str | None = None) -> None:
        """Give a sign of life now, and again every `seconds`, of oneself, or of another, which should be refused."""
        self._quiet()
        self._listens_for_life.silent = False
        self._heart = asyncio.create_task(self._beat(seconds, self._people.login(as_) if as_ else None))

    def fall_silent(self) -> None:
        """Answer the server's pings no more, and stay connected."""
        self._quiet()
        self._listens_for_life.silent = True

    @property
    def _listens_for_life(self) -> XmppStream:
        if not self._server.wants_signs_of_life or self._stream is None:
            raise NotSupported("this server leaves those online who give no signs of life")
        return self._stream

    async def _beat(self, seconds: float, whose: str | None) -> None:
        with suppress(Rejected, Unreachable):
            while stream := self._up:
                await stream.ping(whose)
                await clock.tick(seconds)

    async def _ask(
        self, ask: Callable[[XmppStream], Awaitable[T]], as_stranger: str, what: str, *, changes: bool = False
    ) -> T | None:
        """Ask on the stream there is; where there is none, or the server ends it meanwhile, as a stranger."""
        if stream := self._up:
            with suppress(StreamEndedError):
                return await ask(stream)
        await self._server.knock(as_stranger, what, changes=changes)
        return None

    # -- the wire -------------------------------------------------------------------------------------------------

    @property
    def _up(self) -> XmppStream | None:
        return self._stream if self._stream and self._stream.up else None

    def _quiet(self) -> None:
        if self._heart is not None:
            self._heart.cancel()

    def _gone(self) -> None:
        self._live = False
        self._here.discard(self)

    def _lost(self, why: str) -> None:
        self._quiet()
        self._gone()
        if why:
            self._inbox.put(LoggedOut(why))
        self._inbox.put(Disconnected())

    def _heard(self, stanza: Any) -> None:
        who = stanza["from"].bare
        if isinstance(stanza, Whereabouts):
            self._met(who, stanza["from"].resource, stanza["type"])
        elif isinstance(stanza, Chat) and stanza["type"] == "error":
            self._inbox.put(Declined(str(refusal(stanza["error"]["condition"], stanza["error"]["text"]))))
        elif isinstance(stanza, Chat) and stanza["body"]:
            self._inbox.put(Message(self._people.role(who), stanza["body"]))

    def _met(self, who: str, where: str, how: str) -> None:
        """A user who was nowhere and is somewhere has come online, unless they were there before oneself."""
        if how in ("error", "probe", "subscribe", "subscribed", "unsubscribe", "unsubscribed"):
            return
        places = self._present.setdefault(who, set())
        before = bool(places)
        places.discard(where) if how == "unavailable" else places.add(where)
        known = who in self._were_there
        self._were_there.discard(who)
        if bool(places) != before and not known and who != self._login and self._people.knows(who):
            self._inbox.put(Presence(self._people.role(who), online=not before))
