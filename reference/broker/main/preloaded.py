"""What brings a new database up to date: for the process that main servers are forked from, to import it once."""

import alembic.command  # noqa: F401
import sqlalchemy.dialects.postgresql.psycopg  # noqa: F401
