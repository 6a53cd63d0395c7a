"""What silence costs, and how late a leak may come and still be caught.

    .venv/bin/python benchmarks/silence.py

Prints the time of every "receives nothing else" step on the clean chat server, then runs the same features against a
server that leaks a copy some time later, for delays of 0 to 5,000 ms. Exit code 1 if a leak goes unnoticed.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from support.reporting import results_file

FEATURES = ["features/chat/3_messages.feature", "features/chat/5_keep_alive.feature"]
DELAYS = [0, 50, 250, 500, 1000, 1500, 2000, 3000, 4000, 5000]


def run(folder: Path, *options: str) -> tuple[float, results_file.Run]:
    """Run the features; wall seconds, and what the results file says."""
    settings = {"results": folder / "results.jsonl", "allure": "off", "worker": "true"}
    command = [sys.executable, "-m", "behave", *FEATURES, *options]
    command += [part for name, value in settings.items() for part in ("-D", f"{name}={value}")]
    began = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began, results_file.read(folder / "results.jsonl")


def silences(report: Path) -> list[float]:
    """Durations of the steps that claim silence, in milliseconds."""
    steps = [
        step
        for feature in json.loads(report.read_text())
        for element in feature["elements"]
        for step in element["steps"]
    ]
    return [step["result"]["duration"] * 1000 for step in steps if "nothing else" in step["name"]]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        report = folder / "steps.json"
        clean, verdict = run(folder, "-f", "json", "-o", str(report))
        took = silences(report)
        print(f"clean: {verdict}, {clean:.1f} s")
        print(f"{len(took)} steps that claim silence: median {statistics.median(took):.0f} ms, most {max(took):.0f} ms")
        print(f"{'leak after':>10}  {'noticed by a step':>18}  {'by the audit':>13}  {'wall':>6}")
        missed = 0
        for delay in DELAYS:
            wall, leaky = run(folder, "-D", f"server.fault=leaks-late={delay}ms")
            noticed = [outcome for outcome in leaky.outcomes if outcome.status == "failed"]
            late = [outcome for outcome in noticed if outcome.at == "audit"]
            missed += not noticed
            print(f"{delay:7} ms  {len(noticed) - len(late):18}  {len(late):13}  {wall:5.1f}s", flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
