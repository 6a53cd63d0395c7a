"""What an event of the live connection means to the person it reaches (contract 3.4, by the document's names)."""

from collections.abc import Callable
from functools import partial
from typing import Any

from support.core.events import Arrival, Aside, Greeting, Malformed, Message, Posted, Presence, Retry, Told
from support.core.people import People
from support.drivers.kit.event_table import EventTable
from support.drivers.threads.state import Place, ScenarioState
from support.vocabulary.terms.collaboration import sentence

_AVAILABILITIES = {"online": "available", "away": "away", "busy": "busy"}
_POSITIONS = {"admin": "an admin", "member": "a member", "guest": "a guest"}


class EventParser:
    """Reads events for one person, in the scenario's words."""

    def __init__(self, role: str, people: People, state: ScenarioState) -> None:
        self._role = role
        self._people = people
        self._state = state
        self._events = EventTable({event: partial(read, self) for event, read in _PARSERS.items()})

    def read(self, event: str, payload: Any) -> list[Arrival]:
        """The domain's words for an event; none for what does not matter here."""
        return self._events.read(event, payload, event.replace("_", " "))

    # -- coming and going -----------------------------------------------------------------------------------------

    def _connection_established(self, told: dict[str, Any]) -> Arrival:
        self._needs(told, "username", "timestamp")
        return self._in_own_company("connected", told)

    def _authentication_success(self, told: dict[str, Any]) -> Arrival:
        self._needs(told, "expiresAt")
        if told["companyRole"] != self._state.positions[self._people.login(self._role)]:
            raise ValueError("another position in the company")
        return self._in_own_company("recognised", told)

    def _in_own_company(self, kind: str, told: dict[str, Any]) -> Arrival:
        company = self._state.companies[self._people.login(self._role)]
        if told["companyId"] != company.id:
            raise ValueError("another company's id")
        return Greeting(sentence(kind, who=self._who(told["userId"])))

    def _user_joined_company(self, told: dict[str, Any]) -> Arrival | None:
        user = told["user"]
        # A user may be announced before the answer is here that says how the system calls them.
        login = self._state.logins.get(user["userId"]) or f"{user['username']}@example.com"
        who = self._people.role(login)
        if who == self._role or not self._speaks_of(who):
            return None
        if told.get("via") == "membership":
            return Greeting(sentence("joined", who=who))
        return Presence(who, online=True)

    def _user_left_company(self, told: dict[str, Any]) -> Arrival | None:
        return self._about(told["userId"], "left")

    def _user_role_changed(self, told: dict[str, Any]) -> Arrival | None:
        return self._about(told["userId"], "position", position=_POSITIONS[told["companyRole"]])

    def _user_profile_updated(self, told: dict[str, Any]) -> Arrival | None:
        user = told["user"]
        return self._about(user.get("id") or user["userId"], "called", text=f'"{user["fullName"]}"')

    def _user_status_updated(self, told: dict[str, Any]) -> Arrival | None:
        if told["status"] == "offline":
            who = self._who(told["user"]["userId"])
            return Presence(who, online=False) if who != self._role and self._speaks_of(who) else None
        who, availability = told["user"]["userId"], _AVAILABILITIES[told["status"]]
        if words := told.get("customMessage"):
            return self._about(who, "busy with", availability=availability, text=f'"{words}"')
        return self._about(who, "available", availability=availability)

    # -- messages -------------------------------------------------------------------------------------------------

    def _message_received(self, told: dict[str, Any]) -> Arrival | None:
        self._needs(told, "messageId", "createdAt")
        text, sender = told["content"], self._who(told["sender"]["userId"])
        self._state.said[told["messageId"]] = str(told["createdAt"])
        if text in self._state.couriers:
            courier, addressee = self._state.couriers[text]
            return Message(courier, text) if addressee == self._role else None
        place = self._place(told)
        self._state.messages[told["messageId"]] = text
        self._state.authors[told["messageId"]], self._state.where[told["messageId"]] = sender, place.id
        if self._role not in place.members:
            return Malformed(f'"{text}" in a place where {self._role} is not')
        if sender == self._role:
            return Aside(sentence("sent", text=f'"{text}"'))
        if place.name is not None:
            return Posted(sender, text, place.name)
        if sender not in place.members:
            return Malformed(f'"{text}" from {sender}, who is not in this room')
        return Message(sender, text)

    def _typing_indicator(self, told: dict[str, Any]) -> Arrival | None:
        who, place = self._who(told["user"]["userId"]), self._place(told)
        typing = "has begun to type" if told["isTyping"] else "has stopped typing"
        words = sentence("typing", who=who, typing=typing, place=place.name)
        return Aside(words) if who == self._role else Told(words)

    def _message_delivered(self, told: dict[str, Any]) -> list[Arrival]:
        text = self._state.messages.get(told["messageId"])
        to = [who for who in map(self._who, told["deliveredTo"]) if self._speaks_of(who)]
        kind = Aside if self._state.authors.get(told["messageId"], self._role) == self._role else Told
        return [kind(sentence("delivered", text=f'"{text}"', who=who)) for who in to if text is not None]

    def _message_edited(self, told: dict[str, Any]) -> Arrival | None:
        message = told["message"]
        return self._in(message, "edited", self._who(message["senderId"]), text=f'"{message["content"]}"')

    def _message_deleted(self, told: dict[str, Any]) -> Arrival | None:
        return self._in(told, "deleted", None)

    # -- places ---------------------------------------------------------------------------------------------------

    def _thread_created(self, told: dict[str, Any]) -> Arrival | None:
        return self._opened(f'the thread "{told["thread"]["title"]}"', told["thread"]["createdBy"])

    def _chatroom_created(self, told: dict[str, Any]) -> Arrival | None:
        return self._opened(f'the room "{told["chatroom"]["name"]}"', told["chatroom"]["createdBy"])

    def _thread_updated(self, told: dict[str, Any]) -> Arrival | None:
        return self._renamed(told["thread"]["id"], f'the thread "{told["thread"]["title"]}"')

    def _chatroom_updated(self, told: dict[str, Any]) -> Arrival | None:
        return self._renamed(told["chatroom"]["id"], f'the room "{told["chatroom"]["name"]}"')

    def _chatroom_deleted(self, told: dict[str, Any]) -> Arrival | None:
        return self._in({"chatroomId": told["chatroomId"]}, "closed", None)

    def _thread_deleted(self, told: dict[str, Any]) -> Arrival | None:
        return self._in(told, "closed", None)

    def _chatroom_member_added(self, told: dict[str, Any]) -> Arrival | None:
        return self._in(told, "added", self._who(told["by"]), who=self._who(told["userId"]))

    def _chatroom_member_removed(self, told: dict[str, Any]) -> Arrival | None:
        return self._in(told, "taken out", self._who(told["by"]), who=self._who(told["userId"]))

    # -- files ----------------------------------------------------------------------------------------------------

    def _file_upload_progress(self, told: dict[str, Any]) -> Arrival | None:
        upload = self._state.upload(told["sessionId"])
        done, total, percent = int(told["uploadedBytes"]), int(told["totalBytes"]), told["progress"]
        if told["status"] == "cancelled":
            return self._of_file(upload.uploader, "cancelled", upload.name)
        if total != len(upload.content) or percent != 100 * done // total:
            return Malformed(f"{percent} % are told for {done} of {total} bytes of {upload.name}")
        return self._of_file(upload.uploader, "progress", upload.name, number=percent)

    def _file_upload_completed(self, told: dict[str, Any]) -> Arrival | None:
        upload = self._state.upload(told["sessionId"])
        upload.file = told["fileId"]
        if (told["fileName"], int(told["sizeBytes"])) != (upload.name, len(upload.content)):
            return Malformed(f"{upload.name} is told of as {told['fileName']} of {told['sizeBytes']} bytes")
        if told["checksum"] != upload.checksum:
            return Malformed(f"{upload.name} is told of with another checksum")
        return self._of_file(upload.uploader, "uploaded", upload.name)

    def _file_processed(self, told: dict[str, Any]) -> Arrival | None:
        upload = self._state.upload(told["sessionId"])
        if told["status"] != "ready":
            raise ValueError("not ready")
        return self._of_file(upload.uploader, "ready", upload.name)

    def _of_file(self, uploader: str, kind: str, name: str, **named: object) -> Arrival:
        words = sentence(kind, text=f'"{name}"', **named)
        return Aside(words) if uploader == self._role else Told(words)

    # -- trouble --------------------------------------------------------------------------------------------------

    def _connection_recovered(self, told: dict[str, Any]) -> list[Arrival]:
        self._needs(told, "userId", "lostRooms", "timestamp")
        missed = self._missed()
        if missed and str(told["lastSeenAt"]) > max(missed):
            return [Malformed(f"last seen at {told['lastSeenAt']}, and something said at {max(missed)} was missed")]
        places = [self._state.place(room.split(":", 1)[1]) for room in told["restoredRooms"]]
        restored = [sentence("restored", place=place.name) for place in places if place and place.name]
        return [Greeting(words) for words in (sentence("recovered"), *restored)]

    def left(self) -> None:
        """This person goes away: what is said from now on is missed."""
        self._state.known_at_leaving[self._role] = frozenset(self._state.said)

    def _missed(self) -> list[str]:
        """When each thing was said, by the server's clock, that others have heard while this person was away."""
        known = self._state.known_at_leaving.get(self._role)
        return [] if known is None else [said for message, said in self._state.said.items() if message not in known]

    def _retry_attempt(self, told: dict[str, Any]) -> Arrival:
        self._needs(told, "operation", "maxAttempts", "reason")
        return Retry(told["attempt"], told["delayMs"] / 1000)

    # -- who and where --------------------------------------------------------------------------------------------

    def _who(self, user: str) -> str:
        return self._people.role(self._state.login(user))

    def _speaks_of(self, who: str) -> bool:
        """Whether a user, named as in the scenario, is in its cast."""
        return self._people.knows(self._people.login(who))

    def _place(self, told: dict[str, Any]) -> Place:
        """Where something has happened.

        Raises:
            ValueError: nowhere that this scenario has opened.
        """
        place = self._state.place(told.get("threadId") or told.get("chatroomId"))
        if place is None or told.get("chatroomId") not in (None, place.room):
            raise ValueError("a place that is not open")
        return place

    def _in(self, told: dict[str, Any], kind: str, by: str | None, **named: object) -> Arrival | None:
        """Word of something in a place that the scenario speaks of; an aside if it is this person's own doing."""
        place = self._place(told)
        if place.name is None:
            return None
        words = sentence(kind, place=place.name, **named)
        return Aside(words) if by == self._role else Told(words)

    def _about(self, user: str, kind: str, **named: object) -> Arrival | None:
        who = self._who(user)
        if not self._speaks_of(who):
            return None
        words = sentence(kind, who=who, **named)
        return Aside(words) if who == self._role else Told(words)

    def _opened(self, name: str, by: str) -> Arrival | None:
        words = sentence("opened", place=name)
        return Aside(words) if self._who(by) == self._role else Told(words) if self._speaks_of(self._who(by)) else None

    def _renamed(self, id: str, name: str) -> Arrival | None:
        place = self._state.place(id)
        if place is None or place.name is None:
            return None
        return Told(sentence("renamed", place=place.name, another=name))

    @staticmethod
    def _needs(told: dict[str, Any], *names: str) -> None:
        """See that an event carries what belongs to it.

        Raises:
            KeyError: it does not.
        """
        for name in names:
            told[name]


#: What reads each event, by the document's name for it: what a server calls something else is left alone.
_PARSERS: dict[str, Callable[[EventParser, Any], list[Arrival] | Arrival | None]] = {
    "connection_established": EventParser._connection_established,
    "authentication_success": EventParser._authentication_success,
    "user_joined_company": EventParser._user_joined_company,
    "user_left_company": EventParser._user_left_company,
    "user_role_changed": EventParser._user_role_changed,
    "user_profile_updated": EventParser._user_profile_updated,
    "user_status_updated": EventParser._user_status_updated,
    "message_received": EventParser._message_received,
    "typing_indicator": EventParser._typing_indicator,
    "message_delivered": EventParser._message_delivered,
    "message_edited": EventParser._message_edited,
    "message_deleted": EventParser._message_deleted,
    "thread_created": EventParser._thread_created,
    "chatroom_created": EventParser._chatroom_created,
    "thread_updated": EventParser._thread_updated,
    "chatroom_updated": EventParser._chatroom_updated,
    "chatroom_deleted": EventParser._chatroom_deleted,
    "thread_deleted": EventParser._thread_deleted,
    "chatroom_member_added": EventParser._chatroom_member_added,
    "chatroom_member_removed": EventParser._chatroom_member_removed,
    "file_upload_progress": EventParser._file_upload_progress,
    "file_upload_completed": EventParser._file_upload_completed,
    "file_processed": EventParser._file_processed,
    "connection_recovered": EventParser._connection_recovered,
    "retry_attempt": EventParser._retry_attempt,
}
