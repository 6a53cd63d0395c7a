"""`earshot format`: feature files laid out in place; and the rule that they are."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

from support.core.errors import SuiteError
from support.vocabulary.lint import source
from support.vocabulary.lint.finding import Spots
from support.vocabulary.lint.layout import laid_out
from support.vocabulary.lint.suite import Suite


def main(paths: Sequence[Path], check: bool = False) -> int:
    """Lay out the feature files of `paths`, files or folders, and name those that have changed.

    Args:
        check: change nothing, only name the files that would change.

    Returns:
        1 if `check` and a file would change, else 0.

    Raises:
        SuiteError: a path does not exist, or a file cannot be read; says where and why. No file has been changed then.
    """
    read = [source.read(file) for file in _files(paths)]
    wanted = {one.path: laid_out(one) for one in read}
    changed = [one.path for one in read if one.text != wanted[one.path]]
    for path in changed:
        if not check:
            path.write_text(wanted[path], encoding="utf-8", newline="\n")
        print(f"{'would be laid out' if check else 'laid out'}: {path}")
    print(f"{len(changed)} of {len(read)} files")
    return 1 if check and changed else 0


def layout(suite: Suite) -> Spots:
    """All features look alike, and a change shows only what has changed."""
    for one in suite.sources:
        pairs = zip_longest(one.text.split("\n"), laid_out(one).split("\n"))
        for number, (is_there, wanted) in enumerate(pairs, 1):
            if is_there != wanted:
                yield one.place(number), "not laid out as features are: run `earshot format`, which does it"
                break


def _files(paths: Iterable[Path]) -> list[Path]:
    for path in paths:
        if not path.exists():
            raise SuiteError(f"format: there is no file or folder {path}")
    return sorted({file for path in paths for file in ([path] if path.is_file() else path.rglob("*.feature"))})


RULES = (layout,)
