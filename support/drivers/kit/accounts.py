"""Accounts that no user has had before."""

import re
import secrets
from collections.abc import Callable

from support.core.errors import NotSupported
from support.core.people import Account

#: Who has no account until they register: what is said of them before is said of a user who does not exist.
NEWCOMER = "the newcomer"


def fresh_name(role: str) -> str:
    """A name for a user of a scenario that is no other user's: "user-a.0123abcd" for user A.

    Failures read it back by this form: see `support.core.people.People.in_words`.
    """
    called = re.sub(r"[^a-z0-9]+", "-", role.lower().removeprefix("the ")).strip("-")
    return f"{called or 'somebody'}.{secrets.token_hex(4)}"


def claimed(administrator: Account | None, password: Callable[[str], str | None]) -> Account:
    """The administrator as an impostor claims to be them, with a password made from the right one.

    Raises:
        NotSupported: the profile names no administrator.
    """
    if administrator is None:
        raise NotSupported("the profile names no administrator's account")
    return Account(administrator.login, password(administrator.password) or "")


def fresh_account(role: str, *, at: str = "") -> Account:
    """A login that no user has yet, and a password that no user knows.

    Args:
        role: whose it is, in the scenario's words.
        at: what follows the name in a login, as the host of an e-mail address.
    """
    return Account(f"{fresh_name(role)}{at}", secrets.token_urlsafe(12))
