"""What people have done in a scenario, for a `Then` to judge all of it together.

A record never judges: whatever fails on the way is kept with its reason.
"""

from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, field
from typing import Any

from support.core import clock
from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.training import Document
from support.drivers.clients.http import Unreachable
from support.scenario.attempts import Attempt

#: Reasons that are told of all for which something went wrong.
_REASONS = 5


@dataclass(frozen=True)
class Tried:
    """One thing that a user tried: how long it took, and what went wrong if it did."""

    what: str
    seconds: float
    trouble: str | None = None
    refused: bool = False
    """Whether the trouble is that the system said no to it: not that it cannot serve, nor "later", nor silence."""
    silent: bool = False
    """Whether there was no answer at all."""


@dataclass
class Record:
    """What a user did: all that was tried, the sessions, what was found and read, and the points for what was said."""

    who: str
    tried: list[Tried] = field(default_factory=list)
    trainings: list[str] = field(default_factory=list)
    titles: dict[int, str] = field(default_factory=dict)
    incomplete: list[str] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    sessions: list[int] = field(default_factory=list)
    said: int = 0
    points: list[int] = field(default_factory=list)
    completed: int = 0

    async def of(self, what: str, action: Awaitable[Any], otherwise: Any = None) -> Any:
        """The outcome of an action, which is noted with its time; `otherwise` if it failed."""
        began = clock.now()
        try:
            outcome = await action
        except (Rejected, Unreachable, AssertionError) as trouble:
            took, silent = clock.now() - began, isinstance(trouble, Unreachable)
            no = Attempt[Any].of(trouble) if isinstance(trouble, Rejected) else None
            refused = no is not None and not no.unavailable and no.judges()
            self.tried.append(Tried(f"{self.who}: {what}", took, str(trouble), refused, silent))
            return otherwise
        self.tried.append(Tried(f"{self.who}: {what}", clock.now() - began))
        return outcome


def of(records: Iterable[Record], roles: list[str]) -> list[Record]:
    """The records of these people.

    Raises:
        AssertionError: a user has none.
    """
    found = [record for record in records if record.who in roles]
    missing = set(roles) - {record.who for record in found}
    check(not missing, f"nothing was recorded of what these have done: {in_words(missing)}")
    return found


def tried(records: Iterable[Record]) -> list[Tried]:
    """Everything that any user has tried."""
    return [one for record in records for one in record.tried]


def points(records: Iterable[Record]) -> list[int]:
    """All points that were given."""
    return [points for record in records for points in record.points]


def slowest(tried: list[Tried], shown: int = 3) -> str:
    """The first of these in words, and how many more there are."""
    words = [f"{one.what}: {one.trouble or f'took {one.seconds:.3g} s'}" for one in tried[:shown]]
    return "; ".join(words) + (f"; and {len(tried) - shown} more" if len(tried) > shown else "")


def troubles(records: Iterable[Record]) -> str:
    """All that went wrong, in words: each reason once, with the first thing that failed for it."""
    reasons: dict[str, list[str]] = {}
    for one in tried(records):
        if one.trouble:
            reasons.setdefault(one.trouble, []).append(one.what)
    told = [f"{what[0]}{f' and {len(what) - 1} more' if what[1:] else ''}: {why}" for why, what in reasons.items()]
    more = [f"and {len(told) - _REASONS} more reasons"] if len(told) > _REASONS else []
    return "; ".join(told[:_REASONS] + more) or "nothing went wrong"
