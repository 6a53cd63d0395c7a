"""A system under test as processes of this machine, started and ended by the suite."""

import asyncio
import atexit
from types import TracebackType
from typing import Self

from support.core.errors import EnvironmentFailure
from support.core.resource_shortage import see_enough_descriptors, shortage
from support.core.temporary_folders import sweep
from support.environments.embedded.server_log import ServerLog
from support.environments.embedded.server_process import KILL_LIMIT, START_LIMIT, STOP_LIMIT, ManagedProcess
from support.environments.embedded.workspace import Workspace
from support.environments.faults.control import Control


class EmbeddedDeployment:
    """Base of the embedded deployments: a subclass says in `set_up` what to start, and in which order.

    Everything is found under the name that people use for it: "chat server", "Postgres".
    """

    name = "embedded"
    longest_action = STOP_LIMIT + KILL_LIMIT + START_LIMIT
    """Seconds that it may take to do something to a process: to restart one that does not end in order."""

    def __init__(self) -> None:
        self.controls: dict[str, Control] = {}
        self.addresses: dict[str, str] = {}
        """Where clients reach what they talk to: base URLs."""
        self.path: tuple[tuple[str, ...], ...] = ()
        """The controls of what a message passes between its acknowledgement and its delivery, in this order; side by
        side, those that do the same."""
        self.versions: dict[str, str] = {}
        self.logs: dict[str, ServerLog] = {}
        self._workspace: Workspace | None = None
        self._processes: list[ManagedProcess] = []
        self._opening: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[None] | None = None

    async def set_up(self, workspace: Workspace) -> None:
        """Start the system in `workspace` with `start`, and fill `addresses`."""
        raise NotImplementedError

    async def start(self, *processes: ManagedProcess) -> None:
        """Start processes side by side and keep them for the deployment.

        Raises:
            EnvironmentFailure: one did not start.
        """
        self._processes += processes
        self.controls |= {process.name: process for process in processes}
        self.logs |= {process.name: process.log for process in processes}
        try:
            async with asyncio.TaskGroup() as starts:
                for process in processes:
                    starts.create_task(process.start())
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None
        self.versions |= {process.name: process.version for process in processes}

    async def open(self) -> None:
        """Start everything; if that fails half-way or is cancelled, end what has been started.

        Raises:
            EnvironmentFailure: something cannot be found or did not start, or the machine lacks something.
        """
        self._opening = asyncio.create_task(self._open())
        try:
            await self._opening
        except OSError as error:
            await self.close()
            short = shortage(error)
            raise EnvironmentFailure(
                f"nothing can be started here: {f'{short} ({error})' if short else error}"
            ) from error
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """End everything and remove all data; may be called again, and while it opens."""
        if self._closing is None:
            self._closing = asyncio.create_task(self._close())
        await asyncio.shield(self._closing)

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        await self.close()

    async def _open(self) -> None:
        see_enough_descriptors()
        await asyncio.to_thread(sweep)
        self._workspace = Workspace()
        atexit.register(self._drop)
        await self.set_up(self._workspace)

    async def _close(self) -> None:
        if self._opening and not self._opening.done():
            self._opening.cancel()
            await asyncio.wait([self._opening])
        ends = await asyncio.gather(*(process.close() for process in self._processes), return_exceptions=True)
        if self._workspace:
            await asyncio.to_thread(self._workspace.remove)
        atexit.unregister(self._drop)
        for trouble in filter(None, ends):
            raise trouble

    def _drop(self) -> None:
        """The last net, for an interpreter that ends without `close`."""
        for process in self._processes:
            process.end()
        for process in self._processes:
            process.wait()
        if self._workspace:
            self._workspace.remove()
