"""Redis, or Valkey in its place, as a process of this machine."""

from collections.abc import Sequence
from pathlib import Path

from support.environments.embedded import server_discovery
from support.environments.embedded.server_process import ManagedProcess
from support.environments.embedded.tcp_probe import ask
from support.environments.embedded.workspace import Workspace
from support.environments.faults.proxy import HOST

_SETTINGS = {
    "bind": HOST,
    "save": "",
    "appendonly": "yes",
    # Each write is with the kernel before it is acknowledged, and survives the death of the process, as in Postgres.
    # With "always" a disk that takes its time looks like a Redis that is lost; "everysec" may hold back a write.
    "appendfsync": "no",
    "daemonize": "no",
}


class Redis(ManagedProcess):
    """A fresh Redis without a password, as the deployed servers have it; see `Control`."""

    def __init__(self, workspace: Workspace, name: str = "Redis", port: int | None = None) -> None:
        super().__init__(name, workspace, port)
        self._program = server_discovery.find_redis()

    @property
    def url(self) -> str:
        """redis:// URL by way of the fault proxy; the same over all restarts."""
        return f"redis://{HOST}:{self.link.port}/0"

    @property
    def direct_url(self) -> str:
        """The same past the fault proxy, for the suite's own looks into the store."""
        return f"redis://{HOST}:{self.port}/0"

    async def prepare(self) -> None:
        """Learn which server it is."""
        version = await self.run([self._program.path, "--version"])
        self.version = server_discovery.described(self._program, version)

    def command(self) -> Sequence[str | Path]:
        """The server on its data folder."""
        settings = _SETTINGS | {"port": str(self.port), "dir": str(self.folder)}
        return [self._program.path, *(part for name, value in settings.items() for part in (f"--{name}", value))]

    async def serves(self) -> bool:
        """Whether it has read its data, and is this very process."""
        answers = await ask(self.port, b"INFO server\r\nPING\r\nQUIT\r\n")
        return b"process_id:%d\r\n" % self.pid in answers and b"\r\n+PONG\r\n" in answers
