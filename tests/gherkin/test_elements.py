"""The grammar of Gherkin, element by element: present, absent, empty, twice. All of it works or is refused in words.

A case that is refused names the line and what the line is told. What is taken is played as it was written: see below.
"""

from pathlib import Path

import pytest

from support.vocabulary import gherkin
from support.vocabulary.gherkin import NotReadable
from support.vocabulary.lint import lint

OK = ""
BACKGROUND = "Background:\n Given a\n"
SCENARIO = "Scenario: s\n When b\n"
OUTLINE = "Scenario Outline: o <x>\n When b <x>\n"
ROWS = "| x |\n| 1 |\n"
EXAMPLES = f"Examples:\n{ROWS}"


def feature(text: str) -> str:
    return f"Feature: f\n{text}"


#: element and case -> (file, what it is told; nothing if it is taken)
CASES: dict[str, tuple[str, str]] = {
    # files
    "file, empty": ("", OK),
    "file, blank": ("\n \n", OK),
    "file, with a comment alone": ("# nothing yet\n", OK),
    "file, with tags alone": ("@a\n", "1: these tags belong to nothing"),
    "file, with a byte order mark": ("\ufeff" + feature(SCENARIO), OK),
    "file, with Windows' line ends": (feature(SCENARIO).replace("\n", "\r\n"), OK),
    "file, without a line end": (feature(SCENARIO).rstrip(), OK),
    # language
    "language": ("# language: de\nFunktionalität: f\nSzenario: s\nWenn b\n", OK),
    "language, without blanks": ("#language:de\nFunktionalität: f\nSzenario: s\nWenn b\n", OK),
    "language, unknown": ("# language: xx\n" + feature(SCENARIO), "1: there is no language 'xx'"),
    "language, misspelt": ("# language: en-pirat\n" + feature(SCENARIO), "1: did you mean 'en-pirate'?"),
    "language, empty": ("# language:\n" + feature(SCENARIO), "1: there is no language ''"),
    "language, twice": ("# language: en\n# language: de\n" + feature(""), "2: named in line 1 already"),
    "language, below tags": ("@a\n# language: en\n" + feature(SCENARIO), "2: in the first line"),
    "language, below the Feature": (feature("# language: en\n" + SCENARIO), "2: in the first line"),
    # Feature
    "Feature, under another name": (f"Business Need: f\n{SCENARIO}", OK),
    "Feature, without a name": (f"Feature:\n{SCENARIO}", OK),
    "Feature, with a description": (feature(f"As a user\nI want it\n{SCENARIO}"), OK),
    "Feature, absent": (SCENARIO, "1: 'Feature:' comes first"),
    "Feature, absent, with prose": ("hello\n", "1: 'Feature:' comes first"),
    "Feature, empty": (feature(""), "1: no scenario in this Feature"),
    "Feature, twice": (feature(SCENARIO + "Feature: g\n"), "4: a second Feature"),
    "Feature, twice at once": (feature("Feature: g\n" + SCENARIO), "2: a second Feature"),
    "Feature, without a colon": (f"Feature f\n{SCENARIO}", "1: write a colon after 'Feature'"),
    "Feature, misspelt": (f"Featur: f\n{SCENARIO}", "1: write 'Feature' for 'Featur'"),
    # Background
    "Background": (feature(BACKGROUND + SCENARIO), OK),
    "Background, with a description": (feature(f"Background: n\n They are there.\n Given a\n{SCENARIO}"), OK),
    "Background, empty": (feature(f"Background:\n{SCENARIO}"), "2: a Background without steps does nothing"),
    "Background, described alone": (feature(f"Background:\n x\n{SCENARIO}"), "2: a Background without steps"),
    "Background, twice": (feature(BACKGROUND * 2 + SCENARIO), "4: a second Background"),
    "Background, empty and again": (feature(f"Background:\n{BACKGROUND}{SCENARIO}"), "3: a second Background"),
    "Background, below a scenario": (feature(SCENARIO + BACKGROUND), "4: the Background comes first"),
    "Background, with tags": (feature(f"@a\n{BACKGROUND}{SCENARIO}"), "3: a Background has no tags"),
    "Background, with a placeholder": (feature(f"Background:\n Given a <x>\n{OUTLINE}{EXAMPLES}"), OK),
    # Rule
    "Rule": (feature(f"Rule: r\n{SCENARIO}"), OK),
    "Rule, twice, with Backgrounds, descriptions and tags": (
        feature(f"{BACKGROUND}@a\nRule: r\nIt is so.\n{BACKGROUND}{SCENARIO}@b\nRule: q\n{SCENARIO}"), OK),
    "Rule, empty": (feature(f"Rule: r\nRule: q\n{SCENARIO}"), "2: no scenario in this Rule"),
    "Rule, empty, below the Feature's Background": (feature(f"{BACKGROUND}Rule: r\n"), "4: no scenario in this Rule"),
    "Rule's Background, twice": (feature(f"Rule: r\n{BACKGROUND * 2}{SCENARIO}"), "5: a second Background"),
    "Rule's Background, empty": (feature(f"Rule: r\nBackground:\n{SCENARIO}"), "3: a Background without steps"),
    # scenarios
    "Scenario, as Example": (feature("Example: s\n When b\n"), OK),
    "Scenario, with a description": (feature("Scenario: s\n The server may take long.\n An hour.\n When b\n"), OK),
    "Scenario, without a name": (feature("Scenario:\n When b\n"), OK),
    "Scenario, without a colon": (feature(f"{SCENARIO}Scenario 3.1 s\n"), "4: write a colon after 'Scenario'"),
    "Scenario, misspelt": (feature(f"{SCENARIO}Scenaro: s\n"), "4: write 'Scenario' for 'Scenaro'"),
    "Scenario, with Examples": (feature(f"{SCENARIO}{EXAMPLES}"), "4: belong to a Scenario Outline"),
    # outlines and Examples
    "Outline": (feature(OUTLINE + EXAMPLES), OK),
    "Outline, as Template, with Scenarios": (
        feature(f"Scenario Template: o\n When b <x>\nScenarios:\n{ROWS}"), OK),
    "Outline, without Examples": (feature(OUTLINE), "2: an outline without Examples never runs"),
    "Examples, empty": (feature(f"{OUTLINE}Examples:\n"), "4: Examples without rows run nothing"),
    "Examples, without rows": (feature(f"{OUTLINE}Examples:\n| x |\n"), "4: Examples without rows run nothing"),
    "Examples, several, one without rows": (feature(f"{OUTLINE}{EXAMPLES}Examples:\n| x |\n"), "7: without rows"),
    "Examples, several, with names, tags and descriptions": (
        feature(f"{OUTLINE}@a\nExamples: one\n They are small.\n\n{ROWS}@b @c\nExamples: two\n{ROWS}"), OK),
    "Examples, before the steps": (feature(f"Scenario Outline: o\n{EXAMPLES} When b <x>\n"), "6: stands below the Ex"),
    "Examples, with a table of their own below prose": (feature(f"{OUTLINE}Examples:\n x\n{SCENARIO}"), "4: without"),
    "Examples, with a text": (feature(f'{OUTLINE}{EXAMPLES}"""\na\n"""\n'), "7: stands below the Examples"),
    "Examples, a cell too many": (feature(f"{OUTLINE}{EXAMPLES}| 2 | 3 |\n"), "7: 2 cell(s), and its heading 1"),
    "Examples, column twice": (feature(f"{OUTLINE}Examples:\n| x | x |\n| 1 | 2 |\n"), "5: two columns are called 'x'"),
    "placeholder, unknown, in a step": (feature(f"{OUTLINE} And c <y>\n{EXAMPLES}"), "4: <y> has no column"),
    "placeholder, unknown, in a name": (feature(OUTLINE.replace("o <x>", "<y>") + EXAMPLES), "2: <y> has no column"),
    "placeholder, unknown, in a table": (feature(f"{OUTLINE} | <y> |\n{EXAMPLES}"), "3: <y> has no column"),
    "placeholder, unknown, in a text": (feature(f'{OUTLINE}"""\n<y>\n"""\n{EXAMPLES}'), "3: <y> has no column"),
    "placeholder, unknown, in a tag": (feature(f"@a.<y>\n{OUTLINE}{EXAMPLES}"), "2: <y> has no column"),
    "placeholder, unknown, in a tag of Examples": (feature(f"{OUTLINE}@a.<y>\n{EXAMPLES}"), "4: <y> has no column"),
    "placeholder, in one of two Examples alone": (
        feature(f"{OUTLINE}{EXAMPLES}Examples:\n| y |\n| 1 |\n"), "<x> has no column: the Examples all have none"),
    # tags
    "tags, several, on several lines, with comments": (f"@a @b # c\n# d\n@c\n{feature('@e' + chr(10) + SCENARIO)}", OK),
    "tags, twice": (f"@a @a\n{feature(SCENARIO)}", OK),
    "tag, empty": (f"@\n{feature(SCENARIO)}", "1: '@' is a tag without a name"),
    "tag, with a blank": (f"@STP 3.1\n{feature(SCENARIO)}", "1: did you mean '@STP-3.1'?"),
    "tags, without a blank between": (f"@a@b\n{feature(SCENARIO)}", "1: '@a@b' is two tags"),
    "tags, at the end": (feature(f"{SCENARIO}@a\n"), "4: these tags belong to nothing"),
    "tags, above a step": (feature("Scenario: s\n When b\n@a\n Then c\n"), "5: tags stand above"),
    # comments
    "comments, everywhere": (f"# 1\nFeature: f\n# 2\n d\n# 3\n{SCENARIO}# 4\n | a |\n# 5\n | 1 |\n# 6\n", OK),
    # steps
    "steps, of all kinds": (feature("Scenario: s\n Given a\n And a\n When b\n * b\n Then c\n But c\n"), OK),
    "steps, in small letters": (feature("Scenario: s\n when b\n"), OK),
    "steps, asterisks alone": (feature("Scenario: s\n * a\n * b\n"), OK),
    "And, first": (feature("Scenario: s\n And a\n"), "3: 'And' continues the step before it"),
    "But, first": (feature("Scenario: s\n But a\n"), "3: 'But' continues the step before it"),
    "And, first below a Background": (feature(f"{BACKGROUND}Scenario: s\n And a\n"), OK),
    "step, misspelt": (feature(f"{SCENARIO} Thne c\n"), "4: did you mean 'Then'?"),
    "step, without a keyword": (feature(f"{SCENARIO} somebody waves\n"), "4: neither a step nor a heading"),
    "step, empty": (feature(f"{SCENARIO} Then\n"), "4: 'Then' stands alone"),
    # texts below steps
    "text": (feature(f'{SCENARIO} """\n a\n """\n'), OK),
    "text, in other quotes": (feature(f"{SCENARIO} '''\n a\n '''\n{SCENARIO} ```\n a\n ```\n"), OK),
    "text, empty": (feature(f'{SCENARIO} """\n """\n'), OK),
    "text, twice": (feature(f'{SCENARIO} """\n a\n """\n """\n b\n """\n'), "7: this is a second"),
    "text, and a table": (feature(f'{SCENARIO} """\n a\n """\n | a |\n'), "7: this is a second"),
    "text, with a media type": (feature(f'{SCENARIO} """json\n a\n """\n'), "4: 'json' beside the quotes"),
    "text, that begins beside the quotes": (feature(f'{SCENARIO} """Hello you\n a\n """\n'), "4: would be lost"),
    "text, that goes on beside the quotes": (feature(f'{SCENARIO} """\n a\n """ b\n'), "6: 'b' after the end"),
    "text, never closed": (feature(f'{SCENARIO} """\n a\n{SCENARIO}'), "4: this text is never closed"),
    "text, below no step": (feature('Scenario: s\n """\n a\n """\n'), "3: a text stands below a step"),
    # tables
    "table": (feature(f"{SCENARIO} | a | b |\n | 1 | 2 |\n"), OK),
    "table, with comments and blank lines": (feature(f"{SCENARIO} | a |\n\n # c\n | 1 |\n"), OK),
    "table, of a heading alone": (feature(f"{SCENARIO} | a |\n"), OK),  # a phrase that takes it refuses it
    "table, with empty cells": (feature(f"{SCENARIO} | a | b |\n | | |\n"), OK),
    "table, a column without a name": (feature(f"{SCENARIO} | a | |\n"), "4: a column has no name"),
    "table, a column twice": (feature(f"{SCENARIO} | a | a |\n"), "4: two columns are called 'a'"),
    "table, an open row": (feature(f"{SCENARIO} | a |\n | last letter\n"), "5: loses its last letter"),
    "table, a row that ends in an escaped bar": (feature(f"{SCENARIO} | a |\n | b \\|\n"), "5: loses its last letter"),
    "table, a row with a cell too few": (feature(f"{SCENARIO} | a | b |\n | 1 |\n"), "5: 1 cell(s), and its heading 2"),
    "table, and a text": (feature(f'{SCENARIO} | a |\n """\n a\n """\n'), "5: this is a second"),
    "table, below no step": (feature("Scenario: s\n | a |\n"), "3: a table stands below a step"),
    "table and text, in the Feature's description": (feature(f'| a |\n"""\na\n"""\n{SCENARIO}'), OK),
}  # fmt: skip


def refusal(text: str, folder: Path) -> str:
    """What a run says of a file."""
    path = folder / "some.feature"
    path.write_bytes(text.encode())
    try:
        gherkin.read_for_a_run(str(path))
    except NotReadable as error:
        return f"{error.place.line}: {error.reason}"
    return ""


@pytest.mark.parametrize("name", CASES)
def test_it_works_or_is_refused_in_words(name: str, tmp_path: Path) -> None:
    text, told = CASES[name]
    said = refusal(text, tmp_path)
    line, _, words = told.partition(": ") if told[:1].isdigit() else ("", "", told)
    assert bool(said) == bool(told), said
    assert said.startswith(f"{line}: " if line else "")
    assert words in said


@pytest.mark.parametrize("name", [name for name, (_, told) in CASES.items() if told])
def test_lint_says_of_the_same_line_what_a_run_says(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "features" / "chat"
    folder.mkdir(parents=True)
    line, _, reason = refusal(CASES[name][0], folder).partition(": ")
    assert (int(line), reason) in {(one.line, one.message) for one in lint(root=tmp_path)}


PLAYED = r'''# language: en
@chat
Feature: f
  Background:
    Given a <x>
  Rule: r
    Background:
      Given b
    @on.<x>
    Scenario Outline: o <x>
      When c <x>
        | key | <x>    |
        | \|  | a\nb\\ |
      Then d
        """
          <x>

        \"\"\" é	
       less
        """
      Examples: one
        | x |
        | 1 |
      @more
      Examples: two
        because it is
        | x      |
        | <two>  |
'''.replace("é", "é\u2028\u0085\x0c")


def test_what_is_taken_is_played_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "some.feature"
    path.write_text(PLAYED, encoding="utf-8")
    feature = gherkin.read_for_a_run(str(path))
    assert feature is not None
    one, two = feature.walk_scenarios()
    assert [(str(step.keyword), step.name) for step in one.all_steps] == [
        ("Given", "a 1"), ("Given", "b"), ("When", "c 1"), ("Then", "d")
    ]  # fmt: skip
    assert (one.name.split(" -- ")[0], [str(tag) for tag in one.tags]) == ("o 1", ["on.1"])
    assert [str(tag) for tag in two.tags][-1] == "more"
    table, text = one.steps[0].table, one.steps[1].text
    assert (table.headings, [row.cells for row in table.rows]) == (["key", "1"], [["|", "a\nb\\"]])
    assert text.split("\n") == ["  1", "", '""" é\u2028\u0085\x0c\t', "less"]
    assert "<two>" in two.steps[1].text


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.feature"
    path.write_bytes("Feature: f\nScenario: Grüße\n".encode("latin-1"))
    with pytest.raises(NotReadable, match=r"latin\.feature:2: the file is not UTF-8"):
        gherkin.read(path)
