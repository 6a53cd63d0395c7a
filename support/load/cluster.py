"""The same load from several machines: the shares of `workers`, played by the workers of a Dask cluster.

    dask scheduler                                          on one machine
    dask worker tcp://scheduler:8786 --nthreads 1           on each of the others, in a checkout of this suite
"""

import asyncio
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from support import clock
from support.errors import SuiteError
from support.load.measurement import InvalidMeasurement, Measurement
from support.load.workers import Share, play_now

#: Seconds from handing out the shares until the plan begins.
HEAD_START = 1.0
#: Seconds until a scheduler has to have answered.
PATIENCE = 10.0
#: How many times a worker's clock is read: the reading with the shortest way there and back counts most.
_READINGS = 5


@dataclass(frozen=True)
class Clock:
    """A worker's clock: what to add to ours to get its reading, and how far off that may be, both in seconds."""

    worker: str
    ahead: float
    unsure: float


async def spread(share: Share, address: str) -> tuple[Measurement, list[Clock]]:
    """Play a load from all workers of a cluster, one share each, at the same time by our clock.

    Args:
        share: what each of them plays.
        address: the scheduler's, "tcp://scheduler:8786".

    Returns:
        What was measured, and how far each worker's clock was off: the plan begins by it.

    Raises:
        SuiteError: there is no such cluster, it has no workers, or it runs another version of the suite.
        InvalidMeasurement: a worker was lost.
    """
    client = await _connected(address)
    try:
        workers = sorted(await client.nthreads())
        if not workers:
            raise SuiteError(f"load: the cluster {address} has no workers: start some with `dask worker {address}`")
        await _same_version(client, address)
        clocks = [await _clock(client, worker) for worker in workers]
        await client.run(callable, share)  # so that they have imported it when the plan begins
        begin = clock.now() + HEAD_START
        futures = [
            client.submit(
                play_now, share, part, len(workers), begin + one.ahead,
                workers=[one.worker], retries=0, pure=False, allow_other_workers=False,
            )
            for part, one in enumerate(clocks)
        ]  # fmt: skip
        return await _merged(client, futures), clocks
    finally:
        await client.close()


async def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise SuiteError("load: a cluster needs the extra `cluster`: pip install 'earshot[cluster]'") from error
    try:
        connecting: Any = Client(address, asynchronous=True, timeout=PATIENCE)  # type: ignore[no-untyped-call]
        return await connecting
    except (OSError, TimeoutError, ValueError) as error:
        advice = "start one with `dask scheduler`"
        raise SuiteError(f"load: there is no cluster at {address} ({error}): {advice}") from error


async def _same_version(client: Any, address: str) -> None:
    ours, theirs = version("earshot"), await client.run(_version)
    others = {worker: its for worker, its in theirs.items() if its != ours}
    if others:
        raise SuiteError(f"load: the cluster {address} runs another version than {ours}: {others}")


def _version() -> str:
    return version("earshot")


async def _clock(client: Any, worker: str) -> Clock:
    """Read a worker's clock; half of the way there and back is what we cannot know."""
    readings = []
    for _ in range(_READINGS):
        asked = clock.now()
        reading = (await client.run(clock.now, workers=[worker]))[worker]
        answered = clock.now()
        readings.append((answered - asked, reading - (asked + answered) / 2))
    way, ahead = min(readings)
    return Clock(worker, ahead, way / 2)


async def _merged(client: Any, futures: list[Any]) -> Measurement:
    whole = Measurement()
    try:
        for part in await asyncio.gather(*futures):
            whole.merge(part)
    except Exception as loss:
        if type(loss).__name__ not in ("KilledWorker", "CancelledError", "FutureCancelledError", "NoValidWorkerError"):
            raise
        raise InvalidMeasurement(
            f"invalid, neither passed nor failed: a worker of the cluster was lost ({loss}); what it sent is not known"
        ) from loss
    except asyncio.CancelledError:
        await client.cancel(futures, force=True)
        raise
    return whole
