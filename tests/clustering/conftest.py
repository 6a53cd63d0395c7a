"""A Dask scheduler and workers as processes of their own, in a project of features."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1] / "honesty" / "project"
#: Seconds for anything to come up: a busy machine takes long to start Python.
PATIENCE = 90


@dataclass
class Cluster:
    """A scheduler and its workers, each in a process that may be killed."""

    address: str
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def project(self) -> Path:
        return self.folder / "project"

    def start(self, name: str, *options: str, within: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{name}", *options, "--no-dashboard"]
        surroundings = os.environ | {"TMPDIR": str(self.folder)}  # whoever is killed does not tidy up
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=within, env=surroundings, stdout=log, stderr=log)

    def staff(self, count: int, within: Path | None = None) -> None:
        """See that there are so many workers, and no others, in the project or in another folder."""
        if within:
            self.dismiss()
        self.workers = [worker for worker in self.workers if worker.poll() is None]
        options = (self.address, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1")
        while len(self.workers) < count:
            self.workers.append(self.start("worker", *options, within=within or self.project))
        self._agree(count)

    def dismiss(self) -> None:
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self._agree(0)

    def _agree(self, count: int) -> None:
        from distributed import Client

        with Client(self.address, timeout=PATIENCE) as client:
            if count:
                client.wait_for_workers(count, timeout=PATIENCE)
            assert len(client.nthreads()) == count


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A scheduler, and a copy of the project for its workers."""
    folder = tmp_path_factory.mktemp("cluster")
    shutil.copytree(PROJECT, folder / "project")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Cluster(f"tcp://127.0.0.1:{port}", folder)
    process = made.start("scheduler", "--host", "127.0.0.1", "--port", str(port), within=folder)
    try:
        yield made
    finally:
        for one in (*made.workers, process):
            one.kill()
            one.wait()


@pytest.fixture
def cluster(scheduler: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """The cluster, with the project as working folder, and nothing left in it of the test before."""
    monkeypatch.chdir(scheduler.project)
    yield scheduler
    shutil.rmtree("reports", ignore_errors=True)
    Path("waiting").unlink(missing_ok=True)
