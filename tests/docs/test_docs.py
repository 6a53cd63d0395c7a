"""What the documents tell people to type, to open and to copy is there."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from behave.configuration import setup_parser

from support.cli.main import app
from support.config.profile import load

HOUSE = Path(__file__).parents[2]
WORKFLOWS = sorted((HOUSE / ".github/workflows").glob("*.yml"))
DOCUMENTS = [HOUSE / "README.md", HOUSE / "CONTRIBUTING.md", *sorted((HOUSE / "docs").glob("*.md"))]

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
OF_BEHAVE = set(setup_parser()._option_string_actions)

#: What is typed on one line, up to what no longer belongs to the command.
TYPED = r"\b{} ([^\s`'\"|;&#:][^\n`'\"|;&#:]*)"
#: A file or folder of this house, named from its root; what people make up for an example is not.
PATH = re.compile(r"`((?:support|steps|features|tests|reference|profiles|docs|benchmarks)/[\w./-]+)`")
#: A scenario that is played by its line.
LINE = re.compile(r"\b(?:behave|earshot (?:run|watch))\b[^\n`]* (?P<file>features/\S+\.feature):(?P<line>\d+)")
EXAMPLES = re.compile(r"profiles/staging.toml|.*(helpdesk|NAME|SYSTEM).*")


def read(path: Path) -> str:
    """A document, with commands that go on in the next line put together."""
    return re.sub(r"\\?\n +(?=--)", " ", path.read_text(encoding="utf-8"))


def typed(program: str) -> list[tuple[str, list[str]]]:
    """Where a program is called, and with what."""
    texts = {path.name: read(path) for path in [*DOCUMENTS, *WORKFLOWS, HOUSE / "Makefile"]}
    return [
        (name, found[1].split())
        for name, text in texts.items()
        for found in re.finditer(TYPED.format(program), text)
    ]  # fmt: skip


def options(words: Iterable[str]) -> set[str]:
    """The options among the words of a command."""
    return {word.partition("=")[0].rstrip(".,)") for word in words if word.startswith("--")}


def test_every_command_of_earshot_is_there_with_its_options() -> None:
    calls = [(name, words) for name, words in typed(r"(?<!cd )earshot") if re.fullmatch(r"[a-z][a-z-]*", words[0])]
    assert len(calls) > 50
    for name, (command, *words) in calls:
        assert command in COMMANDS, f"{name}: earshot {command}"
        known = {option for param in COMMANDS[command].params for option in (*param.opts, *param.secondary_opts)}
        known |= OF_BEHAVE if COMMANDS[command].context_settings.get("ignore_unknown_options") else {"--help"}
        assert options(words) <= known, f"{name}: earshot {command}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_every_command_ends_with_an_example(name: str) -> None:
    command = COMMANDS[name]
    first, earshot, called, *words = (command.epilog or "").split()
    assert (first, earshot, called) == ("Example:", "earshot", name)
    known = {option for param in command.params for option in (*param.opts, *param.secondary_opts)}
    known |= OF_BEHAVE if command.context_settings.get("ignore_unknown_options") else set()
    assert options(words) <= known


def test_every_option_of_behave_is_there() -> None:
    calls = [(name, words) for name, words in typed("behave") if words[0].startswith("-")]
    assert len(calls) > 5
    for name, words in calls:
        assert options(words) <= OF_BEHAVE, name


def test_every_target_of_make_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (HOUSE / "Makefile").read_text(), re.MULTILINE))
    wanted = {
        word
        for path in DOCUMENTS
        for word in re.findall(
            r"(?:`|&& |'|^ +- |^    )make ([a-z]+)(?=[`' ]? *(?:[`#&']|$))", read(path), re.MULTILINE
        )
    }
    assert {"setup", "acceptance", "test"} <= wanted <= targets


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_and_every_named_file_leads_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", text)]
    missing = [link for link in links if not (path.parent / link).exists()]
    named = [name for name in PATH.findall(text) if not EXAMPLES.fullmatch(name)]
    missing += [name for name in named if not (HOUSE / name).exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_scenario_that_is_played_by_its_line_is_the_one_that_is_shown(path: Path) -> None:
    text = path.read_text()
    for found in LINE.finditer(text):
        line = (HOUSE / found["file"]).read_text().split("\n")[int(found["line"]) - 1].strip()
        assert line.startswith("Scenario: "), found[0]
        assert line in text, found[0]


def test_the_smallest_profile_is_one(tmp_path: Path) -> None:
    (shown,) = re.findall(r"```toml\n(.*?)```", (HOUSE / "docs/deployments.md").read_text(), re.DOTALL)
    (tmp_path / "staging.toml").write_text(shown)
    assert load(str(tmp_path / "staging.toml")).systems["chat"].address == "https://chat.staging.example"


def test_the_code_cites_no_document_that_is_not_here() -> None:
    files = [file for folder in ("reference", "steps", "support") for file in (HOUSE / folder).rglob("*.py")]
    absent = re.compile(r"\bnotes/[\w-]+\.md|\bdesign sections?\b|\bshared/|\bseeds/")
    assert [file for file in files if absent.search(file.read_text(encoding="utf-8"))] == []


def test_the_readme_shows_the_findings_as_their_own_page_does() -> None:
    ours, theirs = (HOUSE / "README.md").read_text(), (HOUSE / "docs/findings/README.md").read_text()
    shown = ours.replace("(docs/findings/", "(").split("\n")
    assert not [row for row in theirs.split("\n") if row.startswith("|") and row not in shown]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_the_workflows_are_whole(path: Path) -> None:
    jobs = yaml.safe_load(path.read_text())["jobs"]
    for job in jobs.values():
        assert set([job["needs"]] if "needs" in job else []) <= set(jobs)
        assert all(len({"uses", "run"} & set(step)) == 1 for step in job["steps"])


def test_the_example_for_gitlab_hands_on_what_it_leaves() -> None:
    jobs = gitlab()
    assert set(jobs["report"]["needs"]) == {"acceptance"}
    assert jobs["acceptance"]["artifacts"]["when"] == jobs["report"]["when"] == "always"
    moved = jobs["acceptance"]["after_script"][0].split()[-1]
    assert moved == "shard-$CI_NODE_INDEX"
    assert jobs["acceptance"]["artifacts"]["paths"] == ["shard-*"]
    assert any("earshot merge shard-*" in line for line in jobs["report"]["script"])
    assert jobs["report"]["cache"]["paths"] == ["reports/history", ".earshot/history.jsonl"]


def gitlab() -> dict[str, Any]:
    """The jobs of the example in docs/pipelines.md."""
    found = re.search(r"## GitLab\n.*?```yaml\n(.*?)```", (HOUSE / "docs/pipelines.md").read_text(), re.DOTALL)
    assert found
    jobs: dict[str, Any] = yaml.safe_load(found[1])
    return jobs
