"""Any server that a driver describes (`support.drivers.kit.program`), as a process of this machine."""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from string import Template

from pydantic import BaseModel

from support.config.profile import Limits
from support.core.errors import EnvironmentFailure
from support.core.redaction import everywhere
from support.drivers.kit.program import ServerProgram
from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.server_process import ManagedProcess
from support.environments.embedded.tcp_probe import ask
from support.environments.embedded.workspace import Workspace
from support.environments.faults.proxy import HOST


class ProgramProcess(ManagedProcess):
    """A server with a configuration and a data folder of its own; see `Control`."""

    def __init__(
        self, name: str, workspace: Workspace, program: ServerProgram, limits: Limits, options: BaseModel
    ) -> None:
        """Prepare it; nothing runs yet.

        Args:
            name: as people say it.
            workspace: where its configuration, data and log are kept.
            program: what is known of it.
            limits: what the system is held to.
            options: what the profile says of it.
        """
        super().__init__(name, workspace)
        self._program = program
        self._limits, self._options = limits, options
        self._answered = b""
        self.account = workspace.account
        self.start_limit = program.start_limit

    async def prepare(self) -> None:
        """See that it is installed, and learn its version.

        Raises:
            EnvironmentFailure: it is not.
        """
        program = self._program
        if shutil.which(program.command[0]) is None:
            remedy = f"apt-get install {program.package}" if program.package else f"{program.command[0]} is not found"
            raise EnvironmentFailure(f"there is no {program.name} on this machine: {remedy}")
        if self.account:
            shutil.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        self.version = program.name
        if not program.package:
            return
        with suppress(EnvironmentFailure, OSError):  # it may come from elsewhere than Debian
            version = await self.run(["dpkg-query", "--show", "--showformat", "${Version}", program.package])
            self.version += f" {version.strip()}"

    def command(self) -> Sequence[str | Path]:
        """The server, with its files as the port demands."""
        for name, content in self._program.files.items():
            (self.folder / name).write_text(self._filled(content), encoding="utf-8")
        self.environment |= {name: self._filled(value) for name, value in self._program.environment.items()}
        return [self._filled(word) for word in self._program.command]

    async def serves(self) -> bool:
        """Whether it answers as one that serves."""
        question, answer = self._filled(self._program.question).encode("latin-1"), self._program.answer
        self._answered = await ask(self.port, question, until=answer)
        return answer in self._answered

    @property
    def pids(self) -> list[int]:
        """Its process, whose needs a load looks at."""
        return [self.pid]

    def _how_it_failed(self) -> str:
        said, wanted = (
            everywhere.excerpt(words.decode(errors="backslashreplace"), 200)
            for words in (self._answered, self._program.answer)
        )
        instead = f"; asked whether it serves, it said {said!r}, without {wanted!r}" if said else ""
        return super()._how_it_failed() + instead

    def _filled(self, template: str) -> str:
        said = self._options.model_dump().items()
        lines = {key: "\n".join(value) if isinstance(value, tuple) else value for key, value in said}
        half = max(1, round(self._limits.keep_alive) // 2)
        return Template(template).substitute(lines, folder=self.folder, port=self.port, half_alive=half)


class ProgramDeployment(EmbeddedDeployment):
    """One such server, as what the people of a spec talk to."""

    def __init__(self, program: ServerProgram, scheme: str, server: str, limits: Limits, options: BaseModel) -> None:
        """Prepare it; nothing runs yet.

        Args:
            program: what is known of it.
            scheme: how its address begins: "xmpp".
            server: what the scenarios call it: "chat server".
            limits: what the system is held to.
            options: what the profile says of it.
        """
        super().__init__()
        self._program, self._scheme, self._server = program, scheme, server
        self._limits, self._options = limits, options

    async def set_up(self, workspace: Workspace) -> None:
        """Start it."""
        process = ProgramProcess(self._server, workspace, self._program, self._limits, self._options)
        await self.start(process)
        self.addresses[self._server] = f"{self._scheme}://{HOST}:{process.link.port}"
