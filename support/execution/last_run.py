"""`earshot run --failed`: what failed in the last run, by names of scenarios, for lines change with each edit."""

from pathlib import Path

from behave.model import Scenario

from support.core.errors import SuiteError
from support.execution import sharding, start_checks
from support.reporting import results_file
from support.reporting.judging import rule_of


def failed(arguments: list[str], reports: Path) -> list[str]:
    """behave's arguments for those scenarios of these that failed in the last run.

    Args:
        arguments: behave's own.
        reports: where the last run has left its results.

    Raises:
        SuiteError: there was no run, nothing failed in it, or nothing of that is among these; or behave does not
            understand its arguments.
    """
    start_checks.there(start_checks.understood(arguments))
    path = reports / "results.jsonl"
    if not path.exists():
        raise SuiteError("--failed: there is no last run here, so nothing that failed in it")
    names = {(one.file, one.rule, one.scenario) for one in results_file.read(path).outcomes if one.bad}
    if not names:
        raise SuiteError("--failed: nothing failed in the last run")
    among = sharding.selected(arguments, {file for file, _, _ in names})
    places = [str(one.location) for one in among if _name(one) in names]
    if not places:
        raise SuiteError(f"--failed: none of the {len(names)} scenarios that failed in the last run is among these")
    return [*sharding.options(arguments), *places]


def _name(scenario: Scenario) -> tuple[str, str | None, str]:
    """File, rule and title: two rules may have a title in common."""
    rule = rule_of(scenario)
    return scenario.filename, rule.name if rule else None, scenario.name.strip()
