"""All rules over the whole suite."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from support.core.clean_text import for_console
from support.core.errors import SuiteError
from support.vocabulary.gherkin import NotReadable
from support.vocabulary.lint import code, formatting, leftovers, outlines, phrasing, shape, tagging, wording
from support.vocabulary.lint.finding import Spots, Violation, finding
from support.vocabulary.lint.source import FOUND
from support.vocabulary.lint.suite import Suite

HOUSE = Path(__file__).parents[3]

Rule = Callable[[Suite], Spots]

FEATURE_RULES: tuple[Rule, ...] = (
    *wording.RULES,
    *shape.RULES,
    *outlines.RULES,
    *leftovers.RULES,
    *tagging.RULES,
    *formatting.RULES,
)
VOCABULARY_RULES: tuple[Rule, ...] = (*phrasing.RULES, *code.RULES)


def lint(paths: Sequence[Path | str] = (), root: Path = HOUSE) -> list[Violation]:
    """Check the suite at `root` against all rules.

    Args:
        paths: report only what is in these files and folders; everything if there are none. The whole suite is read
            in any case, because titles are unique and phrases are used across all of it.
        root: the folder that holds `features/`, `steps/` and `support/`.

    Returns:
        The findings by file and line.

    Raises:
        SuiteError: a path does not exist, or is no part of the suite.
    """
    wanted = [_part(Path(path), root) for path in paths] or [root.resolve()]
    found = [file for path in wanted for file in _found(path, root.resolve())]
    suite = Suite(root, tuple(found))
    # While a file cannot be read, a phrase may look unused and a step undefined that is not.
    rules = FEATURE_RULES if suite.broken else FEATURE_RULES + VOCABULARY_RULES
    violations = {*suite.broken, *(spot for rule in rules for spot in _apply(rule, suite))}
    return sorted(one for one in violations if _within(Path(one.file).resolve(), wanted))


def main(paths: Sequence[Path | str] = (), root: Path = HOUSE) -> int:
    """Print the findings, one on a line; the arguments are those of `lint`.

    Returns:
        0 if there are none, else 1.
    """
    found = lint(paths, root)
    for one in found:
        print(for_console(str(one)))
    print(f"{len(found)} finding{'s' * (len(found) != 1)}" if found else "no findings")
    return 1 if found else 0


def _apply(rule: Rule, suite: Suite) -> Iterator[Violation]:
    name = rule.__name__.replace("_", "-")
    try:
        for place, message in rule(suite):
            yield finding(place, name, message)
    except NotReadable as error:
        yield finding(error.place, "unreadable", error.reason)


def _part(path: Path, root: Path) -> Path:
    if not path.exists():
        raise SuiteError(f"lint: there is no file or folder {path}")
    here, root = path.resolve(), root.resolve()
    if here != root and not _within(here, [*(root / name for name in ("features", "steps", "support")), root / FOUND]):
        raise SuiteError(f"lint: {path} is no part of the suite: features/, steps/ or support/ of {root}")
    return here


def _found(path: Path, root: Path) -> list[Path]:
    """The files of `earshot explore` that are asked for: they are no part of the suite until they are kept."""
    if not _within(path, [root / FOUND]):
        return []
    return sorted(path.rglob("*.feature")) if path.is_dir() else [path]


def _within(path: Path, folders: Iterable[Path]) -> bool:
    return any(path.is_relative_to(folder) for folder in folders)
