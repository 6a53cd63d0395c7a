"""The embedded deployment of the spec `training`."""

from collections.abc import Mapping
from pathlib import Path

from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.sqlite import SqliteFile
from support.environments.embedded.workspace import Workspace


class TrainingDeployment(EmbeddedDeployment):
    """The reference ChatTrain server with its SQLite file, and a stub for the interface of its language model."""

    def __init__(self, options: Mapping[str, str | int | float] | None = None) -> None:
        """Prepare it; nothing runs yet.

        Args:
            options: of the server, as on its command line without the dashes: `{"burst": 25, "lag": "0-300ms"}`; see
                `python -m reference.training --help`.
        """
        super().__init__()
        self._options = dict(options or {})

    @property
    def database(self) -> Path:
        """The server's SQLite file."""
        return self.file.path

    async def set_up(self, workspace: Workspace) -> None:
        """Start the stub of the language model, then the server."""
        self.file = SqliteFile(workspace.path / "chattrain.db")
        self.model = PythonServer("bot API", workspace, module="reference.bot_api")
        await self.start(self.model)
        self.server = PythonServer(
            "chat server",
            workspace,
            module="reference.training",
            arguments=[
                *("--database", str(self.file.path), "--bot-api", self.model.address),
                *(part for name, value in self._options.items() for part in (f"--{name}", str(value))),
            ],
        )
        await self.start(self.server)
        self.controls[self.file.name] = self.file
        self.addresses |= {"chat server": self.server.address, "bot API": self.model.direct_address}
