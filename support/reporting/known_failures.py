"""Known failures, strict: they excuse one failure, for one reason, until one day."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from support.config.known_failures import KnownFailure
from support.reporting.outcome import Outcome


def judge(outcome: Outcome, known: Iterable[KnownFailure], today: date | None = None) -> Outcome:
    """The outcome in the light of the known failures.

    - It fails as described: `kind` becomes `known`, and the run stays green.
    - It passes: broken, for the list is out of date ("fixed: remove me").
    - It fails as described after the entry expired, or fails otherwise: the product's failure, as without the entry.
    - An error is never the expected failure: broken stays broken.
    """
    entry = next((entry for entry in known if _is_about(entry, outcome)), None)
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


def _is_about(entry: KnownFailure, outcome: Outcome) -> bool:
    """Whether an entry is about that scenario; a title also names every row of its outline."""
    return entry.id in (*outcome.tags, outcome.scenario, outcome.scenario.partition(" -- ")[0])
