"""How far a scenario is from the floor: a chat scenario beside a bare script that makes the same exchanges.

.venv/bin/python benchmarks/floor.py [times]

The scenario is 3.3, "Only the addressee receives a message": silence barrier, masked transcript, message chart
and all reports included. The script registers the same four people, signs them in, joins the same rooms, sends the same
message and the same markers, signals as often that they are there, and looks at what has arrived. Both play against a
chat server of their own with the same options. Processor time is that of the client's process alone; start-up is taken
off.

After its end a scenario's people are listened to for six seconds more, so that a late leak is heard. Meanwhile they
signal, and the server tells them of all who come and go: the more scenarios a second, the more each of them costs. The
script's people leave at once. So a third row shows what a scenario costs whose people do that too.
"""

import asyncio
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import socketio

from support.config.profile import load
from support.environments.embedded import process_supervision
from support.environments.systems import SYSTEMS
from support.reporting import results_file
from support.reporting.outcome import RunResults
from support.scenario import trailing_audit

HOUSE = Path(__file__).parents[1]
TITLE = "3.3 Only the addressee receives a message"
BOTS = ("Admin", "ChatGPT", "Leonid")
PLAY = """
import time
from behave.__main__ import main
from support.scenario import trailing_audit
trailing_audit.HORIZON = {horizon}
code = main(["features/chat"])
print("processor", time.process_time())
raise SystemExit(code)
"""


class Person:
    """The barest client of the chat server."""

    def __init__(self, web: aiohttp.ClientSession, base: str, rhythm: float) -> None:
        self.web, self.base, self.rhythm = web, base, rhythm
        self.name = f"floor.{secrets.token_hex(4)}"
        self.heard: list[str] = []
        self.news = asyncio.Event()
        self.socket = socketio.AsyncClient(reconnection=False)
        self.socket.on("received_message", self.hear)
        self.beating: asyncio.Task[None] | None = None

    def hear(self, what: dict[str, str]) -> None:
        self.heard.append(what["content"])
        self.news.set()

    async def come(self) -> None:
        known = {"username": self.name, "password": "something"}
        await self.post("/test_support/users", known)
        self.token = (await self.post("/log_in", known))["token"]
        shown = {"username": self.name, "jwt": self.token}
        await self.socket.connect(self.base, auth=shown, transports=["websocket"])

    async def join(self, others: list[str]) -> None:
        calls = [{"room": self.room(other), "client": self.name, "jwt": self.token} for other in others]
        await asyncio.gather(*(self.socket.call("join", call) for call in calls))
        await self.socket.call("connection_alive", {"client": self.name})
        self.beating = asyncio.create_task(self.beat())

    async def beat(self) -> None:
        """Else the server would log out whoever waits for longer than its limit, on a machine that is busy."""
        while True:
            await asyncio.sleep(self.rhythm)
            await self.socket.emit("connection_alive", {"client": self.name})

    async def leave(self) -> None:
        if self.beating:
            self.beating.cancel()
        await self.socket.disconnect()

    async def send(self, text: str, to: "Person") -> None:
        room = self.room(to.name)
        message = {"sender": self.name, "jwt": self.token, "conversation_room": room, "content": text}
        await self.socket.call("client_sends_message", message)
        while text not in to.heard:
            to.news.clear()
            await to.news.wait()

    async def post(self, path: str, body: dict[str, str]) -> dict[str, str]:
        async with self.web.post(self.base + path, json=body) as answer:
            return await answer.json()

    def room(self, other: str) -> str:
        return "&".join(sorted((self.name, other)))


async def play_once(base: str, rhythm: float) -> None:
    """What scenario 3.3 does on the wire, and what it finds."""
    async with aiohttp.ClientSession() as web:
        people = [Person(web, base, rhythm) for _ in range(4)]
        a, b, c, stagehand = people
        three = [one.name for one in people[:3]]
        await asyncio.gather(*(one.come() for one in people[:3]))
        await asyncio.gather(*(one.join([*(set(three) - {one.name}), *BOTS]) for one in people[:3]))
        await a.send("Between you and me", b)
        await stagehand.come()
        await stagehand.join([*three, *BOTS])
        for listener in (c, a):
            await stagehand.send(f"marker for {listener.name}", listener)
        assert b.heard == ["Between you and me"]
        assert c.heard == [f"marker for {c.name}"]
        assert a.heard[-1] == f"marker for {a.name}"
        await asyncio.gather(*(one.leave() for one in people))


async def floor(times: int) -> tuple[float, float]:
    """Processor milliseconds and milliseconds of one go of the script."""
    sut = SYSTEMS["chat"](load("embedded"), {})
    await sut.open()
    try:
        base, rhythm = next(iter(sut.deployment.addresses.values())), sut.limits.keep_alive / 3
        await play_once(base, rhythm)
        took, processor = [], time.process_time()
        for _ in range(times):
            began = time.perf_counter()
            await play_once(base, rhythm)
            took.append(time.perf_counter() - began)
        return 1000 * (time.process_time() - processor) / times, 1000 * statistics.median(took)
    finally:
        await sut.close()


def ours(times: int, horizon: float = trailing_audit.HORIZON) -> tuple[float, float]:
    """The same of one scenario whose people stay so long: the difference of playing it often and seldom."""
    few, many = _played(2, horizon), _played(2 + times, horizon)
    durations = [outcome.duration for outcome in many[1].outcomes]
    return 1000 * (many[0] - few[0]) / times, 1000 * statistics.median(durations)


def _played(times: int, horizon: float) -> tuple[float, RunResults]:
    """How much processor time behave took for so many of the scenario, and how each of them ended."""
    text = (HOUSE / "features/chat/3_messages.feature").read_text(encoding="utf-8")
    head, _, rest = text.partition(f"Scenario: {TITLE}\n")
    steps = rest.partition("\n\n")[0]
    tags = head.rpartition("\n\n")[2]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("steps", "profiles"):
            shutil.copytree(HOUSE / part, folder / part)
        for part in ("environment.py", "pyproject.toml"):
            shutil.copy(HOUSE / part, folder)
        (folder / "features/chat").mkdir(parents=True)
        scenarios = "\n\n".join(f"{tags}Scenario: {TITLE}, {number}\n{steps}" for number in range(times))
        (folder / "features/chat/floor.feature").write_text(f"@chat\nFeature: Floor\n\n{scenarios}\n", encoding="utf-8")
        command = [sys.executable, "-c", PLAY.format(horizon=horizon)]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ)
        if done.returncode:
            raise SystemExit(f"the scenarios were not green:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return float(done.stdout.rpartition("processor ")[2]), results_file.read(folder / "reports/results.jsonl")


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    process_supervision.interrupt_on_termination()
    rows = {
        "bare script": asyncio.run(floor(times)),
        "the scenario, with its reports": ours(times),
        "the same, with nobody listened to after its end": ours(times, 0.0),
    }
    print("| | processor, ms | took, ms |\n|---|---|---|")
    for name, figures in rows.items():
        print(f"| {name} | {' | '.join(f'{figure:.1f}' for figure in figures)} |")
    script, *scenarios = (figures[0] for figures in rows.values())
    print(f"above the floor: {' and '.join(f'{scenario / script:.2f} times' for scenario in scenarios)}")


if __name__ == "__main__":
    main()
