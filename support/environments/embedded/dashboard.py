"""The embedded deployment of the spec `dashboard`."""

from collections.abc import Mapping

from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.process_group import ProcessGroup
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.redis import Redis
from support.environments.embedded.workspace import Workspace

SERVER = "dashboard server"


class DashboardDeployment(EmbeddedDeployment):
    """The reference dashboard as two processes, which share a PostgreSQL and a Redis.

    Args:
        options: of the dashboard server, as on its command line without the dashes: `{"lag": "0-300ms"}`; see
            `python -m reference.dashboard --help`.
        processes: how many.
    """

    def __init__(self, options: Mapping[str, str | int | float] | None = None, processes: int = 2) -> None:
        super().__init__()
        self._options = dict(options or {})
        self._names = [f"{SERVER} {number}" for number in range(1, processes + 1)]

    @property
    def server_addresses(self) -> list[str]:
        """The base URLs of the server's processes."""
        return [server.address for server in self.servers]

    async def set_up(self, workspace: Workspace) -> None:
        """Start the databases side by side, then the server's processes."""
        self.mail_folder = workspace.path / "mail"
        self.postgres = Postgres(workspace)
        self.redis = Redis(workspace)
        await self.start(self.postgres, self.redis)
        options = [part for name, value in self._options.items() for part in (f"--{name}", str(value))]
        self.servers = [
            PythonServer(
                name,
                workspace,
                module="reference.dashboard",
                arguments=["--mail-folder", str(self.mail_folder), "--test-support", *options],
                environment={"EARSHOT_POSTGRES": self.postgres.dsn, "EARSHOT_REDIS": self.redis.url},
            )
            for name in self._names
        ]
        await self.start(*self.servers)
        self.controls[SERVER] = ProcessGroup(SERVER, self.servers)
        self.addresses |= {server.name: server.address for server in self.servers}
        self.addresses[SERVER] = self.servers[0].address
