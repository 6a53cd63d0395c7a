"""The embedded deployment of the spec `training`."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.sqlite import SqliteFile
from support.environments.embedded.tls_server import ChangeableServer
from support.environments.embedded.workspace import Workspace

_CONTENT = Path(__file__).parents[3] / "reference" / "training" / "content"
#: What a file of the content has in the setting "other content" -> what it has in place of it.
_OTHER = {
    "claim_handling_v1/scenario.toml": ('title = "', 'title = "New: '),
    "customer_service_v1/troubleshooting_steps.md": ("\n", " (changed)\n"),
}
#: What the server is started with in a setting that is one of its own.
_OPTIONS = {
    "no language model": {"bot-api": ""},
    "a thousand messages at once": {"burst": "1000"},
    "patience with the database": {"lock-patience": "3"},
}
#: The same in the setting "damaged content": one training that is no training any more, and after it another title.
_DAMAGED = {
    "claim_handling_v1/scenario.toml": ("duration_minutes", "duration"),
    "customer_service_v1/scenario.toml": ('title = "', 'title = "New: '),
}
#: What is missing then.
_MISSING = "requirements_gathering_v1/interview_notes.txt"


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
        self.content = Path(shutil.copytree(_CONTENT, workspace.path / "content"))
        self.model = PythonServer("bot API", workspace, module="reference.bot_api")
        await self.start(self.model)
        self.server = ChangeableServer(
            "chat server",
            workspace,
            module="reference.training",
            arguments=[
                *("--database", str(self.file.path), "--bot-api", self.model.address, "--content", str(self.content)),
                *(part for name, value in self._options.items() for part in (f"--{name}", str(value))),
            ],
        )
        await self.start(self.server)
        self.controls[self.file.name] = self.file
        self.addresses |= {"chat server": self.server.address, "bot API": self.model.direct_address}

    async def change(self, setting: str) -> None:
        """Have one of `support.vocabulary.terms.trainings.SETTINGS`, damaged content while the server runs."""
        if setting.startswith("other content"):
            self._edit(_OTHER)
            if setting == "other content":
                await self.server.change({})
        elif setting == "damaged content":
            self._edit(_DAMAGED)
            (self.content / _MISSING).unlink()
        else:
            await self.server.change(_OPTIONS[setting])

    async def change_back(self) -> None:
        """Undo `change`."""
        for name in (*_OTHER, *_DAMAGED, _MISSING):
            shutil.copy2(_CONTENT / name, self.content / name)
        await self.server.change({})

    def _edit(self, changes: Mapping[str, tuple[str, str]]) -> None:
        for name, (old, new) in changes.items():
            file = self.content / name
            file.write_text(file.read_text().replace(old, new, 1))
