"""`given`, `when`, `then` for step files: plain `async def`, run on the run's loop with a deadline.

A step file writes::

    from support.stepping import when

    @when("{user} sends {string} to {user}")
    async def send(scene, sender, text, receiver):
        ...

A step gets the scene, not behave's context: whatever it needs is a typed attribute there. What may stand below it is
said with the phrase: `columns=("message",)` for a table, which it then gets as its last argument, or `text=True`.
"""

import functools
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import behave

from support.below import Takes, given_to
from support.errors import NotCapable
from support.loop import Overdue

Step = Callable[..., Coroutine[Any, Any, None]]

#: Seconds any single step may take before it is given up; far above every bar, only a net for hangs.
DEADLINE = 60.0


def _decorator(register: Callable[[str], Callable[[Any], Any]]) -> Callable[..., Callable[[Step], Step]]:
    def phrase(
        expression: str, deadline: float = DEADLINE, *, columns: Sequence[str] = (), text: bool = False
    ) -> Callable[[Step], Step]:
        takes = Takes(columns, text)

        def decorate(step: Step) -> Step:
            @functools.wraps(step)  # keeps file and line for behave's catalogue
            def play(context: Any, *arguments: Any) -> None:
                below = given_to(takes, context)
                try:
                    context.run.background.run(step(context.scene, *arguments, *below), deadline)
                except NotCapable as limit:
                    context.scenario.skip(str(limit))
                except Overdue as error:
                    raise AssertionError(f"the step was not done within {deadline:g} s") from error

            play.takes = takes  # type: ignore[attr-defined]  # for lint
            register(expression)(play)
            return step

        return decorate

    return phrase


given = _decorator(behave.given)
when = _decorator(behave.when)
then = _decorator(behave.then)
