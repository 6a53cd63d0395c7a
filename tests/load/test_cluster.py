"""A real scheduler and real workers as processes: one plan, merged results, and no lost worker unnoticed."""

import asyncio
import functools
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from support.errors import SuiteError
from support.load.cluster import spread
from support.load.engine import Turn, open_model
from support.load.measurement import InvalidMeasurement, Measurement
from support.load.pace import Pace

WORKERS = 2
PATIENCE = 30.0


async def quick(turn: Turn) -> None:
    await asyncio.sleep(0.01)


async def share(dies: bool, part: int, of: int, begin: float) -> Measurement:
    measured = await open_model(Pace.constant(100, 0.5), quick, drain=1, part=part, of=of, begin=begin)
    measured.account.sent.add(f"of {os.getpid()}")
    if dies and part == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return measured


@pytest.fixture
def cluster() -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m", "distributed.cli"]
    calm = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = os.environ | {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    scheduler = ["dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = ["dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--host", "127.0.0.1"]
    started = [
        subprocess.Popen([*dask[:2], f"distributed.cli.{name}", *options], env=environment, **calm)
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
    measured, clocks = await spread(functools.partial(share, False), cluster)
    assert (measured.planned, measured.succeeded) == (50, 50)
    assert len(measured.account.sent) == WORKERS
    assert all(abs(one.ahead) <= one.unsure + 0.001 for one in clocks), "one machine has one clock"
    with pytest.raises(InvalidMeasurement, match="a worker of the cluster was lost"):
        await spread(functools.partial(share, True), cluster)


async def test_a_cluster_that_is_not_there_is_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.load.cluster.PATIENCE", 0.5)
    with pytest.raises(SuiteError, match=r"there is no cluster at tcp://127.0.0.1:9 .*dask scheduler"):
        await spread(functools.partial(share, False), "tcp://127.0.0.1:9")
