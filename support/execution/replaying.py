"""Scenarios that are played once more at the end of a run."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from support.execution import sharding
from support.execution.launch import Launch
from support.reporting import results_file
from support.reporting.allure_files import ResultFolder
from support.reporting.judging import flaky
from support.reporting.outcome import TOO_BUSY, Kind, Outcome, RunResults

_Place = tuple[str, int]


def settled(launch: Launch, whole: RunResults, folder: Path) -> RunResults:
    """Play again what the machine was too busy to judge or to measure: what comes of it now counts, whatever it is.

    Args:
        launch: the run's.
        whole: what has come of it so far.
        folder: for temporary files.
    """
    first = _of_kinds(whole, TOO_BUSY)
    if not first or launch.children.interrupted or launch.fail_fast:
        return whole
    launch.display.say(f"once more, for the machine was too busy to judge {len(first)}:")
    allure = ResultFolder(folder / "allure")
    found = _played(launch, first, folder / "settled", str(allure.path))
    launch.allure_results.take_over(allure)
    own = [(first[one.file, one.line], one) for one in found]
    results_file.amend(launch.results, (replace(one, worker=was.worker, turn=was.turn) for was, one in own))
    return results_file.read(launch.results)


def retried(launch: Launch, whole: RunResults, attempt: int, folder: Path) -> RunResults:
    """Play again what failed. What passes now is flaky; whatever else comes of it changes nothing.

    Args:
        launch: the run's.
        whole: what has come of it so far.
        attempt: its number; the run itself was the first.
        folder: for temporary files.
    """
    failed = _of_kinds(whole, ["product", "unclear"])
    if not failed or launch.children.interrupted:
        return whole
    launch.display.say(f"attempt {attempt} for {len(failed)} that failed:")
    found = _played(launch, failed, folder / f"again-{attempt}", "off")
    passed = [failed[one.file, one.line] for one in found if one.status == "passed"]
    results_file.amend(launch.results, (flaky(one, attempt) for one in passed))
    return results_file.read(launch.results)


def _of_kinds(run: RunResults, kinds: Collection[Kind]) -> dict[_Place, Outcome]:
    return {(found.file, found.line): found for found in run.outcomes if found.kind in kinds}


def _played(launch: Launch, which: Collection[_Place], path: Path, allure: str) -> list[Outcome]:
    """What comes of these scenarios now."""
    places = [f"{file}:{line}" for file, line in sorted(which)]
    child = launch.children.start(
        [*sharding.options(launch.arguments), *places],
        path,
        allure,
        alone=True,
        speaks=launch.display.shows_behave,
        lease=launch.lease(0, lone=True),
    )
    child.wait(launch.display.look, launch.display)
    found = results_file.read(child.results).outcomes if child.results.exists() else []
    return [one for one in found if (one.file, one.line) in which]
