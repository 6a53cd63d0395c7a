"""What is reached, what is excused, and what is told of it: judged over forged measurements."""

from pathlib import Path

import pytest
from coverage import CoverageData

from support.core.errors import SuiteError
from support.execution import behave_process
from support.reporting.outcome import Outcome, RunResults
from support.verification.coverage import branches, exceptions, measurement
from support.verification.coverage.branches import END, BranchCoverage
from support.verification.coverage.contexts import BETWEEN, START
from support.verification.coverage.exceptions import Excuse
from support.verification.coverage.measurement import Measured
from support.verification.coverage.output import page, ranges, summary
from support.verification.mutation.command import main as mutate

CODE = """def answer(word):
    if word:
        word = word.lower()
    if word == "hello":
        return "<b>hello</b>"
    return None
"""
SCENARIO = "features/chat/1.feature:7 A word is answered"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    code = Path("reference/chat/words.py")
    code.parent.mkdir(parents=True)
    code.write_text(CODE)
    return code


def covered(file: Path, *excuses: Excuse, **contexts: list[tuple[int, int]]) -> BranchCoverage:
    data = CoverageData(no_disk=True)
    for context, arcs in contexts.items():
        data.set_context({"start": START, "between": BETWEEN}.get(context, SCENARIO))
        data.add_arcs({str(file.resolve()): arcs})
    return branches.analyse("chat", data, [file], list(excuses), [])


def states(found: BranchCoverage) -> dict[tuple[int, str], str]:
    return {(branch.line, branch.goes): branch.state for branch in found.branches}


def test_each_branch_says_by_whom_it_is_reached(file: Path) -> None:
    found = covered(file, start=[(-1, 1), (1, -1)], scenario=[(2, 3), (3, 4), (4, 5)], between=[(2, 4)])
    assert states(found) == {
        (2, "word = word.lower()"): "reached",
        (2, 'if word == "hello":'): "in passing",
        (4, 'return "<b>hello</b>"'): "reached",
        (4, "return None"): "not reached",
    }
    assert found.reached == 0.75
    assert found.files[0].missing == [6]
    assert summary(found) == "chat: 75.0 % of branches, 3 of 4; 1 of 6 lines not run"


def test_an_excused_branch_does_not_count_and_an_excuse_in_vain_is_told(file: Path) -> None:
    excuse = Excuse(file=str(file), line='if word == "hello":', goes="return None", reason="It never happens.")
    stale = Excuse(file=str(file), line="if word:", goes="word = word.lower()", reason="It does happen.")
    found = covered(file, excuse, stale, scenario=[(2, 3), (2, 4), (4, 5)])
    assert found.reached == 1.0
    assert found.stale == [stale]
    assert "excused" in states(found).values()


def test_the_page_names_the_scenarios_and_needs_nothing_else(file: Path) -> None:
    text = page(covered(file, scenario=[(2, 3), (3, 4), (4, 5)]))
    assert SCENARIO in text
    assert "<b>" not in text
    assert "http" not in text


@pytest.mark.parametrize(("numbers", "shown"), [([], ""), ([3], "3"), ([1, 2, 3, 7], "1-3, 7"), ([5, 2, 4], "2, 4-5")])
def test_numbers_are_shown_in_few_signs(numbers: list[int], shown: str) -> None:
    assert ranges(numbers) == shown


def test_every_excuse_is_about_a_branch_that_is_there() -> None:
    for excuse in exceptions.load():
        lines = [line.strip() for line in Path(excuse.file).read_text().split("\n")]
        assert excuse.line in lines, excuse
        assert excuse.goes in (END, *lines), excuse


def test_an_excuse_without_a_reason_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "exceptions.toml"
    wrong.write_text('[[branch]]\nfile = "reference/chat/bots.py"\nline = "if x:"\ngoes = "the end"\n')
    with pytest.raises(SuiteError, match="reason"):
        exceptions.load(wrong)


def test_the_kit_is_reached_by_all_specs_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "shared.py"

    def of(system: str) -> Measured:
        data = CoverageData(no_disk=True)
        data.set_context(f"features/{system}/1.feature:2 A scenario")
        data.add_arcs({str(shared): [(1, len(system))]})
        return Measured(data, {f"features/{system}/1.feature:2 A scenario": 1.0}, [], "")

    monkeypatch.setattr(measurement, "measured", of)
    found = measurement.together(["chat", "dashboard"])
    assert sorted(found.data.arcs(str(shared)) or ()) == [(1, len("chat")), (1, len("dashboard"))]
    assert found.seconds.keys() == found.data.measured_contexts()


def test_a_measurement_that_was_not_green_is_made_anew_and_no_ground_for_mutation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(measurement, "KEPT", tmp_path)
    data = CoverageData(str(tmp_path / "training.coverage"))
    data.add_arcs({"reference/training/server.py": [(1, 2)]})
    data.write()
    monkeypatch.setattr(measurement, "merged", lambda system, home: data)
    bad = Outcome("It is there", "1. Ways in", "features/training/1.feature", 3, [], "failed", "product", message="no")
    played = RunResults(1, [bad])
    monkeypatch.setattr(behave_process, "run", lambda *arguments, **options: played)
    assert measurement.measure("training").bad == ["features/training/1.feature:3 It is there: no"]
    assert measurement.kept("training") is None
    with pytest.raises(SuiteError, match=r"is not known, for the spec was not green: .*It is there: no"):
        mutate("training", size=1, seed=1, since=None, jobs=1, check=False)
    played.outcomes.clear()
    measurement.measure("training")
    assert measurement.kept("training")


def test_what_makes_a_server_faulty_or_slow_does_not_count() -> None:
    names = {file.stem for file in measurement.measured_files(measurement.KIT)}
    assert names & {"patience", "serving"}
    assert not names & {"faults", "lag", "command"}
    assert not any("faults" in file.parts for file in measurement.measured_files("chat"))
