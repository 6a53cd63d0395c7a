"""An SQLite file can be lost, locked and brought back, with all that was in it."""

import sqlite3
from pathlib import Path

import pytest

from support.drivers.stores.sqlite import SqliteStore
from support.environments.embedded.sqlite import SqliteFile


@pytest.fixture
def file(tmp_path: Path) -> SqliteFile:
    path = tmp_path / "some.db"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('kept')")
    connection.close()
    return SqliteFile(path)


@pytest.mark.parametrize(("lose", "bring_back"), [("stop", "start"), ("kill", "start"), ("cut", "heal")])
async def test_a_lost_file_comes_back_whole(file: SqliteFile, lose: str, bring_back: str) -> None:
    await getattr(file, lose)()
    await getattr(file, lose)()
    assert not file.running
    await getattr(file, bring_back)()
    await getattr(file, bring_back)()
    assert await SqliteStore(file.path).rows_with("kept") == 1


async def test_a_locked_file_cannot_be_written_until_it_is_let_go(file: SqliteFile) -> None:
    await file.pause()
    writer = sqlite3.connect(file.path, timeout=0.01, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        writer.execute("INSERT INTO words VALUES ('later')")
    await file.resume()
    await file.resume()
    writer.execute("INSERT INTO words VALUES ('later')")
    writer.close()
    assert await SqliteStore(file.path).rows_with("later") == 1


async def test_a_restart_keeps_everything(file: SqliteFile) -> None:
    await file.restart()
    assert file.running
    assert await SqliteStore(file.path).rows_with("kept") == 1
