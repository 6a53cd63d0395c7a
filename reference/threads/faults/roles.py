"""Faults in what owner, admins, members and guests may do."""

from typing import Any
from uuid import UUID

from reference.kit.postgres import Row
from reference.threads import retries
from reference.threads.access import Access
from reference.threads.companies import Companies
from reference.threads.faults import seed
from reference.threads.messages import Messages
from reference.threads.person import Person
from reference.threads.refusals import forbidden, missing
from reference.threads.sockets import Sockets
from reference.threads.uploads import Uploads


@seed("guests-write", "lets guests write", "TFS-ROLE-GUEST FR-005 TFS-API-06")
class GuestsWrite(Access):
    def writer(self, person: Person) -> None:
        pass


@seed("members-manage", "lets plain members add members and change roles", "TFS-ROLE-MEMBER FR-005 TFS-API-13")
class MembersManage(Access):
    def manager(self, person: Person) -> None:
        pass


@seed("admins-remove-the-owner", "lets admins remove or degrade the owner", "TFS-ROLE-ADMIN FR-005 TFS-API-13")
class AdminsRemoveTheOwner(Companies):
    async def subordinate(self, person: Person, user: UUID) -> Row:
        found = await self.accounts.user(str(user), person.company)
        if found is None:
            raise missing("User")
        return found


@seed("admins-rename-the-company", "lets admins do what is the owner's", "TFS-ROLE-ADMIN FR-005")
class AdminsRenameTheCompany(Access):
    def owner(self, person: Person) -> None:
        self.manager(person)


@seed(
    "roles-hold-from-the-next-sign-in",
    "lets a changed role hold for open connections only later",
    "TFS-ROLE-GUEST FR-005",
)
class RolesHoldFromTheNextSignIn(Companies):
    def apply_role(self, user: UUID, role: str) -> None:
        pass


@seed("roles-are-not-kept", "confirms a new role and keeps the old one", "TFS-ROLE-ADMIN FR-005 TFS-API-13")
class RolesAreNotKept(Companies):
    async def change_role(self, person: Person, user: UUID, role: str) -> Row:
        before = await self.subordinate(person, user)
        changed = await super().change_role(person, user, role)
        self.apply_role(user, before["companyRole"])
        await self.database.rows('update users set "companyRole" = %s where id = %s', before["companyRole"], user)
        return changed


@seed("guests-manage", "lets guests add members and change roles", "TFS-ROLE-GUEST")
class GuestsManage(Access):
    def manager(self, person: Person) -> None:
        if person.role != "guest":
            super().manager(person)


@seed("guests-upload", "lets guests upload files", "TFS-ROLE-GUEST")
class GuestsUpload(Uploads):
    async def initiate(self, person: Person, asked: dict[str, Any]) -> Row:
        return await super().initiate(person.as_role("member"), asked)


@seed("guests-hear-nothing", "tells guests nothing of what is said", "TFS-ROLE-GUEST")
class GuestsHearNothing(Sockets):
    def inside(self, room: str) -> list[str]:
        return [socket for socket in super().inside(room) if self._people[socket].role != "guest"]


@seed("only-owners-manage", "lets admins add and remove no member", "TFS-ROLE-ADMIN")
class OnlyOwnersManage(Access):
    def manager(self, person: Person) -> None:
        self.owner(person)


@seed("guests-edit", "lets guests change what they said before they became guests", "TFS-ROLE-GUEST")
class GuestsEdit(Messages):
    async def edit(self, person: Person, number: UUID, content: str) -> Row:
        return await super().edit(person if person.writes else person.as_role("member"), number, content)


@seed("removed-users-are-counted", "counts removed users as people of their company", "TFS-X-USAGE")
class RemovedUsersAreCounted(Companies):
    async def usage(self, person: Person) -> Row:
        sql = 'select count(*)::int as people from users where "companyId" = %s'
        counted = await self.database.one(sql, person.company)
        return await super().usage(person) | {"userCount": counted["people"]}


@seed("deleted-files-are-counted", "counts deleted files as stored", "TFS-X-USAGE")
class DeletedFilesAreCounted(Companies):
    async def usage(self, person: Person) -> Row:
        sql = 'select sum("totalSizeBytes")::bigint as bytes from file_upload_sessions where "companyId" = %s'
        counted = await self.database.one(sql, person.company)
        return await super().usage(person) | {"storageUsed": str(counted["bytes"])}


@seed(
    "roles-hold-on-one-connection",
    "gives a changed role to the connection that was opened last alone",
    "TFS-ROLE-GUEST",
)
class RolesHoldOnOneConnection(Sockets):
    def give_role(self, user: object, role: str) -> None:
        for socket in self.of_user(user)[-1:]:
            self.bind(socket, self._people[socket].as_role(role))


@seed("cuts-one-connection-off", "ends only the latest connection of a user who is removed", "TFS-X-REMOVAL")
class CutsOneConnectionOff(Companies):
    async def cut_off(self, user: UUID) -> None:
        sockets = self.connections.sockets.of_user(user)
        await self.connections.dismiss(sockets[-1:], forbidden("You have been removed from the company"))


#: The requests that change a room, beside those of its messages.
_CHANGES = ("change_chatroom", "create_thread")


@seed("guests-change-rooms", "lets guests rename a room and open threads in it", "TFS-ROLE-GUEST")
class GuestsChangeRooms(Access):
    def writer(self, person: Person) -> None:
        if retries.operation.get() not in _CHANGES:
            super().writer(person)


@seed("rooms-change-from-outside", "lets all of a company rename a room and open threads in it", "TFS-X-ROOMS")
class RoomsChangeFromOutside(Access):
    async def chatroom(self, person: Person, number: object) -> Row:
        inside = retries.operation.get() not in _CHANGES
        return await (super().chatroom if inside else self.known_chatroom)(person, number)
