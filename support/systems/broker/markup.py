"""Where things stand on the portal's pages (contract 2.7): addresses, selectors, and what a page is asked in itself."""

from html.parser import HTMLParser

from support.transports.window import DESKTOP, Screen

#: Where each page is.
PATHS = {
    "the messages": "/dashboard",
    "the profile": "/profile",
    "the overview": "/admin/dashboard",
    "everybody's messages": "/admin/messages",
    "the users": "/admin/users",
    "the certificates": "/admin/certificates",
}
SCREENS = {"a phone": Screen(390, 844, touch=True), "a desktop": DESKTOP}

#: What an administrator's forms send, by what they do.
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "create an account": (
        "/admin/users/create",
        {"email": "intruder@example.com", "password": "long enough 1", "role": "user"},
    ),
    "generate a certificate": ("/admin/certificates/generate", {"client_id": "intruder", "domain": "default"}),
    "revoke a certificate": ("/admin/certificates/revoke", {"client_id": "intruder", "reason": "spite"}),
}

LOGIN_PATH = "/login"
LOGIN = "form:has([name=email]):has([name=password])"
TOGGLER = ".navbar-toggler"
MENU = ":is(header, nav)"
SIGN_OUT = f"{MENU} :is(a, button):text-matches('^\\s*(log|sign) ?out', 'i')"
STATUS = "[name=status_filter]"
NEXT = "a:is([rel=next], :text-matches('^\\s*next', 'i'))"
PRAISE, COMPLAINT = ".alert-success", ".alert-danger"
TOKEN = "input[name=csrf_token]"


class _Hidden(HTMLParser):
    """Collects what a page's forms hold that nobody sees."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "input" and said.get("type") == "hidden":
            self.fields[said.get("name") or ""] = said.get("value") or ""


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms, which have to be sent back with the others."""
    parser = _Hidden()
    parser.feed(page)
    return parser.fields


#: The rows of a page's table, each cell under the words of its column.
ROWS = """() => {
  const table = document.querySelector("table")
  const names = [...(table?.querySelectorAll("thead th") ?? [])].map(cell => cell.innerText.trim().toLowerCase())
  return [...(table?.querySelectorAll("tbody tr") ?? [])].map(row => Object.fromEntries(
    [...row.cells].map((cell, at) => [names[at], cell.innerText.trim()])))
}"""

#: How wide the page is, and how small its smallest text is on the screen, to which a phone shrinks what is too wide.
MEASURES = """() => {
  const texts = [...document.querySelectorAll("body *")].filter(
    item => [...item.childNodes].some(node => node.nodeType == 3 && node.data.trim()) && item.checkVisibility())
  const width = document.documentElement.scrollWidth
  const shrunk = Math.min(1, screen.width / width)
  return [width, Math.min(...texts.map(item => parseFloat(getComputedStyle(item).fontSize))) * shrunk]
}"""
