from pathlib import Path

import pytest

from support.shares import balanced, options, shard, shares


def test_the_longest_goes_first_and_to_the_least_busy() -> None:
    seconds = {"a": 5.0, "b": 4.0, "c": 3.0, "d": 3.0, "e": 3.0}
    assert [sorted(portion) for portion in balanced(list(seconds), 2, seconds)] == [["a", "d"], ["b", "c", "e"]]


def test_there_are_no_more_portions_than_files() -> None:
    assert balanced(["a"], 4, {}) == [["a"]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "features").mkdir()
    for name in ("a", "b"):
        (tmp_path / "features" / f"{name}.feature").write_text("Feature: F\n  Scenario: s\n    Given x\n")
    (tmp_path / "pyproject.toml").write_text('[tool.behave]\npaths = ["features"]\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_are_shared_and_options_are_for_all(project: Path) -> None:
    portions = shares(["--tags=@smoke", "features"], 2, project / "no-ledger")
    assert sorted(portions) == [["--tags=@smoke", "features/a.feature"], ["--tags=@smoke", "features/b.feature"]]


def test_places_in_one_file_stay_together(project: Path) -> None:
    portions = shares(["features/a.feature:2", "features/b.feature", "features/a.feature:3"], 2, project / "no-ledger")
    assert sorted(portions) == [["features/a.feature:2", "features/a.feature:3"], ["features/b.feature"]]


@pytest.mark.parametrize("arguments", [["features/no.feature"], ["--bogus"]])
def test_what_behave_will_refuse_is_left_to_it(project: Path, arguments: list[str]) -> None:
    assert shares(arguments, 2, project / "no-ledger") == [arguments]


def test_shards_have_everything_once_between_them(project: Path) -> None:
    (project / "features" / "c.feature").write_text("Feature: F\n  @slow\n  Scenario: s\n    Given x\n")
    shards = [shard(["features"], index, 2, project / "no-ledger") for index in (1, 2)]
    assert sorted(file for files in shards for file in files or ()) == [
        "features/a.feature",
        "features/b.feature",
        "features/c.feature",
    ]


def test_a_shard_has_only_files_in_which_something_is_selected(project: Path) -> None:
    (project / "features" / "c.feature").write_text("Feature: F\n  @slow\n  Scenario: s\n    Given x\n")
    assert shard(["--tags=@slow"], 1, 2, project / "no-ledger") == ["--tags=@slow", "features/c.feature"]
    assert shard(["--tags=@slow"], 2, 2, project / "no-ledger") is None


def test_a_shard_of_nothing_is_left_to_behave(project: Path) -> None:
    """Else a misspelt tag would be green on every machine."""
    assert shard(["--tags=@slwo"], 2, 2, project / "no-ledger") == ["--tags=@slwo"]


def test_options_are_what_is_left_without_the_paths(project: Path) -> None:
    assert options(["--tags=@smoke", "features/a.feature", "-D", "profile=x"]) == ["--tags=@smoke", "-D", "profile=x"]
