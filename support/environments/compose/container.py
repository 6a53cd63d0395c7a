"""The containers of one process of a compose project, with everything a scenario may do to them."""

import asyncio
import shlex
from collections.abc import Sequence

from support.core import clock
from support.core.errors import EnvironmentFailure
from support.environments.compose.docker_cli import Found, inspect
from support.environments.external.command_control import Tell, run, untold

#: Seconds for one command of `docker`, for a process to end in order, and for it to serve: nets for hangs, not limits.
COMMAND_LIMIT, STOP_LIMIT, START_LIMIT = 30.0, 5.0, 120.0
_LOOK_EVERY = 0.3


class Containers:
    """One process as people think of it, in one container or several that serve the same: a `Control`.

    Args:
        name: as people say it.
        found: its containers as they were found.
        tell: gets each command, and what it printed.
    """

    def __init__(self, name: str, found: Sequence[Found], tell: Tell = untold) -> None:
        self.name = name
        self._ids = [one.id for one in found]
        self._tell = tell
        self._lines = {one.id: one.networks or {one.home: [one.service]} for one in found}

    @property
    def running(self) -> bool:
        """Whether all of them exist; paused ones do."""
        return all(one.running for one in inspect(self._ids))

    async def start(self) -> None:
        """Start them and wait until they serve.

        Raises:
            EnvironmentFailure: they do not, by their own health checks.
        """
        await self._do("start", [one for one in await self._now() if not one.running])
        await self._serve()

    async def stop(self) -> None:
        """Ask them to shut down in order, and wait until they are gone."""
        await self.resume()
        await self._do(f"stop --time {STOP_LIMIT:g}", [one for one in await self._now() if one.running])
        await self._be_gone()

    async def kill(self) -> None:
        """End them at once, as a crash would, and wait until they are gone."""
        await self.resume()
        await self._do("kill", [one for one in await self._now() if one.running])
        await self._be_gone()

    async def pause(self) -> None:
        """Make them hang; the kernel still accepts connections for them."""
        await self._do("pause", [one for one in await self._now() if one.running and not one.paused])

    async def resume(self) -> None:
        """End a pause."""
        await self._do("unpause", [one for one in await self._now() if one.paused])

    async def restart(self, graceful: bool = False) -> None:
        """Kill them, or stop them when `graceful`, and start them again on their data."""
        await (self.stop() if graceful else self.kill())
        await self.start()

    async def start_afresh(self) -> None:
        """Start them anew though nothing was done to them: they may have ended by themselves, or hang."""
        await self.restart()

    async def cut(self) -> None:
        """Disconnect them from their networks: nothing gets in or out."""
        for one in await self._now():
            for network in one.networks:
                await self._run(f"network disconnect {network} {one.id}")

    async def heal(self) -> None:
        """Connect them to their networks again, under their names there."""
        for one in await self._now():
            missing = self._lines[one.id].keys() - one.networks.keys()
            for network in missing:
                names = [f"--alias {shlex.quote(alias)}" for alias in self._lines[one.id][network]]
                await self._run(f"network connect {' '.join(names)} {network} {one.id}")

    async def _now(self) -> list[Found]:
        return await asyncio.to_thread(inspect, self._ids)

    async def _do(self, action: str, containers: Sequence[Found]) -> None:
        if containers:
            await self._run(f"{action} {' '.join(one.id for one in containers)}")

    async def _run(self, line: str, tell: Tell | None = None) -> str:
        return await run(f"docker {line}", within=COMMAND_LIMIT, tell=tell or self._tell, whose=self.name)

    async def _serve(self) -> None:
        """Wait until their health checks, asked here and now, are content."""
        deadline = clock.now() + START_LIMIT
        for one in await self._now():
            while one.health_check and (trouble := await self._ill(one)):
                if clock.now() > deadline:
                    raise EnvironmentFailure(f"{self.name} does not serve within {START_LIMIT:g} s: {trouble}")
                await clock.pause(_LOOK_EVERY)

    async def _ill(self, one: Found) -> str:
        try:
            await self._run(f"exec {one.id} {shlex.join(one.health_check)}", untold)
        except EnvironmentFailure as trouble:
            return str(trouble)
        return ""

    async def _be_gone(self) -> None:
        gone = await clock.seen(self._now, lambda now: not any(one.running for one in now), within=COMMAND_LIMIT)
        if any(one.running for one in gone):
            raise EnvironmentFailure(f"{self.name} is still there {COMMAND_LIMIT:g} s after it was to end")
