"""What a run knows stands in objects of its own, not in modules: two runs in one process are two."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILES = [*(ROOT / "support").rglob("*.py"), *(ROOT / "steps").rglob("*.py"), ROOT / "environment.py"]
CHANGING = {"add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "remove",
            "setdefault", "update"}  # fmt: skip
#: What is of a process and not of a run, and why.
OF_A_PROCESS = {
    "support/core/clock.py: waited": "a figure for benchmarks/speed.py",
    "support/drivers/clients/sources.py: _sources": "where connections come from, as a router keeps it",
    "support/drivers/clients/trust.py: _contexts": "whom connections trust, as a browser keeps it",
    "support/drivers/kit/read_only.py: _places": "a protected place is protected from all that sends here",
    "support/execution/behave_forks.py: _servers": "fork servers belong to the process that started them",
    "support/execution/behave_process.py: _running": "a signal ends the children of the process",
    "support/execution/distributed.py: _running": "the same on a worker",
    "support/load/worker_processes.py: _shared": "a pool hands its processes what they share once",
    "support/reporting/step_files.py: _known": "step files are read once in a process, as behave has it",
    "support/verification/doctor/dry_run.py: _network": "Python takes no audit hook off again",
}

MADE_UP = """
from support.reporting.reporting_context import session
from collections import Counter
seen, told, count = set(), {}, Counter()
def begin(known, told):
    session.known = known
    seen.add(1)
    told[1] = 2
    count[1] += 1
def end():
    global last
    last, own = 1, set()
    own.add(1)
"""


def changed(tree: ast.Module) -> Iterator[str]:
    """The names of a module, or imported by it, that a function of it changes, or what they hold."""
    here = {name for node in tree.body for name in _bound(node)}
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = list(ast.walk(function))
            shared = {name for node in inside if isinstance(node, ast.Global) for name in node.names}
            own = {node.arg for node in inside if isinstance(node, ast.arg)}
            own |= {node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
            yield from shared | (set(map(_changed_by, inside)) & here - own)


def _bound(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("support"):
        yield from (alias.name for alias in node.names if not _is_module(f"{node.module}.{alias.name}"))
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        yield from (
            name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        )


def _is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").exists()


def _changed_by(node: ast.AST) -> str:
    """Of what name this puts something else into what it holds; nothing if it does no such thing."""
    if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
        changed = node.value
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        changed = node.func.value
    else:
        return ""
    return changed.id if isinstance(changed, ast.Name) else ""


def test_no_module_keeps_what_a_run_has_found_out() -> None:
    found = {
        f"{file.relative_to(ROOT).as_posix()}: {name}"
        for file in FILES
        for name in changed(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert found == set(OF_A_PROCESS)


def test_a_session_of_a_module_would_be_found() -> None:
    assert set(changed(ast.parse(MADE_UP))) == {"session", "seen", "count", "last"}
