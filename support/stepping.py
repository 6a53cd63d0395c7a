"""`given`, `when`, `then` for step files: plain `async def`, run on the run's loop with a deadline.

A step file writes::

    from support.stepping import when

    @when("{user} sends {string} to {user}")
    async def send(scene, sender, text, receiver):
        ...

A step gets the scene, not behave's context: whatever it needs is a typed attribute there. What may stand below it is
said with the phrase: `columns=("message",)` for a table, which it then gets as its last argument, or `text=True`.
Whatever it lets through is judged here, once for all phrases: see `support.blame`. What hangs is ended: a step may take
as long as the limits at hand let it wait (`Stage.longest_wait`), and a margin.
"""

import functools
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import behave

from support.below import Takes, given_to
from support.blame import last_heard, verdict_on
from support.errors import NotCapable
from support.loop import Overdue
from support.report import outcome

Step = Callable[..., Coroutine[Any, Any, None]]

#: Seconds that a step may take beyond all that it waits for.
MARGIN = 60.0


def _decorator(register: Callable[[str], Callable[[Any], Any]]) -> Callable[..., Callable[[Step], Step]]:
    def phrase(
        expression: str, margin: float = MARGIN, *, columns: Sequence[str] = (), text: bool = False
    ) -> Callable[[Step], Step]:
        takes = Takes(columns, text)

        def decorate(step: Step) -> Step:
            @functools.wraps(step)  # keeps file and line for behave's catalogue
            def play(context: Any, *arguments: Any) -> None:
                below = given_to(takes, context)
                deadline = margin + context.scene.stage.longest_wait
                try:
                    context.run.background.run(judged(step, context.scene, *arguments, *below), deadline)
                except NotCapable as limit:
                    outcome.leave_out(context.scenario, limit)
                except Overdue as error:
                    raise AssertionError(f"the step was not done within {deadline:g} s: it hangs") from error

            play.takes = takes  # type: ignore[attr-defined]  # for lint
            register(expression)(play)
            return step

        return decorate

    return phrase


async def judged(step: Step, scene: Any, *arguments: Any) -> None:
    """Play a step; what it lets through is a verdict, or a defect of the suite."""
    said = len(scene.transcript.exchanges)
    try:
        await step(scene, *arguments)
    except Exception as error:
        verdict = verdict_on(error, last_heard(scene.transcript.exchanges[said:]))
        if verdict is None:
            raise
        raise verdict from error


given = _decorator(behave.given)
when = _decorator(behave.when)
then = _decorator(behave.then)
