"""What a step is found to be in the step files, and how often they are looked through for it."""

from pathlib import Path

import pytest
from behave.matchers import Match
from behave.model import Step
from behave.step_registry import StepRegistry

from support.reporting import step_files
from support.scenario.run import vocabulary

vocabulary()


def online(context: object, people: list[str]) -> None: ...


def sends(context: object, sender: str, text: str) -> None: ...


def registry() -> StepRegistry:
    found = StepRegistry()
    found.add_step_definition("given", "{users} are online", online)
    found.add_step_definition("when", "{user} sends {string}", sends)
    step_files.find_once(found)
    return found


def step(kind: str, text: str) -> Step:
    return Step("some.feature", 1, kind.title(), kind, text)


def test_a_step_is_found_with_its_values() -> None:
    found = registry().find_match(step("when", 'user A sends "Hello"'))
    assert isinstance(found, Match)
    assert found.func is sends
    assert [argument.value for argument in found.arguments] == ["user A", "Hello"]


def test_what_no_phrase_fits_is_not_found() -> None:
    assert registry().find_match(step("given", 'user A sends "Hello"')) is None
    assert registry().find_match(step("when", "user A sends nothing")) is None


def test_each_step_gets_values_of_its_own() -> None:
    known, asked = registry(), step("given", "user A and user B are online")
    known.find_match(asked).arguments[0].value.clear()
    assert known.find_match(asked).arguments[0].value == ["user A", "user B"]


def test_the_phrases_are_looked_through_once_for_a_step() -> None:
    known, asked = registry(), step("when", 'user A sends "Hello"')
    first = known.find_match(asked)
    known.steps["when"].clear()
    assert known.find_match(asked).func is first.func


def test_step_files_of_another_folder_take_the_place_of_those_read_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phrases = registry()
    monkeypatch.setattr(step_files, "the_step_registry", phrases)
    monkeypatch.setattr(step_files, "_known", step_files._Known(tmp_path.resolve()))
    (tmp_path / "same").symlink_to(tmp_path)
    assert step_files.known(tmp_path / "same") is phrases
    assert step_files.known(tmp_path / "other") is None
    assert not any(phrases.steps.values())
    assert step_files.known(tmp_path) is None, "it has to be read once more"
