"""`earshot run --cluster`: each worker of a Dask cluster runs a share of the features, and all results come back."""

import asyncio
import io
import signal
import subprocess
import sys
import tarfile
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from support.config import userdata_keys
from support.core import dask_cluster
from support.core.temporary_folders import OwnedFolder
from support.environments.embedded import process_supervision
from support.execution import sharding
from support.reporting import results_file
from support.reporting.allure_files import ResultFolder
from support.reporting.run_metadata import gather

#: Gets a function that passes a signal on to all that runs.
Tell = Callable[[Callable[[int], Any]], Any]

_RESULTS_FILE, _RESULTS, _CONSOLE = "results.jsonl", "allure-results", "console.txt"


@dataclass(frozen=True)
class Job:
    """What a worker is to do: behave's arguments, the run by whose name it is interrupted, and its share of it."""

    arguments: list[str]
    run: str
    number: int
    """Which of the shares it is, from 1."""
    shares: int


def play(
    arguments: list[str], address: str, results: ResultFolder, folder: Path, reports: Path, tell: Tell
) -> list[Path]:
    """Share the features out among the workers of a cluster, and bring their results here.

    Args:
        arguments: behave's own, as one process would get them.
        address: the scheduler's.
        results: where all Allure results go.
        folder: for what comes back.
        reports: where the history of runs is, which tells durations.
        tell: learns how to pass a signal on to the workers.

    Returns:
        The results file of each share. The scenarios of a worker that was lost are not run in it.

    Raises:
        SuiteError: no such cluster, no workers, or others than ours.
    """
    return asyncio.run(_play(arguments, address, results, folder, reports, tell))


async def _play(
    arguments: list[str], address: str, results: ResultFolder, folder: Path, reports: Path, tell: Tell
) -> list[Path]:
    client = await dask_cluster.connected(address, "run")
    try:
        workers = await dask_cluster.alike(client, address, "run", dask_cluster.specs)
        portions = sharding.shares(arguments, len(workers), reports)
        shared = dict(zip(workers, portions, strict=False))
        run = uuid.uuid4().hex
        tell(partial(_pass_on, asyncio.get_running_loop(), client, run))
        futures = {
            worker: client.submit(
                play_share, Job(portion, run, number, len(portions)),
                workers=[worker], retries=0, pure=False, allow_other_workers=False,
            )
            for number, (worker, portion) in enumerate(shared.items(), 1)
        }  # fmt: skip
        async with dask_cluster.kept(client, futures) as playing:
            found = dict(zip(playing, await asyncio.gather(*playing.values(), return_exceptions=True), strict=True))
    finally:
        await client.close()
    return [_kept(found[worker], portion, results, folder / f"share-{number}")
            for number, (worker, portion) in enumerate(shared.items())]  # fmt: skip


def _kept(found: bytes | BaseException, portion: list[str], results: ResultFolder, folder: Path) -> Path:
    """Put a share's Allure results to the others; its results file."""
    folder.mkdir()
    path = folder / _RESULTS_FILE
    if isinstance(found, dask_cluster.WorkerLost):
        print(f"{found}: what it had to run is not run", flush=True)
        for outcome in results_file.write_off(path, sharding.selected(portion), str(found)):
            results.write_lost(outcome)
        return path
    if isinstance(found, BaseException):
        raise found
    with tarfile.open(fileobj=io.BytesIO(found)) as archive:
        archive.extractall(folder, filter="data")
    print((folder / _CONSOLE).read_text(encoding="utf-8", errors="replace"), end="", flush=True)
    if (folder / _RESULTS).exists():
        gather(folder / _RESULTS, results.path)
    return path


def _pass_on(loop: asyncio.AbstractEventLoop, client: Any, run: str, order: int) -> None:
    """In a signal handler: have the workers' loops pass a signal on."""
    asyncio.run_coroutine_threadsafe(client.run(interrupt, run, order, on_error="ignore"), loop)


# -- on a worker ------------------------------------------------------------------------------------------------------

_running: dict[str, subprocess.Popen[bytes]] = {}


def play_share(job: Job) -> bytes:
    """On a worker: run a share, and pack all that it leaves."""
    with OwnedFolder("run") as name:
        folder = Path(name)
        with (folder / _CONSOLE).open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "behave", *settings_of(job, folder), *job.arguments],
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=process_supervision.mortal(signal.SIGINT),
            )
        _running[job.run] = process
        try:
            code = process.wait()
        finally:
            del _running[job.run]
        results_file.seal(folder / _RESULTS_FILE, process.pid, code)
        return _packed(folder)


def settings_of(job: Job, folder: Path) -> list[str]:
    """behave's settings for a share, whose results go into a folder."""
    settings: dict[str, object] = {"worker": "true", "results": folder / _RESULTS_FILE, "allure": folder / _RESULTS}
    if job.shares > 1:
        settings |= {"allow_empty": "true", userdata_keys.BESIDE: job.shares, userdata_keys.PROCESS: job.number}
    return userdata_keys.as_options(settings)


def interrupt(run: str, order: int) -> None:
    """On a worker: pass a signal on to its share of a run, if that is under way."""
    if process := _running.get(run):
        process.send_signal(order)


def _packed(folder: Path) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=3) as archive:
        archive.add(folder, arcname=".")
    return packed.getvalue()
