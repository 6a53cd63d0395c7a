"""How a reference back end starts in a container."""

import asyncio
import os
import ssl
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from socket import socket

import psycopg
import pytest
import pytest_asyncio
import trustme
from aiohttp import web
from aiohttp.test_utils import TestServer

from support.environments.embedded.postgres import Postgres
from support.environments.embedded.workspace import Workspace

#: Tells what it was given instead of serving.
_TELLS = 'import os, sys; print(os.environ["TOLD"], *sys.argv[1:])'


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def postgres() -> AsyncIterator[Postgres]:
    space = Workspace()
    server = Postgres(space)
    await server.start()
    yield server
    await server.close()
    space.remove()


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    (tmp_path / "jwt").write_text("s3cret\n")
    (tmp_path / "told.py").write_text(_TELLS)
    return tmp_path


def _contained(keys: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return _run(
        [sys.executable, "-m", "reference.kit.contained", "told", "--port", "1"],
        EARSHOT_KEYS=str(keys),
        PYTHONPATH=f"{Path.cwd()}:{keys}",
        **environment,
    )


def _run(command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
    told = os.environ | environment
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False, timeout=30)


def test_a_server_gets_the_secrets_that_its_environment_names(keys: Path) -> None:
    done = _contained(keys, TOLD="key {jwt} of {nobody knows} {}")
    assert done.stdout == "key s3cret of {nobody knows} {} --port 1\n"


def test_a_secret_that_is_not_there_is_one_line(keys: Path) -> None:
    done = _contained(keys, TOLD="{salt}")
    assert done.returncode == 1
    assert done.stderr == f"there is no secret salt in {keys}: No such file or directory\n"


@pytest.mark.asyncio(loop_scope="module")
async def test_a_database_that_is_missing_is_made_and_one_that_is_there_is_kept(keys: Path, postgres: Postgres) -> None:
    dsn = postgres.direct_dsn.rpartition("/")[0] + "/chat"
    assert _contained(keys, TOLD="well", EARSHOT_POSTGRES=dsn).stdout.startswith("well")
    async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as connection:
        await connection.execute("CREATE TABLE kept ()")
    assert _contained(keys, TOLD="well", EARSHOT_POSTGRES=dsn).stdout.startswith("well")
    async with await psycopg.AsyncConnection.connect(dsn) as connection:
        await connection.execute("SELECT FROM kept")


def test_a_server_starts_without_its_database_as_it_would_outside(keys: Path) -> None:
    assert _contained(keys, TOLD="well", EARSHOT_POSTGRES="postgresql://127.0.0.1:1/chat").stdout.startswith("well")


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_health_check_tells_who_answers_from_who_does_not(scheme: str) -> None:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    server = TestServer(web.Application(), scheme=scheme)
    await server.start_server(ssl=tls if scheme == "https" else None)
    alive = ["bash", "reference/kit/alive.sh", scheme, str(server.port)]
    assert (await asyncio.to_thread(_run, alive)).returncode == 0
    await server.close()
    done = await asyncio.to_thread(_run, alive)
    assert done.returncode == 1
    assert f"nothing on port {alive[-1]} answers" in done.stderr


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_health_check_does_not_wait_for_who_hangs(scheme: str) -> None:
    with closing(socket()) as hanging:
        hanging.bind(("127.0.0.1", 0))
        hanging.listen()
        began = time.monotonic()
        assert _run(["bash", "reference/kit/alive.sh", scheme, str(hanging.getsockname()[1])]).returncode == 1
        assert 1.5 < time.monotonic() - began < 10
