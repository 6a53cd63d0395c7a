"""`earshot trace`: which scenarios show which requirement, what became of them, and what is missing."""

from pathlib import Path

from rich.console import Console

from support.config.requirements import registry
from support.core.clean_text import for_console
from support.core.errors import SuiteError
from support.reporting.gate import rules
from support.reporting.gate.decisions import decisions
from support.reporting.gate.judgement import judge
from support.reporting.traceability import output
from support.reporting.traceability.matrix import TraceMatrix, build

HOUSE = Path(__file__).parents[3]
REPORTS = HOUSE / "reports"


def trace(system: str | None = None, root: Path = HOUSE) -> TraceMatrix:
    """The matrix of one system, or of all that have requirements or features.

    Args:
        system: its name, as that of its TOML and of its folder in `features/`.
        root: the folder that holds `features/`, `reports/` and `.earshot/`.

    Raises:
        SuiteError: no such system, or something that cannot be read; says where and why.
    """
    folders = {path.parent.name for path in (root / "features").glob("*/*.feature")}
    known = sorted({*registry.load(), *folders})
    if system is not None and system not in known:
        raise SuiteError(f"trace: there is no system {system!r}; there are: {', '.join(known)}")
    chosen, gates, specs = [system] if system else known, rules.load(), registry.load()
    judgements = (judge(gates[name], specs[name], root) for name in chosen if name in gates and name in specs)
    return build(chosen, root, decisions(judgements))


def main(system: str | None = None, check: bool = False) -> int:
    """Print the matrix and write it to `reports/trace.html` and `reports/trace.md`; print the gaps.

    Args:
        system: one system; all by default.
        check: print no table, and let gaps count.

    Returns:
        1 if there are gaps and `check` is set, else 0.
    """
    matrix, console = trace(system), Console()
    if not check:
        output.show(matrix, console)
        console.print(f"Last run: {output.last_run(matrix)}", highlight=False, soft_wrap=True, markup=False)
    for path in write(matrix, REPORTS):
        console.print(f"written: {path}", highlight=False, soft_wrap=True)
    gaps = matrix.check()
    for gap in gaps:
        print(for_console(str(gap)))
    count = sum(len(chapter.rows) for chapter in matrix.chapters)
    print(f"{count} requirements, {len(matrix.proofs)} scenarios, {len(gaps) or 'no'} gap{'s' * (len(gaps) != 1)}")
    return 1 if gaps and check else 0


def write(matrix: TraceMatrix, folder: Path) -> list[Path]:
    """Write the matrix to `trace.html` and `trace.md` in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = {folder / "trace.html": output.page(matrix), folder / "trace.md": output.markdown(matrix)}
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
    return list(pages)
