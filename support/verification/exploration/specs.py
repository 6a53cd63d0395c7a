"""Which moves a spec allows: the general ones, and its own."""

from support.core.errors import SuiteError
from support.verification.exploration.drawing import KINDS
from support.verification.exploration.moves import Move

#: Spec -> its kinds of moves, the simplest first.
_KINDS: dict[str, tuple[type[Move], ...]] = {"chat": KINDS}


def kinds_of(system: str) -> tuple[type[Move], ...]:
    """The kinds of moves that a spec's users can make.

    Raises:
        SuiteError: no model knows yet what this spec's users are owed.
    """
    if system not in _KINDS:
        raise SuiteError(f"explore: no model of {system} is there yet; there are: {', '.join(_KINDS)}")
    return _KINDS[system]
