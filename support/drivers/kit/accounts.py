"""Accounts that no user has had before."""

import re
import secrets

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


def refuse_lifetime(lifetime: float | None, why: str) -> None:
    """What `register` does in a system whose sessions have no time that can be chosen.

    Args:
        lifetime: seconds that sessions are to last; None where it does not matter.
        why: there can be none such, in words.

    Raises:
        NotSupported: it matters.
    """
    if lifetime is not None:
        raise NotSupported(why)


def fresh_account(role: str, *, at: str = "") -> Account:
    """A login that no user has yet, and a password that no user knows.

    Args:
        role: whose it is, in the scenario's words.
        at: what follows the name in a login, as the host of an e-mail address.
    """
    return Account(f"{fresh_name(role)}{at}", secrets.token_urlsafe(12))
