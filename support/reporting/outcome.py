"""What became of a scenario, and of a run: what console, exit code, JUnit, Allure and pages all show."""

import os
import platform
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, TypedDict

from support.core.clean_text import on_one_line
from support.core.exit_codes import Verdict, headline
from support.core.wording import plain

#: What the failure of a scenario begins with that was not reached.
UNTRIED = "could not be tried: "
#: What the failure of a scenario begins with in which the suite could neither act nor hear in time.
STALLED = "the suite stood still for "
#: Characters of a message, which is for tables, titles and marks; the whole of it is among the details.
LONGEST_MESSAGE = 1000

Status = Literal["passed", "failed", "absent", "not reached", "broken", "not run"]
Kind = Literal[
    "product", "unclear", "suite", "environment", "known", "flaky", "invalid", "stalled", "interrupted", "incomplete"
]

#: Kinds of what the machine was too busy for: it is played again, and what comes of it then counts.
TOO_BUSY: tuple[Kind, ...] = ("stalled", "invalid")

#: Kinds that are counted by themselves, whatever their status.
_APART = ("known", "flaky")
#: What does not make a run red, and yet has not passed.
_EXCUSED = {"known": "failed as known", "not run": "not run"}
#: What the reason begins with of a scenario whose system the profile does not name: such a scenario is not selected.
UNNAMED = "the profile names no "


@dataclass(frozen=True)
class Outcome:
    """One scenario's verdict.

    `failed`: the system does otherwise than the scenario says. `not reached`: it failed already in what the scenario
    takes for granted (a Given, or a step with something that was never there: `Untried`), so that its own question
    could not be tried. `absent`: the system has nothing of what its document demands. `broken`: everything else.

    `kind` says who has to act, `unclear` that it may be the product or our driver; `known` is excused for a while;
    `flaky` failed, and passed when run again, and is as red as what fails each time; `invalid` is a measurement,
    `stalled` failed while the suite stood still on a busy machine; `interrupted` or `incomplete` is a run. `at` says
    where it went wrong (assertion, exception, timeout, hook, cleanup, undefined, pending, killed, missing, audit);
    `step_keyword` is given, when or then, with And and But resolved; `phrase` is the step's, with its placeholders;
    `steps` are those up to where it went wrong, with keywords as written; `duration` is in seconds; `message` is one
    line, `details` the whole message, `trace` the traceback. Of a known failure `reason`, `issue` and `expires` (a
    date, as 2030-12-31) say why it is excused, and until when. `turn` counts the times that a run has played it, for
    the command line can name it twice; `rule` is the title of the Rule that it stands under. Everything is redacted.
    """

    scenario: str
    feature: str
    file: str
    line: int
    tags: list[str]
    status: Status
    kind: Kind | None = None
    step: str | None = None
    step_keyword: str | None = None
    at: str | None = None
    message: str | None = None
    details: str | None = None
    trace: str | None = None
    reason: str | None = None
    issue: str | None = None
    expires: str | None = None
    duration: float = 0.0
    worker: int = field(default_factory=os.getpid)
    turn: int = 1
    steps: list[str] = field(default_factory=list)
    phrase: str | None = None
    rule: str | None = None

    @property
    def bad(self) -> bool:
        """Whether it turns the run red: a known failure does not, nor does what was not run."""
        return self.status not in ("passed", "not run") and self.kind != "known"

    @property
    def unnamed(self) -> bool:
        """Whether it was not run because the profile does not name its system."""
        return self.status == "not run" and (self.reason or "").startswith(UNNAMED)


@dataclass(frozen=True)
class Trouble:
    """Something that went wrong outside every scenario: in a hook of the run or a feature, or while loading."""

    where: str
    kind: Kind
    message: str
    details: str
    trace: str
    worker: int = field(default_factory=os.getpid)


@dataclass
class RunResults:
    """All that is known of a run.

    `selected` counts the scenarios that the user's choice left to run; `lost` are those outcomes that no process could
    report, because it died; `duration` is in seconds, from the beginning of the first process to the end of the last;
    `empty` says why nothing was selected; `tested` names what was tested where that is not the reference back end as it
    is; `began` is when its first process began (ISO 8601, UTC), and `host` the machine, or the machines.
    """

    selected: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    lost: list[Outcome] = field(default_factory=list)
    duration: float = 0.0
    empty: str = ""
    began: str = ""
    host: str = ""
    tested: list[str] = field(default_factory=list)

    @property
    def verdict(self) -> Verdict:
        """The exit code that this run deserves."""
        if kinds := self._kinds:
            return Verdict.of(kinds)
        return Verdict.GREEN if self.selected > sum(outcome.unnamed for outcome in self.outcomes) else Verdict.EMPTY

    @property
    def headline(self) -> str:
        """The verdict in words, which name all that went wrong; a green one names what it does not speak of."""
        if self.verdict is not Verdict.GREEN:
            return headline(self._kinds) or self.verdict.meaning
        counts = self.counts
        tried = counts["passed"] or counts["known"]
        green = Verdict.GREEN.meaning if tried else "nothing has failed, for nothing was tried"
        besides = [f"{counts[key]} {words}" for key, words in _EXCUSED.items() if counts[key]]
        return ", ".join([green, *besides])

    @property
    def named(self) -> list[Outcome]:
        """The outcomes of scenarios whose system the profile names."""
        return [outcome for outcome in self.outcomes if not outcome.unnamed]

    @property
    def counts(self) -> Counter[str]:
        """How many scenarios have ended in which way, without those whose system the profile does not name."""
        return Counter(str(one.kind if one.kind in _APART else one.status) for one in self.named)

    @property
    def _kinds(self) -> list[Kind]:
        kinds = [trouble.kind for trouble in self.troubles]
        return kinds + [outcome.kind or "suite" for outcome in self.outcomes if outcome.bad]

    def __str__(self) -> str:
        counts = self.counts
        wanted = {"passed": "passed", "failed": "failed", "absent": "absent", "not reached": "could not be tried",
                  "broken": "broken", "flaky": "flaky", "known": "failed as known", "not run": "not run"}  # fmt: skip
        parts = [f"{counts[key]} {words}" for key, words in wanted.items() if counts[key] or key == "passed"]
        left_out = [outcome for outcome in self.outcomes if outcome.status == "not run"]
        reasons = [outcome.reason for outcome in left_out if outcome.reason and not outcome.unnamed]
        line = ", ".join(parts) + (f" ({_few(reasons)})" if reasons else "")
        outside = [f"{trouble.where}: {trouble.message}" for trouble in self.troubles]
        blocked = (found for found in self.outcomes if found.kind == "environment" or found.at == "hook")
        outside += [plain(found.message or "") for found in blocked]
        outside += [outcome.reason or "" for outcome in left_out if outcome.unnamed]
        outside = outside or ([self.empty] if self.verdict is Verdict.EMPTY else [])
        outside = [one for one in outside if one and not any(one in reason for reason in reasons)]
        line += f" on {', '.join(self.tested)}" if self.tested else ""
        return f"{line}{'; ' if outside else ''}{_few(outside)}: {self.headline}"


def _few(remarks: list[str], limit: int = 3) -> str:
    different = list(dict.fromkeys(map(on_one_line, remarks)))
    more = len(different) - limit
    return "; ".join(different[:limit]) + (f"; and {more} more" if more > 0 else "")


class Origin(TypedDict):
    """When and where a run began, as in `RunResults`."""

    began: str
    host: str


def began_here() -> Origin:
    """Here and now."""
    return {"began": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime()), "host": platform.node()}
