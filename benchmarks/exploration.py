"""What exploration finds, and what it costs.

    .venv/bin/python benchmarks/exploration.py clean chat --walks 500 --lag 0-300ms
    .venv/bin/python benchmarks/exploration.py faults chat --walks 50 --share 1/2 --into faults.jsonl
    .venv/bin/python benchmarks/exploration.py faults threads --about 'TFS-EVT|TFS-X-' --sample 12 --seconds 60
    .venv/bin/python benchmarks/exploration.py table faults.jsonl
    .venv/bin/python benchmarks/exploration.py pace chat --walks 30

`clean` explores a reference without a fault: exit code 1 if there is an alarm. `faults` explores it with each seeded
fault in turn, in an order drawn by the seed, until one thing is found, all walks are played or the seconds are over;
`--about` takes those whose requirements fit, `--only` those that it names, `--sample` so many of them by lot, and
`--tries 0` leaves what was found as long as it is. `table` tells what share was found, after how many moves, and how
long the scenarios are. `pace` compares the time of a move with that of a step of the hand-written scenarios.
"""

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from support.execution import behave_process
from support.verification.exploration import command
from support.verification.exploration.discoveries import Discoveries
from support.verification.exploration.exploration import Exploration
from support.verification.exploration.explorer import SHRINKING
from support.verification.kill_matrix.faults import SeededFault, seeded

#: Spec -> the requirements that are about one request's form, field or door, each with a reason.
FORMS: dict[str, dict[str, str]] = tomllib.loads(Path("benchmarks/exploration_forms.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Asked:
    """How to explore: how far at most, and how short what is found is made."""

    walks: int
    seed: int
    seconds: float | None = None
    tries: int = SHRINKING
    jobs: int = 1


def explored(system: str, asked: Asked, options: dict[str, str], most: int = 1) -> tuple[Discoveries, float]:
    """Explore; what came of it, and the seconds it took, with the system's start and end."""
    settings = [f"server.{name}={value}" for name, value in options.items()]
    exploration = Exploration(system, asked.walks, asked.seconds, 12, asked.seed, settings, most, asked.tries)
    began = time.perf_counter()
    command.explored(exploration, asked.jobs)
    found = exploration.discoveries
    if exploration.interrupted or found is None:  # else half an exploration would count as one that has found nothing
        raise KeyboardInterrupt
    return found, time.perf_counter() - began


def clean(system: str, asked: Asked, lag: str | None) -> int:
    """Explore without a fault. Returns whether there was an alarm."""
    seed = asked.seed
    found, took = explored(system, asked, {"lag": lag, "seed": str(seed)} if lag else {}, most=asked.walks)
    print(f"{system}, lag {lag}, seed {seed}: {found.tally.walks} walks, {found.tally.moves} moves, {took:.0f} s")
    for finding in found.counterexamples:
        print("ALARM", *(line.text for line in finding.lines), finding.result.outcome.message, sep="\n  ")
    for flaky_walk in found.flaky_walks:
        print("FLAKY", *(line.text for line in flaky_walk.lines), flaky_walk.results[0].outcome.message, sep="\n  ")
    return int(bool(found.counterexamples or found.flaky_walks))


def faults(
    system: str,
    asked: Asked,
    about: str,
    named: Sequence[str],
    sample: int | None,
    share: tuple[int, int],
    into: Path,
) -> int:
    """Explore with each fault of a share, and add a line to a file for each."""
    every = [fault for fault in seeded(system) if any(re.match(about, one) for one in fault.requirements)]
    random.Random(asked.seed).shuffle(every)
    every = [fault for fault in every if not named or fault.name in named][:sample]
    done = {json.loads(line)["fault"] for line in into.read_text().splitlines()} if into.exists() else set()
    for fault in every[share[0] - 1 :: share[1]]:
        if fault.name in done:
            continue
        result = _tried(system, fault, asked)
        with into.open("a", encoding="utf-8") as file:
            file.write(json.dumps(result) + "\n")
        print(result, flush=True)
    return 0


def _tried(system: str, fault: SeededFault, asked: Asked) -> dict[str, object]:
    told: dict[str, object] = {"fault": fault.name, "requirements": list(fault.requirements)}
    try:
        found, took = explored(system, asked, {"fault": fault.name})
    except Exception as error:  # the fault itself may keep the system from starting or serving
        return told | {"error": f"{type(error).__name__}: {error}"[:300]}
    told |= {
        "walks": found.tally.walks,
        "moves": found.tally.moves,
        "flaky": len(found.flaky_walks),
        "seconds": round(took),
    }
    if not found.counterexamples:
        return told
    counterexample = found.counterexamples[0]
    moves = counterexample.moves if asked.jobs == 1 else found.tally.moves  # of all who walked meanwhile
    lines = [f"{line.keyword} {line.text}" for line in counterexample.lines]
    return told | {"found_after": moves, "steps": len(lines), "scenario": lines}


def table(files: list[Path]) -> int:
    """Tell what share of the faults was found."""
    results = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    forms = set().union(*FORMS.values())
    more = [one for one in results if not forms.issuperset(one["requirements"])]
    for name, some in {"all": results, "more than one request's form": more}.items():
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


def pace(system: str, asked: Asked) -> int:
    """Compare the seconds of a step of a walk with those of the hand-written scenarios that break nothing."""
    found, took = explored(system, asked, {})
    moves = found.tally.moves
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
    parser.add_argument("--jobs", type=int, default=1, help="in how many processes, each with a system of its own")
    parser.add_argument("--lag")
    parser.add_argument("--seconds", type=float, help="after which no further walk is begun; of `faults` for each")
    parser.add_argument("--tries", type=int, default=SHRINKING, help="how often a finding is played to shorten it")
    parser.add_argument("--about", default="", help="what the requirements of a fault begin with, as a pattern")
    parser.add_argument("--only", nargs="*", default=[], help="the names of faults, to explore these alone")
    parser.add_argument("--sample", type=int, help="how many faults, by lot")
    parser.add_argument("--share", default="1/1")
    parser.add_argument("--into", type=Path, default=Path("faults.jsonl"))
    told = parser.parse_args()
    asked = Asked(told.walks, told.seed, told.seconds, told.tries, told.jobs)
    if told.what == "table":
        return table([*map(Path, told.names)])
    if told.what == "clean":
        return clean(told.names[0], asked, told.lag)
    if told.what == "pace":
        return pace(told.names[0], asked)
    part, _, of = told.share.partition("/")
    return faults(told.names[0], asked, told.about, told.only, told.sample, (int(part), int(of)), told.into)


if __name__ == "__main__":
    sys.exit(main())
