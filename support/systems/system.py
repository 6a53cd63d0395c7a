"""What every driver offers, whatever its system can do besides (see `support.systems.capabilities`)."""

from typing_extensions import Protocol, runtime_checkable

from support.inbox import Inbox
from support.protection import reads_only
from support.systems.people import Account, People
from support.transcript import Transcript


@runtime_checkable
class System(Protocol):
    """One deployment of a system under test, as its driver presents it."""

    address: str
    """Base URL."""

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A fresh account for one scenario alone; its sessions last `lifetime` seconds, if that is given."""
        ...

    @reads_only
    def client(self, role: str, people: People, transcript: Transcript, inbox: Inbox) -> object:
        """One person's client. What it can do is told by the capabilities it implements."""
        ...

    @reads_only
    async def serves(self, transcript: Transcript) -> bool:
        """Whether the system serves its users now."""
        ...

    @reads_only
    async def close(self) -> None:
        """Close what the driver itself holds open."""
        ...
