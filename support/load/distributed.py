"""The same load from several machines: the parts of `workers`, played by the workers of a Dask cluster.

On one machine `dask scheduler`, on each of the others `dask worker tcp://scheduler:8786 --nthreads 1`, in a checkout of
this suite: see docs/scale.md.
"""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from support.core import clock, dask_cluster
from support.core.errors import InvalidMeasurement
from support.load.measurement import Measurement
from support.load.partition import LoadProgress, Part, Share, figures
from support.load.worker_processes import LOOK, merged, run, watched

#: Seconds from the moment when all workers are ready until the plan begins.
HEAD_START = 1.0
#: Seconds until everybody has to be aboard, on all workers.
BOARDING = 120.0
#: Seconds between two questions how far the workers are.
_ASK = 1.0
#: How many times a worker's clock is read: the reading with the shortest way there and back counts most.
READINGS = 5
#: How many clocks are read at the same time: more would make each reading less sure.
ABREAST = 8


@dataclass(frozen=True)
class Clock:
    """A worker's clock: what to add to ours to get its reading, and how far off that may be, both in seconds."""

    worker: str
    ahead: float
    unsure: float


async def spread(share: Share, address: str, so_far: LoadProgress) -> list[Clock]:
    """Play a load from all workers of a cluster, one part each, at the same time by our clock.

    Args:
        share: what each of them plays.
        address: the scheduler's, "tcp://scheduler:8786".
        so_far: how far they are, and in the end what they have measured; also if this is cancelled.

    Returns:
        How far each worker's clock was off: the plan begins by it.

    Raises:
        SuiteError: there is no such cluster, it has no workers, or it runs another version of the suite.
        InvalidMeasurement: a worker was lost.
    """
    client = await dask_cluster.connected(address, "load")
    try:
        workers = await dask_cluster.alike(client, address, "load", dask_cluster.suite)
        clocks = await _clocks(client, workers)
        run_id = secrets.token_hex(4)
        await client.run(_expect, run_id)
        tasks = {
            worker: client.submit(
                _play, run_id, share, number, len(workers),
                workers=[worker], retries=0, pure=False, allow_other_workers=False,
            )
            for number, worker in enumerate(workers)
        }  # fmt: skip
        async with dask_cluster.kept(client, tasks) as playing:
            await _begun(client, clocks, list(playing.values()), so_far)
            following = asyncio.create_task(_follow(client, so_far))
            try:
                await _merged(client, list(playing.values()), so_far)
            finally:
                following.cancel()
        return clocks
    finally:
        await client.close()


async def _clocks(client: Any, workers: list[str]) -> list[Clock]:
    slots = asyncio.Semaphore(ABREAST)

    async def read(worker: str) -> Clock:
        async with slots:
            return await _clock(client, worker)

    return await asyncio.gather(*map(read, workers))


async def _clock(client: Any, worker: str) -> Clock:
    """Read a worker's clock; half of the way there and back is what we cannot know."""
    readings = []
    for _ in range(READINGS):
        asked = clock.now()
        reading = (await client.run(clock.now, workers=[worker]))[worker]
        answered = clock.now()
        readings.append((answered - asked, reading - (asked + answered) / 2))
    way, ahead = min(readings)
    return Clock(worker, ahead, way / 2)


async def _begun(
    client: Any, clocks: list[Clock], playing: Sequence[asyncio.Future[Measurement]], so_far: LoadProgress
) -> None:
    """Wait until all workers are ready, and tell each when to begin, by its own clock."""

    async def ready() -> bool:
        return any(one.done() for one in playing) or all((await client.run(_is_ready)).values())

    if not await clock.seen(ready, bool, within=BOARDING, every=LOOK):
        await client.run(_halt)
        raise InvalidMeasurement(f"invalid, neither passed nor failed: not all workers were ready in {BOARDING:g} s")
    so_far.began = clock.now() + HEAD_START
    await client.run(_begin_at, {one.worker: so_far.began + one.ahead for one in clocks})


async def _follow(client: Any, so_far: LoadProgress) -> None:
    while True:
        await clock.tick(_ASK)
        so_far.parts = dict(enumerate((await client.run(_figures)).values()))


async def _merged(client: Any, playing: Sequence[asyncio.Future[Measurement]], so_far: LoadProgress) -> None:
    try:
        await merged(playing, so_far, lambda: asyncio.ensure_future(client.run(_halt)))
    except dask_cluster.WorkerLost as loss:
        raise InvalidMeasurement(
            f"invalid, neither passed nor failed: a worker of the cluster was lost ({loss}); what it sent is not known"
        ) from loss


# -- in each worker ---------------------------------------------------------------------------------------------------


class _Here:
    """What the worker's own thread and the one that plays share: a worker plays one part at a time."""

    run_id = ""
    ready = halted = False
    begin: float | None = None
    part: Part | None = None


def _expect(run_id: str) -> None:
    """Make ready for a load; one that still waits for its beginning here is over."""
    _Here.run_id, _Here.ready, _Here.halted, _Here.begin, _Here.part = run_id, False, False, None, None


def _is_ready() -> bool:
    return _Here.ready


def _begin_at(moments: dict[str, float], dask_worker: Any = None) -> None:
    _Here.begin = moments[dask_worker.address]


def _halt() -> None:
    _Here.halted = True


def _figures() -> tuple[int, float]:
    return figures(_Here.part.measured) if _Here.part else (0, 0.0)


def _play(run_id: str, share: Share, number: int, of: int) -> Measurement:
    return run(_played(run_id, share, number, of))


async def _played(run_id: str, share: Share, number: int, of: int) -> Measurement:
    def over() -> bool:
        return _Here.halted or _Here.run_id != run_id

    async with share.aboard(number, of) as play:
        if not over():
            _Here.ready = True
        await clock.until(lambda: _Here.begin is not None or over(), within=BOARDING)
        if _Here.begin is None or over():
            raise InvalidMeasurement("invalid, neither passed nor failed: a worker was never told to begin")
        _Here.part = Part(number, of, _Here.begin)
        return await watched(play, _Here.part, lambda _: over())
