"""Seeded faults: each replaces a part of a clean server by a subclass that overrides about one of its methods.

The clean server asks `Parts` for the class of each of its parts, and knows nothing else about faults.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeVar

from reference.kit.duration import seconds
from reference.kit.parts import Parts

T = TypeVar("T")


@dataclass(frozen=True)
class Fault:
    """One way in which a server is wrong.

    `says` completes "the server …"; `requirements` are the ids whose scenarios must notice. A fault whose class has an
    attribute `after` takes a duration: `leaks-late=2500ms`.
    """

    name: str
    says: str
    requirements: tuple[str, ...]
    replacements: tuple[type, ...]

    def parts(self) -> Parts:
        """What a server with this fault is put together from."""
        return Parts(*self.replacements)

    def lasting(self, duration: str) -> "Fault":
        """The same fault with another duration.

        Raises:
            ValueError: it takes none, or `duration` is none.
        """
        first, *others = self.replacements
        if not hasattr(first, "after"):
            raise ValueError(f"fault {self.name!r} takes no duration")
        return replace(self, replacements=(type(first.__name__, (first,), {"after": seconds(duration)}), *others))


class Faults:
    """All seeded faults of one system."""

    def __init__(self) -> None:
        self._known: dict[str, Fault] = {}

    def seed(
        self, name: str, says: str, requirements: str = "", along: tuple[type, ...] = ()
    ) -> Callable[[type[T]], type[T]]:
        """Register the decorated class as a fault.

        Args:
            name: in kebab-case.
            says: completes "the server …".
            requirements: ids whose scenarios must notice, with spaces in between.
            along: further replacements that the class relies on.
        """

        def register(replacement: type[T]) -> type[T]:
            if name in self._known:
                raise ValueError(f"there are two faults {name!r}")
            self._known[name] = Fault(name, says, tuple(requirements.split()), (replacement, *along))
            return replacement

        return register

    def load(self, package: str, path: Iterable[str]) -> None:
        """Import all modules of a package, whose faults register themselves."""
        for module in sorted(module.name for module in iter_modules(path)):
            import_module(f"{package}.{module}")

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._known.values())

    def choose(self, text: str) -> Fault:
        """The fault that `NAME` or `NAME=DURATION` names.

        Raises:
            ValueError: there is no such fault, or it takes no duration.
        """
        name, _, duration = text.partition("=")
        if name not in self._known:
            raise ValueError(f"there is no fault {name!r}; --list-faults names them all")
        return self._known[name].lasting(duration) if duration else self._known[name]

    def listing(self) -> str:
        """One JSON object a line: name, says, requirements."""
        return "\n".join(
            json.dumps({"name": fault.name, "says": fault.says, "requirements": list(fault.requirements)})
            for fault in self
        )
