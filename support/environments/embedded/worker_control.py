"""What is particular about the processes of the broker: the workers, and how settings of them all are changed."""

from collections.abc import Sequence

from support.environments.embedded.process_group import ProcessGroup
from support.environments.embedded.tls_server import ChangeableServer
from support.environments.faults.proxy import HOST, FaultProxy


class Workers(ProcessGroup):
    """All workers, as one `Control`, with a line of their own to the main server.

    A worker talks to others more than others talk to it: cut off, it does not get through to the main server, which
    everybody else still does.

    Args:
        name: as people say it.
        main: the link to the main server.
    """

    members: Sequence[ChangeableServer]

    def __init__(self, name: str, main: FaultProxy) -> None:
        super().__init__(name, [])
        self.line = FaultProxy()
        self.line.upstream = main.port

    @property
    def address_of_main(self) -> str:
        """Base URL of the main server, by way of the line."""
        return f"https://{HOST}:{self.line.port}"

    async def cut(self) -> None:
        """Cut their line to the main server."""
        await self.line.cut()

    async def heal(self) -> None:
        """Undo `cut`."""
        await self.line.heal()
