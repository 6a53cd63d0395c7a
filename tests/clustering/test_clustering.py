"""A scheduler and two workers as processes: one run, one report, and nothing that a lost machine can hide."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from support.core.errors import SuiteError
from support.core.exit_codes import Verdict
from support.execution import distributed, running
from support.execution.distributed import Job
from support.execution.launch import Launch
from support.reporting import results_file
from support.reporting.outcome import Outcome
from tests.clustering.conftest import PATIENCE, Cluster

FEATURES = ["features/ordinary.feature", "features/assertion.feature", "features/outline.feature"]
WAITING = ["features/waiting.feature", "features/ordinary.feature"]


def test_a_cluster_without_workers_is_one_clear_line(cluster: Cluster) -> None:
    cluster.dismiss()
    with pytest.raises(SuiteError, match=r"has no workers: start some with `dask worker tcp://"):
        running.run(Launch(FEATURES, cluster=cluster.address))


def test_a_cluster_says_what_one_machine_says(cluster: Cluster) -> None:
    cluster.staff(2)
    assert running.run(Launch(FEATURES)) == Verdict.PRODUCT
    alone = results_file.read("reports/results.jsonl")
    assert running.run(Launch(FEATURES, cluster=cluster.address)) == Verdict.PRODUCT
    run = results_file.read("reports/results.jsonl")
    assert len({outcome.worker for outcome in run.outcomes}) == 2, "both workers had a share"
    assert sorted(map(_verdict, run.outcomes)) == sorted(map(_verdict, alone.outcomes))
    assert len(list(Path("reports/allure-results").glob("*-result.json"))) == run.selected == alone.selected


def test_what_a_lost_worker_had_to_run_is_not_run(cluster: Cluster) -> None:
    cluster.staff(2)
    run = _earshot(cluster, WAITING)
    busy, behave = _busy(cluster)
    busy.kill()
    console, _ = run.communicate(timeout=PATIENCE)
    assert run.returncode == Verdict.ENVIRONMENT, console
    assert "was lost: what it had to run is not run" in console
    read = results_file.read("reports/results.jsonl")
    lost = {outcome.scenario for outcome in read.outcomes if outcome.status == "not run"}
    assert lost == {"it waits", "it never gets its turn"}
    assert {outcome.status for outcome in read.outcomes if outcome.scenario not in lost} == {"passed"}
    assert len(read.outcomes) == read.selected
    # what was not run is skipped in Allure, and a trouble of its own says why
    assert len(list(Path("reports/allure-results").glob("*-result.json"))) == read.selected + 1
    assert _seen(lambda: not behave.is_running()), "its behave ends with it"


def test_ctrl_c_ends_the_shares_on_the_workers(cluster: Cluster) -> None:
    cluster.staff(2)
    run = _earshot(cluster, WAITING)
    worker, _ = _busy(cluster)
    run.send_signal(signal.SIGINT)
    console, _ = run.communicate(timeout=PATIENCE)
    assert run.returncode == Verdict.SUITE, console
    assert "interrupted by the user" in console
    assert worker.poll() is None, "the worker itself goes on"


def test_a_worker_with_other_features_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    other = shutil.copytree("features", tmp_path / "other" / "features").parent
    cluster.staff(1, within=other)
    with pytest.raises(SuiteError, match=r"run: the cluster tcp://.* runs another version of the suite on tcp://"):
        running.run(Launch(FEATURES, cluster=cluster.address))
    cluster.dismiss()


def test_no_cluster_and_no_dask_are_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("support.core.dask_cluster.PATIENCE", 0.5)
    with pytest.raises(SuiteError, match=r"run: there is no cluster at tcp://127.0.0.1:9 .*dask scheduler"):
        running.run(Launch(FEATURES, cluster="tcp://127.0.0.1:9"))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SuiteError, match=r"run: a cluster needs the extra `cluster`"):
        running.run(Launch(FEATURES, cluster="tcp://127.0.0.1:9"))


def test_the_settings_of_a_share_are_ones_that_a_run_takes() -> None:
    second, alone = (Job([], "run", number, number) for number in (2, 1))
    assert {"beside=2", "process=2"} <= set(distributed.settings_of(second, Path("share")))
    assert not any("beside" in option for option in distributed.settings_of(alone, Path("share")))


def _verdict(outcome: Outcome) -> tuple[str, int, str]:
    return outcome.file, outcome.line, outcome.status


def _earshot(cluster: Cluster, features: list[str]) -> subprocess.Popen[str]:
    launch = [sys.executable, "-c", "from support.cli.main import main; main()"]
    command = [*launch, "run", "--cluster", cluster.address, *features]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def _busy(cluster: Cluster) -> tuple[subprocess.Popen[bytes], psutil.Process]:
    """The worker that runs the step that waits, and its behave."""
    assert _seen(Path("waiting").exists), "behave never came to the waiting step"
    for worker in cluster.workers:
        for child in psutil.Process(worker.pid).children():
            if "features/waiting.feature" in " ".join(child.cmdline()):
                return worker, child
    raise AssertionError("no worker runs it")


def _seen(holds: Callable[[], bool], within: float = PATIENCE) -> bool:
    deadline = time.monotonic() + within
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.05)
    return holds()
