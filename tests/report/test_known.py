from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from support.config.known_failures import KnownFailure
from support.reporting.known_failures import judge
from support.reporting.outcome import Outcome

TODAY = date(2026, 6, 1)
ENTRY = KnownFailure(
    id="STP-3.3", pattern=r"^\d messages? too many", issue="ISSUE-7", expires=TODAY, reason="echoes are not cut off"
)
FAILED = Outcome(
    "3.3 nobody else", "Messages", "x.feature", 3, ["chat", "STP-3.3"], "failed", "product",
    message="2 messages too many", details="2 messages too many\n…",
)  # fmt: skip


def test_the_expected_failure_is_excused() -> None:
    judged = judge(FAILED, [ENTRY], TODAY)
    assert (judged.status, judged.kind, judged.bad) == ("failed", "known", False)
    assert (judged.reason, judged.issue) == ("echoes are not cut off", "ISSUE-7")


def test_passing_turns_red() -> None:
    passed = replace(FAILED, status="passed", kind=None, message=None, details=None)
    judged = judge(passed, [ENTRY], TODAY)
    assert judged.bad
    assert "fixed: remove me" in (judged.message or "")


def test_an_expired_entry_excuses_nothing() -> None:
    judged = judge(FAILED, [ENTRY], date(2026, 6, 2))
    assert (judged.status, judged.kind) == ("failed", "product")
    assert "expired on 2026-06-01" in (judged.message or "")


def test_another_failure_is_not_the_expected_one() -> None:
    judged = judge(replace(FAILED, details="nothing arrived"), [ENTRY], TODAY)
    assert judged.kind == "product"


def test_an_error_is_never_the_expected_failure() -> None:
    broken = replace(FAILED, status="broken", kind="suite")
    assert judge(broken, [ENTRY], TODAY) is broken


def test_a_scenario_that_is_not_named_is_left_alone() -> None:
    other = replace(FAILED, tags=["STP-3.4"])
    assert judge(other, [ENTRY], TODAY) is other


def test_a_title_names_every_row_of_its_outline() -> None:
    entry = ENTRY.model_copy(update={"id": "3.3 nobody else"})
    assert judge(replace(FAILED, scenario="3.3 nobody else -- @1.2", tags=[]), [entry], TODAY).kind == "known"


def test_a_pattern_must_be_a_regular_expression() -> None:
    with pytest.raises(ValidationError, match="not a regular expression"):
        KnownFailure(id="x", pattern="(", issue="i", expires=TODAY, reason="r")
