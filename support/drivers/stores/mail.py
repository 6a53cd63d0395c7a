"""A read-only look into a folder that a system writes its mail to, as Django's file-based mail back end does."""

import os
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

from support.core import clock

#: What Django writes behind each mail: those of one second may share a file.
_END = re.compile(rb"^-{79}\r?\n", re.MULTILINE)
#: Seconds after which nothing is added to a file any more.
_STILL = 10.0


@dataclass
class _Mail:
    """One mail as it was written. It is parsed when it is asked for the first time: most never are."""

    raw: bytes

    @cached_property
    def small(self) -> bytes:
        return self.raw.lower()

    @cached_property
    def _parsed(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=policy.default)

    @cached_property
    def to(self) -> str:
        return str(self._parsed["To"])

    @cached_property
    def text(self) -> str:
        return str(self._parsed.get_content())


class MailFolder:
    """Mail, in files of one or several each.

    Args:
        folder: where it is written. There may be thousands of files, so each is read once, and soon left alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, list[_Mail]] = {}
        """By file, what was in it."""
        self._read: dict[str, tuple[int, float]] = {}
        """How many bytes a file had that may still grow, and when that was first seen."""

    def to(self, address: str) -> list[str]:
        """The texts of all mail to an address, in letters of whatever case, oldest first."""
        self._look()
        sought = address.lower().encode()
        named = (mail for mails in self._known.values() for mail in mails if sought in mail.small)
        return [mail.text for mail in named if mail.to.lower() == address.lower()]

    def _look(self) -> None:
        """Read what is new, the oldest first; the files known before stay before the others."""
        with os.scandir(self._folder) as listed:
            open_ones = [file for file in listed if file.name.endswith(".log") and self._may_grow(file.name)]
        for file in sorted(open_ones, key=_written):
            self._read_file(file.name)

    def _may_grow(self, name: str) -> bool:
        return name not in self._known or name in self._read

    def _read_file(self, name: str) -> None:
        path, (size, since) = self._folder / name, self._read.get(name, (-1, 0.0))
        if not path.exists():
            return
        if path.stat().st_size == size:
            if clock.now() - since > _STILL:
                del self._read[name]
            return
        text = path.read_bytes()
        self._known[name] = [_Mail(part) for part in _END.split(text) if part.strip()]
        self._read[name] = len(text), clock.now()


def _written(file: os.DirEntry[str]) -> int:
    """When a file was last written to; of one that is gone meanwhile, nothing is read."""
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
