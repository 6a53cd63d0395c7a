"""Displays that print lines: short ones of our own, behave's own text, or none at all."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from support.core.clean_text import for_console
from support.execution.display.progress import ending, failure

#: The lines of behave's text that are shown of a process that has come to nothing.
LAST_WORDS = 15
CONSOLE = "console.log"


class Display(Protocol):
    """What a run shows while it goes."""

    shows_behave: bool
    """Whether behave's own text belongs on the console."""

    def say(self, words: str) -> None:
        """Say something about the run as a whole."""

    def hear(self, line: Mapping[str, Any]) -> None:
        """Take in a line of the results file."""

    def look(self) -> None:
        """Some time has gone by."""

    def behave_said(self, text: str, *, in_vain: bool) -> None:
        """Take in what a process of behave has said, now that it has ended; `in_vain` if that is all it leaves."""

    def close(self) -> None:
        """The run has ended."""


class Nothing:
    """Says nothing but why a process has come to nothing; behave's text goes into a file."""

    shows_behave = False

    def __init__(self, reports: Path) -> None:
        self._log = reports / CONSOLE
        self._log.unlink(missing_ok=True)

    def say(self, words: str) -> None:
        pass

    def hear(self, line: Mapping[str, Any]) -> None:
        pass

    def look(self) -> None:
        pass

    def behave_said(self, text: str, *, in_vain: bool) -> None:
        with self._log.open("a", encoding="utf-8") as log:
            log.write(text)
        if in_vain:
            self.show("\n".join(text.splitlines()[-LAST_WORDS:]))

    def show(self, words: str) -> None:
        print(for_console(words), flush=True)

    def close(self) -> None:
        pass


class FilesThrough:
    """Knows when a feature file is through, and how its scenarios have ended."""

    def __init__(self) -> None:
        self._planned: dict[str, set[int]] = defaultdict(set)
        self._ended: dict[str, dict[int, str]] = defaultdict(dict)

    def hear(self, line: Mapping[str, Any]) -> str:
        """The line that says so, if this line of the results file completes one."""
        for stub in line.get("selected", ()):
            self._planned[stub["file"]].add(stub["line"])
        if "scenario" not in line:
            return ""
        file, ended = line["file"], self._ended[line["file"]]
        heard_before = line["line"] in ended
        ended[line["line"]] = line["status"]
        if heard_before or not ended.keys() >= self._planned[file]:
            return ""
        counts = Counter(ended.values())
        return f"{file}: {', '.join(f'{number} {status}' for status, number in counts.items())}"


class Lines(Nothing):
    """A line for each feature file that is through, three for each failure."""

    def __init__(self, reports: Path) -> None:
        super().__init__(reports)
        self._files = FilesThrough()

    def say(self, words: str) -> None:
        self.show(words)

    def hear(self, line: Mapping[str, Any]) -> None:
        if "scenario" in line and ending(line) == "failed":
            self.show("\n".join(failure(line)))
        if through := self._files.hear(line):
            self.show(through)


class Behaves:
    """behave's own text; where several processes run, a line for each feature file that is through."""

    shows_behave = True

    def __init__(self) -> None:
        self._files = FilesThrough()
        self.several = False

    def say(self, words: str) -> None:
        print(words, flush=True)

    def hear(self, line: Mapping[str, Any]) -> None:
        through = self._files.hear(line)
        if through and self.several:
            print(through, flush=True)

    def look(self) -> None:
        pass

    def behave_said(self, text: str, *, in_vain: bool) -> None:
        print(text, end="", flush=True)

    def close(self) -> None:
        pass
