"""A read-only look into a folder that a system writes its mail to, as Django's file-based mail back end does."""

import os
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from support.core import clock

#: What Django writes behind each mail: those of one second may share a file.
_END = re.compile(rb"^-{79}\r?\n", re.MULTILINE)
#: Seconds after which nothing is added to a file any more.
_STILL = 10.0


class MailFolder:
    """Mail, in files of one or several each.

    Args:
        folder: where it is written. There may be thousands of files, so each is read once, and soon left alone.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, list[tuple[bytes, bytes]]] = {}
        """By file, what was in it: each mail, and the same in small letters."""
        self._read: dict[str, tuple[int, float]] = {}
        """How many bytes a file had that may still grow, and when that was first seen."""

    def to(self, address: str) -> list[str]:
        """The texts of all mail to an address, in letters of whatever case, oldest first."""
        self._look()
        sought = address.lower().encode()
        named = (mail for mails in self._known.values() for mail, small in mails if sought in small)
        found: list[EmailMessage] = [message_from_bytes(mail, policy=policy.default) for mail in named]
        return [str(mail.get_content()) for mail in found if str(mail["To"]).lower() == address.lower()]

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
        self._known[name] = [(part, part.lower()) for part in _END.split(text) if part.strip()]
        self._read[name] = len(text), clock.now()


def _written(file: os.DirEntry[str]) -> int:
    """When a file was last written to; of one that is gone meanwhile, nothing is read."""
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0
