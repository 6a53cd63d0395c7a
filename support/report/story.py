"""What happened in a scenario, moment by moment, in plain words: the lines of its message chart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from support.arrivals import Message
from support.inbox import Received
from support.systems.people import STAGEHAND
from support.transcript import BEGAN, DID, HEARD, SENT, Exchange

#: Beyond so many calls with the same aim, those of one person in one step share a line.
_SINGLE = 3
#: Where every request has its answer.
_ANSWERED = ("http", "browser")
#: A request, and the seconds until its answer; None if there is none.
_Call = tuple[Exchange, float | None]
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
    did = [one for one in exchanges if one.direction == DID and one.who != STAGEHAND]
    events = [Moment(one.at, "event", "", one.what) for one in did]
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
    """Of each step, what everybody wanted who turned to the system in it."""
    grouped: dict[tuple[int, str], list[Exchange]] = {}
    for one in exchanges:
        if one.direction in (SENT, HEARD) and one.who != STAGEHAND:
            step = sum(at <= one.at for at in steps)
            grouped.setdefault((step, one.who), []).append(one)
    return [moment for (_, who), group in grouped.items() for moment in _calls_of(who, group)]


def _calls_of(who: str, group: Sequence[Exchange]) -> Iterable[Moment]:
    calls = list(_answered(one for one in group if one.channel in _ANSWERED))
    calls += [(one, None) for one in group if one.direction == SENT and one.channel not in _ANSWERED]
    alike: dict[tuple[str, bool], list[_Call]] = {}
    for call in calls:
        alike.setdefault((call[0].aim, call[0].channel in _ANSWERED), []).append(call)
    for (aim, answered), same in alike.items():
        say = _asked if answered else _told_live
        for some in [same] if not aim or len(same) > _SINGLE else [[call] for call in same]:
            yield Moment(min(one.at for one, _ in some), "call", who, f"{who} {say(aim, some)}")


def _asked(aim: str, calls: Sequence[_Call]) -> str:
    times = "" if len(calls) == 1 else f" {len(calls)} times"
    waits = [wait for _, wait in calls if wait is not None]
    answer = f"answered within {max(waits) * 1000:.0f} ms" if waits else "gets no answer"
    return f"asks{times} to {aim}, {answer}" if aim else f"asks the system{times}, {answer}"


def _told_live(aim: str, calls: Sequence[_Call]) -> str:
    if not aim:
        return "tells the system something" if len(calls) == 1 else f"tells the system {len(calls)} things"
    return f"asks live to {aim}" if len(calls) == 1 else f"asks live {len(calls)} times to {aim}"


def _answered(exchanges: Iterable[Exchange]) -> Iterable[_Call]:
    """Each request, and how long it waited for its answer."""
    asked: list[Exchange] = []
    for one in exchanges:
        if one.direction == SENT:
            asked.append(one)
        elif asked:
            request = asked.pop(0)
            yield request, one.at - request.at
    yield from ((request, None) for request in asked)
