"""`earshot watch`: a feature is run again whenever it is saved, on a system that stays up in between."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from behave.configuration import Configuration
from behave.runner import Context, Runner

from support.config import userdata_keys
from support.config.profile import load
from support.core import clock
from support.core.errors import SuiteError
from support.core.event_loop import Background
from support.core.temporary_folders import OwnedFolder
from support.execution import start_checks
from support.reporting.runner import EarshotRunner
from support.scenario.run import Run

#: Seconds between two looks at the files, and the longest that anybody watches: a day.
LOOK, PATIENCE = 0.2, 86400.0


class WatchingRunner(EarshotRunner):
    """One of several runs in a process: they share hooks, step files, and the run with its systems.

    What is edited in `environment.py`, `steps/` or `support/` counts from the next start on.
    """

    hooks: dict[str, Callable[..., None]]
    _hooks: ClassVar[dict[str, Callable[..., None]]] = {}
    _loaded: ClassVar[bool] = False
    shared: ClassVar[Run | None] = None

    def load_hooks(self, filename: str | None = None) -> None:
        if not WatchingRunner._hooks:
            Runner.load_hooks(self, filename)
            WatchingRunner._hooks = dict(self.hooks)
        self.hooks = WatchingRunner._hooks | {"before_all": self._begin, "after_all": self._settle}

    def load_step_definitions(self, extra_step_paths: list[str] | None = None) -> None:
        if not WatchingRunner._loaded:
            super().load_step_definitions(extra_step_paths)
            WatchingRunner._loaded = True

    def _begin(self, context: Context) -> None:
        if WatchingRunner.shared is None or not WatchingRunner.shared.whole:
            close()
            self._overheard("before_all", WatchingRunner._hooks["before_all"], context)
            WatchingRunner.shared = context.run
        WatchingRunner.shared.report_to(context.reporting)
        context.run = WatchingRunner.shared

    def _settle(self, context: Context) -> None:
        if run := WatchingRunner.shared:
            self._overheard("after_all", lambda _: run.settle(), context)


def share(run: Run) -> None:
    """Have the runs of this process share one that has begun already."""
    WatchingRunner.shared = run


def close() -> None:
    """Stop what the runs of this process share."""
    shared, WatchingRunner.shared = WatchingRunner.shared, None
    if shared is not None:
        shared.close()


def main(path: Path, arguments: list[str]) -> int:
    """Run a feature, or all of a folder, now and after each save, until Ctrl-C.

    Args:
        path: a feature file or a folder of them.
        arguments: more of behave's, such as `--tags=@smoke` or `-D profile=NAME`.

    Returns:
        0.

    Raises:
        SuiteError: there is no such file or folder, behave does not understand the arguments, or what no save would
            mend: a setting or the profile is wrong.
    """
    start_checks.understood(arguments, "earshot watch")
    if not path.exists():
        raise SuiteError(f"watch: there is no file or folder {path}")
    given = Configuration(arguments).userdata
    userdata_keys.check(given)
    load(given.get("profile"))
    background = Background()
    try:
        with OwnedFolder("watch") as folder:
            options = ["-D", "allure=off", "-D", f"results={folder}/results.jsonl"]
            while True:
                seen = _state(path)
                if _run_once([*options, *arguments, str(path)]):
                    return 0
                print(f"watching {path}: save it to run it again, Ctrl-C ends", flush=True)
                background.run(clock.until(lambda: _state(path) != seen, within=PATIENCE, every=LOOK))  # noqa: B023
    except KeyboardInterrupt:
        return 0
    finally:
        close()
        background.close()


def _run_once(arguments: list[str]) -> bool:
    """One run; whether the user has had enough of it."""
    try:
        runner = WatchingRunner(Configuration(arguments))
        runner.run()
    except Exception as error:  # a file that is half written, for instance: it is for the next save to mend
        print(f"{type(error).__name__}: {error}")
        return False
    return bool(runner.aborted)


def _state(path: Path) -> dict[Path, int]:
    """When each feature was written last."""
    files = path.rglob("*.feature") if path.is_dir() else [path]
    return {file: file.stat().st_mtime_ns for file in files if file.exists()}
