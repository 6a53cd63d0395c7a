"""The embedded deployment of the spec `threads`."""

import secrets
from collections.abc import Mapping

from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.process_group import ProcessGroup
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.workspace import Workspace

SERVER = "threads server"


class ThreadsDeployment(EmbeddedDeployment):
    """The reference ThreadFileSharing server with its PostgreSQL, and its files on this machine's disk.

    Args:
        options: of the server, as on its command line without the dashes: `{"lag": "0-300ms"}`; see
            `python -m reference.threads --help`.
    """

    def __init__(self, options: Mapping[str, str | int | float] | None = None) -> None:
        super().__init__()
        self.path = ((SERVER,), ("Postgres",))
        self._options = dict(options or {})

    async def set_up(self, workspace: Workspace) -> None:
        """Start the database, then the server."""
        self.postgres = Postgres(workspace)
        await self.start(self.postgres)
        files = workspace.path / "files"
        files.mkdir()
        self.server = PythonServer(
            SERVER,
            workspace,
            module="reference.threads",
            arguments=[
                *("--files", str(files), "--test-support"),
                *(part for name, value in self._options.items() for part in (f"--{name}", str(value))),
            ],
            environment={"EARSHOT_POSTGRES": self.postgres.dsn, "EARSHOT_JWT_SECRET": secrets.token_hex(32)},
        )
        await self.start(self.server)
        self.controls[SERVER] = ProcessGroup(SERVER, [self.server])  # whose processes can be seen
        self.addresses[SERVER] = self.server.address
