"""What every driver offers, whatever its system can do besides (see `support.drivers.capabilities`)."""

from typing_extensions import Protocol, runtime_checkable

from support.core.people import Account
from support.core.transcript import Transcript
from support.drivers.kit.read_only import reads_only
from support.drivers.kit.scenario_user import ScenarioUser


@runtime_checkable
class System(Protocol):
    """One deployment of a system under test, as its driver presents it."""

    address: str
    """Base URL."""

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A fresh account for one scenario alone; its sessions last `lifetime` seconds, if that is given."""
        ...

    @reads_only
    def client(self, user: ScenarioUser) -> object:
        """One person's client. What it can do is told by the capabilities it implements."""
        ...

    @reads_only
    async def serves(self, transcript: Transcript) -> bool:
        """Whether the system serves its users now: False if it says that it cannot, `Unreachable` if none answers."""
        ...

    @reads_only
    async def close(self) -> None:
        """Close what the driver itself holds open."""
        ...
