"""The pages for administrators."""

from aiohttp import web

from reference.broker.portal.guard import Guard, Visit
from reference.broker.portal.listing import Listing
from reference.broker.portal.looks import Looks
from reference.broker.portal.main_server import Rejected, Row
from reference.broker.portal.sessions import tell
from reference.kit.parts import part

ROLES = ("user", "user_manager", "admin")
#: Users that the main server tells in one answer at most.
_AT_A_TIME = 1000
USERS, CERTIFICATES = "/admin/users", "/admin/certificates"


@part
class AdminPages:
    """Figures, users, certificates, and everybody's messages."""

    guard: Guard
    listing: Listing
    looks: Looks

    def routes(self) -> list[web.RouteDef]:
        """Where the pages are."""
        return [
            web.get("/admin/dashboard", self.dashboard),
            web.get("/admin/users", self.users),
            web.post("/admin/users/create", self.create_user),
            web.get("/admin/certificates", self.certificates),
            web.post("/admin/certificates/generate", self.generate),
            web.post("/admin/certificates/revoke", self.revoke),
            web.get("/admin/messages", self.messages),
        ]

    async def dashboard(self, request: web.Request) -> web.Response:
        visit = await self.guard.administrator(request)
        return self.looks.page("admin_dashboard", visit.session, stats=await self.statistics(visit))

    async def users(self, request: web.Request) -> web.Response:
        visit = await self.guard.administrator(request)
        users = await self.accounts(visit)
        return self.looks.page("users", visit.session, users=users, roles=ROLES)

    async def create_user(self, request: web.Request) -> web.Response:
        visit, form = await self._posted(request)
        wanted = {name: form.get(name, "") for name in ("email", "password", "role")}
        wanted |= {"client_id": form["client_id"]} if form.get("client_id") else {}
        try:
            await self.create(visit, wanted)
        except Rejected as refusal:
            raise back(visit, USERS, "danger", f"Failed to create user: {refusal}") from None
        raise back(visit, USERS, "success", f"User {wanted['email']} created successfully")

    async def certificates(self, request: web.Request) -> web.Response:
        return await self._certificates(await self.guard.administrator(request), made=None)

    async def generate(self, request: web.Request) -> web.Response:
        """Shows the page at once, for the key that comes with a new certificate is told once and kept nowhere."""
        visit, form = await self._posted(request)
        client = form.get("client_id", "")
        wanted = {"client_id": client, "domain": form.get("domain") or "default"}
        wanted |= {"validity_days": form["validity_days"]} if form.get("validity_days") else {}
        try:
            made = await self.issue(visit, wanted)
        except Rejected as refusal:
            raise back(visit, CERTIFICATES, "danger", f"Failed to generate certificate: {refusal}") from None
        tell(visit.session, "success", f"Certificate for {client} generated successfully")
        return await self._certificates(visit, made)

    async def revoke(self, request: web.Request) -> web.Response:
        visit, form = await self._posted(request)
        wanted = {"client_id": form.get("client_id", ""), "reason": form.get("reason", "")}
        try:
            await self.withdraw(visit, wanted)
        except Rejected as refusal:
            raise back(visit, CERTIFICATES, "danger", f"Failed to revoke certificate: {refusal}") from None
        raise back(visit, CERTIFICATES, "success", f"Certificate for {wanted['client_id']} revoked successfully")

    async def messages(self, request: web.Request) -> web.Response:
        visit = await self.guard.administrator(request)
        return self.looks.page("messages", visit.session, listed=await self.listing.page(visit, request))

    # -- what the main server does for them -----------------------------------------------------------------------

    async def statistics(self, visit: Visit) -> Row:
        """What the overview shows."""
        counted: Row = await visit.ask("GET", "/admin/stats")
        return counted

    async def accounts(self, visit: Visit) -> list[Row]:
        """All users there are; the main server tells so many at a time."""
        users: list[Row] = []
        while True:
            more: list[Row] = await visit.ask("GET", "/admin/users", query={"skip": len(users), "limit": _AT_A_TIME})
            users += more
            if len(more) < _AT_A_TIME:
                return users

    async def create(self, visit: Visit, wanted: Row) -> None:
        """Create a user."""
        await visit.ask("POST", "/admin/users", body=wanted)

    async def issue(self, visit: Visit, wanted: Row) -> Row:
        """Have a certificate generated, and get it with its key."""
        made: Row = await visit.ask("POST", "/admin/certificates/generate", body=wanted)
        return made

    async def withdraw(self, visit: Visit, wanted: Row) -> None:
        """Have a certificate revoked."""
        await visit.ask("POST", "/admin/certificates/revoke", body=wanted)

    async def issued(self, visit: Visit) -> list[Row]:
        """All certificates there are."""
        listed: list[Row] = await visit.ask("GET", "/admin/certificates/list")
        return listed

    async def _posted(self, request: web.Request) -> tuple[Visit, dict[str, str]]:
        visit = await self.guard.administrator(request)
        return visit, await self.guard.form(request, visit.session)

    async def _certificates(self, visit: Visit, made: Row | None) -> web.Response:
        listed = await self.issued(visit)
        return self.looks.page("certificates", visit.session, certificates=listed, made=made)


def back(visit: Visit, page: str, kind: str, text: str) -> web.HTTPFound:
    """Off to a page that says how it went."""
    tell(visit.session, kind, text)
    return web.HTTPFound(page)
