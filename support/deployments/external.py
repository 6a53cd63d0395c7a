"""A system that somebody else runs: reached by its address, with no hold on its processes."""

from support.deployments.control import Control
from support.deployments.serverlog import ServerLog
from support.errors import SuiteError


class ExternalDeployment:
    """Any reachable deployment.

    Args:
        server: the name of the process that users talk to.
        address: its base URL.
    """

    name = "external"

    def __init__(self, server: str, address: str | None) -> None:
        if address is None:
            raise SuiteError('profile: an external deployment needs its address = "https://…"')
        self.addresses = {server: address.rstrip("/")}
        self.controls: dict[str, Control] = {}
        self.versions: dict[str, str] = {}
        self.logs: dict[str, ServerLog] = {}

    async def open(self) -> None:
        """Nothing to start."""

    async def close(self) -> None:
        """Nothing to stop."""
