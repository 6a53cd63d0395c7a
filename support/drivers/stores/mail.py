"""A read-only look into a folder that a system writes its mail to, as Django's file-based mail back end does."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

#: What Django writes behind each mail: those of one second may share a file.
_END = re.compile(rb"^-{79}\r?\n", re.MULTILINE)


class MailFolder:
    """Mail, in files of one or several each.

    Args:
        folder: where it is written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Path, tuple[int, list[bytes]]] = {}
        """What was in a file, and how many bytes it had then."""

    def to(self, address: str) -> list[str]:
        """The texts of all mail to an address, in letters of whatever case, oldest first."""
        sought = address.lower().encode()  # there may be thousands of others, which are not worth their parsing
        named = (mail for path in self._files() for mail in self._in(path) if sought in mail.lower())
        found: list[EmailMessage] = [message_from_bytes(mail, policy=policy.default) for mail in named]
        return [str(mail.get_content()) for mail in found if str(mail["To"]).lower() == address.lower()]

    def _files(self) -> list[Path]:
        """All files, those known before the others: what is new is the end of the list."""
        return [*dict.fromkeys((*self._known, *self._folder.glob("*.log")))]

    def _in(self, path: Path) -> list[bytes]:
        size, mails = self._known.get(path, (0, []))
        if path.exists() and path.stat().st_size != size:  # it is new, or another mail was added
            text = path.read_bytes()
            mails = [part for part in _END.split(text) if part.strip()]
            self._known[path] = len(text), mails
        return mails
