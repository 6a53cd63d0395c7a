from behave.model import Scenario
from behave.parser import parse_feature

from support.reporting.labels import full_name, history_id, requirements
from support.reporting.reporting_context import ReportingContext

OUTLINE = """
@chat @STP-3.3
Feature: Messages
  Rule: delivery
    @smoke @TFS-API-2
    Scenario Outline: it arrives
      Then <what>
      Examples:
        | what |
{rows}
"""


def scenarios(*rows: str, text: str = OUTLINE) -> list[Scenario]:
    table = "\n".join(f"        | {row} |" for row in rows)
    return list(parse_feature(text.format(rows=table), filename="features/chat/3.feature").walk_scenarios())


def test_a_row_put_in_above_changes_no_history() -> None:
    before, after = scenarios("tea"), scenarios("coffee", "tea")
    assert history_id(before[0], ReportingContext()) == history_id(after[1], ReportingContext())
    assert history_id(after[0], ReportingContext()) != history_id(after[1], ReportingContext())


def test_another_system_driver_or_rule_is_another_history() -> None:
    chat = scenarios("tea")[0]
    threads = scenarios("tea", text=OUTLINE.replace("@chat", "@threads"))[0]
    rule = scenarios("tea", text=OUTLINE.replace("delivery", "order"))[0]
    sessions = [ReportingContext(), ReportingContext(drivers={"chat": "polling"})]
    ids = {history_id(chat, sessions[0]), history_id(chat, sessions[1])}
    ids |= {history_id(other, sessions[0]) for other in (threads, rule)}
    assert len(ids) == 4


def test_the_full_name_is_the_place_without_the_row() -> None:
    assert full_name(scenarios("tea")[0]) == "features/chat/3.feature: delivery: it arrives"


def test_requirements_are_the_upper_case_tags() -> None:
    assert requirements(scenarios("tea")[0]) == ["STP-3.3", "TFS-API-2"]
