"""Faults in companies, chatrooms and threads: what is announced, what is kept, who may do what."""

from typing import Any
from uuid import UUID

from aiohttp import web

from reference.kit.postgres import Connection, Row
from reference.threads.access import Access
from reference.threads.accounts import Accounts
from reference.threads.announcer import Announcer
from reference.threads.api_accounts import AccountsApi
from reference.threads.chatrooms import Chatrooms
from reference.threads.companies import Companies, Invitations
from reference.threads.faults import seed
from reference.threads.person import Person
from reference.threads.refusals import forbidden
from reference.threads.threads import Threads


class Silent(Announcer):
    """Tells no room of one kind of event."""

    muted = ""

    async def in_room(self, room: str, event: str, payload: Row, *, besides: Any = ()) -> None:
        if event != self.muted:
            await super().in_room(room, event, payload, besides=besides)


@seed("new-threads-are-silent", "does not tell of a new thread", "TFS-API-11 TFS-SCN-4 FR-004")
class NewThreadsAreSilent(Silent):
    muted = "thread_created"


@seed("changed-threads-are-silent", "does not tell of a changed thread", "TFS-X-SYNC TFS-SCN-4 FR-004")
class ChangedThreadsAreSilent(Silent):
    muted = "thread_updated"


@seed("new-chatrooms-are-silent", "does not tell of a new chatroom", "TFS-X-SYNC TFS-API-14 FR-005")
class NewChatroomsAreSilent(Silent):
    muted = "chatroom_created"


@seed("changed-chatrooms-are-silent", "does not tell of a changed chatroom", "TFS-X-SYNC")
class ChangedChatroomsAreSilent(Silent):
    muted = "chatroom_updated"


@seed("changed-names-are-silent", "does not tell that a user has taken another name", "TFS-X-SYNC")
class ChangedNamesAreSilent(Silent):
    muted = "user_profile_updated"


@seed(
    "leaving-members-are-silent",
    "does not tell that a member has been put out of a chatroom",
    "TFS-X-SYNC FR-005 TFS-API-14",
)
class LeavingMembersAreSilent(Silent):
    muted = "chatroom_member_removed"


@seed(
    "new-chatroom-members-are-silent", "does not tell that a chatroom has a new member", "TFS-X-SYNC FR-005 TFS-API-14"
)
class NewChatroomMembersAreSilent(Silent):
    muted = "chatroom_member_added"


@seed("threads-are-not-kept", "announces a new thread and does not keep it", "TFS-API-11 TFS-SCN-4 FR-004")
class ThreadsAreNotKept(Threads):
    async def announced(self, event: str, number: object) -> Row:
        thread = await super().announced(event, number)
        if event == "thread_created":
            await self.database.rows("delete from threads where id = %s", number)
        return thread


@seed(
    "thread-changes-are-not-kept", "announces a changed thread and keeps the old title", "TFS-X-SYNC TFS-SCN-4 FR-004"
)
class ThreadChangesAreNotKept(Threads):
    async def change(self, person: Person, number: UUID, changes: dict[str, Any]) -> Row:
        before = await self.shown(number)
        changed = await super().change(person, number, changes)
        sql = 'update threads set title = %s, "isArchived" = %s where id = %s'
        await self.database.rows(sql, before["title"], before["isArchived"], number)
        return changed


@seed("threads-reach-the-company", "tells all of the company of a new thread", "TFS-SCN-4 FR-004 TFS-API-11")
class ThreadsReachTheCompany(Announcer):
    async def in_room(self, room: str, event: str, payload: Row, *, besides: Any = ()) -> None:
        more = self.sockets.everybody() if event == "thread_created" else []
        await super().in_room(room, event, payload, besides=[*besides, *more])


@seed("participants-are-ignored", "lets no user but the creator take part in a new thread", "TFS-API-11 TFS-SCN-4")
class ParticipantsAreIgnored(Threads):
    async def create(self, person: Person, chatroom: UUID, asked: dict[str, Any], participants: list[UUID]) -> Row:
        return await super().create(person, chatroom, asked, [])


@seed(
    "anybody-enters-threads",
    "lets members of a chatroom write to threads they do not take part in",
    "TFS-API-12 TFS-SCN-4",
)
class AnybodyEntersThreads(Access):
    async def thread(self, person: Person, number: object) -> Row:
        return await self.known_thread(person, number)


@seed(
    "anybody-changes-threads", "lets others change a thread that they have not created", "TFS-X-AUTHOR TFS-SCN-4 FR-004"
)
class AnybodyChangesThreads(Threads):
    def check_changes(self, person: Person, thread: Row, what: str) -> None:
        pass


@seed("chatrooms-are-not-kept", "announces a new chatroom and does not keep it", "TFS-API-14 FR-005")
class ChatroomsAreNotKept(Chatrooms):
    async def announce_created(self, person: Person, room: Row) -> None:
        await super().announce_created(person, room)
        await self.database.rows("delete from chatrooms where id = %s", room["id"])


@seed("outsiders-enter-chatrooms", "lets people into chatrooms they are no members of", "TFS-X-ROOMS FR-005 TFS-EVT-11")
class OutsidersEnterChatrooms(Access):
    async def chatroom(self, person: Person, number: object) -> Row:
        return await self.known_chatroom(person, number)


@seed("other-companies-enter-chatrooms", "lets people of other companies into chatrooms", "TFS-DATA-7 NFR-005 FR-005")
class OtherCompaniesEnterChatrooms(Access):
    async def chatroom(self, person: Person, number: object) -> Row:
        room = await self.database.row("select * from chatrooms where id = %s", number)
        return room if room and str(room["companyId"]) != person.company else await super().chatroom(person, number)


@seed(
    "removed-members-still-hear", "goes on delivering to who was put out of a chatroom", "TFS-X-ROOMS FR-005 TFS-SCN-2"
)
class RemovedMembersStillHear(Chatrooms):
    async def put_out(self, user: object, *left: str) -> None:
        pass


@seed("chatrooms-hold-their-members", "lets no user leave a chatroom who has not opened it", "TFS-API-14 FR-005")
class ChatroomsHoldTheirMembers(Chatrooms):
    def check_removes(self, person: Person, room: Row, user: UUID) -> None:
        if person.id != str(room["createdBy"]):
            raise forbidden("Only its creator removes members")


@seed("members-remove-each-other", "lets members put others out of a chatroom", "TFS-ROLE-MEMBER FR-005")
class MembersRemoveEachOther(Chatrooms):
    def check_removes(self, person: Person, room: Row, user: UUID) -> None:
        pass


@seed(
    "removed-members-still-write", "takes messages from who was put out of a chatroom", "TFS-X-ROOMS FR-005 TFS-SCN-2"
)
class RemovedMembersStillWrite(Chatrooms):
    async def delete_member(self, connection: Any, number: UUID, user: UUID) -> list[str]:
        return []


@seed(
    "removed-people-stay-connected",
    "goes on serving the connections of former members",
    "TFS-X-REMOVAL FR-005 TFS-API-13",
)
class RemovedPeopleStayConnected(Companies):
    async def cut_off(self, user: UUID) -> None:
        pass


@seed("new-members-get-another-role", "makes every new member an admin", "TFS-API-13 FR-005")
class NewMembersGetAnotherRole(Accounts):
    async def add(self, company: str, email: str, password: str, full_name: str | None, role: str) -> Row:
        return await super().add(company, email, password, full_name, "admin")


@seed("invitations-work-twice", "lets an invitation be accepted that is used up or revoked", "FR-005 TFS-API-13")
class InvitationsWorkTwice(Invitations):
    async def pending(self, token: str) -> Row:
        await self.database.rows("update company_invitations set status = 'pending' where token = %s", token)
        found = await super().pending(token)
        return found | {"email": f"again.{found['id']}.{found['email']}"} if await self.used(found) else found

    async def used(self, found: Row) -> bool:
        return bool(await self.database.row("select 1 from users where email = %s", found["email"]))


@seed("lists-other-companies", "lists people of other companies as members", "NFR-005 FR-005 TFS-DATA-7")
class ListsOtherCompanies(Companies):
    async def members(self, person: Person) -> list[Row]:
        sql = 'select * from users where "companyId" <> %s order by "createdAt" desc limit 3'
        return [*await super().members(person), *await self.database.rows(sql, person.company)]


@seed("lists-another-company", "lists a user of another company in place of oneself", "TFS-API-04 TFS-DATA-7")
class ListsAnotherCompany(Companies):
    async def members(self, person: Person) -> list[Row]:
        sql = 'select * from users where "companyId" <> %s order by "createdAt" desc limit 1'
        others = [user for user in await super().members(person) if str(user["id"]) != person.id]
        return [*others, *await self.database.rows(sql, person.company)]


@seed("shows-chatrooms-of-others", "lists private chatrooms that one is no member of", "TFS-X-ROOMS FR-005 NFR-005")
class ShowsChatroomsOfOthers(Chatrooms):
    async def listed(self, person: Person) -> list[Row]:
        sql = 'select id from chatrooms where "companyId" = %s'
        return [await self.shown(room["id"]) for room in await self.database.rows(sql, person.company)]


@seed("profiles-of-strangers", "shows the profiles of people of other companies", "TFS-DATA-7 NFR-005 TFS-API-04")
class ProfilesOfStrangers(Accounts):
    async def user(self, user: str, company: str) -> Row | None:
        return await self.database.row("select * from users where id = %s", user)


@seed("profile-changes-are-not-kept", "confirms a changed profile and keeps the old one", "TFS-API-04")
class ProfileChangesAreNotKept(Accounts):
    async def change_profile(self, user: str, changes: dict[str, Any]) -> Row:
        return await super().change_profile(user, {}) | changes


@seed("profile-of-the-owner", "shows everybody the owner's profile as the own one", "TFS-API-04 FR-001")
class ProfileOfTheOwner(AccountsApi):
    async def profile(self, person: Person, _request: web.Request) -> Row:
        members = await self.inside.companies.members(person)
        return next(member for member in members if member["companyRole"] == "owner")


@seed(
    "thread-members-hear-after-removal",
    "lets who was put out of a thread go on hearing it",
    "TFS-X-ROOMS TFS-SCN-4 FR-004",
)
class ThreadMembersHearAfterRemoval(Chatrooms):
    async def put_out(self, user: object, *left: str) -> None:
        await super().put_out(user, *(room for room in left if not room.startswith("thread:")))


@seed("threads-outlive-the-room", "lets a user who is put out of a room go on hearing its threads", "TFS-X-ROOMS")
class ThreadsOutliveTheRoom(Chatrooms):
    async def delete_member(self, connection: Connection, number: UUID, user: UUID) -> list[str]:
        await super().delete_member(connection, number, user)
        return []
