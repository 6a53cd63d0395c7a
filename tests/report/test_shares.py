import json
from dataclasses import asdict
from pathlib import Path

import pytest

from support.execution.sharding import balanced, options, shard, shares
from support.reporting.outcome import Outcome


def test_all_are_through_at_the_same_time() -> None:
    seconds = {"a": 5.0, "b": 4.0, "c": 3.0, "d": 3.0, "e": 3.0}
    assert sorted(map(sorted, balanced(seconds, 2))) == [["a", "b"], ["c", "d", "e"]]


def test_what_is_shared_out_among_many_is_there_once() -> None:
    seconds = {f"{system}/{number}": 0.1 * number for system in ("chat", "threads", "broker") for number in range(9)}
    portions = balanced(seconds, 4)
    assert len(portions) == 4
    assert sorted(file for files in portions for file in files) == sorted(seconds)


def test_systems_stay_whole_where_that_is_no_longer() -> None:
    seconds = {f"{system}/{number}": 1.0 for system in ("a", "b", "c", "d") for number in range(5)}
    assert [len({file[0] for file in files}) for files in balanced(seconds, 2)] == [2, 2]


def test_a_system_is_not_started_twice_for_little() -> None:
    seconds = {"chat/1": 1.0, "chat/2": 1.0, "threads/1": 1.2, "threads/2": 0.9}
    assert balanced(seconds, 2) == [["threads/1", "threads/2"], ["chat/1", "chat/2"]]


def test_a_system_is_started_twice_for_much() -> None:
    assert balanced({"chat/1": 9.0, "chat/2": 8.0}, 2) == [["chat/1"], ["chat/2"]]


def test_a_file_of_which_nothing_is_played_starts_nothing() -> None:
    assert balanced({"chat/1": 2.0, "threads/1": 1.0, "chat/2": 0.0}, 2) == [["chat/1", "chat/2"], ["threads/1"]]


def test_there_are_no_more_portions_than_files() -> None:
    assert balanced({"a": 1.0}, 4) == [["a"]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "features").mkdir()
    for name in ("a", "b"):
        (tmp_path / "features" / f"{name}.feature").write_text("Feature: F\n  Scenario: s\n    Given x\n")
    (tmp_path / "pyproject.toml").write_text('[tool.behave]\npaths = ["features"]\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_are_shared_and_options_are_for_all(project: Path) -> None:
    portions = shares(["--name=s", "features"], 2, project / "no-reports")
    assert sorted(portions) == [["--name=s", "features/a.feature"], ["--name=s", "features/b.feature"]]


def test_how_long_a_scenario_took_is_known_wherever_it_has_moved_to(project: Path) -> None:
    took = Outcome("s", "F", "features/a.feature", 99, [], "passed", duration=60.0)
    (project / "reports" / "history").mkdir(parents=True)
    (project / "reports" / "history" / "2026-11-28T12-00-00-000000.jsonl").write_text(json.dumps(asdict(took)) + "\n")
    for name in ("c", "d"):
        (project / "features" / f"{name}.feature").write_text("Feature: F\n  Scenario: s\n    Given x\n")
    assert ["features/a.feature"] in shares(["features"], 2, project / "reports")


def test_places_in_one_file_stay_together(project: Path) -> None:
    portions = shares(["features/a.feature:2", "features/b.feature", "features/a.feature:3"], 2, project / "no-reports")
    assert sorted(portions) == [["features/a.feature:2", "features/a.feature:3"], ["features/b.feature"]]


def test_scenarios_of_a_system_that_runs_are_shared_one_by_one_the_longest_first(project: Path) -> None:
    scenarios = "".join(f"  Scenario: {name}\n    Given x\n" for name in ("short", "long", "middle", "brief"))
    (project / "features" / "c.feature").write_text(f"@chat\nFeature: F\n{scenarios}")
    took = {"short": 1.0, "long": 9.0, "middle": 6.0, "brief": 2.0}
    told = [
        Outcome(name, "F", "features/c.feature", line, [], "passed", duration=took[name])
        for line, name in enumerate(took)
    ]
    (project / "reports" / "history").mkdir(parents=True)
    kept = project / "reports" / "history" / "2026-11-28T12-00-00-000000.jsonl"
    kept.write_text("".join(json.dumps(asdict(one)) + "\n" for one in told))
    portions = shares(["--name=.", "features/c.feature"], 2, project / "reports", ["chat"])
    assert portions == [
        ["--name=.", "features/c.feature:5"],
        ["--name=.", *(f"features/c.feature:{n}" for n in (3, 7, 9))],
    ]
    assert shares(["features/c.feature"], 2, project / "reports", ["broker"]) == [["features/c.feature"]]
    mixed = shares(["features"], 4, project / "reports", ["chat"])
    assert sorted(place for portion in mixed for place in portion) == [
        *("features/a.feature", "features/b.feature"),
        *(f"features/c.feature:{line}" for line in (3, 5, 7, 9)),
    ]


@pytest.mark.parametrize("arguments", [["features/no.feature"], ["--bogus"]])
def test_what_behave_will_refuse_is_left_to_it(project: Path, arguments: list[str]) -> None:
    assert shares(arguments, 2, project / "no-reports") == [arguments]


def test_only_what_is_selected_of_a_file_counts(project: Path) -> None:
    (project / "features" / "c.feature").write_text("Feature: F\n" + 9 * "  @slow\n  Scenario: s\n    Given x\n")
    portions = shares(["--tags=not @slow", "features"], 2, project / "no-reports")
    assert all(len(set(portion) & {"features/a.feature", "features/b.feature"}) == 1 for portion in portions)


def test_shards_have_everything_once_between_them(project: Path) -> None:
    (project / "features" / "c.feature").write_text("Feature: F\n  @slow\n  Scenario: s\n    Given x\n")
    shards = [shard(["features"], index, 2) for index in (1, 2)]
    assert sorted(file for files in shards for file in files or ()) == [
        "features/a.feature",
        "features/b.feature",
        "features/c.feature",
    ]


def test_a_shard_has_only_files_in_which_something_is_selected(project: Path) -> None:
    (project / "features" / "c.feature").write_text("Feature: F\n  @slow\n  Scenario: s\n    Given x\n")
    assert shard(["--tags=@slow"], 1, 2) == ["--tags=@slow", "features/c.feature"]
    assert shard(["--tags=@slow"], 2, 2) is None


def test_a_shard_of_nothing_is_left_to_behave(project: Path) -> None:
    """Else a misspelt tag would be green on every machine."""
    assert shard(["--tags=@slwo"], 2, 2) == ["--tags=@slwo"]


def test_options_are_what_is_left_without_the_paths(project: Path) -> None:
    assert options(["--tags=@smoke", "features/a.feature", "-D", "profile=x"]) == ["--tags=@smoke", "-D", "profile=x"]
