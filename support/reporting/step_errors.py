"""What the console says of a step that went wrong: words, and no stack trace of ours unless the user asked for it."""

from behave.formatter.base import Formatter, StreamOpener
from behave.model import Step

from support.core.clean_text import for_console
from support.core.redaction import Redactor
from support.reporting.judging import described, place


class PlainWords(Formatter):  # type: ignore[misc]  # behave is untyped
    """Goes before behave's own formatters, which print what stands in a step's `error_message`."""

    def __init__(self, config: object, redactor: Redactor) -> None:
        super().__init__(StreamOpener(stream=None), config)
        self._redactor = redactor

    def result(self, step: Step) -> None:
        """behave: a step has ended, after its hooks."""
        error = step.exception
        if error is None or step.hook_failed:
            return
        if isinstance(error, AssertionError | KeyboardInterrupt):
            said, where = step.error_message or "", ""
        else:
            said = described(error)
            where = f"\n  at {place(error)} (all of it: -D trace=true)" if place(error) else ""
        # here too, not by the stream alone: that lets colours pass, which are behave's
        step.error_message = for_console(self._redactor.text(said)) + where
