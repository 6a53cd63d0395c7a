"""A reference back end as a process of this machine."""

import os
import platform
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from support.deployments.faultproxy import HOST
from support.deployments.probe import ask
from support.deployments.processes import ManagedProcess
from support.deployments.workspace import Workspace

#: Reference servers trust the authority that they are given alone. To read the machine's list of public ones, as
#: aiohttp does when it is imported, would be a tenth of a start.
_NO_AUTHORITIES = {"SSL_CERT_FILE": os.devnull, "SSL_CERT_DIR": os.devnull}


class PythonServer(ManagedProcess):
    """An HTTP server that `python -m MODULE --host HOST --port PORT` runs; see `Control`."""

    def __init__(
        self,
        name: str,
        workspace: Workspace,
        *,
        module: str,
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        port: int | None = None,
    ) -> None:
        """Prepare a server; nothing runs yet.

        Args:
            name: as people say it, unique in the deployment.
            workspace: where its log is kept.
            module: what to run, with this interpreter.
            arguments: beside host and port.
            environment: what others must not see in a list of processes, as passwords.
            port: the port it has to use; by default any free one.
        """
        super().__init__(name, workspace, port)
        self.version = f"reference back end on Python {platform.python_version()}"
        self.environment = {"PYTHONUNBUFFERED": "1"} | _NO_AUTHORITIES | dict(environment or {})
        self._module = module
        self._arguments = arguments

    @property
    def address(self) -> str:
        """Base URL by way of the fault proxy; the same over all restarts."""
        return f"http://{HOST}:{self.link.port}"

    @property
    def direct_address(self) -> str:
        """The same past the fault proxy, for the suite's own control of it."""
        return f"http://{HOST}:{self.port}"

    def command(self) -> Sequence[str | Path]:
        """The module, on its port."""
        return [sys.executable, "-m", self._module, "--host", HOST, "--port", str(self.port), *self._arguments]

    async def serves(self) -> bool:
        """Whether it answers HTTP, whatever the answer."""
        request = f"GET / HTTP/1.0\r\nHost: {HOST}:{self.port}\r\n\r\n"
        return (await ask(self.port, request.encode())).startswith(b"HTTP/")
