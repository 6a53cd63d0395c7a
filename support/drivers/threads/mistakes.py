"""What no client should do, by the scenarios' names for it."""

import uuid
from typing import Any

from support.drivers.threads.client_part import ClientPart
from support.drivers.threads.files import announcement
from support.drivers.threads.members import founding, newcomer
from support.drivers.threads.rooms import Rooms
from support.drivers.threads.session import ThreadsSession

#: What is no proper event -> how it is sent: a raw packet, or an event with its content.
_FRAMES: dict[str, str | bytes | tuple[str, Any]] = {
    "a word that means nothing": ("dance", {}),
    "something garbled": '2["send_chatroom_message",{',
    "nothing at all": ("send_chatroom_message", None),
    "a list": ("send_chatroom_message", ["Hello?"]),
    "raw bytes": ("send_chatroom_message", b"\x89PNG\r\n"),
}
#: What a user requests who looks around; not what `look_at_oneself` does, of which scenarios count how much is let.
_LOOKS = ("see the members", "see the rooms")


class Mistakes(ClientPart):
    """Sends and requests what is wrong, and more than is wanted."""

    def __init__(self, session: ThreadsSession, rooms: Rooms) -> None:
        super().__init__(session)
        self._rooms = rooms

    async def send_frame(self, what: str) -> None:
        """Send one of `FRAMES` on the live connection; what the server thinks of it comes as an arrival."""
        frame = _FRAMES.get(what) or ("send_chatroom_message", await self._wrong_message(what))
        if isinstance(frame, tuple):
            await self._session.connection().emit(f"send {what}", *frame)
        else:
            await self._session.connection().emit_raw(f"send {what}", frame)

    async def _wrong_message(self, what: str) -> dict[str, Any]:
        room = self._rooms.first(thread=False).id
        contents: dict[str, dict[str, Any]] = {
            "a blank message": {"content": "   "},
            "a message without words": {},
            "a message that is too long": {"content": "x" * (self._backend.options.longest_message + 1)},
            "a message of an unknown kind": {"content": "Hello?", "messageType": "DANCE"},
        }
        return {"chatroomId": room} | contents[what]

    async def request_wrongly(self, what: str) -> None:
        """Request one of `collaboration.MISTAKES`."""
        if what == "an availability that there is not":
            self._backend.must_have("say how available one is")
        room, nowhere = self._rooms.first(thread=False).id, str(uuid.uuid4())
        longest, file = self._backend.options.longest_message, announcement("a.bin", b"x", self._backend.options.piece)
        twin = founding(f"twin.{self._session.login}", "long enough")
        mistakes: dict[str, tuple[str, Any]] = {
            "a message without words": ("send a message", {"chatroomId": room}),
            "a blank message": ("send a message", {"chatroomId": room, "content": ""}),
            "a message that is too long": ("send a message", {"chatroomId": room, "content": "x" * (longest + 1)}),
            "a message in a room that does not exist": ("send a message", {"chatroomId": nowhere, "content": "Hello?"}),
            "a message in something that is no room": ("send a message", {"chatroomId": "a room", "content": "Hello?"}),
            "a room without a name": ("open a room", {}),
            "a room with a number for a name": ("open a room", {"name": 7}),
            "a member without an address": ("add a member", newcomer("nobody")),
            "a company with a name that is taken": ("register", twin | {"companyName": self._session.own_company.name}),
            "an availability that there is not": ("say how available one is", {"status": "dancing"}),
            "an upload that is too large": ("begin an upload", file | {"totalSizeBytes": 100 * 2**30}),
            "something that is not there": ("look at what is not there", None),
            "a thread in a room that does not exist": ("open a thread", {"chatroomId": nowhere, "title": "Budget"}),
            "more than can be taken": ("send a message", {"chatroomId": room, "content": "x" * 2**21}),
        }
        if what == "a blank message, live":
            await self._rooms.say("", self._rooms.first(thread=False), "live")
        elif what == "a room that does not exist":
            await self._request("look at a room", place=nowhere)
        elif what == "a message that does not exist":
            await self._request("edit a message", {"content": "Hello?"}, message=nowhere)
        elif what == "a change to another's message":
            await self._request("edit a message", {"content": "Hello?"}, message=self._state.last_message)
        elif what == "a new name for another's thread":
            await self._request("rename a thread", {"title": "Mine"}, place=self._rooms.first(thread=True).id)
        elif what == "a member without an address" and self._backend.options.takes_in == "invitation":
            await self._request("invite a user", {"email": "nobody", "role": "member"})
        else:
            await self._request(*mistakes[what])

    async def listen_in(self, one: str, other: str) -> None:
        """Try to enter the room of two others."""
        await self._session.enter(await self._state.clients[one].places.of_two(other))

    async def look_at_oneself(self) -> None:
        """Make a request that means no harm, without regard for a limit of requests: look at one's own profile."""
        await self._session.answer("read the profile", patient=False)

    async def look_around(self, number: int) -> None:
        """Make a request as people do who use the system, another one each time: of one kind alone few are allowed."""
        await self._session.answer(_LOOKS[number % len(_LOOKS)], patient=False)

    async def rest(self, requests: int) -> None:
        """Let the limit that others have used up pass, before the first of so many harmless requests of a scenario."""
        if not self._state.rested:
            self._state.rested = True
            await self._backend.limit("read the profile").rest(requests)
