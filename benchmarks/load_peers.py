"""Our load generator beside Locust, Artillery and k6: what one core of each can do against the same server.

.venv/bin/python benchmarks/load_peers.py [--locust PATH] [--artillery PATH] [--k6 PATH]

A peer is looked for on PATH, and told as "not installed" if it is nowhere; results/performance.md says how to get it.
50 users send about 100 bytes of JSON, wait for the echo, and send again. The server counts (`echo_server.py`); a peer
is charged with the processor time of all its processes in the same seconds, its start left out. So the figures are per
second of *computing*, and hold on a machine that does other things as well. Medians of five rounds, in which the
generators take turns.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path

import psutil

PEERS = Path(__file__).with_name("peers")
USERS = 50
IDLE = 5000
ROUNDS = 5
SECONDS = 2.0
"""How long each is measured."""
PATIENCE = 240.0
"""Seconds until the first messages have come: on a busy machine a peer takes long to start."""
COUNTED = {"ws": "messages", "http": "requests"}


class Server:
    """The echo server as a process."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, str(PEERS.with_name("echo_server.py")), str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        self.process.stdout.readline()

    def count(self, what: str) -> int:
        """How many it has answered, or has open."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/count", timeout=PATIENCE) as answer:
            return json.load(answer)[what]


def commands(given: argparse.Namespace) -> dict[str, dict[str, list[str]]]:
    """For each generator its command line by kind; empty if it is not installed."""
    found = {name: getattr(given, name) or shutil.which(name) for name in ("locust", "artillery", "k6")}
    headless = ["--headless", "--users", str(USERS), "--spawn-rate", str(USERS), "--only-summary"]
    peers = {
        "locust": lambda kind: [found["locust"], "-f", str(PEERS / "locustfile.py"), *headless],
        "artillery": lambda kind: [found["artillery"], "run", "-t", "{url}", str(PEERS / f"artillery_{kind}.yml")],
        "k6": lambda kind: [found["k6"], "run", "--quiet", str(PEERS / f"k6_{kind}.js")],
    }
    ours = {kind: [sys.executable, str(PEERS / "ours.py"), "{port}", kind, str(USERS)] for kind in COUNTED}
    return {"ours": ours} | {
        name: {kind: command(kind) for kind in COUNTED} if found[name] else {} for name, command in peers.items()
    }


@contextmanager
def running(command: list[str], server: Server, kind: str):
    """A generator at work; all its processes end with the block."""
    url = f"ws://127.0.0.1:{server.port}/ws" if kind == "ws" else f"http://127.0.0.1:{server.port}"
    environment = os.environ | {
        "KIND": kind, "URL": url, "USERS": str(USERS),
        "ARTILLERY_DISABLE_TELEMETRY": "true", "K6_NO_USAGE_REPORT": "true",
    }  # fmt: skip
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([part.format(port=server.port, url=url) for part in command], env=environment, **silent)
    try:
        yield psutil.Process(process.pid)
    finally:
        family = [*psutil.Process(process.pid).children(recursive=True), process] if process.poll() is None else []
        for one in family:
            one.kill()
        process.wait()


def computed(generator: psutil.Process) -> float:
    """Seconds of processor time of a process and its children."""
    times = [one.cpu_times() for one in (generator, *generator.children(recursive=True))]
    return sum(one.user + one.system for one in times)


def measure(command: list[str], server: Server, kind: str) -> float:
    """Round trips for each second of computing; 0 if it never began."""
    before, deadline = server.count(COUNTED[kind]), time.monotonic() + PATIENCE
    with running(command, server, kind) as generator:
        while server.count(COUNTED[kind]) < before + 10 * USERS:
            if time.monotonic() > deadline or not generator.is_running():
                return 0.0
            time.sleep(0.1)
        time.sleep(1.0)
        first, began = server.count(COUNTED[kind]), computed(generator)
        time.sleep(SECONDS)
        return (server.count(COUNTED[kind]) - first) / (computed(generator) - began)


def sockets(server: Server) -> str:
    """How many sockets one process of ours holds open, and the bytes for each."""
    command = [sys.executable, str(PEERS / "ours.py"), str(server.port), "idle", str(IDLE)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    held, each = done.stdout.split()
    return f"{held} sockets open in one process of ours, {int(each) / 1000:.1f} kB each"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("locust", "artillery", "k6"):
        parser.add_argument(f"--{name}", metavar="PATH", help="where it is, if not on PATH")
    known, found, server = commands(parser.parse_args()), defaultdict(list), Server()
    try:
        for _ in range(ROUNDS):
            for name, by_kind in known.items():
                for kind, command in by_kind.items():
                    found[name, kind].append(measure(command, server, kind))
        held = sockets(server)
    finally:
        server.process.kill()
    print(f"{'generator':12}{'WebSocket round trips':>24}{'HTTP requests':>18}   for each second of its processor time")
    for name, by_kind in known.items():
        middle = [statistics.median(found[name, kind]) for kind in COUNTED] if by_kind else []
        print(f"{name:12}" + (f"{middle[0]:>24,.0f}{middle[1]:>18,.0f}" if middle else f"{'not installed':>24}"))
    print(held)
    return 0


if __name__ == "__main__":
    sys.exit(main())
