"""What is wrong with the product, each thing once, however many scenarios met it.

A finding is of one requirement and one cause, and not of one wording: scenarios of the same requirements that failed
at the same phrase have met the same thing. What a product lacks is one finding for all that need it. Scenarios that
failed in what they take for granted say nothing of their own question: they hang on the finding that caused it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from support.config.requirements.subject import about
from support.core.wording import plain
from support.reporting.outcome import UNTRIED, Outcome

#: From what stops all users to what annoys one; a scenario without a tag for it is "normal".
SEVERITIES = ("blocker", "critical", "normal", "minor")

#: What differs from scenario to scenario though the cause is one: names, texts, numbers, ids, times.
_VARYING = re.compile(
    r'"[^"]*"|\b(?:user [A-Z]|the [a-z ]*(?:owner|admin|teacher|student|newcomer|guest))\b|[0-9a-f]*\d[\w.-]*'
)


@dataclass
class Finding:
    """Scenarios that have met one thing, the gravest first; `waiting` are those that could not be tried for it."""

    outcomes: list[Outcome]
    waiting: list[Outcome] = field(default_factory=list)

    @property
    def severity(self) -> str:
        """That of the gravest scenario."""
        return min((severity(one) for one in (*self.outcomes, *self.waiting)), key=SEVERITIES.index)

    @property
    def requirements(self) -> list[str]:
        """The ids that these scenarios are about."""
        return list(dict.fromkeys(id for one in self.outcomes for id in about(one.scenario, one.tags)))

    @property
    def says(self) -> str:
        """What went wrong, without the names of our hooks and errors in front."""
        return plain(self.outcomes[0].details or self.outcomes[0].message or "")


def severity(outcome: Outcome) -> str:
    """How grave it is if this scenario fails, by its tag."""
    return next((tag for tag in SEVERITIES if tag in outcome.tags), "normal")


def findings(outcomes: Iterable[Outcome]) -> list[Finding]:
    """The findings of a run, the gravest first.

    Args:
        outcomes: all that have failed and may not.
    """
    bad = sorted(outcomes, key=lambda one: (SEVERITIES.index(severity(one)), one.file, one.line))
    alike: dict[tuple[str, ...], list[Outcome]] = defaultdict(list)
    for outcome in bad:
        if outcome.status != "not reached":
            alike[_cause(outcome)].append(outcome)
    found = [Finding(members) for members in alike.values()]
    found += _unreached([one for one in bad if one.status == "not reached"], found)
    return sorted(found, key=lambda one: SEVERITIES.index(one.severity))


def _unreached(outcomes: Sequence[Outcome], found: Sequence[Finding]) -> list[Finding]:
    """Have what was not reached wait for the finding that says the same; what nothing else says is a finding."""
    by_message = {_shape(one.details): finding for finding in found for one in finding.outcomes}
    alone: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        shape = _shape(outcome.details)
        if shape in by_message:
            by_message[shape].waiting.append(outcome)
        else:
            alone[f"{_system(outcome)} {shape}"].append(outcome)
    return [Finding(members) for members in alone.values()]


def _cause(outcome: Outcome) -> tuple[str, ...]:
    """What tells one finding from another."""
    if outcome.status == "absent":
        return ("absent", _system(outcome), outcome.details or "")
    if outcome.status == "failed" and outcome.phrase:
        return ("failed", str(outcome.kind), *sorted(about(outcome.scenario, outcome.tags)), outcome.phrase)
    return (outcome.status, str(outcome.kind), outcome.details or "")


def _system(outcome: Outcome) -> str:
    return outcome.file.rpartition("/")[0]


def _shape(message: str | None) -> str:
    """A message without what differs from scenario to scenario."""
    return _VARYING.sub("…", (message or "").removeprefix(UNTRIED))
