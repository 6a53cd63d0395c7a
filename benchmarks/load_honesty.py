"""Does our load report what users feel? A server that stalls on schedule, our percentiles, and the closed form.

.venv/bin/python benchmarks/load_honesty.py

The server stands still for 0.5 s in every 2.5 s, so of messages planned evenly 20 % wait, evenly from 0 to 0.5 s:
p50 = 0, p90 = 250 ms, p99 = 475 ms. Beside it the same users in the closed model, who wait for their answer before
they send again. Exit code 1 if ours is off by more than 5 %, or if the closed model is not wrong by more than 10 times.
"""

import asyncio
import json
import socket
import subprocess
import sys
from itertools import count
from pathlib import Path

import uvloop

from support.load.engine import Turn, closed_model, open_model
from support.load.measurement import Measurement
from support.load.pace import Pace
from support.transports.fast_websocket import FastWebSocket, Sockets

STALL, EVERY = 0.5, 2.5
SECONDS = 7.5
EACH = 100
"""Messages a second on each connection."""
TRUTH = {50: 0.0, 90: 0.25, 99: 0.475}
TOLERANCE = 0.05


class Echo:
    """A virtual user: sends a message and waits until it is back."""

    _numbers = count()

    def __init__(self, sockets: Sockets) -> None:
        self.socket = FastWebSocket(sockets, self._back, lambda code, reason: None)
        self._waiting: dict[int, asyncio.Future[None]] = {}

    def _back(self, frame: str | bytes) -> None:
        self._waiting.pop(json.loads(frame)["id"]).set_result(None)

    async def turn(self, turn: Turn) -> None:
        """One round trip."""
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps({"id": number, "text": "x" * 80}))
        await self._waiting[number]


async def measure(url: str, rate: int) -> tuple[Measurement, Measurement]:
    """The same rate in the open and in the closed model."""
    sockets = Sockets()
    users = [Echo(sockets) for _ in range(rate // EACH)]
    for user in users:
        await user.socket.connect(url, within=5)
    pace = Pace.constant(rate, SECONDS)
    ours = await open_model(pace, lambda turn: users[turn.number % len(users)].turn(turn), drain=2)
    theirs = await closed_model([user.turn for user in users], seconds=SECONDS, think=1 / EACH)
    for user in users:
        await user.socket.close()
    await sockets.close()
    return ours, theirs


def show(rate: int, model: str, measured: Measurement) -> None:
    """One row of the table."""
    figures = [f"{measured.answers.percentile(percent) * 1000:9.1f}" for percent in TRUTH]
    late = measured.lateness.percentile(99) * 1000
    print(f"{rate:>8} {model:8}{''.join(figures)}{measured.sent:>9}{late:>9.1f}")


def faithful(measured: Measurement) -> bool:
    """Whether all percentiles are right, those of no wait to 5 % of the stall's mean."""
    off = {percent: abs(measured.answers.percentile(percent) - truth) for percent, truth in TRUTH.items()}
    return all(off[percent] <= TOLERANCE * (truth or TRUTH[90]) for percent, truth in TRUTH.items())


def main() -> int:
    """Print the table."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Path(__file__).with_name("stalling_server.py")
    command = [sys.executable, str(server), str(port), str(STALL), str(EVERY)]
    print(f"{'rate /s':>8} {'model':8}{'p50 ms':>9}{'p90 ms':>9}{'p99 ms':>9}{'sent':>9}{'late p99':>9}")
    print(f"{'':8} {'truth':8}" + "".join(f"{truth * 1000:9.1f}" for truth in TRUTH.values()))
    honest = True
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            process.stdout.readline()
            for rate in (100, 1000, 5000):
                ours, theirs = uvloop.run(measure(f"ws://127.0.0.1:{port}/", rate))
                show(rate, "ours", ours)
                show(rate, "closed", theirs)
                honest = honest and faithful(ours) and theirs.answers.percentile(90) * 10 < TRUTH[90]
        finally:
            process.kill()
    print("honest" if honest else "NOT as it should be")
    return 0 if honest else 1


if __name__ == "__main__":
    sys.exit(main())
