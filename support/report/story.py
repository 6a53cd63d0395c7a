"""What happened in a scenario, moment by moment, in plain words: the lines of its message chart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from support.arrivals import Message
from support.inbox import Received
from support.systems.people import STAGEHAND
from support.transcript import BEGAN, DID, HEARD, SENT, Exchange

#: Beyond so many calls of which the aim is known, those of one person in one step share a line.
_SINGLE = 10
#: A step begins; somebody turns to the system; something reaches somebody; something is done to the system.
Kind = Literal["step", "call", "arrival", "event"]


@dataclass(frozen=True)
class Moment:
    """One line: `at` is in seconds since the scenario began, `who` a person of it, or "" for all."""

    at: float
    kind: Kind
    who: str
    words: str
    trouble: bool = False
    """Whether this is where it failed, or what came and was not expected."""


def told(
    exchanges: Sequence[Exchange], received: Mapping[str, Sequence[Received]], began: float, *, failed: bool
) -> list[Moment]:
    """The moments of a scenario in order.

    Args:
        exchanges: its transcript.
        received: what is in each person's inbox.
        began: when it began, on `clock.now()`.
        failed: whether it did: then the last step that began is where.
    """
    steps = [Moment(one.at, "step", "", one.what) for one in exchanges if one.direction == BEGAN]
    if steps and failed:
        steps[-1] = replace(steps[-1], trouble=True)
    events = [Moment(one.at, "event", "", one.what) for one in exchanges if one.direction == DID]
    arrivals = [moment for who, items in received.items() for moment in _arrivals(who, items, began, failed)]
    calls = _calls(exchanges, [step.at for step in steps])
    return sorted([*steps, *events, *arrivals, *calls], key=lambda moment: moment.at)


def _arrivals(who: str, items: Sequence[Received], began: float, failed: bool) -> Iterable[Moment]:
    for item in items:
        stray = failed and not item.claimed
        if isinstance(item.what, Message) and item.what.sender == STAGEHAND:
            words = f"a marker reaches {who}" + ("" if stray else ": nothing else was under way")
            yield Moment(item.at - began, "arrival", who, words)
        else:
            yield Moment(item.at - began, "arrival", who, f"{who} gets {item.what}", stray)


def _calls(exchanges: Sequence[Exchange], steps: Sequence[float]) -> list[Moment]:
    """Of each step, what everybody did who turned to the system in it: a line for each aim, and one for the rest."""
    grouped: dict[tuple[int, str], list[Exchange]] = {}
    for one in exchanges:
        if one.direction in (SENT, HEARD) and one.who != STAGEHAND:
            step = sum(at <= one.at for at in steps)
            grouped.setdefault((step, one.who), []).append(one)
    return [moment for (_, who), group in grouped.items() for moment in _calls_of(who, group)]


def _calls_of(who: str, group: Sequence[Exchange]) -> Iterable[Moment]:
    asked = list(_answered(one for one in group if one.channel == "http"))
    asked += [(one, None) for one in group if one.direction == SENT and one.channel != "http"]
    aimed = [(one, wait) for one, wait in asked if one.aim]
    if len(aimed) > _SINGLE:
        aimed = []
    for one, wait in aimed:
        yield Moment(one.at, "call", who, f"{who} {_aim(one, wait)}")
    rest = [(one, wait) for one, wait in asked if not (aimed and one.aim)]
    if rest:
        yield Moment(min(one.at for one, _ in rest), "call", who, f"{who} {_deed(rest)}")


def _aim(one: Exchange, wait: float | None) -> str:
    if one.channel != "http":
        return f"asks live to {one.aim}"
    return f"asks to {one.aim}, " + ("gets no answer" if wait is None else f"answered within {wait * 1000:.0f} ms")


def _deed(asked: Sequence[tuple[Exchange, float | None]]) -> str:
    """What somebody did towards the system within a step, in words."""
    waits = [wait for one, wait in asked if one.channel == "http"]
    sent = len(asked) - len(waits)
    parts = []
    if waits:
        times = "asks the system" if len(waits) == 1 else f"asks the system {len(waits)} times"
        answered = [wait for wait in waits if wait is not None]
        within = f"answered within {max(answered) * 1000:.0f} ms" if answered else "gets no answer"
        parts.append(f"{times}, {within}")
    if sent:
        parts.append("tells the system something" if sent == 1 else f"tells the system {sent} things")
    return ", and ".join(parts)


def _answered(exchanges: Iterable[Exchange]) -> Iterable[tuple[Exchange, float | None]]:
    """Each request, and how long it waited for its answer; None if it has none."""
    asked: list[Exchange] = []
    for one in exchanges:
        if one.direction == SENT:
            asked.append(one)
        elif asked:
            request = asked.pop(0)
            yield request, one.at - request.at
    yield from ((request, None) for request in asked)
