"""The mutants of a reference back end: mutmut's operators, applied one at a time to its code."""

import ast
import difflib
import hashlib
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from libcst import CSTNode, Module
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import create_mutations

from support.core.errors import SuiteError

#: The head of a change in a diff without context: which lines the new text has there.
_CHANGED = re.compile(r"^@@ -\S+ \+(?P<first>\d+)(?:,(?P<count>\d+))? @@", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """One small mistake in one file.

    `line` is where it stands; `node` is replaced by `other`.
    """

    file: Path
    line: int
    module: Module
    node: CSTNode
    other: CSTNode

    @cached_property
    def code(self) -> str:
        """The whole text of the file with the mistake."""
        changed = self.module.deep_replace(self.node, self.other)
        return changed.code if isinstance(changed, Module) else ""

    @cached_property
    def change(self) -> tuple[str, str]:
        """What stood there and what stands there now: the lines that differ, without their indentation."""
        old, new = self.module.code.split("\n"), self.code.split("\n")
        diff = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]  # the names of the files
        before, after = ("\n".join(line[1:].strip() for line in diff if line.startswith(sign)) for sign in "-+")
        return before, after

    @property
    def place(self) -> str:
        """Where it is, for people."""
        return f"{self.file}:{self.line}"

    @property
    def compiles(self) -> bool:
        """Whether it is a program at all."""
        try:
            compile(self.code, str(self.file), "exec")
        except (SyntaxError, ValueError):
            return False
        return True


def all_of(files: Sequence[Path]) -> list[Mutant]:
    """Every mutant of some files, in the order of the code."""
    return [mutant for file in files for mutant in _of_file(file)]


def _of_file(file: Path) -> Iterator[Mutant]:
    module, mutations, *_ = create_mutations(str(file), file.read_text(encoding="utf-8"))
    places = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    for one in mutations:
        yield Mutant(file, places[one.original_node].start.line, module, one.original_node, one.mutated_node)


def sample(mutants: Sequence[Mutant], size: int | None, seed: int) -> list[Mutant]:
    """So many of them, drawn by lot; all if there are no more. A larger sample begins with a smaller one.

    A lot hangs on the text of its mutant alone: with mutants more or fewer beside it, the others are drawn as before.
    """
    alike, lots = Counter[tuple[str, ...]](), []
    for mutant in mutants:
        name = (str(mutant.file), *map(mutant.module.code_for_node, (mutant.node, mutant.other)))
        lots.append(hashlib.sha256(f"{seed} {alike[name]} {name}".encode()).hexdigest())
        alike[name] += 1
    return [mutant for _, mutant in sorted(zip(lots, mutants, strict=True), key=lambda drawn: drawn[0])][:size]


def changed_since(mutants: Sequence[Mutant], commit: str) -> list[Mutant]:
    """Those on lines that are new since a commit.

    Raises:
        SuiteError: there is no such commit.
    """
    lines: dict[Path, set[int]] = defaultdict(set)
    for file in {mutant.file for mutant in mutants}:
        command = ["git", "diff", "--unified=0", "--no-color", "--no-ext-diff", commit, "--", str(file)]
        diff = subprocess.run(command, capture_output=True, text=True, check=False)
        if diff.returncode:
            raise SuiteError(f"--since {commit}: {diff.stderr.strip()[:200]}")
        for change in _CHANGED.finditer(diff.stdout):
            first, count = int(change["first"]), int(change["count"] or 1)
            lines[file].update(range(first, first + count))
    return [mutant for mutant in mutants if mutant.line in lines[mutant.file]]


def statement(code: str, line: int) -> range:
    """The lines of the innermost statement around a line; of one with a body, those of its head."""
    node = _innermost(code, line)
    return _head(node) if node else range(line, line + 1)


def uses(code: str, line: int) -> set[int]:
    """The lines that mention what the innermost statement around a line sets, if it lasts: an attribute, a global."""
    node, top = _innermost(code, line), ast.parse(code).body
    if not isinstance(node, ast.Assign | ast.AnnAssign):
        return set()
    lasting = ast.Attribute if node.lineno not in {one.lineno for one in top} else ast.Attribute | ast.Name
    stored = (part for part in ast.walk(node) if isinstance(getattr(part, "ctx", None), ast.Store))
    names = {_name(part) for part in stored if isinstance(part, lasting)}
    mentioned = {
        part.lineno for part in ast.walk(ast.parse(code)) if isinstance(part, ast.expr) and _name(part) in names
    }
    return mentioned - set(statement(code, line))


def _name(part: ast.AST) -> str | None:
    return part.id if isinstance(part, ast.Name) else part.attr if isinstance(part, ast.Attribute) else None


def _innermost(code: str, line: int) -> ast.stmt | None:
    around = [node for node in _statements(code) if _holds(node, line)]
    return min(around, key=lambda node: (node.end_lineno or 0) - node.lineno, default=None)


@cache
def _statements(code: str) -> list[ast.stmt]:
    return [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.stmt)]


def _head(node: ast.stmt) -> range:
    body = getattr(node, "body", None)
    return range(node.lineno, max(body[0].lineno, node.lineno + 1) if body else (node.end_lineno or node.lineno) + 1)


def _holds(node: ast.stmt, line: int) -> bool:
    return node.lineno <= line <= (node.end_lineno or node.lineno)
