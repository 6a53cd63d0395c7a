"""A Dask cluster whose workers are checkouts of this suite: found and alike, or one clear line; no worker lost unseen.

On one machine, and then on each of the others, in a checkout of this suite:

    dask scheduler
    dask worker tcp://scheduler:8786 --nthreads 1
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from support.core import clock
from support.core.errors import EnvironmentFailure, SuiteError

#: Seconds until a scheduler has to have answered.
PATIENCE = 10.0
#: Seconds between two looks at who is still there.
WATCH = 1.0

#: What of a checkout decides how its features run, beside the package `support` itself.
_SPECS = ("environment.py", "pyproject.toml", "features", "profiles", "steps")
_PACKAGE = Path(__file__).parents[1]
#: What Dask calls the loss of a worker.
_LOSSES = ("KilledWorker", "CancelledError", "FutureCancelledError", "NoValidWorkerError")


class WorkerLost(EnvironmentFailure):
    """A worker went away while it was busy."""


async def connected(address: str, purpose: str) -> Any:
    """A client of a cluster.

    Args:
        address: the scheduler's, "tcp://scheduler:8786".
        purpose: how messages begin.

    Raises:
        SuiteError: there is no such cluster, or `distributed` is not installed.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise SuiteError(f"{purpose}: a cluster needs the extra `cluster`: pip install 'earshot[cluster]'") from error
    try:
        connecting: Any = Client(address, asynchronous=True, timeout=PATIENCE)  # type: ignore[no-untyped-call]
        return await connecting
    except (OSError, TimeoutError, ValueError) as error:
        advice = "start one with `dask scheduler`"
        raise SuiteError(f"{purpose}: there is no cluster at {address} ({error}): {advice}") from error


async def alike(client: Any, address: str, purpose: str, edition: Callable[[], str]) -> list[str]:
    """The workers, which all have the edition that is here.

    Args:
        edition: what has to be the same, asked here and there.

    Raises:
        SuiteError: there are none, or one has another edition or none at all.
    """
    workers = sorted(await client.nthreads())
    if not workers:
        raise SuiteError(f"{purpose}: the cluster {address} has no workers: start some with `dask worker {address}`")
    try:
        theirs = await client.run(edition)
    except (ImportError, AttributeError) as error:
        raise SuiteError(f"{purpose}: a worker of {address} has no such Earshot: start it in a checkout") from error
    others = sorted(worker for worker, its in theirs.items() if its != edition())
    if others:
        raise SuiteError(
            f"{purpose}: the cluster {address} runs another version of the suite on {', '.join(others)}: "
            "start its workers in a checkout of the same revision"
        )
    return workers


def suite() -> str:
    """What tells this edition of the package `support` from all others."""
    return _digest([_PACKAGE])


def specs() -> str:
    """What tells this edition, and the folder we are in, from all others: whatever a run reads of them."""
    return _digest([_PACKAGE, *map(Path, _SPECS)])


def _digest(roots: list[Path]) -> str:
    digest = hashlib.sha256()
    for root in roots:
        for file in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{root.name}/{file.relative_to(root)}".encode() + file.read_bytes())
    return digest.hexdigest()


@asynccontextmanager
async def kept(client: Any, futures: dict[str, Any]) -> AsyncIterator[dict[str, asyncio.Future[Any]]]:
    """Tasks of workers as futures of ours, which raise `WorkerLost` once their worker is gone.

    Dask itself waits for ever for a lost worker whose task no other may do.

    Args:
        futures: Dask's, by worker.
    """
    gone = {worker: asyncio.Event() for worker in futures}
    results = {worker: asyncio.ensure_future(_result(one, worker, gone[worker])) for worker, one in futures.items()}
    watching = asyncio.create_task(_watch(client, gone))
    try:
        yield dict(results)
    finally:
        for task in (watching, *results.values()):
            task.cancel()


async def _watch(client: Any, gone: dict[str, asyncio.Event]) -> None:
    while True:
        await clock.tick(WATCH)
        try:
            there = await asyncio.wait_for(client.nthreads(), PATIENCE)
        except (OSError, TimeoutError):  # the scheduler is gone, and with it all workers
            there = {}
        for worker in gone.keys() - there.keys():
            gone[worker].set()


async def _result(future: Any, worker: str, gone: asyncio.Event) -> Any:
    result, loss = asyncio.ensure_future(future), asyncio.ensure_future(gone.wait())
    try:
        await asyncio.wait({result, loss}, return_when=asyncio.FIRST_COMPLETED)
        if not result.done():
            raise WorkerLost(f"worker {worker} was lost")
        return result.result()
    except Exception as trouble:
        if type(trouble).__name__ not in _LOSSES:
            raise
        raise WorkerLost(f"worker {worker} was lost") from trouble
    finally:
        result.cancel()
        loss.cancel()
