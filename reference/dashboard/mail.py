"""Outgoing mail, as one file each: the format of Django's file-based mail back end."""

import itertools
import os
import time
from email.message import EmailMessage
from pathlib import Path

from reference.kit.parts import part


@part
class Mailer:
    """Writes mail into a folder."""

    folder: Path  # where; made if it is not there

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._numbers = itertools.count(1)

    def send(self, to: str, subject: str, text: str) -> None:
        """Send one mail. The file appears under its name when it is complete."""
        message = EmailMessage()
        message["From"] = "Aprende Comigo <noreply@school.example>"
        message["To"] = to
        message["Subject"] = subject
        message.set_content(text)
        name = f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{next(self._numbers)}.log"
        unfinished = self.folder / f"{name}.part"
        unfinished.touch(mode=0o600)
        unfinished.write_bytes(message.as_bytes())
        unfinished.rename(self.folder / name)
