"""`earshot run`: plain behave in child processes, one verdict line, one exit code that means something."""

import contextlib
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from support import shares
from support.launching import clustering
from support.overview import history
from support.report import annotations, ledger
from support.report.junit import write as write_junit
from support.report.outcome import Run, flaky
from support.report.results import ResultFolder
from support.verdict import Verdict

REPORTS = Path("reports")


@dataclass
class _Worker:
    """One behave process, where it leaves its ledger, and its console output if others would talk into it."""

    process: subprocess.Popen[bytes]
    ledger: Path
    console: Path | None = None


@dataclass
class _Workers:
    """The children, who get every Ctrl-C and SIGTERM of ours: the first as a wish, the second as an order."""

    running: list[_Worker] = field(default_factory=list)
    elsewhere: list[Callable[[int], Any]] = field(default_factory=list)
    """What passes a signal on to those on other machines."""
    interrupted: bool = False

    def pass_on(self, number: int, frame: FrameType | None) -> None:
        """Signal handler. behave cleans up on SIGINT alone, so it gets that for a SIGTERM as well."""
        order = signal.SIGKILL if self.interrupted else signal.SIGINT
        self.interrupted = True
        for worker in self.running:
            with contextlib.suppress(ProcessLookupError):
                worker.process.send_signal(order)
        for pass_on in self.elsewhere:
            pass_on(order)


def run(
    arguments: list[str],
    jobs: int = 1,
    *,
    cluster: str | None = None,
    junit: bool = False,
    shard: tuple[int, int] | None = None,
    retries: int = 0,
    annotate: bool = False,
    reports: Path = REPORTS,
) -> int:
    """Run behave and judge the run.

    Args:
        arguments: behave's own, as on its command line.
        jobs: behave processes at once; the feature files are shared out by how long they took last time.
        cluster: the address of a Dask scheduler whose workers share the feature files instead.
        junit: whether to write JUnit files as well.
        shard: which of how many machines this is, each with its share of the feature files; (1, 3) is the first of 3.
        retries: how often to run again what failed. What passes then is flaky, which is red as well.
        annotate: whether to print what failed as GitHub annotations.
        reports: where `allure-results`, `ledger.jsonl`, its `history` and `junit` go.

    Returns:
        The exit code, a `Verdict`.

    Raises:
        SuiteError: there is no such cluster, or its workers are not of this version.
    """
    ledger_path, results = reports / "ledger.jsonl", ResultFolder(reports / "allure-results")
    if shard:
        share = shares.shard(arguments, *shard)
        if share is None:
            print(f"nothing to do for shard {shard[0]} of {shard[1]}: there are fewer feature files than shards")
            results.clear()
            ledger.leave_empty(ledger_path)
            return Verdict.GREEN
        arguments = share
    workers = _Workers()
    with tempfile.TemporaryDirectory(prefix="earshot-") as folder, _signals_passed_on(workers):
        if cluster:
            tell = workers.elsewhere.append
            ledgers = clustering.play(arguments, cluster, results, Path(folder), reports, tell)
            workers.elsewhere.clear()
        else:
            ledgers = _play(shares.shares(arguments, jobs, reports), results, Path(folder), workers)
        whole = ledger.merge(ledgers, ledger_path)
        for attempt in range(2, 2 + retries):
            whole = _again(whole, attempt, arguments, workers, Path(folder), ledger_path)
    history.keep(reports)
    _show_deaths(whole, results)
    results.tell_apart()
    results.remark(outcome for outcome in whole.outcomes if outcome.kind == "flaky")
    if junit:
        write_junit(whole, reports / "junit")
    for line in annotations.github(whole) if annotate else ():
        print(line)
    print(whole)
    return int(whole.verdict)


def _play(portions: list[list[str]], results: ResultFolder, folder: Path, workers: _Workers) -> list[Path]:
    """Run each portion in a process of its own; their ledgers."""
    results.clear()
    for index, portion in enumerate(portions):
        alone = len(portions) == 1
        workers.running.append(_start(portion, folder / str(index), str(results.path), alone=alone))
    for worker in workers.running:
        _wait(worker)
    return [worker.ledger for worker in workers.running]


def _again(whole: Run, attempt: int, arguments: list[str], workers: _Workers, folder: Path, ledger_path: Path) -> Run:
    """Run again what failed. What passes now is flaky; whatever else comes of it changes nothing."""
    failed = {(found.file, found.line): found for found in whole.outcomes if found.kind == "product"}
    if not failed or workers.interrupted:
        return whole
    print(f"attempt {attempt} for {len(failed)} that failed:", flush=True)
    places = [f"{file}:{line}" for file, line in sorted(failed)]
    worker = _start([*shares.options(arguments), *places], folder / f"again-{attempt}", "off", alone=True)
    workers.running.append(worker)
    worker.process.wait()
    found = ledger.read(worker.ledger).outcomes if worker.ledger.exists() else []
    passed = [failed[one.file, one.line] for one in found if one.status == "passed" and (one.file, one.line) in failed]
    ledger.amend(ledger_path, (flaky(one, attempt) for one in passed))
    return ledger.read(ledger_path)


def _start(arguments: list[str], path: Path, allure: str, *, alone: bool) -> _Worker:
    worker_ledger = path.with_suffix(".jsonl")
    console = None if alone else path.with_suffix(".txt")
    settings = {"worker": "true", "ledger": worker_ledger, "allure": allure}
    if not alone:
        settings["allow_empty"] = "true"
    options = [part for key, value in settings.items() for part in ("-D", f"{key}={value}")]
    command = [sys.executable, "-m", "behave", *options, *arguments]
    with contextlib.nullcontext() if console is None else console.open("wb") as output:
        # a session of its own, so that a Ctrl-C at the terminal reaches it once, through us
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
    return _Worker(process, worker_ledger, console)


def _wait(worker: _Worker) -> None:
    """Wait for its end, and see to it that a bad end is in its ledger."""
    code = worker.process.wait()
    if worker.console:
        print(worker.console.read_text(encoding="utf-8", errors="replace"), end="", flush=True)
    ledger.seal(worker.ledger, worker.process.pid, code)


@contextlib.contextmanager
def _signals_passed_on(workers: _Workers) -> Iterator[None]:
    before = {number: signal.signal(number, workers.pass_on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _show_deaths(run: Run, results: ResultFolder) -> None:
    """Put into Allure what a process that died could not write itself."""
    for trouble in run.troubles:
        if trouble.where.startswith(ledger.PROCESS):
            results.write_trouble(trouble)
    for outcome in run.lost:
        results.write_lost(outcome)
