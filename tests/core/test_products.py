"""What reports call a system is its own name, and not that of a class of ours."""

import ast
import re
from pathlib import Path

from support.environments.systems import SPEAKING, SYSTEMS

DRIVERS = Path(__file__).parents[2] / "support" / "drivers"


def test_no_product_is_called_by_a_class() -> None:
    trees = [ast.parse(file.read_text(encoding="utf-8")) for file in DRIVERS.rglob("*.py")]
    names = {node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    classes = {name for name in names if re.fullmatch("([A-Z][a-z]+){2,}", name)}  # "System" is a word, too
    products = {sut.product for sut in (*SYSTEMS.values(), *SPEAKING.values())}
    assert not {product for product in products if classes & set(product.split())}
