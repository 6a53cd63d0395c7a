"""The linter as a whole: what it reports of, how, and that the project itself is clean."""

from collections.abc import Callable
from pathlib import Path

import pytest
from behave import step_registry
from behave.cucumber_expression import StepMatcher4CucumberExpressions

from support.core.errors import SuiteError
from support.vocabulary.lint import Violation, lint, main
from support.vocabulary.lint.runner import FEATURE_RULES, HOUSE, VOCABULARY_RULES
from support.vocabulary.lint.settings import tags

House = Callable[[dict[str, str]], list[Violation]]
EMPTY = {"features/chat/a.feature": "", "features/chat/b.feature": ""}


def test_the_project_itself_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 0, capsys.readouterr().out


def test_findings_are_printed_one_on_a_line(house: House, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    house(EMPTY)
    assert main(root=tmp_path) == 1
    first, second, total = capsys.readouterr().out.splitlines()
    assert first.endswith("a.feature:1: no Feature in this file: write one, or delete the file [empty-file]")
    assert "b.feature:1:" in second
    assert total == "2 findings"


def test_only_what_was_asked_for_is_reported_but_all_is_read(house: House, tmp_path: Path) -> None:
    house(EMPTY)
    (found,) = lint([tmp_path / "features/chat/b.feature"], tmp_path)
    assert found.file.endswith("b.feature")
    assert lint([tmp_path / "steps"], tmp_path) == []


@pytest.mark.parametrize(
    ("path", "says"), [("features/no.feature", "there is no file"), ("README.md", "no part of the")]
)
def test_a_path_that_is_not_linted_is_an_error(path: str, says: str) -> None:
    with pytest.raises(SuiteError, match=says):
        lint([HOUSE / path])


def test_the_registries_of_behave_are_left_as_they_were(house: House) -> None:
    types = StepMatcher4CucumberExpressions.TYPE_REGISTRY.parameter_types
    steps = step_registry.registry.steps
    house({})
    assert step_registry.registry.steps is steps
    assert StepMatcher4CucumberExpressions.TYPE_REGISTRY.parameter_types is types


def test_a_file_that_is_no_utf8_is_found(house: House, tmp_path: Path) -> None:
    house({})
    (tmp_path / "features/chat/latin.feature").write_bytes("@chat\nFeature: Grüße".encode("latin-1"))
    (found,) = lint(root=tmp_path)
    assert (found.rule, found.line) == ("unreadable", 2)


def test_every_rule_has_a_reason_and_every_tag_a_meaning() -> None:
    assert all(rule.__doc__ for rule in FEATURE_RULES + VOCABULARY_RULES)
    assert all(meaning.strip() for meanings in tags().values() for meaning in meanings.values())
