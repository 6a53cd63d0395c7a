"""A third portal, as nobody has built it: the contract's addresses, and neither our markup nor the deployed one's."""

from typing import ClassVar

from aiohttp import web

from tests.drivers.deployed_portal import PER_PAGE, DeployedPortal

_PEM = "-----BEGIN {0}-----\nAAAA\n-----END {0}-----\n"
_FRAME = """<!doctype html><html><head><meta name="viewport" content="width=device-width">{head}</head><body>
<div role="banner"><details><summary>Where to?</summary><ul><li><a href="/dashboard">Mine</a>
<li><a href="/profile">Me</a><li><a href="/admin/dashboard">Numbers</a><li><a href="/admin/messages">Everyone's</a>
<li><a href="/admin/users">People</a><li><a href="/admin/certificates">Papers</a></ul>
<form action="/logout"><input type="submit" value="Sign off"></form></details></div>
<main>{page}</main></body></html>"""
_LOGIN = """<form method="post" action="/login"><input type="hidden" name="once" value="1">
<p><label>User name <input name="account" required></label>
<p><label>Passphrase <input name="secret" type="password" required></label>
<button type="button" aria-label="Show the passphrase">o</button>
<input type="submit" value="Sign in"></form>"""
_OVERVIEW = "<dl><dt>Total messages</dt><dd>1 001</dd><dt>Total clients</dt><dd>3</dd></dl>"
_USERS = """<details><summary>Somebody new</summary><form method="post" action="/admin/users/create">
<label>E-mail <input name="account" required></label>
<label>Password <input name="secret" type="password" oninput="this.form.go.disabled = this.value.length < 5"></label>
<label>Role <select name="role"><option value="2">ADMIN</option><option value="user">USER</option></select></label>
<button name="go" disabled>Add</button></form></details>"""
_CERTIFICATES = """<form method="post" action="/admin/certificates/revoke"><input name="who" placeholder="Client">
<input name="why" aria-label="Why?"><button>Withdraw</button></form>
<form method="post" action="/admin/certificates/generate"><input name="who" placeholder="Client" required>
<button>Issue</button></form>
<textarea readonly>{certificate}</textarea><pre>{key}</pre>
<div role="table"><div role="row"><span role="columnheader">State</span> <span role="columnheader">Customer</span></div>
<div role="row"><span role="cell">{{status}}</span> <span role="cell">acme</span></div></div>""".format(
    certificate=_PEM.format("CERTIFICATE"), key=_PEM.format("EC PRIVATE KEY")
)


class OtherPortal(DeployedPortal):
    """Whole ids in capitals, links in place of a filter, notices without a look, the login page for all strangers."""

    frame, login, users_page, certificates_page, overview = _FRAME, _LOGIN, _USERS, _CERTIFICATES, _OVERVIEW
    names: ClassVar[dict[str, str]] = {"email": "account", "password": "secret", "client_id": "who"}

    def notices(self, kind: str, text: str) -> str:
        """How it says something."""
        return f'<p role="status">{text}</p>'

    def listed(self, shown: list[tuple[str, str]], status: str, number: int) -> str:
        """A list of messages, and the way on."""
        filters = " ".join(f'<a href="?status_filter={fate}">{fate} only</a>' for fate in ("queued", "failed"))
        rows = "".join(
            f'<div role="row"><span role="cell">{fate.upper()}</span> <span role="cell">{id.upper()}</span></div>'
            for id, fate in shown
        )
        names = '<span role="columnheader">State</span> <span role="columnheader">Message ID</span>'
        onward = f'<form><input type="hidden" name="page" value="{number + 1}"><button {{}}>Next page</button></form>'
        more = onward.format("" if len(shown) == PER_PAGE else "disabled")
        return f'{filters}<div role="table"><div role="row">{names}</div>{rows}</div>{more}'

    def shut(self) -> web.Response | web.HTTPException:
        """What it answers to strangers: no redirection, and no refusal either."""
        return web.HTTPOk(text=self.frame.format(page=self.login, head=""), content_type="text/html")
