"""Changes that one way makes and the other has to show: each made, and looked at afresh."""

from support.core.errors import NotSupported
from support.core.events import Arrival, Posted, Told
from support.drivers.capabilities.collaboration import Change
from support.drivers.threads.client_part import ClientPart
from support.drivers.threads.rooms import Rooms
from support.drivers.threads.session import ThreadsSession
from support.drivers.threads.state import Place
from support.vocabulary.terms.collaboration import sentence

_DELETED = "[Message deleted]"
_MEETING = "In a meeting"


class Changes(ClientPart):
    """Makes a change by a request or on the live connection, and sees what a fresh request shows."""

    def __init__(self, session: ThreadsSession, rooms: Rooms) -> None:
        super().__init__(session)
        self._rooms = rooms

    async def change(self, what: str, way: str) -> Change:
        """Make a change.

        Args:
            what: one of `collaboration.CHANGES`.
            way: one of `collaboration.WAYS`.

        Returns:
            What others are to be told of it, and what a look is to show afterwards.

        Raises:
            NotSupported: this cannot be done this way.
        """
        if what.startswith("sends a message"):
            in_thread = what.endswith("thread")
            if way != "live":
                self._backend.must_have("send a message in a thread" if in_thread else "send a message")
            place = self._rooms.first(thread=in_thread)
            await self._rooms.say("Shall we begin?", place, way)
            said = Posted(self._role, "Shall we begin?", str(place.name))
            return Change(what, said, f"{self._role}: Shall we begin?", self._role)
        if what in ("becomes busy", "becomes away"):
            state = what.removeprefix("becomes ")
            await self.become(state, way)
            return Change(what, Told(sentence("available", who=self._role, availability=state)), state, self._role)
        if what == "announces a meeting":
            await self.become("busy", way, words=_MEETING)
            held = sentence("busy with", who=self._role, availability="busy", text=f'"{_MEETING}"')
            return Change(what, Told(held), "busy", self._role)
        if way == "live":
            raise NotSupported(f"the live connection has no way in which a user {what}")
        news, shown = await self._request_change(what)
        return Change(what, news, shown, self._role)

    async def _request_change(self, what: str) -> tuple[Arrival, str]:
        if what == "takes another name":
            await self._request("change the profile", {self._backend.options.full_name: "Ada"})
            return Told(sentence("called", who=self._role, text='"Ada"')), "Ada"
        room = self._rooms.first(thread=False)
        if what == "answers a message":
            return await self._answer(room)
        if what.startswith("edits a message"):
            place = self._rooms.first(thread=what.endswith("thread"))
            edited = self._state.last_message(place.id)
            await self._request("edit a message", {"content": "On second thoughts"}, message=edited)
            news = Told(sentence("edited", place=place.name, text='"On second thoughts"'))
            return news, f"{self._role}: On second thoughts"
        if what.startswith("deletes a message"):
            return await self._delete(self._rooms.first(thread=what.endswith("thread")))
        if what.endswith(("archives the thread", "out of the archive")):
            return await self._archive(self._rooms.first(thread=True), archived=what.startswith("archives"))
        if what == "opens a room":
            await self._request("open a room", {"name": "Landing"})
            self._state.marked = True  # another scenario's room of this name would be found beside it
            return Told(sentence("opened", place='the room "Landing"')), "Landing"
        if what == "opens a thread":
            told = await self._request("open a thread", {"chatroomId": room.id, "title": "Budget"})
            self._state.places.append(Place(str(told["id"]), 'the thread "Budget"', frozenset((self._role,)), room.id))
            return Told(sentence("opened", place='the thread "Budget"')), "Budget"
        place = self._rooms.first(thread=what == "renames the thread")
        kind, field = ("thread", "title") if place.is_thread else ("room", "name")
        await self._request(f"rename a {kind}", {field: "Landing"}, place=place.id)
        return Told(sentence("renamed", place=place.name, another=f'the {kind} "Landing"')), "Landing"

    async def _delete(self, place: Place) -> tuple[Arrival, str]:
        deleted = self._state.last_message(place.id)
        await self._request("delete a message", message=deleted)
        author = self._state.authors.get(deleted, self._role)
        return Told(sentence("deleted", place=place.name)), f"{author}: {_DELETED}"

    async def _archive(self, thread: Place, *, archived: bool) -> tuple[Arrival, str]:
        if archived:
            await self._request("archive a thread", place=thread.id)
        else:
            await self._request("rename a thread", {"isArchived": False}, place=thread.id)
        return Told(sentence("renamed", place=thread.name, another=thread.name)), str(archived)

    async def _answer(self, room: Place) -> tuple[Arrival, str]:
        answered = self._state.last_message(room.id)
        body = {"chatroomId": room.id, "content": "I think so", "replyToId": answered}
        await self._request("send a message", body)
        return Posted(self._role, "I think so", str(room.name)), f"an answer to {self._state.messages[answered]}"

    async def _answered(self, room: Place) -> str:
        """What the last message of a room answers."""
        told = await self._request("read a room", place=room.id)
        texts = {one["id"]: one["content"] for one in told["messages"]}
        return f"an answer to {texts.get(told['messages'][0]['replyToId'], 'nothing')}"

    async def look(self, change: Change) -> str:
        """What a fresh request shows of what a user has changed."""
        what = change.what
        if what == "answers a message":
            return await self._answered(self._rooms.first(thread=False))
        if what.split()[0] in ("sends", "edits", "deletes"):
            history = await self._rooms.history(str(self._rooms.first(thread=what.endswith("thread")).name))
            return ": ".join(history[-1]) if history else "nothing"
        if what in ("becomes busy", "becomes away", "announces a meeting"):
            return await self.availability_of(change.by)
        if what == "takes another name" and change.by == self._role:
            return str((await self._request("read the profile"))["fullName"])
        if what == "takes another name":
            return str((await self._request("read a profile", user=self._user(change.by)))["fullName"])
        if what == "opens a room":
            rooms = await self._request("see the rooms")
            return ", ".join(room["name"] for room in rooms["items"] if room["name"] == change.shows)
        if what.endswith(("archives the thread", "out of the archive")):
            thread = self._rooms.first(thread=True)
            return str((await self._request("look at a thread", place=thread.id))["isArchived"])
        place = self._rooms.first(thread=what == "renames the thread")
        if what == "renames the room":
            return str((await self._request("look at a room", place=place.id))["name"])
        threads = await self._request("see the threads", place=place.room)
        titles = [thread["title"] for thread in threads["items"]]
        return change.shows if change.shows in titles else ", ".join(titles)

    async def availability_of(self, whom: str) -> str:
        """How a user of the company says that they are, as "busy"; "nothing" of a user who is not of it."""
        seen = await self._request("see who is available")
        return next((one["status"] for one in seen["items"] if self._session.called(one["userId"]) == whom), "nothing")

    async def become(self, availability: str, way: str = "live", words: str = "") -> None:
        """Say how available one is, and why, if there are words for it."""
        status = "online" if availability == "available" else availability
        body = {"status": status} | ({"customMessage": words} if words else {})
        if way == "live":
            aim = "say how available one is"
            await self._exchange(aim, "update_user_status", body, "user_status_updated", lambda _: True)
        else:
            await self._request("say how available one is", body)
