"""What reports call a system, or a thing that they show, is words, and not the name of a class of ours."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from support.environments.systems import SPEAKING, SYSTEMS

NODES = [
    node
    for file in (Path(__file__).parents[2] / "support").rglob("*.py")
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
]
#: Names of several words: "System" alone is a word, too.
CLASSES = {one.name for one in NODES if isinstance(one, ast.ClassDef) and re.fullmatch("([A-Z][a-z]+){2,}", one.name)}


def attached() -> Iterator[str]:
    """The names of what is attached to a report."""
    for node in NODES:
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "attach" and node.args:
            name = node.args[0]
            yield from [str(name.value)] if isinstance(name, ast.Constant) else []


def test_no_product_is_called_by_a_class() -> None:
    products = {sut.product for sut in (*SYSTEMS.values(), *SPEAKING.values())}
    assert not {product for product in products if CLASSES & set(product.split())}


def test_nothing_that_is_attached_is_called_by_a_class() -> None:
    names = set(attached())
    assert len(names) > 5
    assert not names & CLASSES
