"""What one person does in rooms and threads."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from support.core.errors import NotSupported, SuiteError
from support.drivers.threads.client_part import ClientPart
from support.drivers.threads.live_connection import ThreadsConnection
from support.drivers.threads.state import Company, Place

#: How a user types -> what is wanted with it, and how the event ends that says so.
_TYPING = {"begins to type": ("be shown typing", "start"), "stops typing": ("be shown typing no more", "stop")}


class Rooms(ClientPart):
    """Opens rooms and threads, sends, reads and types (contract 2.4, 2.5, 2.6 and 3.3)."""

    # -- places ---------------------------------------------------------------------------------------------------

    async def open_place(self, name: str, others: list[str]) -> None:
        """Open a room or a thread with others, and have everybody enter it who is online.

        Args:
            name: 'the room "Launch"', or 'the thread "Budget"'.
            others: who is to be in it besides oneself.
        """
        people, title = frozenset((self._role, *others)), name.split('"')[1]
        if name.startswith("the room"):
            await self.found(title, people, str(self._session.token), self._role, name)
        else:
            await self._open_thread(title, people, name)

    async def _open_thread(self, title: str, people: frozenset[str], name: str) -> None:
        rooms = [place for place in self._state.places if not place.is_thread]
        shared = [place for place in rooms if people <= place.members - place.gone]
        room = min(shared, key=lambda place: len(place.members), default=None)  # the one with the fewest others
        if room is None:
            room = await self.found(title, people, str(self._session.token), self._role, None)
        ids = [self._user(who) for who in people if who != self._role]
        alone = self._backend.options.opens_threads_with == "its opener"
        body = {"chatroomId": room.id, "title": title} | ({} if alone else {"participantIds": ids})
        told = await self._request("open a thread", body)
        place = Place(str(told["id"]), name, people, room.id)
        self._state.places.append(place)
        for user in ids if alone else ():
            await self._request("add a user to a thread", place=place.id, user=user)
        await self._all_enter(place)

    async def found(self, title: str, people: frozenset[str], token: str, founder: str, name: str | None) -> Place:
        """Open a room for these people; a user who opens it is in it already."""
        told = await self._session.request_as(token, "open a room", {"name": title, "isPrivate": True})
        place = Place(str(told["id"]), name, people, str(told["id"]))
        self._state.places.append(place)
        for who in sorted(people - {founder}):
            user = self._user(who)
            await self._session.request_as(token, "add a user to a room", place=place.id, user=user)
        await self._all_enter(place)
        return place

    async def _all_enter(self, place: Place) -> None:
        for who in sorted(place.members):
            await self._state.clients[who].enter(place)

    async def of_two(self, other: str) -> Place:
        """The room of this person and another alone, opened by the owner of their company."""
        async with self._state.founding:
            if room := self._state.shared_by(self._role, other):
                return room
            owner = next((who for who in (self._role, other) if self._founded(who)), "")
            people = frozenset((self._role, other))
            return await self.found(f"{self._role} and {other}", people, self._session.own_company.token, owner, None)

    def _founded(self, who: str) -> bool:
        """Whether a user owns their company, and so is in every room that the system opens there."""
        login = self._people.login(who)
        return self._state.companies[login].owner == login

    def named(self, name: str) -> Place:
        """The place that the scenario calls so."""
        place = self._state.named(name)
        if place is None:
            raise SuiteError(f"{name} is not open")
        return place

    def first(self, *, thread: bool) -> Place:
        """The room, or the thread, of the scenario."""
        for place in self._state.places:
            if place.name is not None and place.is_thread == thread:
                return place
        raise SuiteError(f"no {'thread' if thread else 'room'} is open")

    async def add_to(self, name: str, who: str) -> None:
        """Take a user into a room, who enters it if they are online."""
        place, user = self.named(name), self._user(who)
        kind = "thread" if place.is_thread else "room"
        await self._request(f"add a user to a {kind}", place=place.id, user=user)
        place.members, place.gone = place.members | {who}, place.gone - {who}
        await self._state.clients[who].enter(place)

    async def remove_from(self, name: str, who: str) -> None:
        """Take a user out of a room or a thread."""
        place, user = self.named(name), self._user(who)
        what = "remove a user from a thread" if place.is_thread else "remove a user from a room"
        await self._request(what, place=place.id, user=user)
        self._put_out(place, {who})

    def _put_out(self, place: Place, people: Iterable[str]) -> None:
        """Note who is in a place no longer, nor in the threads of it."""
        for one in self._state.places:
            if one is place or place.id == one.room:
                one.gone |= frozenset(people)

    async def close_place(self, name: str) -> None:
        """Close a room or a thread, with all that is in it."""
        place = self.named(name)
        await self._request(f"close a {'thread' if place.is_thread else 'room'}", place=place.id)
        self._put_out(place, place.members)

    async def stop_listening(self, name: str) -> None:
        """Leave a room or a thread on the live connection alone, on which nothing answers that (contract 3.3)."""
        place = self.named(name)
        kind = "thread" if place.is_thread else "chatroom"
        await self._session.connection().emit("hear no more", f"leave_{kind}", {"roomId": f"{kind}:{place.id}"})
        await self._session.settle()

    async def rooms(self) -> frozenset[str]:
        """The rooms and threads that one is shown, as far as the scenario has a name for them."""
        rooms, threads = await self._request("see the rooms"), await self._request("see all threads")
        ids = {place["id"] for place in (*rooms["items"], *threads["items"])}
        return frozenset(place.name for place in self._state.places if place.id in ids and place.name)

    # -- messages -------------------------------------------------------------------------------------------------

    async def send(self, text: str, to: str, as_: str | None = None) -> None:
        """Send a message on the live connection to a user or into a place, and wait for one's own copy of it."""
        if as_ is not None:
            raise NotSupported("a user cannot speak in another's name here")
        place = self._state.named(to)
        if place is None and self._session.own_company.id != self._state.companies[self._people.login(to)].id:
            await self._send_by_courier(text, to)
        else:
            await self.say(text, place or await self.of_two(to), "live")

    async def send_on(self, number: int, text: str, to: str) -> None:
        """Send a message to a user of the same company on one of one's connections, the first of which is 0."""
        await self.say(text, await self.of_two(to), "live", line=self._session.lines[number])

    async def say(
        self, text: str, place: Place, way: str, aim: str = "", line: ThreadsConnection | None = None
    ) -> None:
        """Send a message: on the live connection (or another one), or by request.

        `aim` says what for, where it is no message really.
        """
        body = {("threadId" if place.is_thread else "chatroomId"): place.id, "content": text}
        what = "send a message in a thread" if place.is_thread else "send a message"
        if way == "live":
            event = "send_thread_message" if place.is_thread else "send_chatroom_message"

            def is_copy(told: dict[str, Any]) -> bool:
                return bool(told.get("content") == text)

            await self._exchange(aim or what, event, body, "message_received", is_copy, line=line)
        else:
            told = await self._request(what, body)
            self._state.messages[str(told["id"])] = text
            self._state.where[str(told["id"])] = place.id

    async def post(self, text: str, name: str) -> None:
        """Send a message into a place by request."""
        await self.say(text, self.named(name), "request")

    async def _send_by_courier(self, text: str, to: str) -> None:
        """Let a barrier's marker reach a user in another company: as their own copy of what they say to themselves."""
        self._state.couriers[text] = (self._role, to)
        company: Company = self._state.companies[self._people.login(to)]
        room = next((place for place in self._state.places if place.members == {to}), None)
        if room is None:
            founder = to if self._founded(to) else ""
            room = await self.found(f"{to} alone", frozenset((to,)), company.token, founder, None)
        await self._state.clients[to].say(text, room, "live", aim="get all that is on its way")

    async def last_said_in(self, name: str) -> tuple[datetime | None, datetime | None]:
        """When something was last said in a thread, as the thread shows it, and as its newest message does, if any."""
        thread = self.named(name)
        shown = (await self._request("look at a thread", place=thread.id)).get("lastMessageAt")
        messages = (await self._request("read a thread", place=thread.id))["messages"]
        newest = messages[0]["createdAt"] if messages else None
        return datetime.fromisoformat(shown) if shown else None, datetime.fromisoformat(newest) if newest else None

    async def times(self) -> list[str]:
        """When the messages in the rooms of the scenario were said."""
        rooms = [place.id for place in self._state.places if not place.is_thread and self._role in place.members]
        told = [await self._request("read a room", place=room) for room in rooms]
        return [message["createdAt"] for room in told for message in room["messages"]]

    async def history(self, name: str) -> list[tuple[str, str]]:
        """What has been said in a place, oldest first: who, and what."""
        place = self.named(name)
        told = await self._request("read a thread" if place.is_thread else "read a room", place=place.id)
        listed = reversed(told["messages"])
        return [(self._session.called(one["sender"]["id"]), one["content"]) for one in listed]

    async def listed_by_pages(self, what: str, size: int) -> list[list[str]]:
        """The pages of one of `LISTINGS`, of so many: the ids. One that ends where it was to begin is the last one."""
        pages: list[list[str]] = []
        begun, after = "", ""
        while after != begun or not pages:
            begun = after
            told = await self._request(f"see more of the {what}", limit=str(size), after=begun)
            pages.append([str(one["id"]) for one in told.get("items", told.get("files"))])
            after = told.get("pagination", told).get("nextIndex") or begun
        return pages

    def listed_here(self, what: str) -> frozenset[str]:
        """The ids of what the scenario has opened, or sent, of one of `LISTINGS`, with this person in it.

        Raises:
            Untried: of a file no user was told that it is there.
        """
        if what == "files":
            uploads = self._state.uploads.values()
            return frozenset(one.known for one in uploads if one.uploader == self._role)
        mine = [place for place in self._state.places if self._role in place.members - place.gone]
        return frozenset(place.id for place in mine if place.is_thread == (what == "threads"))

    async def history_by_pages(self, name: str, size: int) -> list[list[tuple[str, str]]]:
        """The pages of what has been said in a room, newest first, of so many messages."""
        pages: list[list[tuple[str, str]]] = []
        room, after = self.named(name).id, ""
        while after or not pages:
            page, after = await self._page(room, size, after)
            pages.append(page)
        return pages

    async def last_of_history(self, name: str, size: int) -> list[tuple[str, str]]:
        """The first of these pages alone."""
        return (await self._page(self.named(name).id, size, ""))[0]

    async def length_of_history(self, name: str) -> int:
        """How many messages a place has, on all pages together, as the first one says."""
        place = self.named(name)
        told = await self._request("read a thread" if place.is_thread else "read a room", place=place.id)
        return int(told["total"])

    async def _page(self, room: str, size: int, after: str) -> tuple[list[tuple[str, str]], str]:
        """A page of what has been said in a room, and where the next one begins, if there is one."""
        told = await self._request("see more of a room", place=room, limit=str(size), after=after)
        page = [(self._session.called(one["sender"]["id"]), one["content"]) for one in told["messages"]]
        return page, told.get("nextCursor") or ""

    async def type(self, how: str, name: str) -> None:
        """Begin or stop to type in a place; what the server thinks of it comes as an arrival."""
        place = self.named(name)
        kind, (aim, ending) = "thread" if place.is_thread else "chatroom", _TYPING[how]
        await self._session.connection().emit(aim, f"{kind}_typing_{ending}", {"roomId": place.id})
        await self._session.settle()
