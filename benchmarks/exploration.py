"""What exploration finds, and what it costs.

    .venv/bin/python benchmarks/exploration.py clean chat --walks 500 --lag 0-300ms
    .venv/bin/python benchmarks/exploration.py faults chat --walks 50 --share 1/2 --into faults.jsonl
    .venv/bin/python benchmarks/exploration.py table faults.jsonl
    .venv/bin/python benchmarks/exploration.py pace chat --walks 30

`clean` explores a reference without a fault: exit code 1 if there is an alarm. `faults` explores it with each seeded
fault in turn, in an order drawn by the seed, until one thing is found or all walks are played. `table` tells what share
was found, after how many moves, and how long the scenarios are. `pace` compares the time of a move with that of a step
of the hand-written scenarios.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from support.execution import behave_process
from support.verification.exploration.command import Exploration
from support.verification.kill_matrix.faults import SeededFault, seeded

#: The requirements that are about the form of one request: no order of moves matters to them.
FORMS = {"STP-X6"}


def explored(system: str, walks: int, seed: int, options: dict[str, str], most: int = 1) -> tuple[Exploration, float]:
    """Explore; what came of it, and the seconds it took, with the system's start and end."""
    settings = [f"server.{name}={value}" for name, value in options.items()]
    exploration = Exploration(system, walks, None, 12, seed, settings, most)
    began = time.perf_counter()
    exploration.play()
    if exploration.interrupted:  # else half an exploration would count as one that has found nothing
        raise KeyboardInterrupt
    return exploration, time.perf_counter() - began


def clean(system: str, walks: int, seed: int, lag: str | None) -> int:
    """Explore without a fault. Returns whether there was an alarm."""
    found, took = explored(system, walks, seed, {"lag": lag, "seed": str(seed)} if lag else {}, most=walks)
    explorer = found.explorer
    assert explorer is not None
    print(f"{system}, lag {lag}, seed {seed}: {explorer.tally.walks} walks, {explorer.tally.moves} moves, {took:.0f} s")
    for finding in explorer.counterexamples:
        print("ALARM", *(line.text for line in finding.lines), finding.result.outcome.message, sep="\n  ")
    for flaky_walk in explorer.flaky_walks:
        print("FLAKY", *(line.text for line in flaky_walk.lines), flaky_walk.results[0].outcome.message, sep="\n  ")
    return int(bool(explorer.counterexamples or explorer.flaky_walks))


def faults(system: str, walks: int, seed: int, share: tuple[int, int], into: Path) -> int:
    """Explore with each fault of a share, and add a line to a file for each."""
    every = seeded(system)
    random.Random(seed).shuffle(every)
    done = {json.loads(line)["fault"] for line in into.read_text().splitlines()} if into.exists() else set()
    for fault in every[share[0] - 1 :: share[1]]:
        if fault.name in done:
            continue
        result = _tried(system, fault, walks, seed)
        with into.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")
        print(result, flush=True)
    return 0


def _tried(system: str, fault: SeededFault, walks: int, seed: int) -> dict[str, object]:
    told: dict[str, object] = {"fault": fault.name, "requirements": list(fault.requirements)}
    try:
        found, took = explored(system, walks, seed, {"fault": fault.name})
    except Exception as error:  # the fault itself may keep the system from starting or serving
        return told | {"error": f"{type(error).__name__}: {error}"[:300]}
    explorer = found.explorer
    assert explorer is not None
    told |= {
        "walks": explorer.tally.walks,
        "moves": explorer.tally.moves,
        "flaky": len(explorer.flaky_walks),
        "seconds": round(took),
    }
    if not explorer.counterexamples:
        return told
    counterexample = explorer.counterexamples[0]
    lines = [f"{line.keyword} {line.text}" for line in counterexample.lines]
    return told | {"found_after": counterexample.moves, "steps": len(lines), "scenario": lines}


def table(files: list[Path]) -> int:
    """Tell what share of the faults was found."""
    results = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    for name, some in {
        "all": results,
        "more than one request's form": [one for one in results if not FORMS & set(one["requirements"])],
    }.items():
        found = [one for one in some if "found_after" in one]
        print(f"{name}: {len(found)} of {len(some)} ({100 * len(found) / max(len(some), 1):.0f} %)", end="")
        if found:
            moves, steps = [one["found_after"] for one in found], [one["steps"] for one in found]
            print(f"; moves until found: median {statistics.median(moves):.0f}, most {max(moves)}", end="")
            print(f"; steps: median {statistics.median(steps):.0f}, most {max(steps)}", end="")
        print()
    print("not found:", ", ".join(one["fault"] for one in results if "found_after" not in one and "error" not in one))
    print("flaky only:", ", ".join(one["fault"] for one in results if one.get("flaky") and "found_after" not in one))
    print("not explored:", ", ".join(f"{one['fault']} ({one['error']})" for one in results if "error" in one))
    return 0


def pace(system: str, walks: int, seed: int) -> int:
    """Compare the seconds of a step of a walk with those of the hand-written scenarios that break nothing."""
    found, took = explored(system, walks, seed, {})
    assert found.explorer is not None
    moves = found.explorer.tally.moves
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "steps.json"
        behave_process.run([f"features/{system}", "--tags=not @breaks_system", "-f", "json", "-o", str(report)])
        steps = [
            step for feature in json.loads(report.read_text()) for one in feature["elements"] for step in one["steps"]
        ]
    acts = [step["result"]["duration"] for step in steps if step["step_type"] == "when" and "result" in step]
    every = sum(step["result"]["duration"] for step in steps if "result" in step)
    print(f"walks: {moves} moves in {took:.0f} s, {1000 * took / moves:.0f} ms a move with its judgements")
    print(f"written: {len(acts)} Whens, {1000 * every / len(acts):.0f} ms a When with all steps about it")
    return 0


def main() -> int:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["clean", "faults", "table", "pace"])
    parser.add_argument("names", nargs="+", help="the system; of `table` the files")
    parser.add_argument("--walks", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--lag")
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--into", type=Path, default=Path("faults.jsonl"))
    asked = parser.parse_args()
    if asked.what == "table":
        return table([*map(Path, asked.names)])
    if asked.what == "clean":
        return clean(asked.names[0], asked.walks, asked.seed, asked.lag)
    if asked.what == "pace":
        return pace(asked.names[0], asked.walks, asked.seed)
    part, _, of = asked.share.partition("/")
    return faults(asked.names[0], asked.walks, asked.seed, (int(part), int(of)), asked.into)


if __name__ == "__main__":
    sys.exit(main())
