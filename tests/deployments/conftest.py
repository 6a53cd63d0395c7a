"""Servers for the tests of a module: a module's tests share them and leave them serving."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from support.environments.embedded.postgres import Postgres
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.redis import Redis
from support.environments.embedded.workspace import Workspace

HERE = Path(__file__).parent


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A temporary directory for every account, unlike pytest's own, which is closed to the servers' account."""
    folder = Path(tempfile.mkdtemp(prefix="test-deployments-"))
    folder.chmod(0o1777)
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def stand_in() -> Iterator[str]:
    """The module name of `standin.py`, made importable for the servers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(HERE), prepend=os.pathsep)
        yield "standin"


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    space = Workspace()
    yield space
    space.remove()


@pytest.fixture(scope="module")
def shared_workspace() -> Iterator[Workspace]:
    space = Workspace()
    yield space
    space.remove()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def postgres(shared_workspace: Workspace) -> AsyncIterator[Postgres]:
    server = Postgres(shared_workspace)
    await server.start()
    yield server
    await server.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def redis(shared_workspace: Workspace) -> AsyncIterator[Redis]:
    server = Redis(shared_workspace)
    await server.start()
    yield server
    await server.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def server(shared_workspace: Workspace, stand_in: str) -> AsyncIterator[PythonServer]:
    process = PythonServer("server", shared_workspace, module=stand_in)
    await process.start()
    yield process
    await process.close()
