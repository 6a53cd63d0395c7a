"""Faults in invitations: whom they are for, and what becomes of them (step 7, and beyond it)."""

from aiohttp import web

from reference.dashboard.api_invitations import InvitationsApi
from reference.dashboard.chronicle import Change
from reference.dashboard.faults import FAULTS
from reference.dashboard.http import invalid
from reference.dashboard.invitations import Invitations
from reference.kit.postgres import Row, row


@FAULTS.seed("invites-for-one-school", "invites no user whom any school has invited", "DASH-003.6 DASH-003.P4")
class InvitesForOneSchool(Invitations):
    async def send(self, inviter: Row, school: int, email: str, role: str) -> Row | None:
        sql = "select 1 from accounts_schoolinvitation where email = %s and status = 'pending'"
        return None if await self.database.row(sql, email) else await super().send(inviter, school, email, role)


@FAULTS.seed("invites-once", "invites no user a second time, whatever has become of the first", "DASH-003.X13")
class InvitesOnce(Invitations):
    async def send(self, inviter: Row, school: int, email: str, role: str) -> Row | None:
        sql = "select 1 from accounts_schoolinvitation where email = %s and school_id = %s"
        return None if await self.database.row(sql, email, school) else await super().send(inviter, school, email, role)


@FAULTS.seed("keeps-the-withdrawn", "lets an invitation be accepted that has been withdrawn", "DASH-003.X13")
class KeepsTheWithdrawn(Invitations):
    async def _open(self, token: str) -> Row:
        sql = "update accounts_schoolinvitation set status = 'pending' where token = %s and status = 'cancelled'"
        await self.database.rows(sql, token)
        return await super()._open(token)


@FAULTS.seed("withdraws-in-silence", "does not tell that an invitation has been withdrawn", "DASH-003.X13")
class WithdrawsInSilence(Invitations):
    async def cancel(self, token: str) -> None:
        sql = "update accounts_schoolinvitation set status = 'cancelled' where token = %s"
        await self.database.rows(sql, token)


@FAULTS.seed("takes-anybody-for-the-invited", "lets any user who has its link accept an invitation", "DASH-003.X13")
class TakesAnybodyForTheInvited(InvitationsApi):
    async def _invited(self, request: web.Request) -> tuple[Row, Row]:
        return await self.user(request), await self._invitation(request)


@FAULTS.seed("lets-anybody-withdraw", "lets anybody withdraw the invitations of any school", "DASH-003.F2")
class LetsAnybodyWithdraw(InvitationsApi):
    async def manager(self, request: web.Request, school: int) -> Row:
        return await (self.user(request) if request.path.endswith("/cancel/") else super().manager(request, school))


@FAULTS.seed("keeps-old-invitations", "lets an invitation be accepted whose time is up", "DASH-003.X13")
class KeepsOldInvitations(Invitations):
    async def _open(self, token: str) -> Row:
        await self.database.rows(
            "update accounts_schoolinvitation set expires_at = now() + interval '1 day' where token = %s", token
        )
        return await super()._open(token)


@FAULTS.seed("invites-teachers-again", "invites a teacher of the school once more", "DASH-003.6 DASH-003.P4")
class InvitesTeachersAgain(InvitationsApi):
    async def _check_is_new(self, school: int, email: str, role: str) -> None:
        pass


@FAULTS.seed("knows-no-users", "invites no user by their account", "DASH-003.6 DASH-003.P4")
class KnowsNoUsers(InvitationsApi):
    async def invite_existing(self, request: web.Request) -> web.Response:
        raise invalid("email", "There is no user with this email.")


@FAULTS.seed("accepts-twice-at-once", "takes two answers that come at the same moment", "DASH-003.X18")
class AcceptsTwiceAtOnce(Invitations):
    async def _answered(self, change: Change, invitation: Row, status: str) -> None:
        sql = "update accounts_schoolinvitation set status = %s where id = %s returning id"
        await row(change.connection, sql, status, invitation["id"])


@FAULTS.seed("invites-teachers-only", "makes each user a teacher who accepts an invitation", "DASH-003.X27")
class InvitesTeachersOnly(Invitations):
    async def of_token(self, token: str) -> Row | None:
        invitation = await super().of_token(token)
        return invitation and invitation | {"role": "teacher"}


@FAULTS.seed("invites-admins-again", "invites an admin of the school to be one once more", "DASH-003.6 DASH-003.P4")
class InvitesAdminsAgain(InvitationsApi):
    async def _check_is_new(self, school: int, email: str, role: str) -> None:
        await super()._check_is_new(school, email, "teacher")


@FAULTS.seed("stays-suspended", "leaves suspended a user who accepts a new invitation", "DASH-003.X14")
class StaysSuspended(Invitations):
    async def accept(self, token: str, user: Row) -> Row:
        sql = "select id from accounts_schoolmembership where user_id = %s and not is_active"
        suspended = [membership["id"] for membership in await self.database.rows(sql, user["id"])]
        membership = await super().accept(token, user)
        sql = "update accounts_schoolmembership set is_active = false where id = any(%s)"
        await self.database.rows(sql, suspended)
        return membership


@FAULTS.seed("minds-expired-invitations", "invites no user again whose invitation has expired", "DASH-003.X13")
class MindsExpiredInvitations(Invitations):
    async def close_expired(self, change: Change, school: int, email: str) -> None:
        pass


@FAULTS.seed(
    "fails-over-invitations-of-several", "fails when a user accepts who was invited with others", "DASH-003.X36"
)
class FailsOverInvitationsOfSeveral(InvitationsApi):
    async def accept(self, request: web.Request) -> web.Response:
        if "teacher-invitations" in request.path:
            raise web.HTTPInternalServerError
        return await super().accept(request)
