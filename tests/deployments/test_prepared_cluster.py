"""The database cluster that the PostgreSQLs of a run begin as."""

import asyncio
from pathlib import Path

import psycopg
import pytest

from support.environments.embedded import prepared_cluster
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.prepared_cluster import prepared
from support.environments.embedded.workspace import Workspace


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(prepared_cluster.FOLDER, str(tmp_path))
    return tmp_path


class Maker:
    def __init__(self, trouble: Exception | None = None) -> None:
        self.made: list[Path] = []
        self.trouble = trouble

    async def __call__(self, folder: Path) -> None:
        self.made.append(folder)
        await asyncio.sleep(0.05)
        if self.trouble:
            raise self.trouble


async def test_it_is_made_once_for_all_who_ask_at_the_same_time() -> None:
    maker = Maker()
    found = await asyncio.gather(*(prepared("15.1", maker) for _ in range(3)))
    assert len(maker.made) == 1
    assert set(found) == set(maker.made)


async def test_another_version_has_another() -> None:
    maker = Maker()
    assert await prepared("15.1", maker) != await prepared("18.6", maker)


async def test_one_that_was_not_made_to_its_end_is_not_taken() -> None:
    with pytest.raises(OSError, match="disk full"):
        await prepared("15.1", Maker(OSError("disk full")))
    maker = Maker()
    assert await prepared("15.1", maker) == maker.made[0]


async def test_servers_that_begin_as_the_same_share_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(prepared_cluster.FOLDER)  # a folder that the servers' account can read
    workspace = Workspace()
    servers = [Postgres(workspace, name) for name in ("one", "another")]
    try:
        await asyncio.gather(*(server.start() for server in servers))
        async with await psycopg.AsyncConnection.connect(servers[0].direct_dsn, autocommit=True) as connection:
            await connection.execute("CREATE TABLE only_here ()")
        async with await psycopg.AsyncConnection.connect(servers[1].direct_dsn) as connection:
            found = await connection.execute("SELECT to_regclass('only_here')")
            assert await found.fetchone() == (None,)
    finally:
        await asyncio.gather(*(server.close() for server in servers))
        workspace.remove()
