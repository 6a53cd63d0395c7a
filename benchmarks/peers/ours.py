"""Our generator as one process beside its peers: python benchmarks/peers/ours.py PORT ws|http|idle USERS

`ws` and `http`: the closed model without a pause, through engine, transport and histograms. `idle` only opens sockets,
prints how many there are and the bytes that each has taken, and goes.
"""

import asyncio
import gc
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil
import uvloop

sys.path.insert(0, str(Path(__file__).parents[2]))

from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.fast_websocket import FastWebSocket, Sockets
from support.drivers.clients.http import Http
from support.load.generator import Action, Iteration, closed_model
from support.load.partition import LoadProgress, Part, Play, play_here

LONG = 600.0
TEXT = "x" * 80


@dataclass
class Users:
    """What each user does, one thing after the other without a pause: played as the load of a scenario is."""

    actions: list[Action]

    @asynccontextmanager
    async def aboard(self, _number: int, _of: int) -> AsyncIterator[Play]:
        """They are there already."""

        async def play(part: Part) -> None:
            await closed_model(self.actions, seconds=LONG, think=0, part=part)

        yield play


class Talker:
    """Sends a message and waits until it is back."""

    _numbers = count()

    def __init__(self, sockets: Sockets) -> None:
        self.socket = FastWebSocket(sockets, self._back, lambda code, reason: None)
        self._waiting: dict[int, asyncio.Future[None]] = {}

    def _back(self, frame: str | bytes) -> None:
        self._waiting.pop(json.loads(frame)["id"]).set_result(None)

    async def iteration(self, iteration: Iteration) -> None:
        """One round trip."""
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps({"id": number, "text": TEXT}))
        await self._waiting[number]


async def connected(port: int, users: int) -> tuple[Sockets, list[Talker]]:
    """So many users, each with a socket; a hundred at a time come."""
    sockets = Sockets()
    talkers = [Talker(sockets) for _ in range(users)]
    for first in range(0, users, 100):
        coming = talkers[first : first + 100]
        await asyncio.gather(*(one.socket.connect(f"ws://127.0.0.1:{port}/ws", within=30) for one in coming))
    return sockets, talkers


async def ws(port: int, users: int) -> None:
    """Round trips until killed."""
    _sockets, talkers = await connected(port, users)
    await play_here(Users([one.iteration for one in talkers]), LoadProgress())


async def http(port: int, users: int) -> None:
    """Requests until killed."""
    client, transcript = Http(f"http://127.0.0.1:{port}", 30, keeps=True), Transcript(Redactor())
    transcript.close()

    async def iteration(iteration: Iteration) -> None:
        await client.request(transcript.of("user"), "POST", "/http", body={"id": iteration.number, "text": TEXT})

    await play_here(Users([iteration] * users), LoadProgress())


async def idle(port: int, users: int) -> None:
    """How much memory a socket takes."""
    warm, _ = await connected(port, 10)
    gc.collect()
    before = psutil.Process().memory_info().rss
    sockets, talkers = await connected(port, users)
    gc.collect()
    grown = psutil.Process().memory_info().rss - before
    print(sum(one.socket.connected for one in talkers), grown // users, flush=True)
    await warm.close()
    await sockets.close()


if __name__ == "__main__":
    uvloop.run({"ws": ws, "http": http, "idle": idle}[sys.argv[2]](int(sys.argv[1]), int(sys.argv[3])))
