"""A stand-in for the deployed portal, with its quirks (contract 2.7): JSON where ours has pages, no tokens in forms."""

from aiohttp import web

_FRAME = """<!doctype html><html><head><meta name="viewport" content="width=device-width"></head><body>
<nav class="navbar"><a href="/dashboard">Dashboard</a> <a href="/profile">Profile</a> {links}</nav>
<div class="container">{page}</div></body></html>"""
_LOGIN = """<form method="post" action="/login"><input name="email"><input name="password" type="password">
<button type="submit">Sign in</button></form>"""
_FILTER = """<form method="get"><select name="status_filter"><option value="">All</option><option>queued</option>
<option>delivered</option><option>failed</option></select><button type="submit">Apply</button></form>"""
_CREATE = """<form method="post" action="/admin/users/create"><input name="email"><input name="password">
<select name="role"><option>user</option><option>admin</option></select><button type="submit">Add</button></form>"""
_REVOKE = """<form method="post" action="/admin/certificates/revoke"><input name="client_id"><input name="reason">
<button type="submit">Revoke</button></form>
<form method="post" action="/admin/certificates/generate"><input name="client_id">
<button type="submit">Make</button></form>
<table><thead><tr><th>Client ID</th><th>Domain</th><th>Status</th></tr></thead><tbody>
<tr><td>acme</td><td>default</td><td>Revoked</td></tr></tbody></table>"""
_PER_PAGE = 2


class DeployedPortal:
    """Its pages; `users` are the passwords of those who have an account, `messages` id and status of each.

    `expired` are those whose session knows of a token that is dead: they are led from page to page without an end.
    `notice` is shown once, on whichever page is asked for next.
    """

    def __init__(self, users: dict[str, str], messages: list[tuple[str, str]]) -> None:
        self.users = users
        self.messages = messages
        self.notice = ""
        self.expired: set[str] = set()

    def app(self) -> web.Application:
        """All of it."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/login", self._login_page),
                web.post("/login", self._login),
                web.get("/logout", self._logout),
                web.get("/dashboard", self._dashboard),
                web.get("/profile", self._profile),
                web.get("/admin/{page}", self._admin_page),
                web.post("/admin/users/create", self._create),
                web.post("/admin/certificates/{deed}", self._certificate),
            ]
        )
        return app

    def _page(self, page: str) -> web.Response:
        notice, self.notice = self.notice, ""
        html = _FRAME.format(page=notice + page, links='<a href="/logout">Logout</a>')
        return web.Response(text=html, content_type="text/html")

    def _who(self, request: web.Request) -> str:
        who = request.cookies.get("session", "")
        if who in self.expired:
            raise web.HTTPFound("/login")
        if who not in self.users:
            raise web.HTTPUnauthorized(text='{"detail":"Not authenticated"}', content_type="application/json")
        if request.path.startswith("/admin") and not who.startswith("admin"):
            raise web.HTTPForbidden(text='{"detail":"Admin access required"}', content_type="application/json")
        return who

    def _back(self, page: str, kind: str, text: str) -> web.HTTPFound:
        self.notice = f'<div class="alert alert-{kind}">{text}</div>'
        return web.HTTPFound(page)

    async def _login_page(self, request: web.Request) -> web.Response:
        if request.cookies.get("session") in self.expired:
            raise web.HTTPFound("/dashboard")
        return self._page(_LOGIN)

    async def _login(self, request: web.Request) -> web.Response:
        form = await request.post()
        if self.users.get(str(form["email"])) != form["password"]:
            raise self._back("/login", "danger", "Invalid email or password")
        answer = web.HTTPFound("/dashboard")
        answer.set_cookie("session", str(form["email"]))
        raise answer

    async def _logout(self, request: web.Request) -> web.Response:
        answer = web.HTTPFound("/login")
        answer.del_cookie("session")
        raise answer

    async def _dashboard(self, request: web.Request) -> web.Response:
        self._who(request)
        status, number = request.query.get("status_filter", ""), int(request.query.get("page", "1"))
        found = [(id, fate) for id, fate in self.messages if status in ("", fate)]
        shown = found[(number - 1) * _PER_PAGE : number * _PER_PAGE]
        rows = "".join(f'<tr><td>{id[:8]}</td><td><b class="badge-status">{fate}</b></td></tr>' for id, fate in shown)
        more = f'<a href="?page={number + 1}&status_filter={status}">Next</a>' if len(shown) == _PER_PAGE else ""
        table = f"<table><thead><tr><th>ID</th><th>Status</th></tr></thead><tbody>{rows}</tbody></table>"
        return self._page(_FILTER + table + more)

    async def _profile(self, request: web.Request) -> web.Response:
        return self._page(f"<p>Email: {self._who(request)}</p>")

    async def _admin_page(self, request: web.Request) -> web.Response:
        self._who(request)
        page = request.match_info["page"]
        if page == "dashboard":
            return self._page("<h5>Total Messages</h5><h2>7</h2><h5>Total Clients</h5><h2>3</h2>")
        return self._page(_CREATE if page == "users" else _REVOKE)

    async def _create(self, request: web.Request) -> web.Response:
        self._who(request)
        form = await request.post()
        if form["email"] in self.users:
            why = "Failed to create user: Client error '400 Bad Request'"
            raise self._back("/admin/users", "danger", why)
        self.users[str(form["email"])] = str(form["password"])
        raise self._back("/admin/users", "success", f"User {form['email']} created successfully")

    async def _certificate(self, request: web.Request) -> web.Response:
        self._who(request)
        client = (await request.post())["client_id"]
        raise self._back("/admin/certificates", "success", f"Certificate for {client} was taken care of")
