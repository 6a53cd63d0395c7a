"""`earshot repeat`: whole runs in random order, and a record of every scenario whose verdict changes."""

import json
import random
from collections import defaultdict
from pathlib import Path

from support.core import clock
from support.core.errors import SuiteError
from support.core.exit_codes import Verdict
from support.environments.embedded import process_supervision
from support.execution import behave_forks, behave_process

RESULTS = Path(".earshot/repeat.jsonl")


def main(paths: list[str], *, runs: int, seed: int) -> int:
    """Run `paths` again and again, each time with the feature files in another order.

    Returns:
        0 if every run was green and every scenario passed in each, else 1.
    """
    process_supervision.interrupt_on_termination()
    dice = random.Random(seed)
    features = sorted(feature for path in paths for feature in _features(Path(path)))
    verdicts: dict[str, set[str]] = defaultdict(set)
    red = 0
    RESULTS.parent.mkdir(exist_ok=True)
    with RESULTS.open("a", encoding="utf-8") as kept, behave_forks.at_hand():
        for number in range(1, runs + 1):
            dice.shuffle(features)
            began = clock.now()
            run = behave_process.run(features)
            red += run.verdict is not Verdict.GREEN
            for outcome in run.outcomes:
                verdicts[outcome.scenario].add(outcome.status)
                if outcome.bad:
                    changed = {"run": number, "scenario": outcome.scenario, "status": outcome.status}
                    kept.write(json.dumps(changed | {"message": outcome.message}) + "\n")
            print(f"run {number} of {runs}: {run} ({clock.now() - began:.1f} s)", flush=True)
    changed_names = sorted(name for name, seen in verdicts.items() if seen != {"passed"})
    print(f"{runs} runs of {len(verdicts)} scenarios; not always passed: {', '.join(changed_names) or 'none'}")
    if red and not changed_names:
        print(f"{red} of the runs were not green all the same: see their lines")
    return int(bool(changed_names or red))


def _features(path: Path) -> list[str]:
    found = [str(file) for file in path.rglob("*.feature")] if path.is_dir() else [str(path)]
    if not found or not path.exists():
        raise SuiteError(f"repeat: there is no feature in {path}")
    return found
