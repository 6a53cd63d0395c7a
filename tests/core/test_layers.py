"""Step files speak the vocabulary: what they import is the domain, never a wire (the design's section 1)."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: What lies beneath the domain, and where a phrase has no business.
BENEATH = ("deployments", "transports", "stores", "systems", "stage", "stages", "report", "run", "clock")


def imports(file: Path) -> set[str]:
    """The modules that a Python file imports."""
    packages = ("support", "support.drivers", "support.reporting")
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module in packages:
            found |= {f"{node.module}.{name.name}" for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


@pytest.mark.parametrize("file", sorted((ROOT / "steps").glob("*.py")), ids=lambda file: file.name)
def test_a_step_file_imports_only_the_domain(file: Path) -> None:
    for module in imports(file):
        if module.startswith("support.drivers.capabilities"):
            continue
        top, _, rest = module.partition(".")
        assert top == "support" or top in sys.stdlib_module_names - {"asyncio", "time", "socket"}
        assert rest.partition(".")[0] not in BENEATH


def test_the_hooks_know_the_run_and_no_more() -> None:
    assert {name.split(".")[1] for name in imports(ROOT / "environment.py") if name.startswith("support.")} <= {
        "report",
        "run",
    }
