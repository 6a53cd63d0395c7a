"""A real scheduler and real workers as processes: one plan, merged results, and no lost worker unnoticed."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from support.core import clock
from support.core.errors import InvalidMeasurement, SuiteError
from support.load.distributed import spread
from support.load.partition import LoadProgress
from tests.load.quick import Quick

WORKERS = 2
PATIENCE = 30.0


@pytest.fixture
def cluster() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "distributed.cli"]
    calm = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = ["dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--host", "127.0.0.1"]
    started = [
        subprocess.Popen([*dask[:2], f"distributed.cli.{name}", *options], **calm)
        for name, *options in [scheduler, *[worker] * WORKERS]
    ]
    try:
        yield address
    finally:
        for process in started:
            process.kill()
            process.wait()


async def all_there(address: str) -> None:
    from distributed import Client

    async with Client(address, asynchronous=True, timeout=PATIENCE) as client:
        await client.wait_for_workers(WORKERS, timeout=PATIENCE)


async def test_a_cluster_plays_one_plan_and_a_lost_worker_is_no_result(cluster: str) -> None:
    await all_there(cluster)
    so_far = LoadProgress()
    clocks = await spread(Quick(), cluster, so_far)
    assert (so_far.measured.planned, so_far.measured.succeeded) == (50, 50)
    assert len(so_far.measured.account.sent) == WORKERS
    assert all(abs(one.ahead) <= one.unsure + 0.001 for one in clocks), "one machine has one clock"
    await cut_short(cluster)
    with pytest.raises(InvalidMeasurement, match="a worker of the cluster was lost"):
        await spread(Quick(dies=True), cluster, LoadProgress())


async def cut_short(cluster: str) -> None:
    so_far = LoadProgress()
    load = asyncio.create_task(spread(Quick(seconds=60), cluster, so_far))
    assert await clock.until(lambda: so_far.sent > 50, within=30)
    load.cancel()
    with pytest.raises(asyncio.CancelledError):
        await load
    assert 50 < so_far.measured.succeeded < 5000, "what was measured so far counts"


async def test_a_cluster_that_is_not_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.core.dask_cluster.PATIENCE", 0.5)
    with pytest.raises(SuiteError, match=r"there is no cluster at tcp://127.0.0.1:9 .*dask scheduler"):
        await spread(Quick(), "tcp://127.0.0.1:9", LoadProgress())


async def test_a_cluster_of_another_version_is_one_clear_line(cluster: str, monkeypatch: pytest.MonkeyPatch) -> None:
    await all_there(cluster)
    monkeypatch.setattr("support.core.dask_cluster._digest", lambda roots: "another")
    with pytest.raises(SuiteError, match=r"runs another version of the suite on tcp://127"):
        await spread(Quick(), cluster, LoadProgress())
