"""Where the processor time of a run goes, by kind of process: sampled, so what lives for less than a look is missing.

.venv/bin/python benchmarks/processes.py [arguments of `earshot run`, --tags=@smoke by default]
"""

import os
import re
import subprocess
import sys
import time

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
    seen: dict[tuple[int, float], tuple[str, float, float]] = {}
    began = time.perf_counter()
    while run.poll() is None:
        for process in [run, *run.children(recursive=True)]:
            try:
                command = process.cmdline() and " ".join([process.name(), *process.cmdline()])  # forks differ by name
                times = process.cpu_times()
            except psutil.Error:
                continue
            which = process.pid, process.create_time()
            name = kind(command) if command else seen.get(which, ("other",))[0]  # one that has ended has none
            seen[which] = name, times.user, times.system
        time.sleep(LOOK)
    wall, whole = time.perf_counter() - began, psutil.Process().cpu_times()
    print(f"{'kind':24}{'processes':>10}{'user':>8}{'system':>8}{'seconds':>9}")
    rows = [(name, [one[1:] for one in seen.values() if one[0] == name]) for name in {one[0] for one in seen.values()}]
    for name, times in sorted(rows, key=lambda row: -sum(map(sum, row[1]))):
        _row(name, len(times), sum(user for user, _ in times), sum(system for _, system in times))
    _row("seen", len(seen), sum(user for _, user, _ in seen.values()), sum(system for *_, system in seen.values()))
    _row("waited for", "", whole.children_user, whole.children_system)
    print(f"wall clock {wall:.1f} s; load average at the end {os.getloadavg()[0]:.1f}")


def _row(name: str, processes: int | str, user: float, system: float) -> None:
    print(f"{name:24}{processes:>10}{user:8.2f}{system:8.2f}{user + system:9.2f}")


if __name__ == "__main__":
    measure(sys.argv[1:] or ["--jobs", "2", "--tags=@smoke"])
