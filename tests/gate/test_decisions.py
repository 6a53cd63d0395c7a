"""A requirement that sums up what scenarios show is decided by the rules of the gate."""

from typing import Any

import pytest

from support.config.requirements import registry
from support.reporting.gate import rules
from support.reporting.traceability.matrix import Row
from support.reporting.traceability.trace import trace
from tests.gate.conftest import House


def readiness(house: House, ends: list[Any]) -> Row:
    """CT-READY-1 after a run of scenarios that ended so."""
    played = {f"CT-API-1 Case {number}": ("@CT-API-1", end) for number, end in enumerate(ends)}
    (chapter,) = trace("training", house("training", played)).chapters
    return next(row for row in chapter.rows if row.requirement.id == "CT-READY-1")


@pytest.mark.parametrize(
    ("ends", "state", "share"),
    [
        (["passed"] * 10, "passed", "10 of 10 (100.0 %)"),
        (["passed"] * 10 + ["failed"], "passed", "10 of 11 (90.9 %)"),
        (["passed"] * 9 + ["failed"], "failed", "9 of 10 (90.0 %)"),
        (["passed"] * 8 + ["not run"] * 2, "not run", "8 of 10 (80.0 %)"),
        (["passed"] * 8 + ["not run", "absent"], "absent", "8 of 10 (80.0 %)"),
    ],
)
def test_it_is_passed_where_its_rules_are_green(house: House, ends: list[Any], state: str, share: str) -> None:
    row = readiness(house, ends)
    assert (row.state, row.share, row.reason) == (state, share, "decided by the gate: readiness")


def test_without_results_it_is_not_run(house: House) -> None:
    assert readiness(house, [None]).state == "not run"


def test_the_rules_that_decide_are_rules_of_that_system() -> None:
    gates = rules.load()
    for system, spec in registry.load().items():
        known = {rule.id for rule in gates[system].rule} if system in gates else set[str]()
        for requirement in spec.requirement:
            assert set(requirement.decided_by) <= known, requirement.id
            assert not (requirement.decided_by and requirement.not_applicable), requirement.id


def test_what_the_gate_decides_has_no_scenario_of_its_own(house: House) -> None:
    root = house("training", {"CT-READY-1 Case": ("@CT-READY-1", "passed")})
    (gap,) = [gap for gap in trace("training", root).check() if "CT-READY-1" in gap.message]
    assert "has a scenario although the gate decides it" in gap.message
