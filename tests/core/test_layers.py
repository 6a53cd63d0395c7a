"""The house as docs/architecture.md draws it: the rooms, what may import what, and no cycle between files."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: What a step file may import beside Python: the domain, never a wire, an environment or a report.
DOMAIN = ("core", "vocabulary", "scenario", "drivers.capabilities")
#: What has more lines has more than one reason to change.
LONGEST_FILE = 300
#: Of those: what runs the suite, and lets time pass.
NOT_FOR_STEPS = ("support.scenario.run", "support.core.clock", "support.core.event_loop")


def modules(*folders: str) -> dict[str, Path]:
    """Each module beneath some folders of the checkout, by its dotted name."""
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imports(file: Path, known: dict[str, Path]) -> Iterator[str]:
    """The modules that a Python file imports, wherever the import stands: in a function or for type checkers too."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom):
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in known else node.module or ""
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def rooms() -> list[str]:
    """The rooms of the layers contract, from the ground up."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return next(one["layers"] for one in contracts if one["type"] == "layers")[::-1]


@pytest.mark.parametrize("file", sorted((ROOT / "steps").glob("*.py")), ids=lambda file: file.name)
def test_a_step_file_imports_only_the_domain(file: Path) -> None:
    for module in imports(file, modules("support")):
        top, _, rest = module.partition(".")
        assert top == "support" or top in sys.stdlib_module_names - {"asyncio", "time", "socket"}
        assert top != "support" or rest.startswith(DOMAIN), module
        assert not module.startswith(NOT_FOR_STEPS), module


def test_the_hooks_know_the_run_and_no_more() -> None:
    used = {name for name in imports(ROOT / "environment.py", modules("support")) if name.startswith("support.")}
    assert {name.split(".")[1] for name in used} <= {"reporting", "scenario"}


def test_no_file_imports_itself_by_way_of_others() -> None:
    known = modules("support")
    graph = {
        name: {one for one in imports(file, known) if one in known and one != name} for name, file in known.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_the_contract_the_folders_and_the_docs_name_the_same_rooms() -> None:
    folders = {folder.name for folder in (ROOT / "support").iterdir() if (folder / "__init__.py").exists()}
    drawn = (ROOT / "docs/architecture.md").read_text().partition("support/")[2].partition("reference/")[0]
    told = [line.split()[0].removesuffix("/") for line in drawn.splitlines()[1:] if line.startswith("  ")]
    assert set(rooms()) == folders
    assert told == rooms()


def test_no_file_has_more_than_300_lines() -> None:
    files = [*modules("support", "reference", "steps").values(), ROOT / "environment.py"]
    lines = {file.relative_to(ROOT).as_posix(): file.read_text().count("\n") for file in files}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_no_class_name_stands_twice() -> None:
    names = [
        node.name
        for file in modules("support").values()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert {name for name in names if names.count(name) > 1} == set()
