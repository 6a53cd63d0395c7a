"""Who is typing where. Needs no database; an indicator that its user does not stop stops by itself."""

import asyncio

from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads.announcer import Announcer
from reference.threads.person import Person


@part
class TypingIndicators:
    """The typing indicators that are on."""

    announcer: Announcer  # how rooms learn of them
    lifetime: float  # seconds that one lasts

    def __post_init__(self) -> None:
        self._on: dict[tuple[str, str], tuple[asyncio.TimerHandle, Person, Row]] = {}
        self._stopping: set[asyncio.Task[None]] = set()

    async def start(self, room: str, person: Person, place: Row) -> None:
        """A user types; every start is told."""
        self._forget(room, person.id)
        timer = asyncio.get_running_loop().call_later(self.lifetime, self._run_out, room, person)
        self._on[room, person.id] = timer, person, place
        await self.announcer.typing(room, person, place, True)

    async def stop(self, room: str, person: Person, place: Row) -> None:
        """A user types no more; told in any case."""
        self._forget(room, person.id)
        await self.announcer.typing(room, person, place, False)

    async def gone(self, person: Person) -> None:
        """A user has gone without stopping."""
        for room, user in list(self._on):
            if user == person.id:
                await self.stop(room, person, self._on[room, user][2])

    def _forget(self, room: str, user: str) -> None:
        if known := self._on.pop((room, user), None):
            known[0].cancel()

    def _run_out(self, room: str, person: Person) -> None:
        task = asyncio.ensure_future(self.stop(room, person, self._on[room, person.id][2]))
        self._stopping.add(task)
        task.add_done_callback(self._stopping.discard)
