"""What a run was asked for."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from behave.model import Scenario

from support.execution.behave_processes import Children
from support.execution.display.lines import Behaves, Display
from support.execution.display.progress import ending
from support.reporting import shards
from support.reporting.allure_files import ResultFolder
from support.reporting.junit import write as write_junit
from support.reporting.outcome import RunResults

REPORTS = Path("reports")


@dataclass
class Launch:
    """What is asked for, and where it goes.

    Args:
        arguments: behave's own, as on its command line.
        jobs: behave processes at once; the feature files are shared out by how long they took last time.
        cluster: the address of a Dask scheduler whose workers share the feature files instead.
        junit: whether to write JUnit files as well.
        shard: which of how many machines this is, each with its share of the feature files; (1, 3) is the first of 3.
        retries: how often to run again what failed. What passes then is flaky, which is red as well.
        annotate: whether to print what failed as GitHub annotations.
        fail_fast: whether to begin no scenario after one has failed.
        display: what is shown meanwhile; behave's own text by default.
        reports: where `allure-results`, `results.jsonl`, its `history` and `junit` go.
    """

    arguments: list[str]
    jobs: int = 1
    cluster: str | None = None
    junit: bool = False
    shard: shards.Shard | None = None
    retries: int = 0
    annotate: bool = False
    fail_fast: bool = False
    display: Display = field(default_factory=Behaves)
    reports: Path = REPORTS
    children: Children = field(default_factory=Children)
    idle: bool = False
    """Whether this is a shard for which nothing is left."""
    leases: bool = False
    """Whether each process gets a share of the accounts that the profile names."""
    lone: list[Scenario] = field(default_factory=list)
    """What is not to be played beside anything else."""
    running: list[str] = field(default_factory=list)
    """The systems that no process has to start."""

    def __post_init__(self) -> None:
        if self.fail_fast:
            self.arguments = [*self.arguments, "--stop"]

    @property
    def head(self) -> str:
        """What the run's results file begins with."""
        return shards.head(self.shard) if self.shard else ""

    @property
    def results(self) -> Path:
        return self.reports / "results.jsonl"

    @property
    def allure_results(self) -> ResultFolder:
        return ResultFolder(self.reports / "allure-results")

    def hear(self, line: dict[str, Any]) -> None:
        """Take in what a process has written."""
        self.display.hear(line)
        if self.fail_fast and "scenario" in line and ending(line) == "failed":
            self.children.ending = True

    def write_junit(self, run: RunResults) -> None:
        if self.junit:
            write_junit(run, self.reports / "junit")

    @property
    def processes(self) -> int | None:
        """How many processes there are on all machines; None if that is for a cluster to say."""
        return None if self.cluster else self.jobs * (self.shard[1] if self.shard else 1)

    def lease(self, index: int, *, lone: bool = False) -> str | None:
        """The share of accounts that the process of this number here gets, from 0; all if it is the only one."""
        before = self.jobs * (self.shard[0] - 1) if self.shard else 0
        return f"{before + index + 1}/{self.processes}" if self.leases and (self.shard or not lone) else None

    @property
    def sharing(self) -> str | None:
        """The option that makes several processes share the features."""
        several = {"--cluster": self.cluster, "--shard": self.shard, "--jobs": self.jobs > 1}
        return next((option for option, given in several.items() if given), None)
