"""Faults in accounts, roles and what they allow (steps 1 and 4)."""

from aiohttp import web

from reference.dashboard.accounts import Accounts
from reference.dashboard.api_accounts import AccountsApi
from reference.dashboard.api_invitations import InvitationsApi
from reference.dashboard.api_school import SchoolApi
from reference.dashboard.codes import LoginCodes
from reference.dashboard.faults import FAULTS
from reference.dashboard.http import invalid
from reference.kit.postgres import Row


@FAULTS.seed("mails-nothing", "sends no login codes", "DASH-003.1")
class MailsNothing(LoginCodes):
    async def send(self, email: str) -> None:
        pass


@FAULTS.seed("takes-any-code", "takes any six digits for a login code", "DASH-003.1")
class TakesAnyCode(LoginCodes):
    async def redeem(self, email: str, code: str) -> None:
        pass


@FAULTS.seed("keeps-used-codes", "takes a login code again that has been used", "DASH-003.1")
class KeepsUsedCodes(LoginCodes):
    async def _use_up(self, email: str, digest: bytes) -> bool:
        return True


@FAULTS.seed("ignores-suspension", "lets suspended admins listen", "DASH-003.F2")
class IgnoresSuspension(Accounts):
    async def belongs(self, user: int, school: int, roles: tuple[str, ...]) -> bool:
        sql = "select 1 from accounts_schoolmembership where user_id = %s and school_id = %s and role = any(%s)"
        return await self.database.row(sql, user, school, list(roles)) is not None


@FAULTS.seed("lets-anybody-join", "lets anybody make themselves an admin of any school", "DASH-003.F2")
class LetsAnybodyJoin(AccountsApi):
    async def manager(self, request: web.Request, school: int) -> Row:
        return await self.user(request)


@FAULTS.seed("lets-anybody-invite", "lets anybody invite on behalf of any school", "DASH-003.F2")
class LetsAnybodyInvite(InvitationsApi):
    async def manager(self, request: web.Request, school: int) -> Row:
        return await self.user(request)


@FAULTS.seed(
    "shows-feed-to-anybody", "shows the activity feed of a school to everybody who is signed in", "DASH-003.F2"
)
class ShowsFeedToAnybody(SchoolApi):
    async def _own_school(self, request: web.Request) -> int:
        await self.user(request)
        return int(request.match_info["school"])


@FAULTS.seed("invites-members-only", "invites only those who have an account", "DASH-003.6 DASH-003.P4 DASH-003.F3")
class InvitesMembersOnly(InvitationsApi):
    async def _invite(self, inviter: Row, school: int, email: str, role: str) -> web.Response:
        if await self.inside.accounts.user_of(email) is None:
            raise invalid("email", "There is no user with this email.")
        return await super()._invite(inviter, school, email, role)
