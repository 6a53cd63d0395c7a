"""Which shard of how many a results file is of: written at its head, so that `earshot merge` notices a lost one."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from support.reporting.outcome import Trouble

#: Which of how many; (1, 3) is the first of 3.
Shard = tuple[int, int]


def head(shard: Shard) -> str:
    """The first line of a shard's results file."""
    return json.dumps({"shard": shard[0], "of": shard[1]}) + "\n"


def troubles(folders: Sequence[Path]) -> list[Trouble]:
    """What keeps these `reports` folders from being the whole of one run: lost shards, doubled ones, strange ones."""
    return [Trouble("the shards", "incomplete", message, message, "") for message in _messages(folders)]


def _messages(folders: Sequence[Path]) -> Iterator[str]:
    places: dict[Shard, list[Path]] = defaultdict(list)
    nameless = []
    for folder in folders:
        if not (folder / "results.jsonl").exists():
            yield f"there is no results.jsonl in {folder}: has that shard run?"
            continue
        found, ended = _heads(folder)
        for shard in found:
            places[shard].append(folder)
        if not found:
            nameless.append(folder)
        if not ended:
            yield f"{folder} is of a run that has not ended"
    yield from _doubled(places, nameless)
    if places:
        yield from (f"{folder} is no shard, and the others are: was it run without --shard?" for folder in nameless)
        yield from _missing(places)


def _doubled(places: dict[Shard, list[Path]], nameless: list[Path]) -> Iterator[str]:
    for (number, count), folders in places.items():
        if len(folders) > 1:
            yield f"shard {number} of {count} is there {len(folders)} times: {', '.join(map(str, folders))}"
    resolved = [folder.resolve() for folder in nameless]
    for folder in {folder for folder in resolved if resolved.count(folder) > 1}:
        yield f"{folder} is given {resolved.count(folder)} times"


def _missing(places: dict[Shard, list[Path]]) -> Iterator[str]:
    counts = sorted({count for _, count in places})
    if len(counts) > 1:
        yield f"these are shards of different runs: of {' and of '.join(map(str, counts))}"
        return
    lost = [number for number in range(1, counts[0] + 1) if (number, counts[0]) not in places]
    for number in lost:
        yield f"shard {number} of {counts[0]} is missing: what it was to run is not run"


def _heads(folder: Path) -> tuple[list[Shard], bool]:
    """Which shards its results file is of, several if they were merged before; and whether the run has ended."""
    found, ended = [], True
    for text in (folder / "results.jsonl").read_text(encoding="utf-8").split("\n"):
        if text.startswith('{"shard": '):
            line = json.loads(text)
            found.append((line["shard"], line["of"]))
        ended = ended and not text.startswith('{"unfinished": ')
    return found, ended
