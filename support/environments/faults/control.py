"""What a scenario may do to one process of a deployment, wherever that process runs."""

from typing_extensions import Protocol, runtime_checkable


class Control(Protocol):
    """One process of a deployment and the network link to it.

    Every method returns once its effect has taken place; each is without effect where there is nothing to do.
    """

    name: str
    """As people say it: "chat server", "Postgres", "Redis", "bot API"."""

    @property
    def running(self) -> bool:
        """Whether the process exists; a paused one does."""

    async def start(self) -> None:
        """Start it and wait until it serves."""

    async def stop(self) -> None:
        """Ask it to shut down in order, and wait until it is gone."""

    async def kill(self) -> None:
        """End it at once and without warning, as a crash would."""

    async def pause(self) -> None:
        """Make it hang: its connections stay open, nothing is answered."""

    async def resume(self) -> None:
        """End a pause."""

    async def restart(self, graceful: bool = False) -> None:
        """Kill it, or stop it when `graceful`, and start it again with the data it had stored."""

    async def cut(self) -> None:
        """Cut the link to it: existing connections are reset, new ones refused."""

    async def heal(self) -> None:
        """Undo `cut`: new connections reach it again."""


@runtime_checkable
class StartsAfresh(Protocol):
    """A process of a system that we have not started, which can be started anew when it has broken by itself."""

    async def seems_up(self) -> bool:
        """Whether it runs, as far as anything tells."""

    async def start_afresh(self) -> None:
        """Start it anew, whether it has ended or hangs, and wait until it runs."""
