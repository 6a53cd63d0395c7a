"""What a scenario costs by itself: the same trivial load under plain behave, Earshot, pytest-bdd and cucumber-js.

.venv/bin/python benchmarks/overhead.py [--pytest-bdd PYTHON] [--cucumber-js FOLDER]

Each plays scenarios of three steps that do nothing, once few and once many of them; processor time (user and system,
children included) is compared, so start-up falls out and other work on the machine matters little. Earshot writes all
its reports, as it always does; the others print. PYTHON is an interpreter that has pytest-bdd, FOLDER one in which
`npm install @cucumber/cucumber` has run; what is not there says so in the table.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

FEW, MANY, TURNS = 100, 1100, 3

BEHAVE_STEPS = """
from behave import given, then, when

@given("somebody is there")
@when("they do something")
@then("something has happened")
def nothing(context):
    pass
"""
ASYNC_STEPS = """
from support.scenario.step_decorators import given, then, when

@given("somebody is there")
@when("they do something")
@then("something has happened")
async def nothing(scenario):
    pass
"""
ENVIRONMENT = """
from support.core.event_loop import Background

class Run:
    background = Background()

def before_all(context):
    context.run, context.scenario = Run(), None
"""
BDD_STEPS = """
from pytest_bdd import given, scenarios, then, when

scenarios("load.feature")

@given("somebody is there")
@when("they do something")
@then("something has happened")
def nothing():
    pass
"""
CUCUMBER_STEPS = """
const { Given } = require("@cucumber/cucumber")

for (const words of ["somebody is there", "they do something", "something has happened"]) Given(words, () => {})
"""
OURS = """
[tool.behave]
runner = "support.reporting.runner:EarshotRunner"
format = ["support.reporting.allure:AllureFormatter", "support.reporting.results_file:ResultsFormatter"]
outfiles = ["reports/allure-results", "reports/results.jsonl"]
default_format = "pretty"
"""

Command = list[str]


def behave(folder: Path) -> Command:
    write(folder, {"features/steps/steps.py": BEHAVE_STEPS})
    return [sys.executable, "-m", "behave", "-f", "pretty", "features"]


def earshot(folder: Path) -> Command:
    write(folder, {"features/steps/steps.py": ASYNC_STEPS, "features/environment.py": ENVIRONMENT,
                   "pyproject.toml": OURS})  # fmt: skip
    return [sys.executable, "-m", "behave", "features"]


def pytest_bdd(folder: Path, python: str) -> Command:
    write(folder, {"features/test_load.py": BDD_STEPS})
    return [python, "-m", "pytest", "-v", "-p", "no:cacheprovider", "features"]


def cucumber_js(folder: Path, home: str) -> Command:
    write(folder, {"features/steps.js": CUCUMBER_STEPS})
    (folder / "node_modules").symlink_to(Path(home).resolve() / "node_modules")
    return ["node", "node_modules/@cucumber/cucumber/bin/cucumber.js", "--format", "progress"]


def write(folder: Path, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def feature(count: int) -> str:
    steps = "    Given somebody is there\n    When they do something\n    Then something has happened\n"
    return "Feature: Load\n" + "".join(f"\n  Scenario: Number {number}\n{steps}" for number in range(count))


def processor_seconds(command: Command, folder: Path) -> float:
    """User and system time of a command and its children.

    Raises:
        SystemExit: it failed; shows what it said.
    """
    before = os.times()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    after = os.times()
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return after.children_user - before.children_user + after.children_system - before.children_system


def measure(prepare: Callable[[Path], Command]) -> tuple[float, float]:
    """Processor milliseconds of a scenario, and of starting: medians of a few turns."""
    costs, starts = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = prepare(folder)
        for _ in range(TURNS):
            took = {}
            for count in (FEW, MANY):
                write(folder, {"features/load.feature": feature(count)})
                took[count] = processor_seconds(command, folder)
            costs.append(1000 * (took[MANY] - took[FEW]) / (MANY - FEW))
            starts.append(1000 * took[FEW] - FEW * costs[-1])
    return statistics.median(costs), statistics.median(starts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pytest-bdd", metavar="PYTHON")
    parser.add_argument("--cucumber-js", metavar="FOLDER")
    given = parser.parse_args()
    runners: dict[str, Callable[[Path], Command] | None] = {
        "behave": behave,
        "Earshot, with its reports": earshot,
        "pytest-bdd": (lambda folder: pytest_bdd(folder, given.pytest_bdd)) if given.pytest_bdd else None,
        "cucumber-js": (lambda folder: cucumber_js(folder, given.cucumber_js)) if given.cucumber_js else None,
    }
    print("| runner | a scenario of three steps, ms | starting, ms |\n|---|---|---|")
    for name, prepare in runners.items():
        figures = " | ".join(f"{figure:.1f}" for figure in measure(prepare)) if prepare else "not installed | "
        print(f"| {name} | {figures} |", flush=True)


if __name__ == "__main__":
    main()
