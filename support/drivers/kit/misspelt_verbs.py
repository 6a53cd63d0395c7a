"""Verbs that a driver may have meant: a capability one of whose verbs is misspelt is missing, and does not say why."""

import inspect
from difflib import get_close_matches

from support.drivers.capabilities import all_capabilities


def misspelt(thing: object, capability: type) -> str:
    """What a driver may have meant as those verbs of a capability that it lacks.

    Args:
        thing: the driver, or a client of it.
        capability: a protocol of which it has not all verbs.

    Returns:
        " (PagerClient has 'sing_out': is that to be 'sign_out'?)"; nothing if it has not meant this capability.
    """
    own = _own_methods(type(thing))
    missing = [verb for verb in _verbs(capability) if not hasattr(thing, verb)]
    near = [get_close_matches(verb, [one for one in own if one[0] == verb[0]], n=1, cutoff=0.7) for verb in missing]
    if not missing or not all(near):
        return ""
    meant = (f"{found!r}: is that to be {verb!r}?" for verb, (found,) in zip(missing, near, strict=True))
    return f" ({type(thing).__name__} has {' and '.join(meant)})"


def _own_methods(kind: type) -> list[str]:
    """The public methods of a class that are no verbs of any capability."""
    known = {verb for capability in all_capabilities() for verb in _verbs(capability)}
    methods = [name for name, _ in inspect.getmembers(kind, inspect.isfunction) if name[0] != "_"]
    return [name for name in methods if name not in known]


def _verbs(capability: type) -> list[str]:
    return [name for name, verb in vars(capability).items() if inspect.isfunction(verb) and name[0] != "_"]
