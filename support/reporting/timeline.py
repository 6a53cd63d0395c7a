"""What happened in a scenario, moment by moment, in plain words: the lines of its message chart."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from support.core.clean_text import middle_out, on_one_line
from support.core.events import Message
from support.core.inbox import Received
from support.core.people import STAGEHAND
from support.core.transcript import BEGAN, DID, HEARD, SENT, Exchange
from support.core.wording import in_words

#: Beyond so many calls with the same aim, those of one person in one step share a line.
_SINGLE = 3
#: Where every request has its answer.
_ANSWERED = ("http", "browser")
#: A request, and its answer; None if there is none.
_Call = tuple[Exchange, Exchange | None]
#: How the transcript says on a live connection that nothing came of it.
_UNDONE = ("refused", "not connected")
#: Characters of a reason that an arrow shows; all of it is in the transcript.
_REASON = 80
#: A step begins; a user turns to the system; something reaches a user; something is done to the system.
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
    calls += _live([one for one in group if one.channel not in _ANSWERED])
    alike: dict[tuple[str, bool], list[_Call]] = {}
    for call in calls:
        alike.setdefault((call[0].aim, call[0].channel in _ANSWERED), []).append(call)
    for (aim, answered), same in alike.items():
        say = _asked if answered else _told_live
        for some in [same] if not aim or len(same) > _SINGLE else [[call] for call in same]:
            yield Moment(min(one.at for one, _ in some), "call", who, f"{who} {say(aim, some)}")


def _asked(aim: str, calls: Sequence[_Call]) -> str:
    times = "" if len(calls) == 1 else f" {len(calls)} times"
    waits = [answer.at - request.at for request, answer in calls if answer is not None]
    answer = f"answered within {max(waits) * 1000:.0f} ms" if waits else "gets no answer"
    asks = f"asks{times} to {aim}" if aim else f"asks the system{times}"
    return f"{asks}, {answer}{_troubles(calls)}"


def _told_live(aim: str, calls: Sequence[_Call]) -> str:
    many = len(calls)
    if aim:
        says = f"asks live to {aim}" if many == 1 else f"asks live {many} times to {aim}"
    else:
        says = "tells the system something" if many == 1 else f"tells the system {many} things"
    return says + _troubles(calls)


def _troubles(calls: Sequence[_Call]) -> str:
    """What answers said that were no success: "refused: 403 not a member", each once, with how often."""
    said = Counter(words for _, answer in calls if answer is not None and (words := _trouble(answer)))
    return "".join(f", {words}{f' ({times} times)' if times > 1 else ''}" for words, times in said.items())


def _trouble(answer: Exchange) -> str:
    """What an answer says that is no success, with its reason; empty if it is one."""
    number = re.match(r"[45]\d\d\b", answer.what)
    if number:
        word = "failed" if number[0] >= "500" else "refused"
        return middle_out(f"{word}: {number[0]} {on_one_line(_reason(answer.payload))}".rstrip(), _REASON)
    undone = answer.what.startswith((*_UNDONE, "no answer"))
    return middle_out(f"{answer.what} {on_one_line(_reason(answer.payload))}".rstrip(), _REASON) if undone else ""


def _reason(payload: object) -> str:
    """The words for it in an answer that has been redacted: what is called a message, or all there is."""
    if isinstance(payload, Mapping):
        named = (payload[key] for key in ("message", "detail", "error", "reason") if payload.get(key))
        return in_words(next(named, payload or ""))
    return in_words(payload) if payload else ""


def _live(exchanges: Sequence[Exchange]) -> list[_Call]:
    """What was sent on a live connection; where nothing came of the connection, what was heard of that."""
    calls: list[_Call] = []
    for one in exchanges:
        if one.direction == SENT:
            calls.append((one, None))
        elif calls and one.what.startswith(_UNDONE):
            calls[-1] = (calls[-1][0], one)
    return calls


def _answered(exchanges: Iterable[Exchange]) -> Iterable[_Call]:
    """Each request, and its answer."""
    asked: list[Exchange] = []
    for one in exchanges:
        if one.direction == SENT:
            asked.append(one)
        elif asked:
            yield asked.pop(0), one
    yield from ((request, None) for request in asked)
