"""Faults that show when the same is said again, at the same moment, in every script, or on more than a page."""

import unicodedata
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from aiohttp import web

from reference.kit.postgres import Connection, Row, row
from reference.threads.access import Access
from reference.threads.accounts import Accounts
from reference.threads.api_companies import CompaniesApi
from reference.threads.connections import Connections
from reference.threads.faults import seed
from reference.threads.files import Files
from reference.threads.messages import Draft, Messages, before, cursor
from reference.threads.person import Person
from reference.threads.recovery import Recovery
from reference.threads.refusals import Rejected, forbidden, unauthorized
from reference.threads.retries import Retries
from reference.threads.sessions import Pair, Sessions
from reference.threads.sockets import Sockets


@seed("letters-are-combined", "writes letters that are made of several signs as one", "TFS-DATA-3")
class LettersAreCombined(Messages):
    async def send(self, person: Person, draft: Draft, socket: str | None = None) -> Row:
        return await super().send(person, replace(draft, content=unicodedata.normalize("NFC", draft.content)), socket)


@seed("messages-that-cross-are-lost", "loses what is said while another user is speaking", "TFS-X-ORDER")
class MessagesThatCrossAreLost(Messages):
    speaking: ClassVar[dict[str, str]] = {}

    async def send(self, person: Person, draft: Draft, socket: str | None = None) -> Row:
        place = str(draft.thread or draft.chatroom)
        if self.speaking.setdefault(place, person.id) != person.id:
            return {}
        try:
            return await super().send(person, draft, socket)
        finally:
            self.speaking.pop(place, None)


@seed("the-same-words-are-kept-once", "does not keep words that were the last ones", "TFS-API-07 TFS-X-ORDER")
class TheSameWordsAreKeptOnce(Messages):
    async def store(self, person: Person, draft: Draft, chatroom: UUID) -> Row:
        sql = 'select * from messages where "chatroomId" = %s order by number desc limit 1'
        last = await self.database.row(sql, chatroom)
        same = last and (str(last["senderId"]), last["content"]) == (person.id, draft.content)
        return last if last and same else await super().store(person, draft, chatroom)


@seed("pages-overlap", "shows the last message of a page again on the next", "TFS-API-07")
class PagesOverlap(Messages):
    async def history(self, person: Person, chatroom: UUID | None, thread: UUID | None, limit: int, last: str) -> Row:
        shifted = cursor({"number": before(last) + 1}) if last else ""
        return await super().history(person, chatroom, thread, limit, shifted)


@seed("member-pages-overlap", "shows the last member of a page again on the next", "TFS-X-PAGES")
class MemberPagesOverlap(CompaniesApi):
    async def members(self, person: Person, request: web.Request) -> Any:
        page = await super().members(person, request)
        if page["pagination"]["hasNext"] and len(page["items"]) > 1:
            page["pagination"]["nextIndex"] = page["items"][-2]["createdAt"].isoformat()
        return page


@seed("wrong-answers-break", "breaks over an answer to a message that is not there", "TFS-ERR-5 TFS-API-06")
class WrongAnswersBreak(Messages):
    async def check_reply(self, connection: Connection, draft: Draft, chatroom: UUID) -> None:
        if draft.reply_to and not await row(connection, "select 1 from messages where id = %s", draft.reply_to):
            raise Rejected(500, "Internal server error")


@seed("answers-answer-nothing", "does not keep which message is answered", "TFS-X-SYNC")
class AnswersAnswerNothing(Messages):
    async def store(self, person: Person, draft: Draft, chatroom: UUID) -> Row:
        return await super().store(person, replace(draft, reply_to=None), chatroom)


@seed("anybody-deletes-messages", "lets members delete the messages of others", "TFS-X-AUTHOR")
class AnybodyDeletesMessages(Messages):
    async def remove(self, person: Person, number: UUID) -> None:
        await super().remove(replace(person, role="owner"), number)


@seed("other-owners-delete-messages", "lets the owner of any company delete any message", "TFS-DATA-7")
class OtherOwnersDeleteMessages(Messages):
    async def of(self, person: Person, number: UUID) -> Row:
        return await (self.shown(number) if person.role == "owner" else super().of(person, number))


@seed("owners-delete-no-messages", "lets a message be deleted by its author alone", "TFS-ROLE-OWNER")
class OwnersDeleteNoMessages(Messages):
    async def remove(self, person: Person, number: UUID) -> None:
        if str((await self.of(person, number))["senderId"]) != person.id:
            raise forbidden("You can only delete your own messages")
        await super().remove(person, number)


@seed("other-companies-are-heard", "lets a connection hear another company", "TFS-EVT-11")
class OtherCompaniesAreHeard(Access):
    async def room(self, person: Person, room: str) -> None:
        if not room.startswith("company:"):
            await super().room(person, room)


@seed("connections-change-hands", "takes the token of another user on an open connection", "TFS-EVT-11")
class ConnectionsChangeHands(Connections):
    async def authenticate(self, socket: str, token: str) -> None:
        person = await self.sessions.person(token)
        self.bind(socket, person)
        await self.announcer.to_socket(socket, "authentication_success", self.authenticated(person))


@seed("a-second-wish-doubles-the-news", "tells a connection twice that has asked twice for its company", "TFS-EVT-09")
class ASecondWishDoublesTheNews(Sockets):
    doubled: ClassVar[set[str]] = set()

    def enter(self, socket: str, room: str) -> None:
        if room.startswith("company:") and self.hears(socket, room):
            self.doubled.add(socket)
        super().enter(socket, room)

    async def send(self, socket: str, name: str, payload: Any) -> None:
        for _ in range(1 + (name == "user_status_updated" and socket in self.doubled)):
            await super().send(socket, name, payload)


@seed("signing-out-ends-one-connection", "ends one connection of a session alone", "TFS-X-DEVICES TFS-X-SIGNOUT")
class SigningOutEndsOneConnection(Connections):
    async def dismiss(self, sockets: list[str], why: Rejected) -> None:
        await super().dismiss(sockets[:1], why)


@seed("a-lost-connection-ends-the-others", "ends all connections of a user who loses one", "TFS-X-DEVICES")
class ALostConnectionEndsTheOthers(Connections):
    async def disconnected(self, socket: str, reason: str) -> None:
        person = self.sockets.person(socket)
        await super().disconnected(socket, reason)
        await self.sockets.close(self.sockets.of_user(person.id) if person else [])


@seed("farewells-are-forgotten", "takes a client that has taken its leave for one that was lost", "TFS-EVT-12")
class FarewellsAreForgotten(Recovery):
    async def finish(self, person: Person) -> None:
        pass


@seed("retries-are-told-in-one-outage", "tells nobody of new attempts in a second outage", "TFS-EVT-13 TFS-REC-3")
class RetriesAreToldInOneOutage(Retries):
    recovered: ClassVar[list[float]] = []

    async def once(self, work: Any) -> Any:
        opened = self.breaker.opened
        result = await super().once(work)
        self.recovered.extend([opened] if opened is not None else [])
        return result

    async def tell(self, retry: int, delay: float) -> None:
        if not self.recovered:
            await super().tell(retry, delay)


@seed("deleted-messages-come-back", "lets a message be changed that has been deleted", "TFS-X-DELETED")
class DeletedMessagesComeBack(Messages):
    def check_there(self, message: Row) -> None:
        pass


@seed("strangers-are-remembered", "lets no user sign in who tried to before they registered", "TFS-API-01")
class StrangersAreRemembered(Accounts):
    strangers: ClassVar[set[str]] = set()

    async def log_in(self, email: str, password: str) -> tuple[Row, Row]:
        if not await self.database.row("select 1 from users where email = %s", email):
            self.strangers.add(email)
        if email in self.strangers:
            raise unauthorized("Invalid e-mail or password")
        return await super().log_in(email, password)


@seed("passwords-count-for-fifty-letters", "looks at the first fifty letters of a password alone", "TFS-API-02")
class PasswordsCountForFiftyLetters(Accounts):
    async def hashed(self, password: str) -> str:
        return await super().hashed(password[:50])

    async def matches(self, hashed: str, password: str) -> bool:
        return await super().matches(hashed, password[:50])


@seed("signing-out-is-felt-elsewhere", "refreshes no session of a user who has signed out of one", "TFS-X-DEVICES")
class SigningOutIsFeltElsewhere(Sessions):
    async def end(self, sign_in: str) -> None:
        await super().end(sign_in)
        mine = 'select s.id from sessions s join sessions t on t."userId" = s."userId" where t.id = %s'
        await self.database.rows(f'delete from refresh_tokens where "sessionId" in ({mine})', sign_in)


@seed(
    "revives-signed-out-sessions", "lets sessions that were signed out go on when it is started again", "TFS-X-SIGNOUT"
)
class RevivesSignedOutSessions(Files):
    async def resume(self) -> None:
        await self.database.rows('update sessions set "endedAt" = null')
        await super().resume()


@seed("takes-back-at-refresh", "takes a member back who was removed and refreshes the session", "TFS-DATA-8")
class TakesBackAtRefresh(Sessions):
    async def refresh(self, token: str) -> Pair:
        claims = self.tokens.claims(token, "refresh")
        await self.database.rows('update users set "isActive" = true where id = %s', claims["sub"])
        await self.database.rows('update sessions set "endedAt" = null where id = %s', claims["sid"])
        return await super().refresh(token)
