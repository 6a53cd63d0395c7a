"""Known failures, strict: they excuse one failure, for one reason, until one day."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pydantic import BaseModel, ConfigDict, field_validator

from support.reporting.outcome import Outcome


class KnownFailure(BaseModel):
    """One entry of a profile's list.

    `id` is a scenario's title, or a requirement tag, and then every scenario of it is expected to fail; `pattern` is a
    regular expression that the failure's message must match; `issue` is a link; `expires` is the last day on which the
    entry excuses anything.
    """

    model_config = ConfigDict(extra="forbid")

    id: str
    pattern: str
    issue: str
    expires: date
    reason: str

    @field_validator("pattern")
    @classmethod
    def _is_a_regular_expression(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return pattern

    def names(self, outcome: Outcome) -> bool:
        """Whether this entry is about that scenario; a title also names every row of its outline."""
        return self.id in (*outcome.tags, outcome.scenario, outcome.scenario.partition(" -- ")[0])


def judge(outcome: Outcome, known: Iterable[KnownFailure], today: date | None = None) -> Outcome:
    """The outcome in the light of the known failures.

    - It fails as described: `kind` becomes `known`, and the run stays green.
    - It passes: broken, for the list is out of date ("fixed: remove me").
    - It fails as described after the entry expired, or fails otherwise: the product's failure, as without the entry.
    - An error is never the expected failure: broken stays broken.
    """
    entry = next((entry for entry in known if entry.names(outcome)), None)
    if entry is None or outcome.status not in ("passed", "failed", "absent"):
        return outcome
    if outcome.status == "passed":
        message = f"fixed: remove me: known failure {entry.id} passes now ({entry.issue})"
        return replace(outcome, status="broken", kind="suite", at="known failure", message=message, details=message,
                       issue=entry.issue)  # fmt: skip
    if not re.search(entry.pattern, outcome.details or ""):
        return _remarked(outcome, f"not the known failure of {entry.issue}, which is /{entry.pattern}/")
    if entry.expires < (today or date.today()):
        return _remarked(outcome, f"known failure, expired on {entry.expires}: {entry.issue}")
    return replace(outcome, kind="known", reason=entry.reason, issue=entry.issue, expires=entry.expires.isoformat())


def _remarked(outcome: Outcome, remark: str) -> Outcome:
    return replace(outcome, message=f"{outcome.message} ({remark})", details=f"{remark}\n{outcome.details}")
