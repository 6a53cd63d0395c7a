"""How a scenario is named, sorted and remembered in Allure."""

import re
from pathlib import Path

from allure_commons.model2 import Label, Link, Parameter
from allure_commons.types import LabelType, LinkType, Severity
from behave.model import Scenario, ScenarioOutline

from support.reporting.allure_files import digest
from support.reporting.judging import rule_of
from support.reporting.reporting_context import ReportingContext

#: A tag like STP-3.5.1 or TFS-API-2 names a requirement; no other tag is upper case with a dash.
REQUIREMENT = re.compile(r"[A-Z][A-Z0-9]+(-[A-Z0-9.]+)+")
_SEVERITIES = {severity.value for severity in Severity}


def requirements(scenario: Scenario) -> list[str]:
    """The requirement ids among a scenario's tags, those of its rule and feature included."""
    return sorted(str(tag) for tag in scenario.effective_tags if REQUIREMENT.fullmatch(tag))


def labels(scenario: Scenario, reporting: ReportingContext) -> list[Label]:
    """Epic (system), feature, story (requirement and rule), severity, suites and the remaining tags."""
    tags = sorted(map(str, scenario.effective_tags))
    rule = rule_of(scenario)
    rule_name = [rule.name] if rule else []
    epic, feature = path(scenario, reporting)
    stories = [" · ".join([requirement, *rule_name]) for requirement in requirements(scenario)] or rule_name
    severity = next((tag for tag in scenario.tags + tags if tag in _SEVERITIES), Severity.NORMAL.value)
    found = [(LabelType.EPIC, epic), (LabelType.FEATURE, feature), (LabelType.SEVERITY, severity)]
    found += [(LabelType.STORY, story) for story in stories]
    found += [(LabelType.PARENT_SUITE, epic), (LabelType.SUITE, feature)]
    found += [(LabelType.SUB_SUITE, name) for name in rule_name]
    found += [(LabelType.TAG, tag.replace("_", " ")) for tag in tags if tag not in _SEVERITIES]
    found += [(LabelType.FRAMEWORK, "behave"), (LabelType.LANGUAGE, "gherkin")]
    return [Label(str(name), value) for name, value in found]


def path(scenario: Scenario, reporting: ReportingContext) -> list[str]:
    """Where a scenario stands in the report: its system, and the section of that one's document."""
    return [reporting.products.get(_system(scenario, reporting), "No system"), scenario.feature.name]


def links(scenario: Scenario, reporting: ReportingContext) -> list[Link]:
    """One link to each requirement."""
    url = reporting.requirement_url
    return [Link(LinkType.TEST_CASE, url.format(id=found), found) for found in requirements(scenario)]


def parameters(scenario: Scenario) -> list[Parameter]:
    """The values of an outline's row."""
    row = scenario._row
    return [Parameter(name, value) for name, value in zip(row.headings, row.cells, strict=True)] if row else []


def full_name(scenario: Scenario) -> str:
    """Where a scenario stands, without the row: file, rule and title of the scenario or outline."""
    rule = rule_of(scenario)
    outline = scenario.parent if isinstance(scenario.parent, ScenarioOutline) else scenario
    return ": ".join([_file(scenario), *([rule.name] if rule else []), outline.name])


def history_id(scenario: Scenario, reporting: ReportingContext) -> str:
    """What makes a result of this run and one of the last run the same test; Allure 3 calls it the id of its test case.

    System and driver are part of it, so that runs against two systems are two histories; a row counts by its values,
    not its number, so that a row put in above changes nothing.
    """
    system = _system(scenario, reporting)
    row = [f"{parameter.name}={parameter.value}" for parameter in parameters(scenario)]
    return digest(system, reporting.drivers.get(system, ""), full_name(scenario), *row)


def _system(scenario: Scenario, reporting: ReportingContext) -> str:
    return next((str(tag) for tag in scenario.effective_tags if tag in reporting.products), "")


def _file(scenario: Scenario) -> str:
    path = Path(scenario.filename)
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()
