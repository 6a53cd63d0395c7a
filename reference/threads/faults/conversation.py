"""Faults in typing indicators, statuses and presence."""

from collections.abc import Iterable
from typing import Any, ClassVar

from aiohttp import web

from reference.kit.postgres import Row
from reference.threads import names
from reference.threads.announcer import Announcer
from reference.threads.api_accounts import AccountsApi
from reference.threads.connections import Connections
from reference.threads.events import Events
from reference.threads.faults import seed
from reference.threads.person import Person
from reference.threads.statuses import Statuses
from reference.threads.typing_indicators import TypingIndicators


@seed("typing-is-shown-to-oneself", "shows people their own typing", "TFS-X-TYPING TFS-EVT-04")
class TypingIsShownToOneself(Announcer):
    def watching(self, room: str, person: Person) -> list[str]:
        return self.sockets.inside(room)


@seed("typing-is-never-shown", "does not show that a user types", "TFS-EVT-04")
class TypingIsNeverShown(Announcer):
    async def typing(self, room: str, person: Person, place: Row, is_typing: bool) -> None:
        if not is_typing:
            await super().typing(room, person, place, is_typing)


@seed("typing-never-stops", "does not say when a user stops typing", "TFS-EVT-04")
class TypingNeverStops(Announcer):
    async def typing(self, room: str, person: Person, place: Row, is_typing: bool) -> None:
        if is_typing:
            await super().typing(room, person, place, is_typing)


@seed("typing-stays-on", "leaves an indicator on for ever if its user does not stop it", "TFS-X-TYPING TFS-EVT-04")
class TypingStaysOn(TypingIndicators):
    async def start(self, room: str, person: Person, place: Row) -> None:
        self.lifetime = 3600.0
        await super().start(room, person, place)

    async def gone(self, person: Person) -> None:
        pass


@seed("typing-is-timed-from-its-beginning", "says that a user who goes on typing has stopped", "TFS-X-TYPING")
class TypingIsTimedFromItsBeginning(TypingIndicators):
    async def start(self, room: str, person: Person, place: Row) -> None:
        if (room, person.id) in self._on:
            await self.announcer.typing(room, person, place, True)
        else:
            await super().start(room, person, place)


@seed("typing-is-shown-to-the-company", "shows all of the company that a user types", "TFS-EVT-04")
class TypingIsShownToTheCompany(Announcer):
    def watching(self, room: str, person: Person) -> list[str]:
        return super().watching(names.company(person.company), person)


@seed("typing-names-somebody-else", "names the wrong person as typing", "TFS-EVT-04")
class TypingNamesSomebodyElse(Announcer):
    async def typing(self, room: str, person: Person, place: Row, is_typing: bool) -> None:
        others = [self.sockets.person(socket) for socket in self.watching(room, person)]
        payload = place | {"user": self.statuses.shown(others[0] if others and others[0] else person)}
        await self.sockets.tell(self.watching(room, person), "typing_indicator", payload | {"isTyping": is_typing})


@seed("outsiders-type", "shows a room the typing of a user who is not in it", "TFS-EVT-11 TFS-EVT-04 TFS-ERR-4 NFR-005")
class OutsidersType(Events):
    def check_inside(self, socket: str, room: str) -> None:
        pass


@seed("status-over-api-is-silent", "takes a status over the API and does not tell it", "TFS-API-05 TFS-EVT-09")
class StatusOverApiIsSilent(AccountsApi):
    async def set_status(self, person: Person, request: Any) -> Any:
        announcer = self.inside.announcer
        sent = await request.json()
        announcer.statuses.say(person.id, sent["status"], sent.get("customMessage"))
        return {"userId": person.id} | announcer.statuses.of(person.id)


@seed("status-on-socket-is-silent", "takes a status on the socket and does not tell it", "TFS-EVT-09")
class StatusOnSocketIsSilent(Events):
    async def update_user_status(self, socket: str, person: Person, payload: Any) -> None:
        self.announcer.statuses.say(person.id, payload["status"], payload.get("customMessage"))


@seed("status-is-not-kept", "announces a status and forgets it", "TFS-API-05")
class StatusIsNotKept(Announcer):
    async def status(self, person: Person) -> None:
        await super().status(person)
        self.statuses.say(person.id, "online", None)


@seed("status-is-the-one-before", "announces the status before the present one", "TFS-EVT-09 TFS-API-05")
class StatusIsTheOneBefore(Announcer):
    before: ClassVar[dict[str, Row]] = {}

    async def status(self, person: Person) -> None:
        now = self.statuses.of(person.id)
        before = self.before.get(person.id, now | {"status": "online", "customMessage": None})
        self.before[person.id] = now
        payload = {"user": self.statuses.shown(person), **before}
        await self.in_company(person.company, "user_status_updated", payload)


@seed("status-reaches-other-companies", "tells every connected user how another is", "TFS-DATA-7 TFS-EVT-09 NFR-005")
class StatusReachesOtherCompanies(Announcer):
    async def in_company(self, company: object, event: str, payload: Row) -> None:
        everybody: Iterable[str] = self.sockets.everybody() if event == "user_status_updated" else ()
        await self.in_room(names.company(company), event, payload, besides=everybody)


@seed("joining-is-silent", "tells a company nothing of who joins it", "TFS-EVT-10 TFS-API-13")
class JoiningIsSilent(Announcer):
    async def joined_company(self, person: Person, via: str) -> None:
        pass


@seed("new-members-are-silent", "tells a company nothing of members added over the API", "TFS-API-13 TFS-EVT-10")
class NewMembersAreSilent(Announcer):
    async def joined_company(self, person: Person, via: str) -> None:
        if via == "connection":
            await super().joined_company(person, via)


@seed("joining-reaches-other-companies", "tells everybody connected who joins a company", "TFS-EVT-10 NFR-005")
class JoiningReachesOtherCompanies(Announcer):
    async def in_company(self, company: object, event: str, payload: Row) -> None:
        everybody: Iterable[str] = self.sockets.everybody() if event == "user_joined_company" else ()
        await self.in_room(names.company(company), event, payload, besides=everybody)


@seed("connections-are-not-confirmed", "does not say that a connection is established", "TFS-EVT-01 TFS-SCN-1")
class ConnectionsAreNotConfirmed(Announcer):
    async def to_socket(self, socket: str, event: str, payload: Row) -> None:
        if event != "connection_established":
            await super().to_socket(socket, event, payload)


@seed("authentication-is-not-confirmed", "does not say that authentication has worked", "TFS-EVT-02 TFS-SCN-1")
class AuthenticationIsNotConfirmed(Announcer):
    async def to_socket(self, socket: str, event: str, payload: Row) -> None:
        if event != "authentication_success":
            await super().to_socket(socket, event, payload)


@seed("confirms-another-user", "confirms a connection with the id of another user", "TFS-EVT-01 FR-001")
class ConfirmsAnotherUser(Announcer):
    async def to_socket(self, socket: str, event: str, payload: Row) -> None:
        if event == "connection_established":
            payload = payload | {"userId": payload["companyId"]}
        await super().to_socket(socket, event, payload)


@seed("confirms-another-role", "calls everybody a guest when confirming the authentication", "TFS-EVT-02 FR-001")
class ConfirmsAnotherRole(Connections):
    def authenticated(self, person: Person) -> dict[str, Any]:
        return super().authenticated(person) | {"companyRole": "guest"}


@seed("others-are-shown-as-offline", "shows a user who looks no other user as online", "TFS-API-05")
class OthersAreShownAsOffline(AccountsApi):
    async def statuses(self, person: Person, request: web.Request) -> Any:
        shown = await super().statuses(person, request)
        others = [one | {"status": "offline"} for one in shown["items"] if str(one["userId"]) != person.id]
        return {"items": others}


@seed("takes-away-for-online", "shows users as online who say that they are away", "TFS-EVT-09")
class TakesAwayForOnline(Statuses):
    def say(self, user: str, status: str, message: str | None) -> None:
        super().say(user, "online" if status == "away" else status, message)


@seed("keeps-former-words", "keeps what a user has said with an availability that is over", "TFS-X-WORDS")
class KeepsFormerWords(Statuses):
    def say(self, user: str, status: str, message: str | None) -> None:
        former = self._said.get(user, {}).get("customMessage")
        super().say(user, status, message or former)


@seed("drops-words", "does not tell what a user says with their availability", "TFS-X-WORDS")
class DropsWords(Statuses):
    def say(self, user: str, status: str, message: str | None) -> None:
        super().say(user, status, None)
