"""`earshot format`: the layout is the one wanted, changes nothing that is said, and is the same a second time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from behave.model import Feature, Rule, ScenarioOutline

from support.core.errors import SuiteError
from support.vocabulary.lint import formatting, lint, source
from support.vocabulary.lint.layout import laid_out
from support.vocabulary.lint.runner import HOUSE

UNTIDY = """

# Who has written this
@chat   @smoke
Feature:   3. Messages
They are read.

   More of it.
   Background:
  Given user A is online

  And user B is online


  @STP-3.1
  @blocker
  Scenario:  3.1 As it was written
   Because it matters.
  When user A sends
  | text | because |
    # a note on the rows
  |a\\|b  |  it stands in the way |
  | Grüße, 👩 | wide |
     # a note on the step

    Then user B reads
    '''
     as it   is
    @not a tag

       | nor a row
    '''

  Rule: After that
  @STP-3.2
  Scenario Outline: 3.2 <text>
  Given user A is online
  Examples:
  | text|
  |  a|
  # the end
"""

TIDY = """\
# Who has written this
@chat @smoke
Feature: 3. Messages
  They are read.

  More of it.

  Background:
    Given user A is online
    And user B is online

  @STP-3.1
  @blocker
  Scenario: 3.1 As it was written
    Because it matters.
    When user A sends
      | text      | because              |
      # a note on the rows
      | a\\|b      | it stands in the way |
      | Grüße, 👩 | wide                 |
    # a note on the step
    Then user B reads
    '''
     as it   is
    @not a tag

       | nor a row
    '''

  Rule: After that

    @STP-3.2
    Scenario Outline: 3.2 <text>
      Given user A is online

      Examples:
        | text |
        | a    |
        # the end
"""

ODD = [
    "",
    "# only a comment\n",
    'Feature: x\n\n"""\nno doc string, never closed\n',
    "Feature: x\nScenario: y\n* something\n| a b | c |\n| back\\\\| slash \\| bar |\n",
    "Feature: x\nScenario: y\n* something\n```\n| a \\|\n  ```\n",
    "# language: de\nFunktionalität: x\n  Szenario: y\n      Angenommen z\n",
    "Feature: x\r\n\r\nScenario: y\r\n\tGiven z\r\n",
]


def read(folder: Path, text: str) -> source.Source:
    path = folder / "some.feature"
    path.write_text(text, encoding="utf-8")
    return source.read(path)


def said(statement: Any) -> Iterator[object]:
    """All that a feature, rule or scenario says, without where it stands."""
    yield from (statement.keyword, statement.name, getattr(statement, "tags", None), statement.description)
    if isinstance(statement, Feature | Rule):
        for child in [statement.background, *statement.run_items]:
            yield from said(child) if child else ()
        return
    for step in statement.steps:
        yield from (step.keyword, step.name, step.text, step.table and [step.table.headings, *step.table.rows])
    for examples in statement.examples if isinstance(statement, ScenarioOutline) else ():
        yield from (examples.name, list(examples.tags), examples.table and [row.cells for row in examples.table])


def same(one: source.Source, other: source.Source) -> bool:
    return [*said(one.feature)] == [*said(other.feature)] if one.feature and other.feature else one == other


def test_the_layout_is_the_one_wanted(tmp_path: Path) -> None:
    assert laid_out(read(tmp_path, UNTIDY)) == TIDY


@pytest.mark.parametrize("text", [UNTIDY, *ODD])
def test_nothing_is_changed_but_the_layout_and_only_once(text: str, tmp_path: Path) -> None:
    before = read(tmp_path, text)
    after = read(tmp_path, laid_out(before))
    assert after.text.split() == before.text.split() or "|" in text
    assert not before.feature or same(before, after)
    assert laid_out(after) == after.text


def disarranged(lines: list[str]) -> Iterator[str]:
    """Each line elsewhere and with a blank one after it, save texts below steps, which mean what they are."""
    in_text = False
    for line in lines:
        bounds = line.strip() == '"""'
        yield line if in_text or bounds else line.strip().replace(" | ", "|  ") + "\n"
        in_text ^= bounds


def test_every_feature_says_the_same_when_each_line_stands_elsewhere(tmp_path: Path) -> None:
    for path in sorted((HOUSE / "features").rglob("*.feature")):
        good = source.read(path)
        crooked = "\n".join(disarranged(good.lines))
        assert same(good, read(tmp_path, laid_out(read(tmp_path, crooked)))), path


def test_files_are_laid_out_in_place_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read(tmp_path, UNTIDY)
    assert formatting.main([tmp_path], check=True) == 1
    assert formatting.main([tmp_path]) == 0
    assert (tmp_path / "some.feature").read_text(encoding="utf-8") == TIDY
    assert formatting.main([tmp_path], check=True) == 0
    said_of_files = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said_of_files] == [
        "would be laid out", "1 of 1 files", "laid out", "1 of 1 files", "0 of 1 files"
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_keeps_all_as_they_are(tmp_path: Path) -> None:
    read(tmp_path, UNTIDY)
    (tmp_path / "bad.feature").write_text("Scenario: before any feature", encoding="utf-8")
    with pytest.raises(SuiteError, match=r"bad\.feature:1"):
        formatting.main([tmp_path])
    assert (tmp_path / "some.feature").read_text(encoding="utf-8") == UNTIDY


def test_lint_names_the_first_line_that_stands_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "features" / "chat"
    folder.mkdir(parents=True)
    (folder / "3.feature").write_text("@chat\nFeature: 3. Messages\n Scenario: 3.1 x\n", encoding="utf-8")
    (found,) = [one for one in lint(root=tmp_path) if one.rule == "layout"]
    assert found.line == 3
