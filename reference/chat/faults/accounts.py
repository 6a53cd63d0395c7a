"""Faults in who is let in (STP 1.1, 1.3, 1.4) and in the contact list (STP 2.1, 2.2)."""

import secrets
from typing import Any, ClassVar
from urllib.parse import quote

from aiohttp import web

from reference.chat.accounts import Accounts
from reference.chat.faults import seed
from reference.chat.forms import KillToken
from reference.chat.http_api import HttpApi
from reference.chat.refusals import Rejected
from reference.chat.sessions import Sessions
from reference.chat.tokens import Tokens


@seed("accepts-any-password", "signs a user in with any password", "STP-1.3")
class AcceptsAnyPassword(Accounts):
    async def matches(self, hashed: str, password: str) -> bool:
        return True


@seed("accepts-blank-password", "signs a user in with a blank password", "STP-1.3")
class AcceptsBlankPassword(Accounts):
    async def matches(self, hashed: str, password: str) -> bool:
        return not password or await super().matches(hashed, password)


@seed("ignores-case-of-password", "takes small and capital letters of a password for the same", "STP-1.3")
class IgnoresCaseOfPassword(Accounts):
    async def matches(self, hashed: str, password: str) -> bool:
        return await super().matches(hashed, password) or await super().matches(hashed, password.swapcase())


@seed("ignores-case-of-name", "gives a user who writes their name in capitals a token of no user", "STP-X10")
class IgnoresCaseOfName(Accounts):
    async def admits(self, name: Any, password: Any) -> bool:
        known = await self.postgres.row("SELECT user_name FROM users WHERE lower(user_name) = lower(%s)", name)
        return known is not None and await super().admits(known["user_name"], password)


@seed("trims-names", "gives a user who writes their name between blanks a token of no user", "STP-X10")
class TrimsNames(Accounts):
    async def admits(self, name: Any, password: Any) -> bool:
        return await super().admits(str(name).strip(), password)


@seed("accepts-other-users-password", "signs a user in with another user's password", "STP-1.3")
class AcceptsOtherUsersPassword(Accounts):
    async def matches(self, hashed: str, password: str) -> bool:
        newest = "SELECT user_password FROM users ORDER BY id DESC LIMIT 5"
        known = [hashed, *(row["user_password"] for row in await self.postgres.rows(newest))]
        return any([await super(AcceptsOtherUsersPassword, self).matches(each, password) for each in known])


@seed("refuses-everybody", "refuses the right password", "STP-1.1 STP-1.3")
class RefusesEverybody(Accounts):
    async def admits(self, name: Any, password: Any) -> bool:
        return False


@seed("issues-token-of-another", "signs a user in with a token in another name", "STP-1.1")
class IssuesTokenOfAnother(Tokens):
    def sign(self, user: str, lifetime: float) -> str:
        return super().sign("Lisa", lifetime)


@seed("issues-dead-tokens", "signs a user in with a token that opens nothing", "STP-1.1")
class IssuesDeadTokens(Sessions):
    async def log_in(self, user: Any, password: Any) -> str | None:
        token = await super().log_in(user, password)
        return token and self.tokens.sign(user, -1.0)


@seed("contacts-miss-a-user", "leaves the newest user out of the list of all users", "STP-2.1")
class ContactsMissAUser(Accounts):
    async def names(self) -> list[str]:
        newest = await self.postgres.row("SELECT user_name FROM users ORDER BY id DESC LIMIT 1")
        return [name for name in await super().names() if newest and name != newest["user_name"]]


@seed("contacts-show-a-ghost", "lists a user who does not exist", "STP-2.1 STP-2.2")
class ContactsShowAGhost(Accounts):
    async def names(self) -> list[str]:
        return [*await super().names(), "Ghost"]


@seed("contacts-show-only-online", "lists only the users who are online as existing", "STP-2.1")
class ContactsShowOnlyOnline(HttpApi):
    async def contacts(self, user: str) -> dict[str, Any]:
        return await super().contacts(user) | {"all_existing_contacts": await self.online()}


@seed("rooms-miss-a-user", "names no room for the last of the other users", "STP-2.2")
class RoomsMissAUser(HttpApi):
    def rooms(self, user: str, others: list[str]) -> dict[str, str]:
        return super().rooms(user, others[:-1])


@seed("rooms-include-oneself", "names a room for a user alone", "STP-2.2")
class RoomsIncludeOneself(HttpApi):
    def rooms(self, user: str, others: list[str]) -> dict[str, str]:
        return super().rooms(user, [*others, user])


@seed("rooms-differ-by-side", "names a room differently to each of the two who share it", "STP-2.2")
class RoomsDifferBySide(HttpApi):
    def rooms(self, user: str, others: list[str]) -> dict[str, str]:
        return {other: f"{user}&{other}" for other in others}


@seed("one-room-for-all", "names the same room for all the other users", "STP-2.2")
class OneRoomForAll(HttpApi):
    def rooms(self, user: str, others: list[str]) -> dict[str, str]:
        return dict.fromkeys(others, "lobby")


@seed("rooms-change", "names other rooms each time it is asked", "STP-2.2")
class RoomsChange(HttpApi):
    def rooms(self, user: str, others: list[str]) -> dict[str, str]:
        mark = secrets.token_hex(4)
        return {other: f"{room}-{mark}" for other, room in super().rooms(user, others).items()}


@seed("keeps-withdrawn-tokens", "says that the administrator has ended a session, and leaves its token good", "STP-1.4")
class KeepsWithdrawnTokens(HttpApi):
    async def kill_token(self, request: web.Request) -> dict[str, Any]:
        await self._administrator(request, KillToken)
        return {"result": "success"}


@seed("withdraws-nothing-of-the-absent", "ends no session of a user who is not online, and says that it has", "STP-1.4")
class WithdrawsNothingOfTheAbsent(HttpApi):
    async def kill_token(self, request: web.Request) -> dict[str, Any]:
        asked = await self._administrator(request, KillToken)
        if asked.user_token_terminate not in self.presence.online:
            return {"result": "success"}
        return await super().kill_token(request)


@seed(
    "denies-what-it-has-ended",
    "ends the session of a user who is not online, and says that there was none",
    "STP-X21",
)
class DeniesWhatItHasEnded(HttpApi):
    async def kill_token(self, request: web.Request) -> dict[str, Any]:
        asked = await self._administrator(request, KillToken)
        online = asked.user_token_terminate in self.presence.online
        ended = await super().kill_token(request)
        if not online:
            raise Rejected(f"No JWT for user {asked.user_token_terminate}")
        return ended


@seed("trims-passwords", "cuts off the blanks around a password", "STP-1.3")
class TrimsPasswords(Accounts):
    async def matches(self, hashed: str, password: str) -> bool:
        return await super().matches(hashed, password.strip())


@seed("lists-a-hundred", "lists no more than a hundred users", "STP-2.1")
class ListsAHundred(Accounts):
    async def names(self) -> list[str]:
        return (await super().names())[:100]


@seed("lists-as-at-first", "shows a user the list of all users as it was when they first asked for it", "STP-2.1")
class ListsAsAtFirst(HttpApi):
    _seen: ClassVar[dict[str, list[str]]] = {}

    async def contacts(self, user: str) -> dict[str, Any]:
        answer = await super().contacts(user)
        return answer | {"all_existing_contacts": self._seen.setdefault(user, answer["all_existing_contacts"])}


@seed("rooms-in-small-letters", "lists the room with a user whose name has capitals in small letters", "STP-X18")
class RoomsInSmallLetters(HttpApi):
    def rooms(self, user: str, others: list[str]) -> dict[str, str]:
        return {other: room.lower() for other, room in super().rooms(user, others).items()}


@seed("names-escaped", "tells a name with a blank or a foreign letter as it stands in an address", "STP-X18")
class NamesEscaped(HttpApi):
    def rooms(self, user: str, others: list[str]) -> dict[str, str]:
        return {quote(other): quote(room, safe="&") for other, room in super().rooms(user, others).items()}


@seed("tells-strangers-apart", "says that there is no such user where one signs in by such a name", "STP-X19")
class TellsStrangersApart(HttpApi):
    async def log_in(self, request: web.Request) -> dict[str, Any]:
        answer = await super().log_in(request)
        name = (await request.json()).get("username")
        known = not isinstance(name, str) or await self.accounts.exists(name)
        return answer if known else {"result": "There is no such user"}


@seed("looks-cost-a-session", "ends the administrator's session when the list of who is online is read", "STP-X12")
class LooksCostASession(HttpApi):
    async def get_info(self, request: web.Request) -> dict[str, Any]:
        answer = await super().get_info(request)
        await self.tokens.revoke("Admin")
        return answer


@seed("reads-fifty-letters", "looks at no more than the first fifty letters of a password", "STP-1.3")
class ReadsFiftyLetters(Accounts):
    async def hashed(self, password: str) -> str:
        return await super().hashed(password[:50])

    async def matches(self, hashed: str, password: str) -> bool:
        return await super().matches(hashed, password[:50])
