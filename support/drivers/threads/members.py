"""What one does in a company: take people in, give them positions, and try what one may not."""

import secrets
from typing import Any
from urllib.parse import quote

from support.core.errors import NotSupported
from support.drivers.capabilities.collaboration import CompanyUsage
from support.drivers.threads.client_part import ClientPart
from support.drivers.threads.rooms import Rooms
from support.drivers.threads.session import ThreadsSession
from support.drivers.threads.state import Place, company_of

_POSITIONS = {"an admin": "admin", "a member": "member", "a guest": "guest"}


#: Seconds that a session lasts where no test wants it otherwise.
_USUAL = 900.0


class Members(ClientPart):
    """Runs a company, as far as one's position allows (contract 2.3)."""

    def __init__(self, session: ThreadsSession, rooms: Rooms) -> None:
        super().__init__(session)
        self._rooms = rooms

    async def register(self) -> None:
        """Register with a company of one's own, which signs one in (contract 2.2)."""
        login = self._session.login
        told = await self._request("register", founding(login, self._password(login)), anonymous=True)
        self._state.knows(login, told["user"], company_of(told, login))
        self._session.keep(told)

    async def take_in(self, whom: str) -> None:
        """Make a user who has no account yet a member of the company."""
        if self._backend.options.takes_in == "invitation":
            await self.invite(whom)
            await self._state.clients[whom].answer_invitation("accepts")
        else:
            login = self._people.login(whom)
            told = await self._request("add a member", newcomer(login, self._password(login)))
            self._state.knows(login, told["user"], self._session.own_company)

    async def appoint(self, whom: str, position: str) -> None:
        """Give a user another position in the company."""
        role = self._backend.position(_POSITIONS[position])
        told = await self._request("change a position", {"role": role}, user=self._user(whom))
        self._state.knows(self._people.login(whom), told, self._session.own_company)

    async def dismiss(self, whom: str, how: str) -> None:
        """End a user's membership: `how` is "removes"."""
        if how != "removes":
            raise NotSupported("members here are removed for good")
        await self._request("remove a member", user=self._user(whom))

    async def invite(self, whom: str, position: str | None = None) -> None:
        """Invite a user who has no account yet, by default as a member."""
        role = self._backend.position(_POSITIONS[position or "a member"])
        told = await self._request("invite a user", {"email": self._people.login(whom), "role": role})
        self._state.invitations[self._people.login(whom)] = told["token"]
        self._state.invited[self._people.login(whom)] = str(told["id"])

    async def withdraw_invitation(self, whom: str) -> None:
        """Withdraw the last invitation of a user."""
        await self._request("withdraw an invitation", invitation=self._state.invited[self._people.login(whom)])

    async def answer_invitation(self, how: str, of: str | None = None) -> None:
        """Accept the invitation one has, which makes the account."""
        if how != "accepts" or of is not None:
            raise NotSupported("an invitation here is accepted by the user who has it, or left unanswered")
        body = {"token": self._state.invitations[self._session.login], "password": self._password(self._session.login)}
        told = await self._request("accept an invitation", body, anonymous=True)
        host = next(one for one in self._state.companies.values() if one.id == told["user"]["companyId"])
        self._state.knows(self._session.login, told["user"], host)

    async def expire(self, what: str) -> None:
        """Have the time of one's "invitation" or "upload" be up."""
        await self._request("let something expire", {"email": self._session.login, "what": what}, anonymous=True)

    async def change_password(self, present: str, new: str) -> None:
        """Have another password from now on."""
        self._session.learn(new)
        await self._request("change the password", {"currentPassword": present, "newPassword": new})

    async def sign_in_elsewhere_and_out(self, password: str) -> None:
        """Have a second session, as on another device, and end it."""
        shown = {"email": self._session.login, "password": password}
        told = await self._request("sign in", shown, anonymous=True)
        for secret in ("accessToken", "refreshToken"):
            self._session.mask(told[secret])
        await self._session.request_as(told["accessToken"], "sign out", {"refreshToken": told["refreshToken"]})

    async def usage(self) -> CompanyUsage:
        """What one's company uses."""
        told = await self._request("see what the company uses")
        return CompanyUsage(int(told["userCount"]), int(told["storageUsed"]))

    async def refresh_for_longer(self) -> None:
        """Have sessions last as usual from now on, and go on in a new one."""
        body = {"email": self._session.login, "seconds": _USUAL}
        await self._request("choose the lifetime of sessions", body, anonymous=True)
        await self._session.refresh(self._session.refresh_token)

    async def company_address(self) -> str:
        """How one's company is called in addresses."""
        return str((await self._request("see the company"))["slug"])

    async def move_company(self, address: str) -> None:
        """Have one's company called so in addresses."""
        await self._request("rename the company", {"slug": address})

    async def members_by_pages(self, size: int) -> list[list[str]]:
        """The pages of the list of members, of so many people, each from the last one's end.

        A page that ends where it was to begin is the last one: the server would give it for ever.
        """
        pages: list[list[str]] = []
        begun, after = "", ""
        while after != begun or not pages:
            begun = after
            told = await self._request("see more of the members", limit=str(size), after=quote(begun))
            pages.append([self._session.called(one["id"]) for one in told["items"]])
            after = told["pagination"].get("nextIndex") or begun
        return pages

    async def intrude(self, how: str, owner: str) -> None:
        """Try something in the company of `owner`: one of `collaboration.INTRUSIONS`, or "invite a user"."""
        if how == "read the profile of the company owner":
            self._backend.must_have("read a profile")
        room = await self._state.clients[owner].room_for(self._role)
        if how == "add a member" and self._backend.options.takes_in == "invitation":
            how = "invite a user"
        what, body, ids = actions(self._session.login, self._session.id, self._user(owner), room.id)[how]
        await self._session.request_as(str(self._session.token), what, body, **ids)

    async def room_for(self, guest: str) -> Place:
        """A room of one's own, with a guest if that is a user of the same company."""
        same = self._state.companies[self._people.login(guest)].id == self._session.own_company.id
        if same:
            return await self._rooms.of_two(guest)
        mine = next((place for place in self._state.places if place.members == {self._role}), None)
        token = self._session.own_company.token
        return mine or await self._rooms.found("mine alone", frozenset((self._role,)), token, self._role, None)

    def _password(self, login: str) -> str:
        password = self._state.passwords[login]
        self._session.learn(password)
        return password


def founding(login: str, password: str) -> dict[str, str]:
    """What one says to register, with a company of one's own."""
    company = f"Company {secrets.token_hex(4)}"
    return {"email": login, "password": password, "fullName": "Founder", "companyName": company}


def newcomer(login: str, password: str = "long enough") -> dict[str, str]:
    """What one says to add a member."""
    return {"email": login, "password": password, "role": "member"}


def actions(login: str, me: str, owner: str, room: str) -> dict[str, tuple[str, Any, dict[str, str]]]:
    """What a user may try -> how it is requested: one of `options.REQUESTS`, what to say, and about whom or what.

    Args:
        login: of a user who tries.
        me: their id.
        owner: the id of the company's owner.
        room: the id of a room that the owner is in.
    """
    file = {"fileName": "a.txt", "totalSizeBytes": 9, "mimeType": "text/plain", "chunkSizeBytes": 1024}
    file["checksum"] = "0" * 64
    return {
        "add a member": ("add a member", newcomer(f"by.{login}"), {}),
        "invite a user": ("invite a user", {"email": f"for.{login}", "role": "member"}, {}),
        "become an admin": ("change a position", {"role": "admin"}, {"user": me}),
        "remove the company owner": ("remove a member", None, {"user": owner}),
        "make the company owner a member": ("change a position", {"role": "member"}, {"user": owner}),
        "read the profile of the company owner": ("read a profile", None, {"user": owner}),
        "rename the company": ("rename the company", {"name": f"Renamed by {login}"}, {}),
        "open a room": ("open a room", {"name": "A room of one's own"}, {}),
        "send a message": ("send a message", {"chatroomId": room, "content": "May I?"}, {}),
        "read the messages": ("read a room", None, {"place": room}),
        "upload a file": ("begin an upload", file | {"chatroomId": room}, {}),
    }
