"""Several processes that people think of as one server."""

import asyncio
from collections.abc import Sequence

from support.environments.embedded.server_process import ManagedProcess
from support.environments.faults.control import Control


class ProcessGroup:
    """Processes that serve the same, as one `Control`: what happens to one happens to all at the same time.

    Args:
        name: as people say it.
        members: the processes.
    """

    def __init__(self, name: str, members: Sequence[Control]) -> None:
        self.name = name
        self.members = members

    @property
    def running(self) -> bool:
        """Whether all of them exist."""
        return all(member.running for member in self.members)

    @property
    def pids(self) -> list[int]:
        """Their process ids."""
        return [member.pid for member in self.members if isinstance(member, ManagedProcess)]

    async def start(self) -> None:
        """Start all and wait until they serve."""
        await asyncio.gather(*(member.start() for member in self.members))

    async def stop(self) -> None:
        """Ask all to shut down in order, and wait until they are gone."""
        await asyncio.gather(*(member.stop() for member in self.members))

    async def kill(self) -> None:
        """End all at once and without warning."""
        await asyncio.gather(*(member.kill() for member in self.members))

    async def pause(self) -> None:
        """Make all hang."""
        await asyncio.gather(*(member.pause() for member in self.members))

    async def resume(self) -> None:
        """End a pause."""
        await asyncio.gather(*(member.resume() for member in self.members))

    async def restart(self, graceful: bool = False) -> None:
        """Kill all, or stop them when `graceful`, and start them again."""
        await (self.stop() if graceful else self.kill())
        await self.start()

    async def cut(self) -> None:
        """Cut the links to all."""
        await asyncio.gather(*(member.cut() for member in self.members))

    async def heal(self) -> None:
        """Undo `cut`."""
        await asyncio.gather(*(member.heal() for member in self.members))
