"""A run's beginning ends the validity of all that the last one left, so that a killed run leaves nothing green."""

import json
import shutil
from datetime import datetime
from pathlib import Path

from behave.configuration import Configuration

from support.reporting.allure_files import ResultFolder
from support.reporting.outcome import Trouble

#: What is made of a run's results, in its `reports`; the first of them is the page that people open.
_PAGES = ("index.html", "gate.html", "trace.html", "trace.md")
_PLACEHOLDER = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>No report yet</title>
<h1>No report yet</h1>
<p>A run began on {began}. <code>earshot report</code> writes this page anew.</p>
"""
#: Where plain behave writes its results file, unless it was told otherwise.
_USUAL = Path("reports/results.jsonl")


def mark(reports: Path, head: str = "") -> Path:
    """Put aside what the last run left in `reports`, and note in results file and Allure results that one has begun.

    Args:
        reports: where it goes.
        head: what comes before all else in the results file.

    Returns:
        The results file. It says that the run has not ended until it is written anew, Allure's results until `finish`.
    """
    reports.mkdir(parents=True, exist_ok=True)
    path = reports / "results.jsonl"
    began = now()
    path.write_text(head + json.dumps({"unfinished": began}) + "\n", encoding="utf-8")
    ResultFolder(reports / "allure-results").begin(unfinished(began))
    clear(reports)
    return path


def clear(reports: Path) -> None:
    """Remove JUnit files and pages on the last run."""
    for old in (reports / "junit").glob("TESTS-*.xml"):
        old.unlink()
    shutil.rmtree(reports / "allure", ignore_errors=True)
    for page in _PAGES:
        (reports / page).unlink(missing_ok=True)
    (reports / _PAGES[0]).write_text(_PLACEHOLDER.format(began=now()), encoding="utf-8")


def of_behave(config: Configuration, results: Path) -> None:
    """The same for plain behave, which writes its results file as it goes."""
    if results != _USUAL:
        return
    clear(results.parent)
    for old in Path(config.junit_directory).glob("TESTS-*.xml") if config.junit else ():
        old.unlink()


def unfinished(began: str) -> Trouble:
    """What a results file says of a run that has begun and has no end."""
    message = f"the run that began on {began} has not ended: it was killed, or is still under way"
    return Trouble("the whole run", "interrupted", message, message, "")


def now() -> str:
    """The moment, as a run's beginning is told."""
    return datetime.now().strftime("%Y-%m-%d %H:%M:%S")
