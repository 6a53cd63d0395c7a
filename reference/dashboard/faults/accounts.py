"""Faults in accounts, roles and what they allow (steps 1 and 4)."""

import psycopg
from aiohttp import web

from reference.dashboard.accounts import Accounts
from reference.dashboard.api_accounts import AccountsApi
from reference.dashboard.api_invitations import InvitationsApi
from reference.dashboard.api_school import SchoolApi
from reference.dashboard.codes import LoginCodes, digest_of
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


@FAULTS.seed("keeps-used-codes", "takes a login code again that has been used", "DASH-003.1 DASH-003.X18")
class KeepsUsedCodes(LoginCodes):
    async def _use_up(self, email: str, digest: bytes) -> bool:
        return True


@FAULTS.seed("ignores-suspension", "lets suspended admins listen", "DASH-003.F2 DASH-003.X22")
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


@FAULTS.seed("counts-no-guesses", "lets login codes be guessed for as long as one likes", "DASH-003.X9")
class CountsNoGuesses(LoginCodes):
    async def _count_failure(self, email: str) -> None:
        pass


@FAULTS.seed("locks-codes-early", "takes a login code no longer after two wrong ones", "DASH-003.X9")
class LocksCodesEarly(LoginCodes):
    async def _count_failure(self, email: str) -> None:
        for _ in range(3):
            await super()._count_failure(email)


@FAULTS.seed("keeps-former-codes", "takes a login code after which another was sent", "DASH-003.X10")
class KeepsFormerCodes(LoginCodes):
    async def send(self, email: str) -> None:
        sql = "select digest from accounts_verificationcode where email = %s"
        known = await self.database.row(sql, email)
        self.__dict__.setdefault("former", {})[email] = bytes(known["digest"]) if known else b""
        await super().send(email)

    async def redeem(self, email: str, code: str) -> None:
        if self.__dict__.get("former", {}).get(email) != digest_of(email, code):
            await super().redeem(email, code)


@FAULTS.seed("never-reinstates", "leaves suspended what is to go on", "DASH-003.X14 DASH-003.X22")
class NeverReinstates(Accounts):
    async def set_active(self, membership: Row, active: bool) -> None:
        await super().set_active(membership, active=False)


@FAULTS.seed("bars-the-removed", "lets no user in who was once removed", "DASH-003.X14")
class BarsTheRemoved(Accounts):
    async def remove_member(self, membership: Row) -> None:
        await super().remove_member(membership)
        sql = "insert into accounts_schoolmembership (user_id, school_id, role, is_active) values (%s, %s, %s, false)"
        await self.database.rows(sql, membership["user_id"], membership["school_id"], "barred")

    async def manages(self, user: int, school: int) -> bool:
        sql = "select 1 from accounts_schoolmembership where user_id = %s and school_id = %s and role = 'barred'"
        return not await self.database.row(sql, user, school) and await super().manages(user, school)


@FAULTS.seed("recounts-nobody", "does not tell that there are fewer members", "DASH-003.7 DASH-003.P6")
class RecountsNobody(Accounts):
    async def remove_member(self, membership: Row) -> None:
        await self.database.rows("delete from accounts_schoolmembership where id = %s", membership["id"])


@FAULTS.seed("dismisses-altogether", "closes the dashboard of an admin who is a teacher no longer", "DASH-003.X14")
class DismissesAltogether(AccountsApi):
    async def _listens_no_longer(self, membership: Row) -> None:
        await self.inside.broadcaster.revoke(user=membership["user_id"], school=membership["school_id"])


@FAULTS.seed("lets-anybody-dismiss", "lets anybody dismiss the members of any school", "DASH-003.F2")
class LetsAnybodyDismiss(AccountsApi):
    async def manager(self, request: web.Request, school: int) -> Row:
        return await (self.user(request) if request.method == "DELETE" else super().manager(request, school))


@FAULTS.seed("plans-classes-for-anybody", "lets anybody plan classes at any school", "DASH-003.F2")
class PlansClassesForAnybody(SchoolApi):
    async def manager(self, request: web.Request, school: int) -> Row:
        return await (self.user(request) if request.method == "POST" else super().manager(request, school))

    async def _check_teaches(self, user: int, school: int) -> None:
        pass


@FAULTS.seed("keeps-old-codes", "takes a login code whose time is up", "DASH-003.X10")
class KeepsOldCodes(LoginCodes):
    async def redeem(self, email: str, code: str) -> None:
        sql = "update accounts_verificationcode set expires_at = now() + interval '1 day' where email = %s"
        await self.database.rows(sql, email)
        await super().redeem(email, code)


@FAULTS.seed("takes-addresses-twice", "gives a second account to an address that has one", "DASH-003.X16")
class TakesAddressesTwice(Accounts):
    async def sign_up(self, name: str, email: str, phone: str, contact: str, school: str) -> tuple[Row, Row] | None:
        again = await self.user_of(email) is not None
        return await super().sign_up(name, f"again.{email}" if again else email, phone, contact, school)


@FAULTS.seed("fails-at-unknown-memberships", "breaks over a membership that does not exist", "DASH-003.X16")
class FailsAtUnknownMemberships(Accounts):
    async def membership(self, number: int) -> Row | None:
        return await super().membership(number) or {}


@FAULTS.seed("silent-about-appointed-teachers", "does not tell of a teacher who needs no invitation", "DASH-003.7")
class SilentAboutAppointedTeachers(Accounts):
    async def add_member(self, user: Row, school: int, role: str, active: bool) -> Row | None:
        if role != "teacher":
            return await super().add_member(user, school, role, active)
        sql = "insert into accounts_schoolmembership (user_id, school_id, role) values (%s, %s, %s) returning *"
        return await self.database.row(sql, user["id"], school, role)


@FAULTS.seed("keeps-half-a-sign-up", "keeps the user of a sign-up whose school it refuses", "DASH-003.X34")
class KeepsHalfASignUp(Accounts):
    async def sign_up(self, name: str, email: str, phone: str, contact: str, school: str) -> tuple[Row, Row] | None:
        try:
            return await super().sign_up(name, email, phone, contact, school)
        except psycopg.DataError:
            await self.database.rows("insert into accounts_customuser (name, email) values (%s, %s)", name, email)
            raise
