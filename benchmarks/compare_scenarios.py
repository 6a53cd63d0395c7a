"""Which scenarios two runs have in common: titles, requirement tags and verdicts, in Markdown.

    .venv/bin/python benchmarks/compare_scenarios.py BEFORE/results.jsonl AFTER/results.jsonl

A title that `docs/renamed-titles.md` names is followed to what it is now. Exit code 1 if a scenario is gone, or its
verdict is another.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from support.reporting import results_file
from support.reporting.labels import REQUIREMENT
from support.reporting.outcome import Outcome

RENAMED = Path(__file__).parents[1] / "docs/renamed-titles.md"
_ROW = re.compile(r"^\| (?P<was>.+?) \| (?P<is>.+?) \|$", re.MULTILINE)
_PLACE = re.compile(r"\\?<(\w+)>")

#: What a scenario is known by: the folder of its spec, and its title.
Key = tuple[str, str]
Renames = list[tuple[re.Pattern[str], str]]


def renames(table: str) -> Renames:
    """Patterns of former titles, with the values of rows as groups, and what became of them."""
    found = []
    for row in _ROW.finditer(table.partition("|---|---|")[2]):
        parts = _PLACE.split(row["was"])
        pattern = "".join(f"(?P<{part}>.+)" if index % 2 else re.escape(part) for index, part in enumerate(parts))
        found.append((re.compile(pattern), _PLACE.sub(r"\\g<\1>", row["is"])))
    return found


def now(title: str, known: Renames) -> str:
    """What a title is today, through all its names."""
    for _ in known:
        matches = ((pattern.fullmatch(title), template) for pattern, template in known)
        name = next((match.expand(template) for match, template in matches if match), title)
        if name == title:
            break
        title = name
    return title


def by_title(outcomes: Iterable[Outcome], known: Renames) -> dict[Key, list[Outcome]]:
    """The scenarios of each title, rows of equal titles in their order."""
    found: dict[Key, list[Outcome]] = {}
    for one in sorted(outcomes, key=lambda one: (one.file, one.line)):
        found.setdefault((Path(one.file).parent.name, now(one.scenario, known)), []).append(one)
    return found


def tags(outcomes: Iterable[Outcome]) -> str:
    named = {tag for one in outcomes for tag in one.tags if REQUIREMENT.fullmatch(tag)}
    return ", ".join(sorted(named))


def verdicts(outcomes: Iterable[Outcome]) -> str:
    counts = Counter(str(one.kind or one.status) for one in outcomes)
    return ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))


def table(title: str, heading: str, rows: list[str]) -> Iterator[str]:
    columns = heading.count("|") + 1
    yield f"\n## {title}: {len(rows)}\n"
    if rows:
        yield from (f"| {heading} |", "|---" * columns + "|", *(f"| {row} |" for row in rows))


def main(before: str, after: str) -> int:
    """Print the comparison of two results files; 1 if a scenario is gone or its verdict another, else 0."""
    known = renames(RENAMED.read_text(encoding="utf-8"))
    earlier = by_title(results_file.read(before).outcomes, known)
    later = by_title(results_file.read(after).outcomes, [])
    gone = [f"{system} | {title}" for system, title in earlier.keys() - later.keys()]
    new = [f"{system} | {title}" for system, title in later.keys() - earlier.keys()]
    common = sorted(earlier.keys() & later.keys())
    pairs = [(*key, earlier[key], later[key]) for key in common]
    renamed = sum(one.scenario != title for _, title, ones, _ in pairs for one in ones)
    moved = [f"{title} | {tags(a)} | {tags(b)}" for _, title, a, b in pairs if tags(a) != tags(b)]
    judged = [f"{title} | {verdicts(a)} | {verdicts(b)}" for _, title, a, b in pairs if verdicts(a) != verdicts(b)]
    count, counted = (sum(map(len, found.values())) for found in (earlier, later))
    print(f"{count} scenarios before, {counted} after; {len(common)} titles in common, {renamed} scenarios renamed.")
    tables = (
        *table("Gone", "spec | title", sorted(gone)),
        *table("Other requirement tags", "title | before | after", moved),
        *table("Other verdicts, or other rows", "title | before | after", judged),
        *table("New", "spec | title", sorted(new)),
    )
    print("\n".join(tables))
    return int(bool(gone or judged))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
