"""A docstring explains the arguments that there are: names change, and their explanations stay behind."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = [file for folder in ("reference", "steps", "support") for file in sorted((ROOT / folder).rglob("*.py"))]
Documented = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

MADE_UP = '''
def send(text, *more, to):
    """Send.

    Args:
        text: what to say,
            which may be long.
        receiver: to whom.
        to: to whom.
    """
'''


def strays(node: Documented) -> list[str]:
    """The arguments that a docstring explains and that are none."""
    section = re.search(r"^Args:\n((?:(?:    .*)?\n?)+)", ast.get_docstring(node) or "", re.MULTILINE)
    explained = re.findall(r"^    (\w+):", section[1], re.MULTILINE) if section else []
    return [name for name in explained if name not in set(_arguments(node))]


def _arguments(node: Documented) -> Iterator[str]:
    """Those of a function, of a class's `__init__`, or the fields of a data class."""
    if isinstance(node, ast.ClassDef):
        for inner in node.body:
            if isinstance(inner, ast.AnnAssign) and isinstance(inner.target, ast.Name):
                yield inner.target.id
            elif isinstance(inner, ast.FunctionDef) and inner.name == "__init__":
                yield from _arguments(inner)
    else:
        yield from (one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg))


def test_a_stray_argument_is_found() -> None:
    (function,) = ast.parse(MADE_UP).body
    assert isinstance(function, ast.FunctionDef)
    assert strays(function) == ["receiver"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_docstrings_explain_the_arguments_that_there_are(file: Path) -> None:
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    assert [f"{node.name}: {strays(node)}" for node in nodes if isinstance(node, Documented) and strays(node)] == []
