"""The pages for everybody with an account."""

from datetime import UTC, datetime

from aiohttp import web
from aiohttp_session import Session

from reference.broker.portal.guard import Guard, Visit
from reference.broker.portal.listing import Listing
from reference.broker.portal.looks import Looks
from reference.broker.portal.main_server import Forbidden, MainServer, Rejected, Row, Unauthorised, Unavailable
from reference.broker.portal.sessions import Sessions, tell
from reference.kit.parts import part


@part
class Pages:
    """Signing in and out, one's own messages and one's profile."""

    sessions: Sessions
    guard: Guard
    main: MainServer
    listing: Listing
    looks: Looks

    def routes(self) -> list[web.RouteDef]:
        """Where the pages are."""
        return [
            web.get("/", self.front),
            web.get("/login", self.login_page),
            web.post("/login", self.log_in),
            web.post("/logout", self.log_out_by_form),
            web.get("/logout", self.log_out),  # as the wire has it: the worst a stranger's link does is to sign out
            web.get("/dashboard", self.dashboard),
            web.get("/profile", self.profile),
            web.get("/static/portal.css", self.style),
            web.get("/health", self.health),
        ]

    def home(self, user: Row) -> str:
        """The page that a user is led to first."""
        return "/admin/dashboard" if user["role"] == "admin" else "/dashboard"

    async def front(self, request: web.Request) -> web.Response:
        session = await self.sessions.of(request)
        raise web.HTTPFound(self.home(session["user"]) if "user" in session else "/login")

    async def login_page(self, request: web.Request) -> web.Response:
        session = await self.sessions.of(request)
        if "user" in session:
            raise web.HTTPFound(self.home(session["user"]))
        return self.looks.page("login", session)

    async def log_in(self, request: web.Request) -> web.Response:
        session = await self.sessions.of(request)
        form = await self.guard.form(request, session)
        try:
            answer = await self.credentials_of(form.get("email", ""), form.get("password", ""))
        except (Unauthorised, Forbidden, Rejected):
            raise self.turned_away(session, "Invalid email or password") from None
        except Unavailable:
            raise self.turned_away(session, "Login failed. Please try again.") from None
        await self.sessions.open(request, answer)
        raise web.HTTPFound(self.home(answer["user"]))

    async def credentials_of(self, email: str, password: str) -> Row:
        """The tokens and the user that a login gives."""
        return await self.main.log_in(email, password)

    def turned_away(self, session: Session, why: str) -> web.HTTPFound:
        """Back to the login page, which says why."""
        tell(session, "danger", why)
        return web.HTTPFound("/login")

    async def log_out_by_form(self, request: web.Request) -> web.Response:
        await self.guard.form(request, await self.sessions.of(request))
        return await self.log_out(request)

    async def log_out(self, request: web.Request) -> web.Response:
        self.sessions.close(await self.sessions.of(request))
        raise web.HTTPFound("/login")

    async def dashboard(self, request: web.Request) -> web.Response:
        visit = await self.guard.visitor(request)
        listed = await self.listing.page(visit, request)
        return self.looks.page("dashboard", visit.session, listed=listed)

    async def profile(self, request: web.Request) -> web.Response:
        visit = await self.guard.visitor(request)
        return self.looks.page("profile", visit.session, profile=await self.profile_of(visit))

    async def profile_of(self, visit: Visit) -> Row:
        """What the profile shows."""
        profile: Row = await visit.ask("GET", "/portal/profile")
        return profile

    async def style(self, request: web.Request) -> web.Response:
        kept = {"Cache-Control": "max-age=3600"}
        return web.Response(text=self.looks.style(), content_type="text/css", headers=kept)

    async def health(self, request: web.Request) -> web.Response:
        now = datetime.now(UTC).isoformat()
        return web.json_response({"status": "healthy", "timestamp": now, "service": "portal"})
