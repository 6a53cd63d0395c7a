"""`earshot verdicts`: what became of each scenario of the last run, with a reason for each that is not green.

The reasons are people's, in a file; the command sees to it that none is missing and none is out of date.
"""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from support.config import toml_file
from support.core.clean_text import markdown_cell
from support.core.errors import SuiteError
from support.reporting.outcome import Outcome
from support.reporting.results_file import read
from support.reporting.run_metadata import read_properties

REPORTS = Path("reports")


class Reason(BaseModel):
    """Why scenarios are not green: those whose title holds `scenario` and whose trouble `says` this."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["finding", "limit of the driver", "does not apply"]
    because: str
    scenario: str = ""
    """A part of the title."""
    says: str = ""
    """A pattern that the run's own words for it match."""

    def explains(self, outcome: Outcome) -> bool:
        """Whether this is the reason."""
        return self.scenario in outcome.scenario and re.search(self.says, _words(outcome)) is not None


class Reasons(BaseModel):
    """A file of reasons. Of several that explain a scenario, the first counts."""

    model_config = ConfigDict(extra="forbid")

    introduction: str
    reasons: list[Reason]


def main(file: Path, reports: Path = REPORTS, write: Path | None = None) -> int:
    """Print or write the table, in Markdown.

    Args:
        file: the reasons.
        reports: where the run has left its results file and its Allure results.
        write: where to write the table; it is printed if None.

    Returns:
        The exit code.

    Raises:
        SuiteError: there is no run or file, a reason is missing, or one explains nothing any more.
    """
    reasons, results = toml_file.read(file, Reasons, "reasons"), reports / "results.jsonl"
    if not results.is_file():
        raise SuiteError(f"there is no run in {reports}: run behave first")
    outcomes = sorted(read(results).outcomes, key=lambda one: (one.file, one.line))
    explained = [_reason_of(one, reasons.reasons) for one in outcomes]
    unexplained = [one for one, why in zip(outcomes, explained, strict=True) if one.status != "passed" and not why]
    wrong = [f'no reason for "{one.scenario}", {one.status}: {_words(one)}' for one in unexplained]
    idle = [one for one in reasons.reasons if one not in explained]
    wrong += [f"nothing is explained any more by: {one.because}" for one in idle]
    if wrong:
        raise SuiteError("\n".join(f"{file}: {one}" for one in wrong))
    day = time.strftime("%d %B %Y", time.gmtime(results.stat().st_mtime))
    made = [f"Run on {day}.", *_properties(read_properties(reports / "allure-results"))]
    table = "\n".join([reasons.introduction, *made, "", _counts(outcomes, explained), ""])
    table += "\n".join(_table(outcomes, explained)) + "\n"
    if write:
        write.write_text(table, encoding="utf-8")
    else:
        print(table, end="")
    return 0


def _reason_of(outcome: Outcome, reasons: list[Reason]) -> Reason | None:
    """The reason why a scenario is not green; None if it is, or if there is none."""
    return None if outcome.status == "passed" else next((one for one in reasons if one.explains(outcome)), None)


def _words(outcome: Outcome) -> str:
    """What the run itself says of a scenario that is not green."""
    return " ".join((outcome.reason or outcome.details or outcome.message or "").split())


def _properties(found: dict[str, str]) -> Iterator[str]:
    """What the run says of where and with what it was made."""
    if found:
        known = ("profile", "python", "behave", "allure-behave", "python-socketio", "aiohttp")
        servers = (found[key] for key in sorted(found) if key not in known and not key.endswith(": deployment"))
        yield f"With {markdown_cell(', '.join(servers))}."
        yield f"Profile `{found.get('profile')}`, Python {found.get('python')}."


def _counts(outcomes: list[Outcome], reasons: list[Reason | None]) -> str:
    passed = sum(one.status == "passed" for one in outcomes)
    kinds = [(one.status, why.kind) for one, why in zip(outcomes, reasons, strict=True) if why]
    rest = [f"{kinds.count(kind)} {kind[0]} ({kind[1]})" for kind in sorted(set(kinds))]
    return f"**{len(outcomes)} scenarios: {', '.join([f'{passed} passed', *rest])}.**"


def _table(outcomes: list[Outcome], explained: list[Reason | None]) -> Iterator[str]:
    feature = ""
    for one, why in zip(outcomes, explained, strict=True):
        if one.feature != feature:
            feature = one.feature
            yield from ("", f"## {markdown_cell(feature)}", "", "| Scenario | Verdict | Why |", "|---|---|---|")
        reason = f"*{why.kind}*: {why.because}" if why else ""
        yield f"| {markdown_cell(one.scenario)} | {one.status} | {markdown_cell(reason)} |"
