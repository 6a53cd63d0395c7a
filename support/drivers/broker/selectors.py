"""What the portal's pages are made of (contract 2.7): addresses, words, and what a page is asked in itself."""

import re
from html.parser import HTMLParser

from support.drivers.clients.window import DESKTOP, ScreenSize
from support.vocabulary.terms.broker import MESSAGE_STATUSES

#: Where each page is.
PATHS = {
    "the messages": "/dashboard",
    "the profile": "/profile",
    "the overview": "/admin/dashboard",
    "everybody's messages": "/admin/messages",
    "the users": "/admin/users",
    "the certificates": "/admin/certificates",
}
LOGIN_PATH = "/login"
SCREENS = {"a phone": ScreenSize(390, 844, touch=True), "a desktop": DESKTOP}

#: What an administrator's forms send, by what they do.
FORMS: dict[str, tuple[str, dict[str, str]]] = {
    "create an account": (
        "/admin/users/create",
        {"email": "intruder@example.com", "password": "long enough 1", "role": "user"},
    ),
    "generate a certificate": ("/admin/certificates/generate", {"client_id": "intruder", "domain": "default"}),
    "revoke a certificate": ("/admin/certificates/revoke", {"client_id": "intruder", "reason": "spite"}),
}

#: Characters of a message's id that all lists show.
_MARK = 8
#: The columns of a table, by what people call them.
COLUMNS = {
    "id": r"(message )?(id|number|no\.?|reference)",
    "client": r"client( id| name)?|customer",
    "message": r"message|text|body|content",
    "status": r"status|state",
}
#: A separator within a large number: "1,001", "1.001", "1 001".
_THOUSANDS = re.compile(r"(?<=\d)[,.'’\u00a0\u202f ](?=\d{3}(?![\d%]))")
_FIGURE = re.compile(r"([a-z][\w ]*?)[\s:]+(\d+)\b")
_PEM = r"-----BEGIN {0}-----.+?-----END {0}-----\s*"


def figures(text: str) -> dict[str, int]:
    """What a page counts, by its words in small letters."""
    found = _FIGURE.findall(_THOUSANDS.sub("", text.lower()))
    return {words.strip(): int(number) for words, number in found}


def understood(tables: list[list[dict[str, str]]], wanted: tuple[str, ...]) -> list[dict[str, str]] | None:
    """The rows of the first table that has all the columns that are wanted, by our names for them.

    Args:
        tables: the rows of each, as `TABLES` finds them.
        wanted: what the table has to tell.

    Returns:
        None if there are tables, and none of them tells that; nothing if there is no table at all.
    """
    for rows in filter(None, tables):
        named = [{_column(words): cell for words, cell in row.items()} for row in rows]
        if set(wanted) <= set(named[0]):
            return named
    return None if any(tables) else []


def _column(words: str) -> str:
    return next((name for name, pattern in COLUMNS.items() if re.fullmatch(pattern, words)), words)


def mark(message: str) -> str:
    """By how much of its id a list names a message, in small letters; the list may show all of it, or shorten it."""
    return message.strip(" .…#").lower()[:_MARK]


def status(shown: str) -> str:
    """What a list says has become of a message, in our words where it is one of them."""
    return next((one for one in MESSAGE_STATUSES if one in shown.lower()), shown.lower())


def pem(kind: str, sources: list[str]) -> str:
    """The first PEM block of a kind that stands in what a page holds; empty if there is none."""
    blocks = (re.search(_PEM.format(kind), source, re.DOTALL) for source in sources)
    return next((block[0] for block in blocks if block), "")


class _Forms(HTMLParser):
    """Collects what a page's forms send: where to, and the fields' attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[dict[str, str]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((said.get("action", ""), []))
        elif tag == "input" and self.forms:
            self.forms[-1][1].append(said)


def login_form(page: str, login: str, password: str) -> tuple[str, dict[str, str]]:
    """Where the form goes that a login page shows, and what it sends, hidden fields included.

    Args:
        page: its HTML; the contract's form is meant where none can be found in it.
        login: what to put where the account is asked for.
        password: what to put where the password is.
    """
    parser = _Forms()
    parser.feed(page)
    for action, fields in parser.forms:
        kinds = {field.get("name", ""): field.get("type", "text") for field in fields}
        if "password" in kinds.values():
            sent = {field["name"]: field.get("value", "") for field in fields if field.get("type") == "hidden"}
            asked = next((name for name, kind in kinds.items() if kind in ("email", "text")), "email")
            secret = next(name for name, kind in kinds.items() if kind == "password")
            return action or LOGIN_PATH, sent | {asked: login, secret: password}
    return LOGIN_PATH, {"email": login, "password": password}


#: The rows of each table that can be seen, each cell under the words of its column in small letters.
TABLES = """() => {
  const words = cell => cell.innerText.trim()
  return [...document.querySelectorAll("table, [role=table], [role=grid]")].filter(item => item.checkVisibility()).map(
    table => {
      const names = [...table.querySelectorAll("thead :is(th, td), [role=columnheader]")].map(
        cell => words(cell).toLowerCase())
      return [...table.querySelectorAll("tr, [role=row]")].map(
        row => [...row.querySelectorAll("td, tbody th, [role=cell], [role=gridcell], [role=rowheader]")]).filter(
        cells => cells.length && !cells[0].closest("thead")).map(
        cells => Object.fromEntries(cells.map((cell, at) => [names[at] ?? String(at), words(cell)])))
    })
}"""

#: What a page holds that can be kept: its words, what stands in its fields, and what its links hold themselves.
KEEPABLE = """() => [document.body.innerText,
  ...[...document.querySelectorAll("textarea, input")].map(field => field.value),
  ...[...document.querySelectorAll("a[href^='data:']")].map(link => {
    const [kind, data] = link.getAttribute("href").split(/,(.*)/s)
    return kind.endsWith(";base64") ? atob(data) : decodeURIComponent(data)
  })]"""

#: Whether a page may ask for a password: it speaks of one, or has parts that its own source does not show.
SPEAKS_OF_A_PASSWORD = """() => /pass(word|phrase)/i.test(document.documentElement.outerHTML) ||
  [...document.querySelectorAll("*")].some(part => part.shadowRoot)"""

#: How wide the page is, and how small its smallest text is on the screen, to which a phone shrinks what is too wide.
MEASURES = """() => {
  const texts = [...document.querySelectorAll("body *")].filter(
    item => [...item.childNodes].some(node => node.nodeType == 3 && node.data.trim()) && item.checkVisibility())
  const width = document.documentElement.scrollWidth
  const shrunk = Math.min(1, screen.width / width)
  return [width, Math.min(...texts.map(item => parseFloat(getComputedStyle(item).fontSize))) * shrunk]
}"""
