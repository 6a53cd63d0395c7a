"""A read-only look into a folder that a system writes its mail to, as Django's file-based mail back end does."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


class MailFolder:
    """Mail, one file each.

    Args:
        folder: where it is written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Path, EmailMessage] = {}

    def to(self, address: str) -> list[str]:
        """The texts of all mail to an address."""
        for path in self._folder.glob("*.log"):
            if path not in self._known and (text := path.read_bytes()):  # empty: it is only just being written
                self._known[path] = message_from_bytes(text, policy=policy.default)
        found = [mail for mail in self._known.values() if str(mail["To"]) == address]
        return [str(mail.get_content()) for mail in found]
