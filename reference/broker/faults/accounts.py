"""What can be wrong with accounts, and with who may do what."""

import asyncio
import json
from typing import Any

from aiohttp import web

from reference.broker.faults import FAULTS
from reference.broker.forms import Renewal
from reference.broker.main.access import ADMIN, MANAGER, Access
from reference.broker.main.admin_api import AdminApi
from reference.broker.main.audit import Audit
from reference.broker.main.messages import Messages
from reference.broker.main.parts import shown_user
from reference.broker.main.passwords import Passwords
from reference.broker.main.portal_api import PortalApi
from reference.broker.main.users import Users
from reference.broker.main.users_api import UsersApi
from reference.broker.refusals import Rejected
from reference.kit.forms import filled_in
from reference.kit.postgres import Row


@FAULTS.seed("takes-any-password", "lets people in with any password", "TC-M-004 TC-I-007 TC-PT-002")
class TakesAnyPassword(Passwords):
    async def fits(self, password: str, stored: str | None) -> bool:
        return stored is not None


@FAULTS.seed("takes-no-password", "lets no user in who was created later", "TC-M-004 TC-I-007 TC-M-008")
class TakesNoPassword(Users):
    async def create(self, email: str, password: str, role: str, client: str | None, by: int | None) -> Row:
        return await super().create(email, password if by is None else password[::-1], role, client, by)


@FAULTS.seed("locked-users-go-on", "lets users go on whose account is locked", "BROKER-X7")
class LockedUsersGoOn(Access):
    async def account(self, subject: str) -> Row:
        return await self.users.find(int(subject))


@FAULTS.seed("locked-users-sign-in", "lets users sign in whose account is locked", "BROKER-X7")
class LockedUsersSignIn(Users):
    async def sign_in(self, email: str, password: str) -> Row:
        try:
            return await super().sign_in(email, password)
        except Rejected as refusal:
            if refusal.status != 403:
                raise
            return await self.database.one("select * from users where lower(email) = lower(%s)", email)


@FAULTS.seed("changes-accounts-in-word-only", "says that an account is changed which does not exist", "BROKER-X12")
class ChangesAccountsInWordOnly(Users):
    async def change(self, user_id: int, what: str, value: Any, event: str, by: int) -> Row:
        known = await self.database.row("select 1 from users where id = %s", user_id)
        return await super().change(user_id, what, value, event, by) if known else await self.find(by)


@FAULTS.seed("creates-accounts-of-no-client", "creates accounts of clients that do not exist", "BROKER-X12")
class CreatesAccountsOfNoClient(Users):
    async def create(self, email: str, password: str, role: str, client: str | None, by: int | None) -> Row:
        known = await self.database.row("select 1 from clients where client_id = %s", client)
        return await super().create(email, password, role, client if known else None, by)


@FAULTS.seed("breaks-on-cut-off-requests", "breaks over an account in a request that is cut off", "BROKER-X12")
class BreaksOnCutOffRequests(UsersApi):
    async def create(self, request: web.Request) -> web.Response:
        json.loads(await request.text())
        return await super().create(request)


@FAULTS.seed("opens-administration", "lets every user administrate", "TC-M-015 TC-S-016 TC-I-012")
class OpensAdministration(Access):
    def require(self, user: Row, *roles: str) -> Row:
        return user


@FAULTS.seed("closes-administration", "lets no administrator list certificates", "TC-M-015 TC-S-016 TC-PT-011")
class ClosesAdministration(AdminApi):
    async def listed(self, request: web.Request) -> web.Response:
        self.inside.access.require({"role": "user"}, "admin")
        return await super().listed(request)


@FAULTS.seed("opens-administration-to-strangers", "lets anybody administrate", "TC-S-017 TC-M-015")
class OpensAdministrationToStrangers(Access):
    async def administrator(self, request: web.Request) -> Row:
        if "Authorization" not in request.headers:
            return await self.users.find(1)
        return await super().administrator(request)


@FAULTS.seed("opens-messages-to-strangers", "shows messages to anybody", "TC-S-017 TC-S-006")
class OpensMessagesToStrangers(PortalApi):
    async def messages(self, request: web.Request) -> web.Response:
        if not request.headers.get("Authorization", "").removeprefix("Bearer").strip():
            return await self.listed(await self.inside.users.find(1), request)
        return await super().messages(request)


@FAULTS.seed("lists-accounts-for-strangers", "lists all accounts for anybody", "TC-S-017")
class ListsAccountsForStrangers(UsersApi):
    async def listed(self, request: web.Request) -> web.Response:
        if "Authorization" not in request.headers:
            return web.json_response([shown_user(await self.inside.users.find(1))])
        return await super().listed(request)


@FAULTS.seed("lets-users-create-users", "lets every user create users", "TC-M-008 TC-M-015 TC-S-016")
class LetsUsersCreateUsers(UsersApi):
    async def create(self, request: web.Request) -> web.Response:
        user, body = await self.inside.access.user(request), await request.json()
        role, client = body.get("role", "user"), body.get("client_id")
        made = await self.inside.users.create(body["email"], body["password"], role, client, user["id"])
        return web.json_response(shown_user(made), status=201)


@FAULTS.seed("makes-everybody-administrator", "makes every new user an administrator", "TC-M-008 TC-M-015 TC-S-016")
class MakesEverybodyAdministrator(Users):
    async def create(self, email: str, password: str, role: str, client: str | None, by: int | None) -> Row:
        return await super().create(email, password, "admin", client, by)


@FAULTS.seed("creates-nobody", "says that it has created a user and has not", "TC-M-008 TC-I-007")
class CreatesNobody(Users):
    async def create(self, email: str, password: str, role: str, client: str | None, by: int | None) -> Row:
        user = await super().create(email, password, role, client, by)
        if by is not None:
            await self.database.rows("delete from users where id = %s", user["id"])
        return user


@FAULTS.seed("shows-messages-of-others", "shows users the messages of all clients", "TC-S-014 TC-M-006 TC-PT-005")
class ShowsMessagesOfOthers(PortalApi):
    def owner(self, user: Row) -> str | None:
        return None


@FAULTS.seed(
    "shows-administrators-little", "shows administrators only the latest client's messages", "TC-S-015 TC-PT-013"
)
class ShowsAdministratorsLittle(Messages):
    async def listed(self, client: str | None, status: str | None, skip: int, limit: int) -> tuple[list[Row], int]:
        if client is None:
            latest = await self.database.row("select client_id from messages order by id desc limit 1")
            client = latest["client_id"] if latest else None
        return await super().listed(client, status, skip, limit)


@FAULTS.seed("shows-users-nothing", "shows users no messages", "TC-M-006 TC-S-014 TC-PT-005")
class ShowsUsersNothing(PortalApi):
    def owner(self, user: Row) -> str | None:
        return super().owner(user) and "nobody"


@FAULTS.seed("ignores-the-filter", "shows messages in any status whatever is asked for", "TC-PT-006")
class IgnoresTheFilter(Messages):
    async def listed(self, client: str | None, status: str | None, skip: int, limit: int) -> tuple[list[Row], int]:
        return await super().listed(client, None, skip, limit)


@FAULTS.seed("repeats-the-first-page", "shows the first page again and again", "TC-PT-007")
class RepeatsTheFirstPage(Messages):
    async def listed(self, client: str | None, status: str | None, skip: int, limit: int) -> tuple[list[Row], int]:
        return await super().listed(client, status, 0, limit)


@FAULTS.seed("shows-another-profile", "shows everybody the administrator's profile", "TC-M-007 TC-PT-008")
class ShowsAnotherProfile(PortalApi):
    async def profile(self, request: web.Request) -> web.Response:
        await super().profile(request)
        first = await self.inside.users.find(1)
        return web.json_response({"id": 1, "email": first["email"], "role": "admin", "is_active": True})


@FAULTS.seed("calls-users-administrators-inside", "calls everybody an administrator in their profile", "TC-M-007")
class CallsUsersAdministratorsInside(PortalApi):
    async def profile(self, request: web.Request) -> web.Response:
        shown = json.loads((await super().profile(request)).text or "")
        return web.json_response(shown | {"role": "admin"})


@FAULTS.seed("audits-nothing", "writes no audit log", "TC-I-001 TC-I-014 TC-W-005")
class AuditsNothing(Audit):
    async def note(self, *_: Any, **_data: Any) -> None:
        pass


@FAULTS.seed("crowds-people-out", "turns away a user who reads a profile while another does", "TC-L-010")
class CrowdsPeopleOut(PortalApi):
    _busy = 0

    async def profile(self, request: web.Request) -> web.Response:
        if self._busy:
            raise RuntimeError("too many")
        self._busy += 1
        try:
            await asyncio.sleep(0.5)
            return await super().profile(request)
        finally:
            self._busy -= 1


@FAULTS.seed("minds-capitals", "lets no user in who writes their name in other letters of case", "TC-M-004")
class MindsCapitals(Users):
    async def sign_in(self, email: str, password: str) -> Row:
        user = await super().sign_in(email, password)
        if user["email"] != email:
            raise Rejected(401, "Incorrect email or password")
        return user


class _LetsManagers(UsersApi):
    """Lets user managers change one part of any account."""

    part: str

    async def both(self, request: web.Request) -> tuple[Row, Row]:
        if not request.path.endswith(self.part):
            return await super().both(request)
        manager = await self.inside.access.manager(request)
        return manager, await self.inside.users.find(int(request.match_info["user_id"]))


@FAULTS.seed("lets-managers-set-passwords", "lets user managers set administrators' passwords", "TC-M-015")
class LetsManagersSetPasswords(_LetsManagers):
    part = "/password"


@FAULTS.seed("lets-managers-lock-administrators", "lets user managers lock administrators out", "TC-M-015")
class LetsManagersLockAdministrators(_LetsManagers):
    part = "/status"


@FAULTS.seed("lets-managers-change-roles", "lets user managers change roles", "TC-M-015")
class LetsManagersChangeRoles(UsersApi):
    async def set_role(self, request: web.Request) -> web.Response:
        manager, role = await self.inside.access.manager(request), (await request.json())["role"]
        changed = await self.inside.users.set_role(int(request.match_info["user_id"]), role, manager["id"])
        return web.json_response(shown_user(changed))


@FAULTS.seed("shows-managers-what-messages-say", "shows user managers what messages say", "TC-S-010")
class ShowsManagersWhatMessagesSay(PortalApi):
    def body(self, message: Row, user: Row) -> str:
        return super().body(message, user | {"role": ADMIN} if user["role"] == MANAGER else user)


@FAULTS.seed("shows-all-to-those-of-no-client", "shows users of no client the messages of all", "TC-S-014")
class ShowsAllToThoseOfNoClient(PortalApi):
    async def listed(self, user: Row, request: web.Request) -> web.Response:
        return await super().listed(user if user["client_id"] else user | {"role": ADMIN}, request)


@FAULTS.seed("believes-the-token", "goes by the role that a token says, whatever the account has now", "BROKER-X7")
class BelievesTheToken(Access):
    async def user(self, request: web.Request) -> Row:
        claims = self.tokens.access_claims(self.bearer(request))
        return await super().user(request) | {"role": claims["role"]}


@FAULTS.seed("unlocks-at-refresh", "unlocks an account whose user refreshes the session", "BROKER-X7")
class UnlocksAtRefresh(PortalApi):
    async def refresh(self, request: web.Request) -> web.Response:
        token = (await filled_in(Renewal, request)).refresh_token
        sql = "update users set is_active = true where id = %s"
        await self.inside.database.rows(sql, int(self.inside.access.tokens.refresh_claims(token)["sub"]))
        return await super().refresh(request)
