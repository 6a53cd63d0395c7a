"""What a person can do in a system, as small protocols by topic. A driver's client implements those its system has.

Actors and tasks call these verbs and nothing else; where a client does not implement one, a scenario that needs it is
"not run", with the protocol's sentence as the reason. People are named as in the scenario, never by account.
"""

import inspect
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pkgutil import iter_modules


class Rejected(Exception):  # noqa: N818 - an answer, not an error: scenarios ask for it
    """The system said no.

    Args:
        reason: the system's own.
        status: the number that came with it, where the wire has numbers.
    """

    def __init__(self, reason: str = "", status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status

    def __str__(self) -> str:
        return str(self.args[0]).strip() or (f"status {self.status}" if self.status else "no reason was given")


class Unavailable(Rejected):
    """The system said that it cannot serve now, and why."""


class Unreachable(Exception):  # noqa: N818 - a state of the network, judged by the caller
    """No server answered: refused, reset or silent past the limit. The message says which and where."""


class ConnectionEnded(Unreachable):
    """The server has ended the connection, so nothing can be sent over it any more."""


@cache
def all_capabilities() -> tuple[type, ...]:
    """All capabilities there are, by topic."""
    topics = [import_module(f"{__name__}.{topic.name}") for topic in iter_modules(__path__)]
    kinds = [kind for topic in topics for kind in vars(topic).values()]
    return tuple(kind for kind in kinds if getattr(kind, "_is_runtime_protocol", False))


def offers(thing: object, capability: type) -> bool:
    """Whether something has the verbs of a capability, and not only others of the same names.

    A runtime protocol looks at names alone: to it, a driver that registers people is a person who can register.
    """
    verbs = [name for name, verb in vars(capability).items() if inspect.isfunction(verb) and not name.startswith("_")]
    return isinstance(thing, capability) and all(_takes(thing, name, vars(capability)[name]) for name in verbs)


def _takes(thing: object, name: str, verb: object) -> bool:
    """Whether a verb takes what the capability's verb does, and needs no more."""
    offered = inspect.getattr_static(type(thing), name, None) or inspect.getattr_static(thing, name)
    if not callable(getattr(offered, "__func__", offered)):
        return False
    wanted = set(inspect.signature(verb).parameters) - {"self"}  # type: ignore[arg-type]
    taken = inspect.signature(getattr(thing, name)).parameters
    needed = {one.name for one in taken.values() if one.default is one.empty and one.kind not in _REST}
    takes_all = any(one.kind is inspect.Parameter.VAR_KEYWORD for one in taken.values())
    return needed <= wanted and (takes_all or wanted <= set(taken))


_REST = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


class Failed(Unavailable):
    """The system broke over what it was asked, which is no word of its own on why."""


def lacking(thing: object, capability: type) -> str:
    """What it is that a driver lacks: the capability's sentence, and which verbs may just be misspelt.

    Args:
        thing: the driver, or a client of it.
        capability: a protocol of which it has not all verbs.

    Returns:
        "has accounts that sign in and out (PagerClient has 'sing_out': is that to be 'sign_out'?)".
    """
    own = _own_methods(type(thing))
    missing = [verb for verb in _verbs(capability) if not hasattr(thing, verb)]
    near = [get_close_matches(verb, [one for one in own if one[0] == verb[0]], n=1, cutoff=0.7) for verb in missing]
    if not missing or not all(near):
        return str(capability.__doc__)
    meant = (f"{found!r}: is that to be {verb!r}?" for verb, (found,) in zip(missing, near, strict=True))
    return f"{capability.__doc__} ({type(thing).__name__} has {' and '.join(meant)})"


def _own_methods(kind: type) -> list[str]:
    """The public methods of a class that are no verbs of any capability."""
    known = {verb for capability in all_capabilities() for verb in _verbs(capability)}
    methods = [name for name, _ in inspect.getmembers(kind, inspect.isfunction) if name[0] != "_"]
    return [name for name in methods if name not in known]


def _verbs(capability: type) -> list[str]:
    return [name for name, verb in vars(capability).items() if inspect.isfunction(verb) and name[0] != "_"]
