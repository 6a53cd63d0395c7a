"""The signs of life that a chat client gives, again and again."""

import asyncio
from collections.abc import Awaitable, Callable

from support.core import clock
from support.core.transcript import SENT, Transcript


class Hearts:
    """Gives signs of life in one's own name, and in others' where a scenario wants that.

    Args:
        role: whose client it is, in the scenario's words.
        transcript: where it is told once that they are given.
        give: gives one in the name of a login; false once there is no connection.
    """

    def __init__(self, role: str, transcript: Transcript, give: Callable[[str], Awaitable[bool]]) -> None:
        self._role = role
        self._transcript = transcript
        self._give = give
        self._beating: dict[str, asyncio.Task[None]] = {}

    def beat_every(self, seconds: float, login: str) -> None:
        """Give a sign now, and again every `seconds`, in place of the rhythm before."""
        if login in self._beating:
            self._beating.pop(login).cancel()
        rhythm = f"connection_alive, every {seconds:.2f} s"
        self._transcript.aims(self._role, "count as still here")
        self._transcript.record(self._role, SENT, "socket.io", rhythm, {"client": login})
        self._beating[login] = asyncio.create_task(self._beat(seconds, login))

    def stop(self) -> None:
        """Give no more signs, in no name."""
        while self._beating:
            self._beating.popitem()[1].cancel()

    @property
    def beating(self) -> tuple[tuple[str, object], ...]:
        """In whose names signs are given; it stays the same as long as that does."""
        return tuple(self._beating.items())

    async def _beat(self, seconds: float, login: str) -> None:
        while await self._give(login):
            await clock.tick(seconds)
