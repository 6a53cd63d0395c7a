"""Rules as TOML: another document needs no Python, and a wrong rule is one clear line."""

from pathlib import Path
from typing import Any

import pytest

from support.config.requirements.registry import Requirement, Section, Spec
from support.core.errors import SuiteError
from support.reporting.gate.judgement import Judgement, judge
from support.reporting.gate.rules import Gate, load
from tests.gate.conftest import House

BROKER = """
[decision]
green = "DEPLOY"
red = "DO NOT DEPLOY"

[[rule]]
id = "pre-flight"
says = "All pre-flight checks pass."
counts = "requirements"
select = "@PRE-*"

[[rule]]
id = "critical"
says = "Every critical functional case passes."
counts = "requirements"
select = "@TC-* and (@critical or @blocker)"

[[rule]]
id = "overall"
says = "95 % of the functional cases pass."
counts = "requirements"
select = "@TC-*"
green = "at least 95 %"
"""
PLACE = Section(section="all", number="1")
PRE = [f"PRE-{number}" for number in range(1, 8)]
CASES = [f"TC-P-{number:03}" for number in range(1, 21)]


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    (tmp_path / "broker.toml").write_text(BROKER)
    return load(tmp_path)["broker"]


@pytest.fixture
def judged(gate: Gate, house: House) -> Any:
    """Judges a broker of which these cases have failed; only TC-P-001 and the pre-flight checks are critical."""
    critical = {"TC-P-001", *PRE}
    requirements = tuple(
        Requirement(id=id, demands="works", criticality="critical" if id in critical else "normal", place=PLACE)
        for id in [*PRE, *CASES]
    )
    spec = Spec(system="broker", product="Broker", document="Readiness", requirement=requirements)

    def judge_with(*failed: str) -> Judgement | None:
        ended = {f"On {id}": (f"@{id}", "failed" if id in failed else "passed") for id in [*PRE, *CASES]}
        return judge(gate, spec, house("broker", ended))

    return judge_with


@pytest.mark.parametrize(
    ("failed", "words", "colours"),
    [
        ([], "DEPLOY", "green green green"),
        (["TC-P-020"], "DEPLOY", "green green green"),
        (["TC-P-019", "TC-P-020"], "DO NOT DEPLOY", "green green red"),
        (["TC-P-001"], "DO NOT DEPLOY", "green red green"),
        (["PRE-7"], "DO NOT DEPLOY", "red green green"),
    ],
)
def test_the_brokers_document_needs_only_rules(judged: Any, failed: list[str], words: str, colours: str) -> None:
    judgement = judged(*failed)
    assert judgement.words == words
    assert " ".join(ruling.colour for ruling in judgement.rulings) == colours


def test_a_rule_that_finds_nothing_to_count_is_red(gate: Gate) -> None:
    assert gate.rule[0].colour(0, 0) == "red"
    assert gate.rule[0].model_copy(update={"yellow": "at least 0 %"}).colour(0, 0) == "red"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("counts =", "count =", r"unknown key 'rule.0.count'; allowed here: counts, green, id, says, select, yellow"),
        ('"at least 95 %"', '"95"', r"key 'rule.2.green': string should match pattern .*, not '95'"),
        ('"@PRE-*"', '"@PRE-* and ("', r"key 'rule.0.select': .*not a tag expression"),
        ('"@PRE-*"', '""', r"key 'rule.0.select': string should have at least 1 character"),
        ("[decision]", "[decision", "not valid TOML"),
    ],
)
def test_a_wrong_rule_is_one_clear_line(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    (tmp_path / "broker.toml").write_text(BROKER.replace(old, new))
    with pytest.raises(SuiteError, match=rf"broker.toml: .*{complaint}|{complaint}") as caught:
        load(tmp_path)
    assert "broker.toml" in str(caught.value)
