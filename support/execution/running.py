"""`earshot run`: plain behave in child processes, one verdict line, one exit code that means something."""

import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

from behave.configuration import Configuration

from support.core.errors import SuiteError
from support.core.exit_codes import Verdict
from support.core.temporary_folders import OwnedFolder, sweep
from support.environments.embedded import process_supervision
from support.execution import behave_forks, distributed, replaying, sharding, start_checks
from support.execution.display.ending import told
from support.execution.display.lines import Behaves, Display
from support.execution.dry_runs import DryRuns
from support.execution.launch import Launch
from support.execution.results_follower import Following
from support.execution.turns import Turn, turns
from support.reporting import annotations, results_file, run_start, selection_checks
from support.reporting.allure_files import ResultFolder
from support.reporting.first_page import history
from support.reporting.outcome import RunResults, Trouble


def run(launch: Launch) -> int:
    """Run behave and judge the run.

    Returns:
        The exit code, a `Verdict`.

    Raises:
        SuiteError: behave does not understand its arguments, or finds no settings here; several processes would share
            accounts; there is no such cluster, or its workers are not of this version.
    """
    selection_checks.at_home(Configuration([]))
    display, reports = launch.display, launch.reports
    try:
        config = start_checks.understood(launch.arguments)
        if start_checks.informs(config):
            return _tell(launch.arguments)
        with behave_forks.at_hand(behave=not launch.cluster and (launch.jobs > 1 or not display.shows_behave)):
            whole = _played(launch, config)
    except SuiteError as error:
        _refuse(launch, error)
        raise
    finally:
        display.close()
    if launch.idle:
        run_start.clear(reports)
        return Verdict.GREEN
    history.keep(reports)
    launch.write_junit(whole)
    findings = () if display.shows_behave else told(whole, reports)
    print(*(annotations.github(whole) if launch.annotate else ()), *findings, whole, sep="\n")
    return int(whole.verdict)


def _tell(arguments: list[str]) -> int:
    """Have behave tell what it is asked for. Nothing runs, and the last results stay."""
    command, mortal = [sys.executable, "-m", "behave", *arguments], process_supervision.mortal(signal.SIGTERM)
    code = subprocess.run(command, preexec_fn=mortal, check=False).returncode
    return Verdict.SUITE if code else Verdict.GREEN


def _refuse(launch: Launch, error: SuiteError) -> None:
    """Leave reports that say why nothing has run."""
    trouble = Trouble("the command line", "suite", str(error).splitlines()[-1], str(error), "")
    run_start.mark(launch.reports, launch.head)
    launch.results.write_text(launch.head, encoding="utf-8")
    results_file.add(launch.results, trouble)
    launch.allure_results.finish()
    launch.allure_results.write_trouble(trouble)
    launch.write_junit(results_file.read(launch.results))


def _played(launch: Launch, config: Configuration) -> RunResults:
    """Run it all, and put together what has come of it."""
    run_start.mark(launch.reports, launch.head)
    launch.write_junit(results_file.read(launch.results))
    sweep()
    dry_runs = DryRuns(config.userdata.get("profile"), launch.arguments)
    if launch.sharing:
        launch.leases = start_checks.lease_out(config, launch.sharing, launch.processes, dry_runs)
    if launch.jobs > 1:
        launch.running = start_checks.running(config)
        launch.lone = start_checks.alone(config, launch.running, dry_runs, launch.jobs)
    with OwnedFolder("run") as name, launch.children.told_of_signals():
        folder = Path(name)
        launch.children.forecasts = dry_runs.write(folder / "forecasts.json")
        head = folder / "head"
        head.write_text(launch.head, encoding="utf-8")
        whole = results_file.merge([head, *_results_files(launch, folder)], launch.results)
        whole = replaying.settled(launch, whole, folder)
        for attempt in range(2, 2 + launch.retries):
            whole = replaying.retried(launch, whole, attempt, folder)
    _show(whole, launch.allure_results)
    return whole


def _results_files(launch: Launch, folder: Path) -> list[Path]:
    """Run what this machine has to run; what each process has written."""
    arguments = launch.arguments
    if launch.shard:
        share = sharding.shard(arguments, *launch.shard)
        if share is None:
            return [_nothing_to_do(launch, folder)]
        arguments = share
    if launch.cluster:
        tell = launch.children.elsewhere.append
        found = distributed.play(arguments, launch.cluster, launch.allure_results, folder, launch.reports, tell)
        launch.children.elsewhere.clear()
        return found
    return _in_turn(launch, turns(arguments, launch.lone, launch.jobs, launch.reports, launch.running), folder)


def _nothing_to_do(launch: Launch, folder: Path) -> Path:
    print("nothing to do for shard {} of {}: there are fewer feature files than shards".format(*launch.shard or ()))
    launch.idle = True
    path = folder / "idle.jsonl"
    results_file.leave_empty(path)
    return path


def _in_turn(launch: Launch, planned: list[Turn], folder: Path) -> list[Path]:
    """Run each portion in a process of its own: those of one turn at the same time, one turn after the other."""
    results_files = [folder / f"{index}.jsonl" for index in range(sum(len(turn.portions) for turn in planned))]
    _announce(launch.display, planned)
    following, begun = Following(results_files, launch.results, launch.hear), 0
    for turn in planned:
        own = results_files[begun : begun + len(turn.portions)]
        begun += len(own)
        if launch.children.interrupted:
            results_file.write_off(own[0], turn.scenarios, "the run was interrupted")
        elif launch.children.ending:
            results_file.leave_out(own[0], turn.scenarios, "the run ended before it")
        else:
            launch.children.rendezvous = f"{len(own)}:{folder / own[0].stem}" if turn.lone and len(own) > 1 else None
            _run(launch, turn, own, following, begun - len(own), alone=len(results_files) == 1)
    launch.children.rendezvous = None
    return [path for path in results_files if path.exists()]


def _announce(display: Display, planned: list[Turn]) -> None:
    """Say how it is played, where that is not in one process."""
    several = max(len(turn.portions) for turn in planned)
    if several > 1 and isinstance(display, Behaves):
        display.several = True
        display.say(f"{several} processes; what each of them says follows at its end")
    if lone := [one for turn in planned if turn.lone for one in turn.scenarios]:
        display.say(f"{len(lone)} scenarios are played by themselves, at the end: others would feel or disturb them")


def _run(
    launch: Launch, turn: Turn, results_files: list[Path], following: Following, before: int, *, alone: bool
) -> None:
    """Run these at the same time, to the end of the last; `before` processes of the run have ended already."""
    allure, speaks = str(launch.allure_results.path), alone and launch.display.shows_behave
    lone = turn.lone and len(turn.portions) == 1
    beside = len(turn.portions) if launch.children.rendezvous is None else 1
    start = partial(launch.children.start, alone=alone, speaks=speaks, beside=beside)
    children = [
        start(portion, path, allure, lease=launch.lease(index, lone=lone), number=before + index + 1)
        for index, (portion, path) in enumerate(zip(turn.portions, results_files, strict=False))
    ]

    def look() -> None:
        following.look()
        launch.display.look()
        launch.children.end_early()

    for child in children:
        child.wait(look, launch.display)


def _show(run: RunResults, allure_results: ResultFolder) -> None:
    """Put into Allure what the processes could not write themselves: how one of them died, and what is flaky."""
    for trouble in run.troubles:
        if trouble.where.startswith(results_file.PROCESS):
            allure_results.write_trouble(trouble)
    for outcome in run.lost:
        allure_results.write_lost(outcome)
    allure_results.finish()
    allure_results.tell_apart()
    allure_results.remark(outcome for outcome in run.outcomes if outcome.kind == "flaky")
