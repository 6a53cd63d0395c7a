"""What the commands for people who work on Earshot itself need beside it."""

from importlib.util import find_spec

from support.core.errors import EarshotError
from support.environments.systems import REFERENCES


def need(library: str) -> None:
    """See that a library of the extra `dev` is there.

    Raises:
        EarshotError: it is not; says how to get it.
    """
    if find_spec(library) is None:
        raise EarshotError(f"this needs {library}: pip install 'earshot[dev]', or `make setup` in a checkout")


def systems(named: str | None) -> list[str]:
    """The system of that name, or all that have a reference back end.

    Raises:
        EarshotError: there is no such system.
    """
    if named is not None and named not in REFERENCES:
        raise EarshotError(f"there is no reference back end {named!r}; there are: {', '.join(REFERENCES)}")
    return [named] if named else list(REFERENCES)
