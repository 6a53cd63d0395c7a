"""What stands below a step: a table or a text. Each phrase says what it takes; anything else is refused in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from behave.model import Step, Table
from behave.model_type import Status

from support.core.errors import SuiteError


@dataclass(frozen=True)
class Takes:
    """What a phrase takes below it: a table with these columns, a text, or nothing."""

    columns: Sequence[str] = ()
    text: bool = False

    def trouble(self, table: Table | None, text: str | None) -> str | None:
        """What is wrong with what stands below a step, and what to do; None if it is what the phrase takes."""
        if table is not None and not self.columns:
            return f"this phrase takes no table: {self._instead('the table')}"
        if text is not None and not self.text:
            return f"this phrase takes no text below it: {self._instead('the text')}"
        if self.text and not (text or "").strip():
            return 'this phrase needs a text below it, between two lines of """'
        return self._trouble_of(table) if self.columns else None

    def _instead(self, what: str) -> str:
        if self.columns:
            return f"put {what} into a table with {self._wanted}"
        if self.text:
            return f'put {what} between two lines of """'
        return f"leave {what} out, or say it with a phrase that takes one"

    @property
    def _wanted(self) -> str:
        return f"the column{'s' * (len(self.columns) != 1)} {' and '.join(map(repr, self.columns))}"

    def _trouble_of(self, table: Table | None) -> str | None:
        if table is None:
            return f"this phrase needs a table below it, with {self._wanted}"
        missing = [column for column in self.columns if column not in table.headings]
        unknown = [heading for heading in table.headings if heading not in self.columns]
        if missing or unknown:
            return f"this phrase takes a table with {self._wanted}, not with {', '.join(map(repr, table.headings))}"
        return None if table.rows else "the table has no rows: nothing would be done or judged"


def given_to(takes: Takes, context: Any) -> tuple[Any, ...]:
    """What a step function gets of the table or the text below its step.

    Raises:
        SuiteError: it is not what the phrase takes; says where and what to do.
    """
    if trouble := takes.trouble(context.table, context.text):
        raise SuiteError(f"{_place(context)}{trouble}")
    return tuple(one for one in (context.table, context.text) if one is not None)


def _place(context: Any) -> str:
    """Where the step stands that is being played: the first that has no verdict yet."""
    steps: list[Step] = list(context.scenario.all_steps)
    return next((f"{step.location}: " for step in steps if step.status is Status.untested), "")
