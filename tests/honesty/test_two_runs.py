"""Two runs in one process know nothing of each other: what a run has found stands in its own results."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent / "project"
#: Both runners are there before the first runs, and the first comes to its second thoughts when the other has begun.
BOTH = """
import json
from pathlib import Path

from behave.configuration import Configuration
from support.reporting.runner import EarshotRunner

def runner(number, *arguments):
    settings = [f"results=reports/{number}.jsonl", f"allure=reports/{number}"]
    options = [part for setting in settings for part in ("-D", setting)]
    return EarshotRunner(Configuration([*arguments, *options]))

first = runner(1, "features/known.feature", "features/ordinary.feature", "-D", "audit=it passes")
second = runner(2, "features/rule.feature", "-D", "break=after_all")
first.run()
second.run()
runs = ((1, first.reporting.results), (2, second.reporting.results))
found = [
    {
        "verdicts": {scenario.name: [one.status, one.kind] for scenario, one in run.outcomes.items()},
        "troubles": [trouble.where for trouble in run.troubles],
        "results": len(list(Path(f"reports/{number}").glob("*-result.json"))),
    }
    for number, run in runs
]
Path("found.json").write_text(json.dumps(found))
"""


def test_two_runs_in_one_process_do_not_see_each_other(tmp_path: Path) -> None:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    done = subprocess.run([sys.executable, "-c", BOTH], cwd=project, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    first, second = json.loads((project / "found.json").read_text())
    known: list[Any] = ["failed", "known"]
    assert first["verdicts"] == {
        "a known failure": known, "it passes": ["failed", "product"], "it passes as well": ["passed", None]
    }  # fmt: skip
    assert second["verdicts"] == {"it passes": ["passed", None], "it fails": ["failed", "product"]}
    assert (first["troubles"], second["troubles"]) == ([], ["the run's end"])
    assert (first["results"], second["results"]) == (3, 3), "the second has one for its trouble"
