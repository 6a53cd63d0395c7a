"""A cluster on two hosts, made of network namespaces: their own addresses, and clocks that are 5,000 seconds apart.

    .venv/bin/python benchmarks/two_hosts.py        (root only; leaves nothing behind)

Host A has the scheduler, an echo server, and whoever asks; host B, at the other end of a veth pair, three workers whose
monotonic clock is another (a time namespace). Three things are played: an open load by WebSocket that has to begin at
one moment whatever the clocks say; one in which a worker is killed, which has to be invalid; and a run of features by
`earshot run --cluster`. Exit code 1 if one of them is not as it has to be, 3 without the rights to make namespaces.
"""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from support.core.errors import InvalidMeasurement
from support.drivers.clients.fast_websocket import FastWebSocket, Sockets
from support.execution import running
from support.execution.launch import Launch
from support.load import distributed
from support.load.arrival_rate import Pace
from support.load.generator import Iteration, open_model
from support.load.partition import LoadProgress, Part, Play

A, B = f"earshot-a-{os.getpid()}", f"earshot-b-{os.getpid()}"
SCHEDULER, SERVER = "tcp://10.99.0.1:8786", "ws://10.99.0.1:8080/ws"
APART = 5000
"""Seconds by which host B's clock is ahead."""
WORKERS = 3
RATE, SECONDS = 150, 3
FEATURES = ["--tags=@smoke", "features/training", "features/dashboard"]
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Echoes:
    """Messages a second to a server, each answered by an echo, from one socket for each worker."""

    seconds: float

    @asynccontextmanager
    async def aboard(self, number: int, of: int) -> AsyncIterator[Play]:
        """Connect."""
        waiting: dict[int, asyncio.Future[None]] = {}
        sockets = Sockets()
        socket = FastWebSocket(sockets, lambda frame: waiting.pop(json.loads(frame)).set_result(None), lambda *_: None)
        await socket.connect(SERVER, within=10)
        try:
            yield partial(self._play, socket, waiting)
        finally:
            await socket.close()
            await sockets.close()

    async def _play(self, socket: FastWebSocket, waiting: dict[int, asyncio.Future[None]], part: Part) -> None:
        async def one(iteration: Iteration) -> None:
            waiting[iteration.number] = asyncio.get_running_loop().create_future()
            await socket.send(str(iteration.number))
            await waiting[iteration.number]

        await open_model(Pace.constant(RATE, self.seconds), one, drain=2, part=part)


# -- on host A: whoever asks ------------------------------------------------------------------------------------------


async def ask() -> bool:
    """Play both loads."""
    from distributed import Client

    async with Client(SCHEDULER, asynchronous=True, timeout=60) as client:
        await client.wait_for_workers(WORKERS, timeout=60)
    so_far = LoadProgress()
    clocks = await distributed.spread(Echoes(SECONDS), SCHEDULER, so_far)
    for one in clocks:
        print(f"{one.worker}: its clock is {one.ahead:+.3f} s from ours, give or take {one.unsure * 1000:.1f} ms")
    print(f"the load: {so_far.measured}", flush=True)
    fine = so_far.measured.succeeded == so_far.measured.planned == RATE * SECONDS
    together = so_far.measured.lateness.longest < APART / 100
    return fine and together and await lose_one()


async def lose_one() -> bool:
    """Kill a worker while the load goes on."""
    so_far = LoadProgress()
    load = asyncio.create_task(distributed.spread(Echoes(60), SCHEDULER, so_far))
    while not so_far.sent:
        await asyncio.sleep(0.2)
        if load.done():
            break
    next(one for one in psutil.process_iter(["cmdline"]) if is_worker(one)).kill()
    try:
        await load
    except InvalidMeasurement as verdict:
        print(f"with a worker killed: {verdict}", flush=True)
        return True
    print("with a worker killed it was taken for a result", flush=True)
    return False


def run() -> int:
    """Run features on the workers that are left."""
    with tempfile.TemporaryDirectory() as reports:
        return running.run(Launch(FEATURES, cluster=SCHEDULER, reports=Path(reports)))


def is_worker(process: psutil.Process) -> bool:
    """Whether it is one of our workers itself, not what put it into its namespaces."""
    command = process.info["cmdline"] or []
    return SCHEDULER in command and command[0] == sys.executable


# -- both hosts -------------------------------------------------------------------------------------------------------


def on(host: str, *command: str, apart: int = 0, **options) -> subprocess.Popen:
    """Start something on a host, perhaps with another clock."""
    shifted = ["unshare", "--time", "--monotonic", str(apart), "--fork", "--kill-child"] if apart else []
    return subprocess.Popen(["ip", "netns", "exec", host, *shifted, *command], cwd=ROOT, **options)


def wire() -> None:
    """Two hosts, and a cable between them."""
    steps = [
        f"ip netns add {A}", f"ip netns add {B}",
        f"ip link add earshot-a netns {A} type veth peer name earshot-b netns {B}",
        f"ip -n {A} addr add 10.99.0.1/24 dev earshot-a", f"ip -n {B} addr add 10.99.0.2/24 dev earshot-b",
        *(f"ip -n {host} link set {device} up"
          for host in (A, B) for device in ("lo", "earshot-a" if host == A else "earshot-b")),
    ]  # fmt: skip
    for step in steps:
        subprocess.run(step.split(), check=True, capture_output=True)


def main() -> int:
    """Make the hosts, run everything, and take them away again."""
    started: list[subprocess.Popen] = []
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m"]
    try:
        try:
            wire()
        except (OSError, subprocess.CalledProcessError) as refusal:
            print(f"not run: network namespaces cannot be made here ({refusal})")
            return 3
        server = [sys.executable, "benchmarks/echo_server.py", "8080", "10.99.0.1"]
        started.append(on(A, *server, **silent))
        scheduler = ["distributed.cli.dask_scheduler", "--host", "10.99.0.1", "--no-dashboard"]
        started.append(on(A, *dask, *scheduler, **silent))
        worker = ["distributed.cli.dask_worker", SCHEDULER, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        started += [on(B, *dask, *worker, "--host", "10.99.0.2", apart=APART, **silent) for _ in range(WORKERS)]
        asked = on(A, sys.executable, __file__, "ask").wait()
        run = on(A, sys.executable, __file__, "run", stdout=subprocess.PIPE, text=True)
        said, _ = run.communicate()
        print(f"earshot run --cluster {SCHEDULER} {' '.join(FEATURES)}: {said.splitlines()[-1]}")
        return int(bool(asked or run.returncode))
    finally:
        for process in started:
            process.kill()
            process.wait()
        for host in (A, B):
            subprocess.run(["ip", "netns", "delete", host], capture_output=True, check=False)


if __name__ == "__main__":
    does = {"ask": lambda: int(not asyncio.run(ask())), "run": run}
    sys.exit(does.get(sys.argv[-1], main)())
