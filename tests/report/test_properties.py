import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from support.core.redaction import everywhere
from support.reporting.run_metadata import CATEGORIES, RunMetadata, gather, read_properties


def category(status: str, message: str) -> str:
    rules = json.loads(CATEGORIES.read_text())
    found = (
        rule["name"]
        for rule in rules
        if status in rule["matchedStatuses"] and re.fullmatch(rule.get("messageRegex", r"[\s\S]*"), message)
    )
    return next(found)


@pytest.mark.parametrize(
    ("status", "message", "expected"),
    [
        ("failed", "nothing arrived", "Product defect"),
        ("failed", "flaky: it passed at attempt 2, after this\nnothing arrived", "Flaky"),
        ("failed", "the product has no invitations", "Absent from the product"),
        ("failed", "could not be tried: the answer was not understood: KeyError", "Could not be tried"),
        ("failed", "the answer was not understood: KeyError: 'id'", "Answer not understood"),
        ("broken", "ValueError: x", "Suite defect"),
        ("broken", "InvalidMeasurement: the generator was 20 ms late", "Invalid measurement"),
        ("broken", "interrupted by the user", "Interrupted"),
        ("broken", "Environment: no answer\nmore", "Environment"),
        ("skipped", "Known failure: why\nISSUE-1\nlines", "Known failure"),
        ("skipped", "it is not for this system", "Not run"),
    ],
)
def test_categories(status: str, message: str, expected: str) -> None:
    assert category(status, message) == expected


def test_the_environment_is_written_without_secrets(tmp_path: Path) -> None:
    RunMetadata(tmp_path / "new", everywhere).write(
        {"Redis": "Valkey 9.1", "profile: name": "a\nb", "api_key": "s3cret"}
    )
    text = (tmp_path / "new" / "environment.properties").read_text()
    assert text == "Redis=Valkey 9.1\nprofile\\:\\ name=a b\napi_key=***\n"


def test_processes_of_a_run_add_to_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor() as pool:
        list(
            pool.map(
                lambda number: RunMetadata(tmp_path, everywhere).write({"python": "3.11", f"{number}": "up"}), range(20)
            )
        )
    lines = (tmp_path / "environment.properties").read_text().splitlines()
    assert sorted(lines) == sorted(["python=3.11", *(f"{number}=up" for number in range(20))])


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ({}, "a run"),
        ({"GITHUB_RUN_ID": "7", "GITHUB_SERVER_URL": "u", "GITHUB_REPOSITORY": "r"}, "GitHub Actions"),
        ({"CI_JOB_URL": "u"}, "GitLab CI"),
    ],
)
def test_the_executor_is_known(
    variables: dict[str, str], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("GITHUB_RUN_ID", "CI_JOB_URL"):
        monkeypatch.delenv(variable, raising=False)
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    RunMetadata(tmp_path, everywhere, name="a run").write({})
    assert json.loads((tmp_path / "executor.json").read_text())["name"] == name


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    said = {"A system: the server": r"C:\here = there; 2.0", "profile": "a b"}
    RunMetadata(tmp_path, everywhere).write(said)
    assert read_properties(tmp_path) == said
    assert read_properties(tmp_path / "nowhere") == {}


def test_a_figure_that_has_grown_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    gathered = tmp_path / "machine"
    RunMetadata(gathered, everywhere).write({"cut short": "after 7 scenarios", "python": "3.12"})
    here = RunMetadata(tmp_path / "here", everywhere)
    for count in (1, 2, 3):
        here.write({"cut short": f"after {count} scenarios", "python": "3.11"})
    gather(gathered, tmp_path / "here")
    here.write({"cut short": "after 4 scenarios", "python": "3.11"})
    said = read_properties(tmp_path / "here")
    assert sorted(said["cut short"].split("; ")) == ["after 4 scenarios", "after 7 scenarios"]
    assert sorted(said["python"].split("; ")) == ["3.11", "3.12"]
