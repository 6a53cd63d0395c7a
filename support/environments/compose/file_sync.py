"""A folder in a container, mirrored into one of this machine: for what a system writes and people read, such as mail.

`python -m support.environments.compose.file_sync FOLDER` runs in the container and shows each new file as a line of
JSON.
"""

import asyncio
import json
import select
import sys
from contextlib import suppress
from pathlib import Path
from typing import cast

from support.core.errors import EnvironmentFailure

#: Seconds between two looks for new files, until the first look has to be over, and for an end in order.
_LOOK_EVERY, _PATIENCE, _FAREWELL = 0.05, 30.0, 5.0


class FileSync:
    """What appears in a container's folder from now on, as files here.

    Args:
        container: its id; Python and this module are in it.
        there: the folder in the container.
        here: the folder of this machine.
    """

    def __init__(self, container: str, there: str, here: Path) -> None:
        self._command = ["docker", "exec", "-i", container, "python", "-m", __name__, there]
        self._here = here

    async def open(self) -> None:
        """Begin to mirror.

        Raises:
            EnvironmentFailure: the container does not do it.
        """
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            *self._command, stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.STDOUT, start_new_session=True
        )
        self._shown = cast(asyncio.StreamReader, self._process.stdout)
        try:
            async with asyncio.timeout(_PATIENCE):
                first = await self._shown.readline()
        except TimeoutError:
            first = b"no answer"
        if first.strip() != b"[]":
            await self._end()
            raise EnvironmentFailure(f"`{' '.join(self._command)}`: {first.decode(errors='replace').strip()}")
        self._copying = asyncio.create_task(self._copy())

    async def close(self) -> None:
        """Mirror no more."""
        self._copying.cancel()
        await self._end()

    async def _copy(self) -> None:
        while line := await self._shown.readline():
            name, text = json.loads(line)
            unfinished = self._here / f"{name}.part"
            unfinished.write_text(text, encoding="utf-8")
            unfinished.rename(self._here / name)

    async def _end(self) -> None:
        """Have the container's end of it end, which it does when no process listens."""
        cast(asyncio.StreamWriter, self._process.stdin).close()
        try:
            async with asyncio.timeout(_FAREWELL):
                await self._process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                self._process.kill()


def show(folder: Path) -> None:
    """Print each file that appears, until no process listens any more; first an empty line, when that has begun."""
    shown = {*folder.glob("*.log")}
    sys.stdout.write("[]\n")
    while not select.select([sys.stdin], [], [], _LOOK_EVERY)[0]:
        for path in sorted({*folder.glob("*.log")} - shown):
            sys.stdout.write(json.dumps([path.name, path.read_text(encoding="utf-8")]) + "\n")
            shown.add(path)
        sys.stdout.flush()


if __name__ == "__main__":
    show(Path(sys.argv[1]))
