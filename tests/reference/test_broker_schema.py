"""The schema of the reference broker's database: Alembic makes it, and says which revision it is."""

from collections.abc import AsyncIterator

import pytest_asyncio
from alembic.config import Config
from alembic.script import ScriptDirectory

from reference.broker.main import schema
from reference.broker.main.database import Database
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.workspace import Workspace

TABLES = {"users", "clients", "messages", "audit_log", "alembic_version"}


@pytest_asyncio.fixture
async def dsn() -> AsyncIterator[str]:
    """An empty database."""
    workspace = Workspace()
    postgres = Postgres(workspace)
    await postgres.start()
    yield postgres.dsn
    await postgres.close()
    workspace.remove()


async def test_a_new_database_gets_all_tables_and_their_revision_once(dsn: str) -> None:
    for _ in range(2):
        database = Database(dsn, 5.0)
        await database.open()
        assert await database.rows("select version_num from alembic_version") == [{"version_num": "001"}]
        found = await database.rows("select tablename from pg_tables where schemaname = 'public'")
        assert {table["tablename"] for table in found} == TABLES
        await database.close()


def test_the_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.SCRIPTS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD
