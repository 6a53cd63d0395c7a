"""The compose deployment: reached and looked into as an external one, handled through its containers."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from support.config.access import Commands
from support.core.errors import EnvironmentFailure
from support.environments.compose.container import COMMAND_LIMIT, START_LIMIT, STOP_LIMIT, Containers
from support.environments.compose.docker_cli import ComposeProject, project
from support.environments.compose.environment_secrets import is_inside
from support.environments.compose.file_sync import FileSync
from support.environments.external.command_control import COMMANDS_OF_AN_ACTION, CommandLog, Tell, untold
from support.environments.external.deployment import ExternalDeployment
from support.environments.faults.registry import restore

#: The label of a container that says in which of its folders mail appears.
_LABEL = "earshot.mail"
#: Seconds that reading a log may take.
_LOG_LIMIT = 10.0


class ComposeDeployment(ExternalDeployment):
    """A system in the containers of a compose project that is up.

    In a container of the same project there is no hold on the others, and no need to fetch anything from them.

    Args:
        addresses: base URLs by the names of the processes.
        services: the services that a process is, by its name.
        controls: what handles what is no container, as for an external deployment.
        mail: a folder of this machine where the system's mail is to appear.
        tell: gets what is done to the system, and what the commands print.
    """

    name = "compose"
    longest_action = STOP_LIMIT + COMMANDS_OF_AN_ACTION * COMMAND_LIMIT + START_LIMIT

    def __init__(
        self,
        addresses: Mapping[str, str],
        services: Mapping[str, Sequence[str]],
        controls: Mapping[str, Commands] | None = None,
        mail: str | None = None,
        tell: Tell = untold,
    ) -> None:
        super().__init__(addresses, controls, tell)
        self._services = services
        if not is_inside():  # which containers they are shows when it is opened
            self.controls |= {name: Containers(name, [], tell) for name in services}
        self._mail = Path(mail) if mail else None
        self._tell = tell
        self._containers: list[Containers] = []
        self._mirrors: list[FileSync] = []

    async def open(self) -> None:
        """Find the containers, and undo what an earlier run has done to them that was killed in the midst of it.

        Raises:
            EnvironmentFailure: the project is not up, lacks a service that the profile names, or does not serve.
        """
        if is_inside():
            return
        found = await asyncio.to_thread(project)
        for name, services in self._services.items():
            self._take(name, [_of(service, found) for service in services])
        await self._put_right()
        if self._mail:
            self._mirrors = [FileSync(one.id, one.labels[_LABEL], self._mail) for one in found if _LABEL in one.labels]
        for mirror in self._mirrors:
            await mirror.open()

    async def close(self) -> None:
        """Leave the project up, with nothing paused, cut off or ended."""
        while self._mirrors:
            await self._mirrors.pop().close()
        await self._put_right()

    def _take(self, name: str, found: list[ComposeProject]) -> None:
        containers = Containers(name, found, self._tell)
        self._containers.append(containers)
        self.controls[name] = containers
        self.versions[name] = ", ".join(sorted({one.image for one in found}))
        for one in found:
            called = name if len(found) == 1 else f"{name} ({one.service})"
            self.logs[called] = CommandLog(f"docker logs --since $SINCE {one.id}", _LOG_LIMIT)

    async def _put_right(self) -> None:
        troubles = await asyncio.gather(*(restore(one) for one in self._containers), return_exceptions=True)
        for trouble in filter(None, troubles):
            raise trouble


def _of(service: str, found: list[ComposeProject]) -> ComposeProject:
    for one in found:
        if one.service == service:
            return one
    known = ", ".join(sorted({one.service for one in found}))
    raise EnvironmentFailure(
        f"the compose project has no container of the service {service!r}, only of {known}: is all up?"
    )
