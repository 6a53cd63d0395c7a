"""Faults that show when a connection has broken off, or the server was ended."""

import asyncio
import secrets
from typing import Any, ClassVar

from reference.kit.postgres import Row
from reference.threads.announcer import Announcer
from reference.threads.connections import Connections
from reference.threads.faults import seed
from reference.threads.files import Files
from reference.threads.messages import Messages, unread_by
from reference.threads.person import Person
from reference.threads.plain import now
from reference.threads.recovery import Recovery
from reference.threads.retries import Retries
from reference.threads.sockets import Sockets
from reference.threads.statuses import Statuses
from reference.threads.tokens import Tokens
from reference.threads.uploads import Uploads

_BACK = "TFS-EVT-12 TFS-SCN-5 TFS-REC-1"


@seed("rooms-are-not-restored", "brings a new connection into no room of the one before", f"{_BACK} FR-008")
class RoomsAreNotRestored(Recovery):
    async def restore(self, socket: str, person: Person, before: Row) -> None:
        await super().restore(socket, person, before)
        for room in before["rooms"]:
            self.sockets.leave(socket, room)


@seed("rooms-are-restored-in-secret", "restores rooms and does not say so", _BACK)
class RoomsAreRestoredInSecret(Announcer):
    async def to_socket(self, socket: str, event: str, payload: Row) -> None:
        if event != "connection_recovered":
            await super().to_socket(socket, event, payload)


@seed("wrong-rooms-are-named", "names no rooms when it has restored some", _BACK)
class WrongRoomsAreNamed(Recovery):
    def report(self, person: Person, before: Row, restored: list[str], lost: list[str]) -> dict[str, Any]:
        return super().report(person, before, [], [*restored, *lost])


@seed(
    "lost-rooms-are-restored",
    "restores rooms that a user has been put out of meanwhile",
    "TFS-X-ROOMS TFS-REC-1 FR-005",
)
class LostRoomsAreRestored(Recovery):
    async def forget_for_all(self, user: object, *left: str) -> None:
        pass

    async def restore(self, socket: str, person: Person, before: Row) -> None:
        await super().restore(socket, person, before)
        for room in before["rooms"]:
            self.sockets.enter(socket, room)


@seed("rooms-of-others-are-restored", "restores the rooms of everybody in the company", "TFS-X-ROOMS")
class RoomsOfOthersAreRestored(Recovery):
    async def restore(self, socket: str, person: Person, before: Row) -> None:
        sql = 'select distinct unnest(s.rooms) as room from sessions s join users u on u.id = s."userId"'
        rooms = await self.database.rows(f'{sql} where u."companyId" = %s', person.company)
        await super().restore(socket, person, before)
        for one in rooms:
            self.sockets.enter(socket, one["room"])


@seed("recovers-fresh-connections", "calls every connection a recovered one", "TFS-EVT-12 TFS-REC-1")
class RecoversFreshConnections(Recovery):
    async def begin(self, person: Person) -> Row:
        return await super().begin(person) | {"connected": True}


@seed(
    "rooms-do-not-survive-a-restart",
    "forgets the rooms of all sign-ins when it is restarted",
    f"{_BACK} FR-008 TFS-DATA-6",
)
class RoomsDoNotSurviveARestart(Recovery):
    own: ClassVar[set[str]] = set()

    async def begin(self, person: Person) -> Row:
        before = await super().begin(person)
        known = person.sign_in in self.own
        self.own.add(person.sign_in)
        return before if known else before | {"connected": False}


@seed("sign-ins-do-not-survive-a-restart", "takes no token from before it was restarted", "TFS-SCN-5 FR-008")
class SignInsDoNotSurviveARestart(Tokens):
    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self.key = secrets.token_bytes(32)


@seed("history-does-not-survive-a-restart", "loses all messages at a restart", "TFS-SCN-5 FR-008 TFS-ERR-1")
class HistoryDoesNotSurviveARestart(Files):
    async def resume(self) -> None:
        await super().resume()
        await self.database.rows("delete from messages")


@seed("uploads-do-not-survive-a-restart", "loses unfinished uploads when it is restarted", "TFS-SCN-5 TFS-SCN-3")
class UploadsDoNotSurviveARestart(Files):
    async def resume(self) -> None:
        await super().resume()
        await self.database.rows("delete from file_upload_sessions where status = 'in_progress'")


@seed("chunks-do-not-survive-a-restart", "loses the bytes of chunks at a restart", "TFS-API-10 TFS-SCN-5 TFS-SCN-3")
class ChunksDoNotSurviveARestart(Uploads):
    kept: ClassVar[dict[str, bytes]] = {}

    async def keep(self, number: str, index: int, content: bytes) -> None:
        await super().keep(number, index, b"")
        self.kept[f"{number}/{index}"] = content

    async def content(self, session: Row) -> bytes:
        keys = [f"{session['sessionId']}/{index}" for index in range(session["totalChunks"])]
        return b"".join(self.kept.get(key, b"") for key in keys)


@seed("missed-messages-stay-missed", "lists only messages that one has heard already", "TFS-SCN-5 TFS-API-07")
class MissedMessagesStayMissed(Messages):
    new: ClassVar[set[Any]] = set()

    async def history(self, person: Person, chatroom: Any, thread: Any, limit: int, last: str) -> Row:
        page = await super().history(person, chatroom, thread, limit, last)
        heard = [one for one in page["messages"] if str(one["senderId"]) == person.id or one["id"] not in self.new]
        return page | {"messages": heard}

    async def read(self, person: Person, page: list[Row]) -> None:
        self.new.update(message["id"] for message in page if unread_by(person, message))
        await super().read(person, page)


@seed("recovery-takes-a-minute", "lets no user back in for a minute after a connection broke", "FR-008 TFS-REC-1")
class RecoveryTakesAMinute(Connections):
    async def connect(self, socket: str, environ: dict[str, Any]) -> None:
        person = await self.sessions.person(self.token(environ))
        sql = "select connected from sessions where id = %s"
        known = await self.sessions.database.row(sql, person.sign_in)
        if known and known["connected"]:
            await asyncio.sleep(60)
        await super().connect(socket, environ)


@seed("dead-connections-stay-present", "goes on showing people as connected who have gone", "TFS-ERR-1 TFS-API-05")
class DeadConnectionsStayPresent(Statuses):
    def of(self, user: object) -> Row:
        shown = super().of(user)
        return shown | {"status": "online"} if shown["lastSeenAt"] and shown["status"] == "offline" else shown


@seed("a-second-connection-ends-the-first", "ends the first connection when another comes", "TFS-EVT-01 TFS-SCN-1")
class ASecondConnectionEndsTheFirst(Connections):
    async def let_in(self, socket: str, person: Person) -> None:
        await self.sockets.close(self.sockets.of_user(person.id))
        await super().let_in(socket, person)


@seed("retries-are-not-told", "does not tell that it tries again", "TFS-EVT-13 TFS-REC-3")
class RetriesAreNotTold(Retries):
    async def tell(self, retry: int, delay: float) -> None:
        pass


@seed("retries-do-not-back-off", "waits equally long before each retry", "TFS-REC-3 TFS-EVT-13")
class RetriesDoNotBackOff(Retries):
    def delay_before(self, retry: int) -> float:
        return float(self.delay)


@seed("nothing-is-retried", "gives up at the first failure", "TFS-REC-3 TFS-EVT-13")
class NothingIsRetried(Retries):
    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self.limit = 0


@seed("retries-are-told-to-everybody", "tells everybody connected that it tries again for one", "TFS-EVT-13")
class RetriesAreToldToEverybody(Announcer):
    async def retrying(self, user: str, attempt: dict[str, Any]) -> None:
        for one in {person.id for socket in self.sockets.everybody() if (person := self.sockets.person(socket))}:
            await super().retrying(one, attempt)


@seed("events-stop-after-a-reconnection", "delivers nothing on the second connection of a user", _BACK)
class EventsStopAfterAReconnection(Sockets):
    seen: ClassVar[set[str]] = set()
    deaf: ClassVar[set[str]] = set()

    def release(self, socket: str) -> Person | None:
        person = super().release(socket)
        if person:
            self.seen.add(person.id)
        return person

    def bind(self, socket: str, person: Person) -> None:
        super().bind(socket, person)
        if person.id in self.seen:
            self.deaf.add(socket)

    async def send(self, socket: str, name: str, payload: Any) -> None:
        if socket not in self.deaf or name != "message_received":
            await super().send(socket, name, payload)


@seed(
    "a-closed-window-ends-the-others",
    "restores no rooms once one of a user's clients has taken its leave",
    "TFS-EVT-12",
)
class AClosedWindowEndsTheOthers(Connections):
    async def disconnected(self, socket: str, reason: str) -> None:
        person = self.sockets.person(socket)
        await super().disconnected(socket, reason)
        if person is not None and reason == "client disconnect":
            await self.recovery.finish(person)


@seed("seen-just-now", "tells a user who comes back that they were there just now", "TFS-X-AWAY")
class SeenJustNow(Recovery):
    def report(self, person: Person, before: Row, restored: list[str], lost: list[str]) -> dict[str, Any]:
        return super().report(person, before, restored, lost) | {"lastSeenAt": now()}


@seed("forgets-the-last-room-alone", "brings a user back into a room that they had left before another", "TFS-EVT-12")
class ForgetsTheLastRoomAlone(Recovery):
    async def forget(self, person: Person, room: str) -> None:
        if not room.startswith("chatroom:"):
            await super().forget(person, room)
