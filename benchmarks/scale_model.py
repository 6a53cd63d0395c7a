"""Where the cluster's design bends first, on the way to a million sockets and a million messages a second.

    .venv/bin/python benchmarks/scale_model.py

A simulation of one load of a minute on W workers (one core, one process each), fed with costs measured on one machine:
what a round trip and a socket take, a word from the scheduler to a worker and back, and, measured afresh here, what it
takes to merge what a worker brings home. The scheduler is a queue with one server, so that fan-in shows as waiting.
"""

import pickle
import random
import statistics
import time
import tracemalloc
from dataclasses import dataclass

from support.load import distributed
from support.load.histogram import Durations

WORKERS = (10, 100, 400, 1000, 4000)
MINUTE = 60.0
GIGABYTE = 1e9


@dataclass(frozen=True)
class Costs:
    """What has been measured (benchmarks/results/performance.md), for one core or one worker."""

    trips: float = 40_200
    """Round trips a second of one core, through engine, transport and histograms: benchmarks/load_peers.py."""
    used: float = 0.5
    """Of a core: what a worker may use and still keep to its plan."""
    socket: int = 14_300
    """Bytes of memory for each open socket: benchmarks/load_peers.py."""
    call: float = 0.0105
    """Seconds from the scheduler to a worker and back; an estimate (docs/scale.md)."""
    scheduling: float = 0.001
    """Of that, what the scheduler computes: an estimate, a tenth."""
    descriptors: int = 20_000
    """Of a process: `ulimit -n`, unless it is raised."""
    ports: int = 28_232
    """Ephemeral ports of one source address towards one address and port: net.ipv4.ip_local_port_range."""
    unsure: float = 0.005
    """Seconds by which a clock's reading may be off: half of the way there and back."""

    @property
    def rate(self) -> float:
        """Messages a second of a worker that keeps to its plan."""
        return self.trips * self.used


@dataclass(frozen=True)
class Home:
    """What a worker brings home: seconds to merge its histograms, their bytes, and bytes for each single wait."""

    merge: float
    histograms: int
    wait_carried: float
    wait_kept: float


def brought_home() -> Home:
    """Measured here, with 200,000 answers."""
    dice = random.Random(1)
    answers = Durations()
    for _ in range(20_000):
        answers.record(dice.lognormvariate(-6, 1))
    encoded, whole, took = answers.encoded(), Durations(), []
    for _ in range(30):
        began = time.process_time()
        whole.merge(Durations(encoded))
        took.append(time.process_time() - began)
    count = 200_000
    tracemalloc.start()
    waits = [(dice.uniform(0, MINUTE), dice.random()) for _ in range(count)]
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    three = 3  # answers, deliveries, lateness
    return Home(three * statistics.median(took), three * len(encoded), len(pickle.dumps(waits)) / count, kept / count)


def queue(words: int, within: float, work: float) -> float:
    """Seconds until one server has dealt with so many words, which arrive evenly at random within some time."""
    dice, free = random.Random(words), 0.0
    for arrival in sorted(dice.uniform(0, within) for _ in range(words)):
        free = max(free, arrival) + work
    return free


def skew(workers: int, costs: Costs) -> float:
    """Seconds between the first worker to begin and the last, each off by what its clock's reading may be off."""
    dice = random.Random(workers)
    offs = [dice.uniform(-costs.unsure, costs.unsure) for _ in range(workers)]
    return max(offs) - min(offs)


def table(costs: Costs, home: Home) -> None:
    """What happens with more and more workers."""
    heads = ("messages/s", "sockets", "clocks s", "told s", "progress s", "merge s", "waits GB", "skew ms")
    print(f"{'workers':>8}" + "".join(f"{head:>12}" for head in heads))
    for workers in WORKERS:
        figures = (
            f"{workers * costs.rate:,.0f}",
            f"{workers * min(costs.descriptors, costs.ports):,}",
            f"{workers * costs.call * distributed.READINGS / distributed.ABREAST:.1f}",
            f"{queue(workers, costs.call, costs.scheduling):.2f}",
            f"{queue(workers, 1.0, costs.scheduling):.2f}",
            f"{queue(workers, 1.0, home.merge):.1f}",
            f"{workers * costs.rate * MINUTE * home.wait_kept / GIGABYTE:.1f}",
            f"{skew(workers, costs) * 1000:.1f}",
        )
        print(f"{workers:>8,}" + "".join(f"{figure:>12}" for figure in figures))


def bends(costs: Costs, home: Home) -> dict[str, float]:
    """Each limit, and the number of workers from which it is passed."""
    return {
        "waits of a minute, each kept by whoever asked: more than 8 GB": 8 * GIGABYTE
        / (costs.rate * MINUTE * home.wait_kept),
        "the scheduler passes on when to begin: longer than the head start": distributed.HEAD_START / costs.scheduling,
        "clocks are read: longer than 10 s": 10 * distributed.ABREAST / (costs.call * distributed.READINGS),
        "progress, asked for every second: a second of the scheduler's": 1 / costs.scheduling,
        "histograms are merged: longer than 10 s": 10 / home.merge,
    }  # fmt: skip


def main() -> None:
    """Print all of it."""
    costs, home = Costs(), brought_home()
    print(f"measured here: a worker's histograms {home.merge * 1000:.2f} ms to merge, {home.histograms / 1000:.1f} kB;")
    print(f"a single wait {home.wait_carried:.0f} bytes on the wire and {home.wait_kept:.0f} in memory\n")
    table(costs, home)
    million = 1_000_000
    print(f"\na million messages a second: {million / costs.rate:,.0f} workers of a core each")
    print(f"a million sockets: {million * costs.socket / GIGABYTE:.1f} GB, {million // costs.descriptors} workers of "
          f"{costs.descriptors:,} descriptors, {-(-million // costs.ports)} source addresses\n")  # fmt: skip
    print("where it bends, the first first")
    for what, workers in sorted(bends(costs, home).items(), key=lambda bend: bend[1]):
        print(f"  from {workers:>7,.0f} workers: {what}")


if __name__ == "__main__":
    main()
