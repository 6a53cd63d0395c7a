"""One person's Matrix client."""

import asyncio
import heapq
import json
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from support.core import clock
from support.core.events import Declined, Message
from support.core.transcript import HEARD, Lifeline, Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.capabilities.messaging import Contacts
from support.drivers.clients.http import Answer, Http, Unreachable
from support.drivers.kit.contacts import contacts_of
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.person import HttpPerson
from support.drivers.kit.presence import OthersPresence
from support.drivers.kit.read_only import announced
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.statuses import SAYS_UNAVAILABLE, Statuses

#: The one device that everybody signs in on: a user who comes back goes on from what it has got already.
DEVICE = "EARSHOT"
#: A homeserver that was asked too often says so by 429, whatever it was asked: that is no judgement either.
STATUSES = Statuses(
    words=lambda answer: f"{answer.field('errcode') or answer.status}: {answer.field('error') or answer.excerpt()}",
    unavailable=(429, SAYS_UNAVAILABLE),
)
_API = "/_matrix/client/v3"
#: What is said in a room, and how much of it one answer has place for at most.
_SAID, _MOST = {"types": ["m.room.message"]}, 100
_FILTER = {"room": {"timeline": _SAID | {"limit": _MOST}, "state": {"types": []}}}
#: Asks for nothing, and shows that a user is there.
_ALIVE = urlencode({"filter": '{"room":{"rooms":[]},"presence":{"types":[]}}', "set_presence": "online", "timeout": 0})


@dataclass
class Homeserver:
    """What all clients speak to. Times in seconds, as in the limits."""

    address: str
    lobby: str
    response: float
    keep_alive: float
    short: set[str] = field(default_factory=set, init=False)  # whose sessions are
    opening: asyncio.Lock = field(default_factory=asyncio.Lock, init=False)  # no user enters a room half open

    def __post_init__(self) -> None:
        self.http = Http(self.address, patience=self.response)

    def session(self, lifeline: Lifeline, token: str | None = None) -> HttpSession:
        """A user's requests. A refusal begins with the error's code."""
        return HttpSession(self.http, lifeline, STATUSES, token=token)

    async def sign_in(self, session: HttpSession, login: str, password: str) -> Answer:
        """Ask for a session on the device; of the kind that a client could renew if it is to be short."""
        body: dict[str, Any] = {"identifier": {"type": "m.id.user", "user": login}, "password": password}
        body |= {"type": "m.login.password", "device_id": DEVICE, "refresh_token": login in self.short}
        with announced():
            answer = await session.request("sign in", "POST", f"{_API}/login", body, anonymous=True)
        session.hold(answer.field("access_token"))
        return answer


class MatrixClient(HttpPerson):
    """One person's client. Verbs raise `Rejected` when the server says no, `Unreachable` when it is silent."""

    def __init__(self, server: Homeserver, user: ScenarioUser) -> None:
        super().__init__(user, server.session(user.lifeline))
        self._server = server
        self._name, _, self._domain = self._login.removeprefix("@").partition(":")
        self._owner = ""
        self._since: dict[str, str] = {}
        self._heard: set[str] = set()
        self._queue = asyncio.Lock()
        self._rooms: dict[str, str] = {}
        self._presence = OthersPresence(user)
        self._heartbeats: list[asyncio.Task[None]] = []
        self._listening: asyncio.Task[None] | None = None

    @property
    def connected(self) -> bool:
        return self._listening is not None and not self._listening.done()

    async def sign_in(self, password: str) -> None:
        """Ask for a session."""
        answer = await self._server.sign_in(self._http, self._login, password)
        self._owner = str(answer.field("user_id"))

    def session_owner(self) -> str:
        """Whose session it is, as the server has told."""
        return self._people.role(self._owner)

    async def sign_out(self) -> None:
        """Say that one is off, and end the session."""
        await self.close()
        with announced():
            await self._ask("PUT", f"/presence/{self._login}/status", {"presence": "offline"})
            await self._ask("POST", "/logout")

    async def contacts(self, of: str | None = None) -> Contacts:
        """Those in the lobby, and the rooms that an account has noted as conversations with one other person."""
        role, owner, noted = self._people.role, self._people.login(of or self._role), {}
        try:
            noted = (await self._ask("GET", f"/user/{owner}/account_data/m.direct")).body
        except Rejected as refusal:
            if not str(refusal).startswith("M_NOT_FOUND"):  # which says: none so far
                raise
        members = await self._ask("GET", f"/rooms/{await self._enter(self._server.lobby)}/joined_members")
        everyone, online = frozenset(map(role, members.field("joined"))), frozenset(map(role, await self._online()))
        return Contacts(everyone, {role(one): rooms[0] for one, rooms in noted.items()}, online)

    async def connect(self) -> None:
        """Leave a filter for this account at the server, and ask by it what is new, again and again."""
        await self.close()
        token = self.token
        which = (await self._ask("POST", f"/user/{self._login}/filter", _FILTER)).field("filter_id")
        await self._listen(which, token, patience=0.0, is_first=True)
        self._listening = asyncio.create_task(self._keep_listening(which, token))

    async def come_online(self) -> None:
        """Give signs of life, and see to it that there are rooms with the others of the scenario."""
        self._presence.begin(await self._online())  # who was there before is no news
        await self._live(self._login, self.token)
        self.signal_every(self._server.keep_alive / 3)
        if others := contacts_of(self._role, self._people):
            rooms = {other: [await self._room(self._login, other)] for other in others}
            await self._ask("PUT", f"/user/{self._login}/account_data/m.direct", rooms)

    async def settle(self) -> None:
        """Wait until what this client has heard of everybody's presence is what the server says of it now."""
        if not await self._presence.is_settled(self._online, self._people.logins, within=self._server.response):
            raise Rejected("the server does not tell who is online")

    async def close(self) -> None:
        """Go away without a word."""
        self.fall_silent()
        if self._listening is not None:
            self._listening.cancel()
            self._listening = None

    async def send(self, text: str, to: str, as_: str | None = None) -> None:
        """Send a message into the room of two people, when the one before is taken, as Matrix clients do.

        Messages name no sender; `as_` is whose room with the addressee it goes to, this person's own if None.
        """
        async with self._queue:
            room = await self._room(self._people.login(as_ or self._role), self._people.login(to))
            path = f"/rooms/{room}/send/m.room.message/{secrets.token_hex(8)}"
            await self._ask("PUT", path, {"msgtype": "m.text", "body": text})

    async def listen_in(self, one: str, other: str) -> None:
        """Try to join the room of two others."""
        await self._room(self._people.login(one), self._people.login(other))

    def signal_every(self, seconds: float, as_: str | None = None) -> None:
        """Give a sign of life now, and again every `seconds`, of oneself, or of another, which should be refused."""
        if as_ is None:
            self.fall_silent()
        beating = self._beat(seconds, self._people.login(as_ or self._role), self.token)
        self._heartbeats.append(asyncio.create_task(beating))

    def fall_silent(self) -> None:
        """Give no more signs of life, and go on listening."""
        while self._heartbeats:
            self._heartbeats.pop().cancel()

    # -- the wire -------------------------------------------------------------------------------------------------

    async def _ask(self, method: str, path: str, body: Any = None, token: str | None = None) -> Answer:
        """Make a request, with the token that is presented now if it is not said with which."""
        return await self._http.request("", method, _API + path, body, token=token)

    async def _beat(self, seconds: float, whose: str, token: str | None) -> None:
        with suppress(Rejected, Unreachable):
            while True:
                await self._live(whose, token)
                await clock.tick(seconds)

    async def _live(self, whose: str, token: str | None) -> None:
        """A user who asks what is new is there; of others one can only claim it."""
        if whose == self._login:
            await self._ask("GET", f"/sync?{_ALIVE}", token=token)
        else:
            await self._ask("PUT", f"/presence/{whose}/status", {"presence": "online"}, token)

    async def _online(self) -> set[str]:
        """Who of the scenario is online now; asked one by one, for Matrix has no list of them."""
        logins = self._people.logins
        answers = await asyncio.gather(*(self._ask("GET", f"/presence/{one}/status") for one in logins))
        return {one for one, answer in zip(logins, answers, strict=True) if _is_online(answer.body)}

    async def _room(self, one: str, other: str) -> str:
        """The room that two people share, by a name that both know; opened if it is one's own and there is none yet."""
        names = sorted(login.removeprefix("@").partition(":")[0] for login in (one, other))
        room = "+".join(names)
        if self._name in names and room not in self._rooms:
            invited = [f"@{name}:{self._domain}" for name in names if name != self._name]
            body = {"preset": "trusted_private_chat", "is_direct": True, "room_alias_name": room, "invite": invited}
            async with self._server.opening:
                with suppress(Rejected):  # the other has opened it; whatever else is wrong shows as one enters
                    await self._ask("POST", "/createRoom", body)
        return await self._enter(room)

    async def _enter(self, name: str) -> str:
        """Join a room by its local name, once."""
        if name not in self._rooms:
            self._rooms[name] = (await self._ask("POST", f"/join/%23{name}:{self._domain}", {})).field("room_id")
        return self._rooms[name]

    async def _keep_listening(self, which: str, token: str | None) -> None:
        why = ""
        try:
            while True:
                await self._listen(which, token, patience=self._server.response / 2)
        except Unavailable as trouble:  # which ends no session, unlike other refusals
            self._inbox.put(Declined(str(trouble)))
        except Rejected as refusal:
            why = str(refusal)
        except Unreachable as silence:
            self._lifeline.record(HEARD, "http", f"nothing more: {silence}")
        self.fall_silent()
        self._cut_off(why)

    async def _listen(self, which: str, token: str | None, patience: float, *, is_first: bool = False) -> None:
        """Ask once what is new, wait for it up to `patience` seconds, and accept invitations.

        Who is there when a connection begins is no news to it: that is what the first answer says.
        """
        asked = {"filter": which, "timeout": int(patience * 1000), "set_presence": "offline"} | self._since
        silent = Transcript(self._transcript.redactor, ended=clock.now())  # an answer without news is not worth a line
        asking = self._server.session(silent.of(self._role), token)
        answer = await asking.request("", "GET", f"{_API}/sync?{urlencode(asked)}")
        rooms, presence = answer.body.get("rooms", {}), answer.body.get("presence", {}).get("events", [])
        if rooms or presence:
            self._lifeline.record(HEARD, "http", "sync", {"rooms": rooms, "presence": presence})
        for room in rooms.get("invite", {}):
            await self._ask("POST", f"/rooms/{room}/join", {}, token)
        told = [await self._told(room, one["timeline"], token) for room, one in rooms.get("join", {}).items()]
        self._since = {"since": answer.body["next_batch"]}
        for event in heapq.merge(*told, key=lambda event: event["origin_server_ts"]):  # rooms have no order but that
            if event["sender"] != self._login:
                self._inbox.put(Message(self._people.role(event["sender"]), event["content"].get("body")))
        if is_first:
            self._presence.begin(event["sender"] for event in presence if _is_online(event["content"]))
        for event in presence:
            self._presence.hear(event["sender"], online=_is_online(event["content"]))

    async def _told(self, room: str, timeline: Mapping[str, Any], token: str | None) -> list[Any]:
        """All that is new in a room, oldest first: what one answer has no place for is asked for, page by page.

        Of a room that was never heard all is new, also what was said there before one had joined it.
        """
        events, earlier = list(timeline["events"]), timeline.get("prev_batch")
        has_more = timeline.get("limited", False) and len(events) >= _MOST
        while has_more and earlier:
            until = {"to": self._since["since"]} if room in self._heard else {}
            asked = {"from": earlier, "dir": "b", "limit": _MOST, "filter": json.dumps(_SAID)} | until
            page = (await self._ask("GET", f"/rooms/{room}/messages?{urlencode(asked)}", token=token)).body
            events, earlier = [*reversed(page["chunk"]), *events], page.get("end")
            has_more = bool(page["chunk"])
        self._heard.add(room)
        return events


def _is_online(content: Mapping[str, Any]) -> bool:
    """Whether a user is there; who has been idle for minutes is "unavailable", and there."""
    return content.get("presence") != "offline"
