"""What no client should do, by the scenarios' names for it."""

import uuid
from typing import Any

from support.drivers.threads.client_part import ClientPart
from support.drivers.threads.rooms import Rooms
from support.drivers.threads.session import ThreadsSession
from support.drivers.threads.wrong_requests import Known, aim_of, wrong_requests

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

#: What cannot be wrong where people come by an invitation alone -> what is as wrong there.
_BY_INVITATION = {
    "a member without an address": "an invitation without an address",
    "a member with an address that is taken": "an invitation of a user who has an account",
}

#: The one mistake that is made on the live connection.
LIVE = "a blank message, live"


class Mistakes(ClientPart):
    """Sends and requests what is wrong, and more than is wanted."""

    def __init__(self, session: ThreadsSession, rooms: Rooms) -> None:
        super().__init__(session)
        self._rooms = rooms

    async def send_frame(self, what: str) -> None:
        """Send one of `FRAMES` on the live connection; what the server thinks of it comes as an arrival."""
        frame = _FRAMES.get(what) or self._wish(what) or ("send_chatroom_message", self._wrong_message(what))
        if isinstance(frame, tuple):
            await self._session.connection().emit(f"send {what}", *frame)
        else:
            await self._session.connection().emit_raw(f"send {what}", frame)

    def _wish(self, what: str) -> tuple[str, Any] | None:
        """An event that is about a user or a thing of the scenario; None if `what` is no such one."""
        nowhere = str(uuid.uuid4())
        others = [client for client in self._state.clients.values() if client.role != self._role and client.token]
        strange = [one.id for one in self._state.companies.values() if one.id != self._session.company]
        wishes: dict[str, tuple[str, Any]] = {
            "a wish to hear its own company again": ("join_company", {"companyId": self._session.company}),
            "a wish to hear another company": ("join_company", {"companyId": next(iter(strange), nowhere)}),
            "a wish to hear a room that does not exist": ("join_chatroom", {"chatroomId": nowhere}),
            "a farewell to a room that it does not hear": ("leave_chatroom", {"roomId": f"chatroom:{nowhere}"}),
            "the token of another user": ("authenticate", {"token": next((one.token for one in others), "")}),
        }
        return wishes.get(what)

    def _wrong_message(self, what: str) -> dict[str, Any]:
        room = self._rooms.first(thread=False).id
        contents: dict[str, dict[str, Any]] = {
            "a blank message": {"content": "   "},
            "a message without words": {},
            "a message that is too long": {"content": "x" * (self._backend.options.longest_message + 1)},
            "a message of an unknown kind": {"content": "Hello?", "messageType": "DANCE"},
        }
        return {"chatroomId": room} | contents[what]

    def must_know(self, what: str) -> None:
        """See that this deployment knows the request of one of `collaboration.MISTAKES`.

        Raises:
            Absent: it does not; `NotSupported` if no document demands it.
        """
        if what != LIVE:
            self._backend.must_have(aim_of(self._in_this_dialect(what)))

    async def request_wrongly(self, what: str) -> None:
        """Request one of `collaboration.MISTAKES`."""
        if what == LIVE:
            await self._rooms.say("", self._rooms.first(thread=False), "live")
            return
        self.must_know(what)
        aim, body, ids = wrong_requests(self._known())[self._in_this_dialect(what)]
        await self._request(aim, body, **ids)

    def _in_this_dialect(self, what: str) -> str:
        return _BY_INVITATION.get(what, what) if self._backend.options.takes_in == "invitation" else what

    def _known(self) -> Known:
        """What there is in the scenario to make mistakes with."""
        state, options, nothing = self._state, self._backend.options, str(uuid.uuid4())
        room = self._first_named(thread=False)
        others = [id for id in state.logins if id != self._session.id]
        return Known(
            me=self._session.id,
            login=self._session.login,
            company=self._session.own_company.name,
            colleague=next(iter(others), nothing),
            room=room or nothing,
            thread=self._first_named(thread=True) or nothing,
            message=state.last_message(room),
            upload=next((upload.id for upload in state.uploads.values()), nothing),
            longest=options.longest_message,
            piece=options.piece,
            storage=options.company_storage,
        )

    def _first_named(self, *, thread: bool) -> str | None:
        places = (place for place in self._state.places if place.name is not None and place.is_thread == thread)
        return next((place.id for place in places), None)

    async def listen_in(self, one: str, other: str) -> None:
        """Try to enter the room of two others."""
        await self._session.enter(await self._state.clients[one].of_two(other))

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
