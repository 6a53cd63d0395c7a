"""A stand-in for the deployed portal, with its quirks (contract 2.7): JSON where ours has pages, no tokens in forms.

Its ids are shortened, its menus folded; its forms refuse and ask back by themselves.
"""

from typing import ClassVar

from aiohttp import web

_FRAME = """<!doctype html><html><head><meta name="viewport" content="width=device-width">{head}
<style>.fold {{ display: none }}</style></head><body>
<nav class="navbar"><a href="/">Broker</a>
<button type="button" data-bs-toggle="collapse">=</button><div class="fold"><a href="/dashboard">Dashboard</a>
<a href="#" role="button" data-bs-toggle="dropdown">Admin</a><div class="fold dropdown-menu">
<a href="/admin/dashboard">Statistics</a> <a href="/admin/users">Users</a>
<a href="/admin/certificates">Certificates</a> <a href="/admin/messages">All Messages</a></div>
<a href="#" role="button" data-bs-toggle="dropdown">somebody</a><div class="fold dropdown-menu">
<a href="/profile">Profile</a> <a href="/logout"><i>*</i> Logout</a></div></div></nav>
<div class="container">{page}</div><script>
for (const toggle of document.querySelectorAll("[data-bs-toggle]")) toggle.onclick = () => {{
  const menu = toggle.nextElementSibling, opens = menu.style.display != "block"
  if (menu.matches(".dropdown-menu"))
    document.querySelectorAll(".dropdown-menu").forEach(other => other.style.display = "none")
  menu.style.display = opens ? "block" : "none"
}}
</script></body></html>"""
_LOGIN = """<form method="post" action="/login"><input name="email"><input name="password" type="password">
<button type="submit"><i>*</i> Login</button></form>"""
_FILTER = """<form method="get"><select name="status_filter"><option value="">All Statuses</option>
<option value="queued">Queued</option><option value="delivered">Delivered</option><option value="failed">Failed</option>
</select><button type="submit">Filter</button></form>"""
_OVERVIEW = """<p>Total Messages</p><p>1,001</p><p>Total Clients</p><p>3</p>
<table><thead><tr><th>Status</th><th>Count</th><th>Percentage</th></tr></thead>
<tbody><tr><td>Queued</td><td>1,000</td><td>99.9%</td></tr></tbody></table>"""
_USERS = """<form method="post" action="/admin/users/1/password"><label>New Password *</label>
<input name="new_password" type="password"><button type="submit">Change Password</button></form>
<form method="post" action="/admin/users/create"><label for="e">Email *</label><input id="e" name="email" required>
<label for="p">Password *</label><input id="p" name="password" type="password" minlength="5" required>
<label for="r">Role *</label><select id="r" name="role"><option value="user">User</option>
<option value="admin">Admin</option></select><button type="submit">Create</button></form>"""
_CERTIFICATES = """<div class="alert alert-warning" role="alert">1 Certificate(s) Expiring Soon</div>
<table><thead><tr><th>Client ID</th><th>Days Remaining</th></tr></thead>
<tbody><tr><td>acme</td><td>7 days</td></tr></tbody></table>
<form method="post" action="/admin/certificates/generate"><label for="g">Client ID *</label>
<input id="g" name="client_id" required><button type="submit">Generate Certificate</button></form>
<form method="post" action="/admin/certificates/revoke" onsubmit="return confirm('Are you sure?')">
<label for="c">Client ID *</label><input id="c" name="client_id" required>
<label for="w">Revocation Reason *</label><textarea id="w" name="reason" required></textarea>
<button type="submit">Revoke Certificate</button></form>
<table><thead><tr><th>Client ID</th><th>Domain</th><th>Status</th></tr></thead><tbody>
<tr><td>acme</td><td>default</td><td><b>{status}</b></td></tr></tbody></table>"""
PER_PAGE = 2


class DeployedPortal:
    """Its pages; `users` are the passwords of those who have an account, `messages` id and status of each.

    `expired` are those whose session knows of a token that is dead: they are led from page to page without an end.
    `notice` is shown once, on whichever page is asked for next. `head` is what pages have in theirs. `revoked` are the
    clients whose certificates were.
    """

    frame, login, users_page, certificates_page, overview = _FRAME, _LOGIN, _USERS, _CERTIFICATES, _OVERVIEW
    #: What its forms call what the contract names.
    names: ClassVar[dict[str, str]] = {}

    def __init__(self, users: dict[str, str], messages: list[tuple[str, str]]) -> None:
        self.users = users
        self.messages = messages
        self.notice = self.head = ""
        self.expired: set[str] = set()
        self.revoked: set[str] = set()

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
                web.post("/admin/certificates/{action}", self._certificate),
            ]
        )
        return app

    def page(self, page: str) -> web.Response:
        """A page of it, with what there is to be said."""
        notice, self.notice = self.notice, ""
        html = self.frame.format(page=notice + page, head=self.head)
        return web.Response(text=html, content_type="text/html")

    def notices(self, kind: str, text: str) -> str:
        """How it says something."""
        return f'<div class="alert alert-{kind}" role="alert">{text}</div>'

    def listed(self, shown: list[tuple[str, str]], status: str, number: int) -> str:
        """A list of messages, and the way on."""
        rows = "".join(
            f'<tr><td>{id[:8]}...</td><td><b class="badge-status">* {fate.title()}</b></td></tr>' for id, fate in shown
        )
        more = f'<a href="?page={number + 1}&status_filter={status}">\n Next <i>&gt;</i></a>'
        table = f"<table><thead><tr><th>ID</th><th>Status</th></tr></thead><tbody>{rows}</tbody></table>"
        return _FILTER + table + (more if len(shown) == PER_PAGE else "")

    def shut(self) -> web.Response | web.HTTPException:
        """What it answers to strangers."""
        return web.HTTPUnauthorized(text='{"detail":"Not authenticated"}', content_type="application/json")

    def _who(self, request: web.Request) -> str:
        who = request.cookies.get("session", "")
        if who in self.expired:
            raise web.HTTPFound("/login")
        if who not in self.users:
            raise self.shut()
        if request.path.startswith("/admin") and not who.startswith("admin"):
            raise web.HTTPForbidden(text='{"detail":"Admin access required"}', content_type="application/json")
        return who

    def _back(self, page: str, kind: str, text: str) -> web.HTTPFound:
        self.notice = self.notices(kind, text)
        return web.HTTPFound(page)

    async def _sent(self, request: web.Request, name: str) -> str:
        form = await request.post()
        return str(form[self.names.get(name, name)])

    async def _login_page(self, request: web.Request) -> web.Response:
        if request.cookies.get("session") in self.expired:
            raise web.HTTPFound("/dashboard")
        return self.page(self.login)

    async def _login(self, request: web.Request) -> web.Response:
        who = await self._sent(request, "email")
        if self.users.get(who) != await self._sent(request, "password"):
            raise self._back("/login", "danger", "Invalid email or password")
        answer = web.HTTPFound("/dashboard")
        answer.set_cookie("session", who)
        raise answer

    async def _logout(self, request: web.Request) -> web.Response:
        answer = web.HTTPFound("/login")
        answer.del_cookie("session")
        raise answer

    async def _dashboard(self, request: web.Request) -> web.Response:
        self._who(request)
        status, number = request.query.get("status_filter", ""), int(request.query.get("page", "1"))
        found = [(id, fate) for id, fate in self.messages if status in ("", fate)]
        return self.page(self.listed(found[(number - 1) * PER_PAGE : number * PER_PAGE], status, number))

    async def _profile(self, request: web.Request) -> web.Response:
        return self.page(f"<p>Email: {self._who(request)}</p>")

    async def _admin_page(self, request: web.Request) -> web.Response:
        self._who(request)
        status = "Revoked" if "acme" in self.revoked else "Active"
        pages = {
            "dashboard": self.overview,
            "users": self.users_page,
            "messages": self.listed([], "", 1),
            "certificates": self.certificates_page.format(status=status),
        }
        return self.page(pages[request.match_info["page"]])

    async def _create(self, request: web.Request) -> web.Response:
        self._who(request)
        who = await self._sent(request, "email")
        if who in self.users:
            why = "Failed to create user: Client error '400 Bad Request'"
            raise self._back("/admin/users", "danger", why)
        self.users[who] = await self._sent(request, "password")
        raise self._back("/admin/users", "success", f"User {who} created successfully")

    async def _certificate(self, request: web.Request) -> web.Response:
        self._who(request)
        client, action = await self._sent(request, "client_id"), request.match_info["action"]
        if action == "revoke":
            self.revoked.add(client)
        raise self._back("/admin/certificates", "success", f"Certificate for {client}: {action}d successfully")
