"""`docs/renamed-titles.md` leads from each former title to a scenario that is there."""

import re
from pathlib import Path

from benchmarks.compare_scenarios import RENAMED, by_title, main, now, renames
from support.reporting.outcome import Outcome
from support.reporting.results_file import leave_empty

FEATURES = Path(__file__).parents[2] / "features"
TABLE = r"""
| was | is |
|---|---|
| 1.1 Nobody \<does> it | 1.1 No user \<does> it |
| 1.1 No user \<does> it | 2.1 A user cannot \<does> it |
"""


def test_each_former_title_leads_to_a_scenario() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FEATURES.rglob("*.feature"))
    titles = re.findall(r"^\s*Scenario(?: Outline)?: (.+?)\s*$", text, re.MULTILINE)
    there = re.compile("|".join(re.sub(r"<\w+>", ".+", re.escape(title)) for title in titles))
    known = renames(RENAMED.read_text(encoding="utf-8"))
    last = {now(re.sub(r"\\g<\w+>", "a word", title), known) for _, title in known}
    assert [title for title in last if not there.fullmatch(title)] == []


def test_a_title_is_followed_through_all_its_names() -> None:
    known = renames(TABLE)
    assert now("1.1 Nobody sees it", known) == "2.1 A user cannot sees it"
    assert now("1.2 Nobody", known) == "1.2 Nobody"
    outcome = Outcome("1.1 Nobody sees it", "1", "features/chat/1.feature", 3, [], "passed")
    assert list(by_title([outcome], known)) == [("chat", "2.1 A user cannot sees it")]


def test_runs_of_nothing_agree(tmp_path: Path) -> None:
    leave_empty(tmp_path / "results.jsonl")
    assert main(str(tmp_path / "results.jsonl"), str(tmp_path / "results.jsonl")) == 0
