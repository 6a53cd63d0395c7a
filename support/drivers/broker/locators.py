"""Where a person finds things on the portal's pages: by roles, labels and words, whatever the markup (contract 2.7)."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # it takes half a second to import, and may not be installed
    from playwright.async_api import Locator, Page


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


#: What a field is called on the page, by its name in the contract.
_LABELS = {
    "email": _words(r"e-?mail|user ?name|log-?in"),
    "password": _words(r"pass(word|phrase)"),
    "role": _words(r"\brole\b"),
    "client_id": _words(r"\bclient|\bcustomer"),
    "reason": _words(r"\breason|\bwhy\b"),
}
#: Which fields tell an administrator's form from the others, and which one it does not have.
_TOLD_BY: dict[str, tuple[tuple[str, ...], str]] = {
    "create an account": (("email", "password"), ""),
    "generate a certificate": (("client_id",), "reason"),
    "revoke a certificate": (("client_id", "reason"), ""),
}
_LOG_IN, _LOG_OUT = _words(r"\b(log|sign)[ -]?in\b"), _words(r"\b(log|sign)[ -]?(out|off)\b")
_NEXT = _words(r"\bnext\b")
#: Where pages keep their menus, and what may unfold one.
_MENU = ":is(header, nav, [role=navigation], [role=banner])"
_IN_MENUS = "summary, [aria-expanded], [data-bs-toggle], input[type=checkbox], :is(button, [role=button]):not(form *)"
#: What unfolds elsewhere; other buttons may do anything.
_ELSEWHERE = "summary, [aria-expanded]"
_SENDS = "button:not([type=button]):not([type=reset]), input:is([type=submit], [type=image])"


def field(within: "Page | Locator", name: str) -> "Locator":
    """What is to be filled in: by its label, by what stands in it before, else by its name."""
    return _fields(within, name).first


def _fields(within: "Page | Locator", name: str) -> "Locator":
    words = _LABELS[name]
    found = within.get_by_label(words).or_(within.get_by_placeholder(words)).or_(within.locator(f"[name={name}]"))
    return found.and_(within.locator("input:not([type=hidden]), select, textarea"))


def login_form(page: "Page") -> "Locator":
    """The form that asks for a password, and signs in with it."""
    signs_in = page.get_by_role("button", name=_LOG_IN)
    return page.locator("form").filter(has=_fields(page, "password")).filter(has=signs_in).first


def form(page: "Page", action: str) -> "Locator":
    """The form with which administrators do something, told from the others by what it asks for."""
    asked, not_asked = _TOLD_BY[action]
    found = page.locator("form")
    for name in asked:
        found = found.filter(has=_fields(page, name))
    return (found.filter(has_not=_fields(page, not_asked)) if not_asked else found).first


def sends(form: "Locator") -> "Locator":
    """What sends a form."""
    return form.locator(_SENDS).first


def signs_out(page: "Page") -> "Locator":
    """What signs out, in the menu."""
    return _pressable(page.locator(_MENU), _LOG_OUT)


def menu_link(page: "Page", path: str) -> "Locator":
    """What leads to a page, in the menu."""
    return page.locator(f"{_MENU} a[href='{path}']").first


def next_page(page: "Page") -> "Locator":
    """What leads on in a list."""
    return _pressable(page, _NEXT)


def status_list(page: "Page", status: str) -> "Locator":
    """The list that a status can be chosen from."""
    return page.locator("select").filter(has_text=_words(status)).first


def status_link(page: "Page", status: str) -> "Locator":
    """What leads to the messages of one status, where there is nothing to choose from."""
    return _pressable(page, _words(rf"\b{status}\b"))


def _pressable(within: "Page | Locator", name: re.Pattern[str]) -> "Locator":
    link, button = within.get_by_role("link", name=name), within.get_by_role("button", name=name)
    others = within.get_by_role("menuitem", name=name).or_(within.get_by_role("tab", name=name))
    return link.or_(button).or_(others).first


def folds(page: "Page", *, in_menu: bool) -> "Locator":
    """What may unfold something."""
    return page.locator(f"{_MENU} :is({_IN_MENUS})" if in_menu else _ELSEWHERE)
