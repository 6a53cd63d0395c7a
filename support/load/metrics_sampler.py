"""What the processes under test need while a load goes on, as lines over time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from support.core import clock

#: Asks for one figure: megabytes, per cent of a core, the length of a queue.
Probe = Callable[[], Awaitable[float]]

#: Of each probe, by name: moments, in seconds from the beginning, and figures.
Lines = dict[str, list[tuple[float, float]]]


@asynccontextmanager
async def sampled(probes: Mapping[str, Probe], every: float = 0.2) -> AsyncIterator[Lines]:
    """Ask probes again and again while something goes on; once at its beginning and once at its end in any case.

    Args:
        probes: what to ask, by name.
        every: seconds between two rounds.

    Yields:
        The lines, which grow meanwhile.
    """
    lines: Lines = {name: [] for name in probes}
    began = clock.now()

    async def look() -> None:
        for name, probe in probes.items():
            figure = await probe()
            lines[name].append((clock.now() - began, figure))

    over = asyncio.Event()

    async def keep_looking() -> None:
        while not over.is_set():
            await clock.tick(every)
            await look()

    await look()
    looking = asyncio.create_task(keep_looking())
    try:
        yield lines
    finally:
        over.set()  # not cancelled: a look into a database may be under way
        await looking
