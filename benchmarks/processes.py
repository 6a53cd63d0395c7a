"""Where the processor time of a run goes, by kind of process: sampled, so what lives for less than a look is missing.

.venv/bin/python benchmarks/processes.py [arguments of `earshot run`, --tags=@smoke by default]
"""

import re
import subprocess
import sys
import time
from collections import defaultdict

import psutil

LOOK = 0.02
#: What a command line holds -> what kind of process it is; the first that is found counts.
KINDS = {
    "doctor.dry_run": "rehearsals",
    r"^behave|-m behave": "behave",
    r"support\.cli": "earshot run",
    r"initdb|bin/postgres -V|postgres --(boot|single)": "initdb",
    r"^postgres|/postgres": "Postgres",
    r"redis-server|valkey-server": "Redis",
    r"chrom|driver/node|headless": "browser",
    r"reference\.|reference/": "reference back ends",
    "fork_server": "fork servers",
}


def kind(command: str) -> str:
    """What kind of process this is."""
    return next((name for pattern, name in KINDS.items() if re.search(pattern, command)), "other")


def measure(arguments: list[str]) -> None:
    """Run it, and print the table."""
    launch = "from support.cli.main import main; main()"
    run = psutil.Popen([sys.executable, "-c", launch, "run", "--quiet", *arguments], stdout=subprocess.DEVNULL)
    seen: dict[tuple[int, float], tuple[str, float]] = {}
    began = time.perf_counter()
    while run.poll() is None:
        for process in [run, *run.children(recursive=True)]:
            try:
                command = process.cmdline() and " ".join([process.name(), *process.cmdline()])  # forks differ by name
                times = process.cpu_times()
            except psutil.Error:
                continue
            which = process.pid, process.create_time()
            name = kind(command) if command else seen.get(which, ("other", 0.0))[0]  # one that has ended has none
            seen[which] = name, times.user + times.system
        time.sleep(LOOK)
    wall, whole = time.perf_counter() - began, psutil.Process().cpu_times()
    by_kind, count = defaultdict(float), defaultdict(int)
    for name, seconds in seen.values():
        by_kind[name] += seconds
        count[name] += 1
    print(f"{'kind':24}{'processes':>10}{'seconds':>10}")
    for name, seconds in sorted(by_kind.items(), key=lambda one: -one[1]):
        print(f"{name:24}{count[name]:10}{seconds:10.2f}")
    print(f"{'seen':24}{len(seen):10}{sum(by_kind.values()):10.2f}")
    print(f"{'waited for':24}{'':10}{whole.children_user + whole.children_system:10.2f}")
    print(f"{'wall clock':24}{'':10}{wall:10.2f}")


if __name__ == "__main__":
    measure(sys.argv[1:] or ["--jobs", "2", "--tags=@smoke"])
