"""The console: what others have written reaches it clean, behave's own colours as they are, whatever its encoding."""

import io
import re
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from behave.configuration import Configuration
from behave.formatter import ansi_escapes

from support.core.clean_text import for_console

#: What behave's formatters send to a terminal: its colours, and the way back up to a step that has ended.
_COLOURS = "|".join(map(re.escape, [*ansi_escapes.colors.values(), ansi_escapes.escapes["reset"]]))
_OWN = re.compile(rf"({_COLOURS}|\x1b\[\d+A)")


class CleanStream:
    """A text stream that cleans what is written to it; all else is its stream's.

    Args:
        stream: where it goes.
        coloured: whether behave's own colours pass.
    """

    def __init__(self, stream: TextIO, *, coloured: bool) -> None:
        self._stream, self._coloured = stream, coloured

    def write(self, text: str) -> int:
        """Write the text, clean."""
        parts = _OWN.split(text) if self._coloured else [text]
        self._stream.write("".join(part if index % 2 else for_console(part) for index, part in enumerate(parts)))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write the lines, clean."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def clean(config: Configuration) -> None:
    """Have this process say everything clean from now on, its formatters and reporters too."""
    for name in ("stdout", "stderr"):
        raw: TextIO = getattr(sys, name)
        if isinstance(raw, CleanStream):
            continue
        stream = CleanStream(raw, coloured=config.has_colored_mode(raw))
        setattr(sys, name, stream)
        for speaker in (*config.outputs, *config.reporters):
            if getattr(speaker, "stream", None) is raw:
                speaker.stream = stream


def spell_out() -> None:
    """Have stdout and stderr escape what they cannot encode, from now on. Call it when a process begins."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a test, or another program around us, may have put its own there
            stream.reconfigure(errors="backslashreplace")
