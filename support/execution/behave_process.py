"""One run of behave in a process of its own that says nothing: only its results file counts."""

import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from behave.configuration import Configuration

from support.config import userdata_keys
from support.core import clock
from support.core.temporary_folders import OwnedFolder
from support.environments.embedded.server_process import Process
from support.execution import behave_forks
from support.reporting import results_file, selection_checks
from support.reporting.outcome import Outcome, RunResults

_running: set[Process] = set()

#: Seconds after which a run is given up: far beyond what any takes.
LIMIT = 1800.0

#: Seconds that a run gets to end when it is told to.
FAREWELL = 15.0

#: Seconds between two looks at what a run has written.
_LOOK = 0.1


def run(
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str] | None = None,
    enough: Callable[[Sequence[Outcome]], bool] | None = None,
    limit: float = LIMIT,
) -> RunResults:
    """Run behave with `arguments`, with a report that is thrown away.

    Args:
        arguments: as on its command line.
        environment: what differs from ours.
        enough: after which outcomes the rest is of no interest.
        limit: seconds after which it is given up.

    Returns:
        What its results file says; a process that died or could not even begin, or ended badly, is in it as a trouble.

    Raises:
        SuiteError: this is not the folder of Earshot's settings.
    """
    selection_checks.at_home(Configuration([]))
    with OwnedFolder("run") as folder:
        record = Path(folder) / "results.jsonl"
        settings = {"results": record, "allure": Path(folder) / "allure", "worker": "true"}
        options = userdata_keys.as_options(settings)
        with (Path(folder) / "console.txt").open("wb") as console:
            process = behave_forks.start([*arguments, *options], console, environment=environment)
        _running.add(process)
        try:
            _wait(process, record, enough, limit)
        finally:
            _end(process)
            _running.remove(process)
        results_file.seal(record, process.pid, process.wait())
        return results_file.read(record)


def give_up() -> None:
    """End the runs that other threads wait for."""
    for process in list(_running):
        process.terminate()


def _wait(process: Process, record: Path, enough: Callable[[Sequence[Outcome]], bool] | None, limit: float) -> None:
    """Wait for the end of a run, or until it has shown enough.

    Raises:
        TimeoutExpired: neither came, and the caller did not say what would be enough.
    """
    if enough is None:
        process.wait(limit)
        return
    deadline, seen = clock.now() + limit, 0
    while process.poll() is None and clock.now() < deadline:
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK)
        size = record.stat().st_size if record.exists() else 0
        if size > seen and enough(results_file.read(record).outcomes):
            return
        seen = size


def _end(process: Process) -> None:
    """Have a run put away what it has made; kill it if it does not."""
    process.terminate()
    try:
        process.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
