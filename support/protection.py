"""A protected system: whoever looks at it changes nothing.

The rule does not trust tags. Of a protected system's driver and clients only the verbs that are known to change nothing
do anything; every other one is refused before a byte is sent, also where one verb calls another, and the scenario is
"not run". A verb that nobody has thought of is refused too.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, NoReturn, TypeVar

from support.errors import NotCapable

T = TypeVar("T")

#: Verbs of drivers and clients that change nothing, in any system: a session of one's own is none.
HARMLESS = frozenset(
    {"client", "holding", "serves", "is_itself", "adopt", "close", "everybody"}
    | {"sign_in", "sign_out", "token_owner", "connect", "settle", "ping", "contacts", "tells", "fall_silent"}
    | {"well", "trainings", "documents", "session", "feed", "rooms", "history", "conversation", "points"}
    | {"cached_for", "stored", "at_rest", "fates", "waiting", "untouched", "password_of", "found_anywhere"}
    | {"look_at_oneself", "opened", "hashed", "now", "new_message"}
)


def protected(thing: T, harmless: Iterable[str] = (), *, password: str | None = None) -> T:
    """Make a driver, or a client, refuse all that could change the system.

    Args:
        thing: the driver or client; it is itself what is returned.
        harmless: verbs that change nothing in this system, beyond `HARMLESS`.
        password: the only one to sign in with: wrong ones could lock an account.
    """
    kind, known = type(thing), HARMLESS | set(harmless)
    verbs = {name: verb for name, verb in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}
    refusing: dict[str, Any] = {name: _refusing(name, verb) for name, verb in verbs.items() if name not in known}
    if "sign_in" in verbs and password is not None:
        refusing["sign_in"] = _signing_in_with(password, kind)
    thing.__class__ = type(kind.__name__, (kind,), refusing)
    return thing


def refuse(what: str) -> NoReturn:
    """Say why something is not done to a protected system."""
    raise NotCapable(f"the profile says that this system is protected, and this would change it: {what}")


def _signing_in_with(own: str, kind: Any) -> Callable[[Any, str], Awaitable[None]]:
    async def sign_in(self: Any, password: str) -> None:
        if password != own:
            refuse("sign in with a wrong password")
        await kind.sign_in(self, password)

    return sign_in


def _refusing(name: str, verb: Callable[..., object]) -> Callable[..., object]:
    def refused(*_: object, **__: object) -> NoReturn:
        refuse(name.replace("_", " "))

    async def refused_when_awaited(*_: object, **__: object) -> NoReturn:
        refuse(name.replace("_", " "))

    return refused_when_awaited if inspect.iscoroutinefunction(verb) else refused
