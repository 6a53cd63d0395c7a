"""What behave processes write into their results files, copied into that of the run as they go.

So a run that is killed leaves what it had done, and a pipeline hears of every feature that is through.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class _Source:
    """A results file that is being written, and how much of it has been copied."""

    path: Path
    copied: int = 0

    def news(self) -> bytes:
        """The whole lines that have come since the last look."""
        if not self.path.exists():
            return b""
        with self.path.open("rb") as file:
            file.seek(self.copied)
            news = file.read()
        whole = news[: news.rfind(b"\n") + 1]
        self.copied += len(whole)
        return whole


@dataclass
class Following:
    """Follows the results files of a run.

    Args:
        paths: where each process writes; none of them need be there yet.
        into: the run's results file, to which all is added.
        aloud: whether to print a line for each feature file that is through.
    """

    paths: Sequence[Path]
    into: Path
    aloud: bool
    _sources: list[_Source] = field(init=False)
    _planned: dict[str, set[int]] = field(init=False, default_factory=lambda: defaultdict(set))
    _ended: dict[str, dict[int, str]] = field(init=False, default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self._sources = [_Source(path) for path in self.paths]

    def look(self) -> None:
        """Copy what is new."""
        news = b"".join(source.news() for source in self._sources)
        if not news:
            return
        with self.into.open("ab") as file:
            file.write(news)
        if self.aloud:
            for line in news.split(b"\n")[:-1]:
                self._hear(json.loads(line))

    def _hear(self, line: dict[str, Any]) -> None:
        for stub in line.get("selected", ()):
            self._planned[stub["file"]].add(stub["line"])
        if "scenario" not in line:
            return
        file, ended = line["file"], self._ended[line["file"]]
        heard_before = line["line"] in ended
        ended[line["line"]] = line["status"]
        if not heard_before and ended.keys() >= self._planned[file]:
            counts = Counter(ended.values())
            print(f"{file}: {', '.join(f'{number} {status}' for status, number in counts.items())}", flush=True)
