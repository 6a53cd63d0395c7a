"""Scenarios that do the same to a system that all share are played together: they begin at the same time."""

import os
from pathlib import Path

from support.core import clock
from support.core.errors import NotSupported

#: Seconds that they wait for each other.
PATIENCE = 60.0


class Rendezvous:
    """The processes that play one scenario each, at the same time.

    Args:
        told: how many they are, and the folder where they meet, as 2:FOLDER; None if this one is by itself.
    """

    def __init__(self, told: str | None) -> None:
        count, _, folder = (told or "1:").partition(":")
        self._count = int(count)
        self._folder = Path(folder)
        self._joined = self._count == 1

    async def join(self, within: float = PATIENCE) -> None:
        """Wait for the others before anything is done to the system; once only.

        Who is missing then has come to an end before that, and is done without.

        Raises:
            NotSupported: this process has come after the others had gone on without it.
        """
        if self._joined:
            return
        self._joined = True
        self._folder.mkdir(exist_ok=True)
        gone = self._folder / "gone"
        if gone.exists():
            raise NotSupported("those with whom it is played together have gone on without it")
        (self._folder / f"{os.getpid()}").touch()
        await clock.until(lambda: gone.exists() or self._are_there, within=within)
        gone.touch()

    @property
    def _are_there(self) -> bool:
        return len(list(self._folder.iterdir())) >= self._count
