"""The schema of the main server's database, in Alembic's revisions."""

from pathlib import Path

import psycopg

from reference.kit.postgres import TABLES, Connection, row

#: The last revision in `migrations/versions`.
HEAD = "001"
SCRIPTS = Path(__file__).with_name("migrations")


async def is_current(connection: Connection) -> bool:
    """Whether a database has all migrations behind it."""
    there = await row(connection, "select to_regclass('alembic_version') is not null as there")
    if not there or not there["there"]:
        return False
    return await row(connection, "select 1 from alembic_version where version_num = %s", HEAD) is not None


def upgrade(dsn: str) -> None:
    """Bring a database up to the last revision; one process at a time does."""
    # Here, for only a database that is new takes the time to load them.
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, text

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn))
    with engine.begin() as connection:
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": TABLES})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()
