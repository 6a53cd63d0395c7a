"""Guards against runs that are green because they did nothing."""

import difflib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from behave.configuration import Configuration
from behave.model import Scenario
from behave.model_core import BasicStatement
from behave.runner import ModelRunner, the_step_registry

from support.config import userdata_keys
from support.core.errors import SuiteError
from support.vocabulary import gherkin
from support.vocabulary.gherkin.misspelt_keywords import as_a_step, said_without_keyword

_OLD_SYNTAX = re.compile(r"~|,")
_RUNNER = "support.reporting.runner:EarshotRunner"
_OPERATORS = {"and", "or", "not"}


class NothingSelected(SuiteError):  # noqa: N818 - a fact about the command line
    """No scenario is left by the tags, names and places on the command line."""


def at_home(config: Configuration) -> None:
    """See to it that behave has found Earshot's settings: elsewhere it runs all the same, and reports nothing.

    Raises:
        SuiteError: it does not; says where they are.
    """
    if config.runner in (_RUNNER, "help"):
        return
    here = Path.cwd()
    homes = [folder for folder in here.parents if _RUNNER in _read(folder / "pyproject.toml")]
    where = homes[0] if homes else "the folder of Earshot's pyproject.toml"
    raise SuiteError(f"behave finds no settings of Earshot in {here}: run it from {where}")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def selected(runner: ModelRunner) -> list[Scenario]:
    """The scenarios that the command line leaves to run; those that were skipped with a reason are among them."""
    return [scenario for scenario in _scenarios(runner) if is_selected(scenario, runner.config)]


def is_selected(scenario: Scenario, config: Configuration) -> bool:
    """Whether tags and names leave a scenario to run; one that was skipped with a reason counts."""
    wanted = scenario.should_run_with_tags(config.tag_expression) and scenario.should_run_with_name_select(config)
    return bool(wanted) and bool(not scenario.should_skip or scenario.skip_reason)


def nothing_ran(runner: ModelRunner) -> None:
    """Call this in `after_all`: behave itself calls a run of no scenario a success.

    `-D allow_empty=true` permits it, for one of several workers.

    Raises:
        NothingSelected: says what was asked for, and which tag may have been meant.
    """
    config = runner.config
    if selected(runner) or config.dry_run or runner.aborted or userdata_keys.is_on(config.userdata, "allow_empty"):
        return
    raise NothingSelected(explain(runner))


def says_something(scenario: Scenario) -> None:
    """Call this in `before_scenario`: behave takes a misspelt first step for a description, and passes the empty.

    Raises:
        SuiteError: the scenario has no steps, or a description that was meant to be one.
    """
    for line in scenario.description:
        _is_a_description(line, scenario, as_a_step(line, _is_phrase))
    for above in filter(None, (scenario.background, scenario.parent, scenario.feature)):
        for line in above.description:
            _is_a_description(line, above, said_without_keyword(line, _is_phrase))
    if not scenario.steps:
        raise SuiteError(f"{scenario.location}: a scenario without steps shows nothing: write its steps, or delete it")


def _is_a_description(line: str, statement: BasicStatement, meant: str | None) -> None:
    if meant:
        number = gherkin.line_of(line, gherkin.lines(gherkin.read(statement.filename)[0]), statement.line)
        place = gherkin.Location(statement.filename, number)
        raise SuiteError(f"{place}: {line!r} is read as a description: {meant}")


@cache
def _is_phrase(text: str) -> bool:
    known = the_step_registry.steps.values()
    return any(matcher.match(text) for matchers in known for matcher in matchers)


def explain(runner: ModelRunner) -> str:
    """Why nothing was selected, in one line."""
    config = runner.config
    if not runner.features:
        return f"there is no feature in {', '.join(map(str, config.paths))}"
    if not any(scenario.should_run_with_name_select(config) for scenario in _scenarios(runner)):
        return f"no scenario is named like {' or '.join(config.name)!r}"
    expression = " ".join(map(str, config.tags or []))
    if not expression:
        return "no scenario is left to run"
    line = f"no scenario matches --tags={expression!r}"
    if _OLD_SYNTAX.search(expression):
        return f"{line}: write 'not @slow' for '~@slow', and '@a or @b' for '@a,@b'"
    nearest = _nearest(expression, _tags(runner))
    return f"{line}; did you mean {' or '.join(nearest)}?" if nearest else line


def _scenarios(runner: ModelRunner) -> Iterable[Scenario]:
    return (scenario for feature in runner.features for scenario in feature.walk_scenarios())


def _tags(runner: ModelRunner) -> set[str]:
    return {str(tag) for scenario in _scenarios(runner) for tag in scenario.effective_tags}


def _nearest(expression: str, known: Iterable[str]) -> list[str]:
    words = {word.lstrip("@") for word in re.findall(r"[^\s()]+", expression)} - _OPERATORS
    known = sorted(known)
    guesses = (difflib.get_close_matches(word, known, n=1) for word in sorted(words) if word not in known)
    return [f"@{guess}" for found in guesses for guess in found]
