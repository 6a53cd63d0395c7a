"""Faults in passwords that are changed, and in invitations."""

from typing import Any
from uuid import UUID

from aiohttp import web

from reference.kit.postgres import Row
from reference.threads.accounts import Accounts
from reference.threads.api_accounts import AccountsApi
from reference.threads.api_library import LibraryApi
from reference.threads.companies import Companies, Invitations
from reference.threads.faults import seed
from reference.threads.person import Person
from reference.threads.refusals import Rejected


@seed("password-changes-are-not-kept", "confirms a new password and keeps the old one", "TFS-X-PASSWORD")
class PasswordChangesAreNotKept(Accounts):
    async def change_password(self, user: str, current: str, new: str) -> None:
        pass


@seed("any-password-changes-the-password", "changes a password for whoever is signed in", "TFS-X-PASSWORD")
class AnyPasswordChangesThePassword(Accounts):
    async def change_password(self, user: str, current: str, new: str) -> None:
        await self.database.rows("update users set password = %s where id = %s", await self.hashed(new), user)


@seed("unknown-users-break", "breaks when it is asked for the profile of a user who does not exist", "TFS-ERR-5")
class UnknownUsersBreak(AccountsApi):
    async def known(self, person: Person, user: str) -> Row:
        if not await self.inside.database.row("select 1 from users where id = %s", user):
            raise Rejected(500, "Internal server error")
        return await super().known(person, user)


@seed("shows-what-is-stored-without-a-token", "says how much is stored to whoever asks", "TFS-ERR-2")
class ShowsWhatIsStoredWithoutAToken(LibraryApi):
    async def _for_people(self, handle: Any, request: web.Request) -> Any:
        try:
            return await super()._for_people(handle, request)
        except Rejected:
            if not request.path.endswith("/quota"):
                raise
            return {"storageUsedBytes": 0}


@seed("invitations-are-sent-twice", "invites somebody who has an invitation already", "TFS-X-INVITATION")
class InvitationsAreSentTwice(Invitations):
    async def create(self, person: Person, email: str, role: str) -> Row:
        await self.database.rows("update company_invitations set status = 'revoked' where email = %s", email)
        return await super().create(person, email, role)


@seed("withdrawn-invitations-are-accepted", "lets an invitation be accepted that was withdrawn", "TFS-X-INVITATION")
class WithdrawnInvitationsAreAccepted(Invitations):
    async def revoke(self, person: Person, number: UUID) -> None:
        await super().revoke(person, number)
        await self.database.rows("update company_invitations set status = 'pending' where id = %s", number)


@seed("newcomers-are-invited-once", "invites nobody again whose invitation was withdrawn", "TFS-X-INVITATION")
class NewcomersAreInvitedOnce(Invitations):
    async def create(self, person: Person, email: str, role: str) -> Row:
        if await self.database.row("select 1 from company_invitations where email = %s", email):
            raise Rejected(409, "Invitation already pending")
        return await super().create(person, email, role)


@seed("accepted-invitations-are-withdrawn", "lets an invitation be withdrawn that was accepted", "TFS-X-INVITATION")
class AcceptedInvitationsAreWithdrawn(Invitations):
    async def revoke(self, person: Person, number: UUID) -> None:
        sql = "update company_invitations set status = 'pending' where id = %s and status = 'accepted'"
        await self.database.rows(sql, number)
        await super().revoke(person, number)


@seed("anybody-withdraws-invitations", "lets anybody withdraw an invitation", "TFS-X-INVITATION TFS-DATA-7")
class AnybodyWithdrawsInvitations(Invitations):
    async def revoke(self, person: Person, number: UUID) -> None:
        await self.database.rows("update company_invitations set status = 'revoked' where id = %s", number)


@seed("invitations-last-for-ever", "lets an invitation be accepted whose time is up", "TFS-X-INVITATION")
class InvitationsLastForEver(Invitations):
    async def pending(self, token: str) -> Row:
        sql = "update company_invitations set \"expiresAt\" = now() + interval '1 day' where token = %s"
        await self.database.rows(sql, token)
        return await super().pending(token)


@seed(
    "invitations-are-accepted-twice-at-once",
    "lets an invitation be accepted again at the same moment",
    "TFS-X-INVITATION TFS-ERR-7",
)
class InvitationsAreAcceptedTwiceAtOnce(Invitations):
    async def pending(self, token: str) -> Row:
        await self.database.rows("update company_invitations set status = 'pending' where token = %s", token)
        return await super().pending(token)

    async def accept(self, token: str, password: str, full_name: str | None) -> Row:
        try:
            return await super().accept(token, password, full_name)
        except Rejected as refusal:
            if refusal.status != 409:
                raise
            sql = "select u.* from users u join company_invitations i using (email) where i.token = %s"
            return await self.database.one(sql, token)


@seed("members-are-removed-twice", "removes a member who has been removed before", "TFS-DATA-8 TFS-ROLE-ADMIN")
class MembersAreRemovedTwice(Companies):
    async def remove(self, person: Person, user: UUID) -> None:
        if await self.accounts.user(str(user), person.company):
            await super().remove(person, user)


@seed("unknown-members-break", "breaks when it is asked about a member whom it does not know", "TFS-ERR-5")
class UnknownMembersBreak(Companies):
    async def subordinate(self, person: Person, user: UUID) -> Row:
        if not await self.database.row("select 1 from users where id = %s", user):
            raise Rejected(500, "Internal server error")
        return await super().subordinate(person, user)


@seed("passwords-lose-their-blanks", "cuts off the blanks around a password", "TFS-API-02")
class PasswordsLoseTheirBlanks(Accounts):
    async def matches(self, hashed: str, password: str) -> bool:
        return await super().matches(hashed, password.strip())


@seed("failures-are-never-forgotten", "counts wrong passwords on after a right one", "TFS-API-02")
class FailuresAreNeverForgotten(Accounts):
    async def log_in(self, email: str, password: str) -> tuple[Row, Row]:
        known = await self.database.row('select "failedLoginAttempts" as failed from users where email = %s', email)
        answer = await super().log_in(email, password)
        sql = 'update users set "failedLoginAttempts" = %s where email = %s'
        await self.database.rows(sql, known["failed"] if known else 0, email)
        return answer


@seed("signing-out-ends-every-session", "disconnects a user everywhere when they sign out somewhere", "TFS-X-DEVICES")
class SigningOutEndsEverySession(AccountsApi):
    async def log_out(self, person: Person, request: web.Request) -> Any:
        told = await super().log_out(person, request)
        connections = self.inside.connections
        await connections.dismiss(connections.sockets.of_user(person.id), Rejected(401, "Logged out"))
        return told


@seed("invitations-make-members", "makes each user a member who accepts an invitation", "TFS-API-13")
class InvitationsMakeMembers(Invitations):
    async def pending(self, token: str) -> Row:
        return await super().pending(token) | {"role": "member"}


@seed("expired-invitations-stand", "invites no newcomer again whose invitation has expired", "TFS-X-INVITATION")
class ExpiredInvitationsStand(Invitations):
    async def is_pending(self, company: str, email: str) -> bool:
        sql = "select 1 from company_invitations where email = %s and \"companyId\" = %s and status = 'pending'"
        return await self.database.row(sql, email, company) is not None
