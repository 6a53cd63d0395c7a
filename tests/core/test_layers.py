"""Step files speak the vocabulary: what they import is the domain, never a wire (the design's section 1)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEAKS = {
    "typing",
    "support.arrivals",
    "support.bots",
    "support.credentials",
    "support.faults",
    "support.scene",
    "support.stepping",
    "support.systems.capabilities",
}


def imports(file: Path) -> set[str]:
    """The modules that a Python file imports."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


@pytest.mark.parametrize("file", sorted((ROOT / "steps").glob("*.py")), ids=lambda file: file.name)
def test_a_step_file_imports_only_the_domain(file: Path) -> None:
    assert imports(file) <= SPEAKS


def test_the_hooks_know_the_run_and_no_more() -> None:
    assert {name.split(".")[1] for name in imports(ROOT / "environment.py") if name.startswith("support.")} <= {
        "report",
        "run",
    }
