"""`given`, `when`, `then` for step files: plain `async def`, run on the run's loop with a deadline.

A step file writes::

    from support.scenario.step_decorators import when

    @when("{user} sends {string} to {user}")
    async def send(world, sender, text, receiver):
        ...

A step gets the world, not behave's context: whatever it needs is a typed attribute there. What a phrase says is done,
unless it says "tries" or is marked `may_fail`: see `support.scenario.attempts`. Whatever it lets through is judged
here, once for all phrases: see `support.scenario.blame`. What hangs is ended: a step may take as long as the limits at
hand let it wait (`SystemUnderTest.longest_wait`), and a margin. What may stand below it is said with the phrase:
`columns=("message",)` for a table, which it then gets as its last argument, or `text=True`. What it cannot do without
may be named as `needs` (`support.scenario.needs`): then its scenario is "not run" before it begins, not in its midst.
What claims that nothing more comes is marked as `silence`: then who sends the marker comes online with the scenario's
people, and need not be waited for later. What is about all accounts there are, or about all that a user has ever done
(as a limit of requests is), is marked as `afresh`: then the scenario's people are of no other scenario. What is about
the first attempt to connect after an outage is marked as `first_attempt`: then the suite makes none before. What counts
all that a system does, or steers its bots, is marked as `alone`: then no other scenario is played beside it in a system
that all share.
"""

import functools
import re
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, TypedDict, Unpack

import behave

from support.core.errors import NotSupported, NotUnderstood, Untried
from support.core.event_loop import Overdue
from support.reporting.judging import leave_out
from support.scenario.attempts import Refusal
from support.scenario.blame import last_heard, verdict_on
from support.scenario.needs import Need
from support.vocabulary.step_arguments import Takes, given_to

Step = Callable[..., Coroutine[Any, Any, None]]

#: Seconds that a step may take beyond all that it waits for.
MARGIN = 60.0

#: A phrase that leaves it open whether what a user does works.
_TRIES = re.compile(r"\b(try|tries|tried)\b")

#: Refusals that a failure names.
_NAMED = 3


class Marks(TypedDict, total=False):
    """What a phrase says of itself beside its words: see above, and `support.scenario.needs`, which reads it."""

    needs: Need | None
    silence: bool
    afresh: bool
    first_attempt: bool
    alone: bool


def _decorator(
    register: Callable[[str], Callable[[Any], Any]], *, judges: bool = False
) -> Callable[..., Callable[[Step], Step]]:
    def phrase(
        expression: str,
        margin: float = MARGIN,
        *,
        may_fail: bool = False,
        columns: Sequence[str] = (),
        text: bool = False,
        **marks: Unpack[Marks],
    ) -> Callable[[Step], Step]:
        takes, tries = Takes(columns, text), may_fail or bool(_TRIES.search(expression))

        def decorate(step: Step) -> Step:
            play = _playing(step, takes, margin, tries=tries, judges=judges)
            vars(play).update(marks, takes=takes)  # lint reads what it takes
            register(expression)(play)
            return step

        return decorate

    return phrase


def _playing(step: Step, takes: Takes, margin: float, *, tries: bool, judges: bool) -> Callable[..., None]:
    """A step as behave plays it: on the run's loop, with a deadline."""

    @functools.wraps(step)  # keeps file and line for behave's catalogue
    def play(context: Any, *arguments: Any) -> None:
        below = given_to(takes, context)
        deadline = margin + context.world.sut.longest_wait
        playing = judged(step, context.world, *arguments, *below, tries=tries, judges=judges)
        try:
            context.run.background.run(playing, deadline)
        except NotSupported as limit:
            leave_out(context.scenario, limit)
        except Overdue as error:
            raise AssertionError(f"the step was not done within {deadline:g} s: it hangs") from error

    return play


async def judged(step: Step, world: Any, *arguments: Any, tries: bool = False, judges: bool = False) -> None:
    """Play a step; what it lets through is a verdict, or a defect of the suite.

    Args:
        step: its definition.
        world: the scenario's.
        arguments: what the definition takes beside the world.
        tries: whether its phrase leaves it open whether what is done works.
        judges: whether it is a Then.
    """
    said = len(world.transcript.exchanges)
    try:
        await step(world, *arguments)
    except Exception as error:
        unasked = world.unasked()
        heard = last_heard(world.transcript.exchanges[said:])
        verdict = verdict_on(error, heard, refused=bool(unasked)) or error
        if isinstance(verdict, AssertionError) and unasked:
            told = f"{verdict}; and before that {_told(unasked)}"
            raise _of_its_kind(verdict)(told) from error
        if verdict is error:
            raise
        raise verdict from error
    world.end_step(tries=tries, judges=judges)
    unexpected = [one for one in world.unasked() if one.is_open]
    if world.at_last_step and unexpected:
        raise AssertionError(f"{_told(unexpected)}; no step asks about it")


def _of_its_kind(verdict: AssertionError) -> type[AssertionError]:
    return next((kind for kind in (NotUnderstood, Untried) if isinstance(verdict, kind)), AssertionError)


def _told(refusals: Iterable[Refusal]) -> str:
    different = list(dict.fromkeys(map(str, refusals)))
    more = len(different) - _NAMED
    return "; ".join(different[:_NAMED]) + (f"; and {more} more" if more > 0 else "")


given = _decorator(behave.given)
when = _decorator(behave.when)
then = _decorator(behave.then, judges=True)
