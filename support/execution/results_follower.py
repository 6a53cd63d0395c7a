"""What behave processes write into their results files, copied into that of the run as they go.

So a run that is killed leaves what it had done, and a pipeline hears of every feature that is through.
"""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
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
        hear: gets each line.
    """

    paths: Sequence[Path]
    into: Path
    hear: Callable[[dict[str, Any]], None]
    _sources: list[_Source] = field(init=False)

    def __post_init__(self) -> None:
        self._sources = [_Source(path) for path in self.paths]

    def look(self) -> None:
        """Copy what is new."""
        news = b"".join(source.news() for source in self._sources)
        if not news:
            return
        with self.into.open("ab") as file:
            file.write(news)
        for line in news.split(b"\n")[:-1]:
            with suppress(ValueError):  # what cannot be read is told at the end, by who reads it all
                self.hear(json.loads(line))
