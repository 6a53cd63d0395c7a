"""A reference back end in a container: `python -m reference.kit.contained MODULE …`.

In the values of its environment, `{name}` stands for the secret in the file `name` of the folder EARSHOT_KEYS, /keys by
default, so that no secret stands in an image or in a compose file. If its database is missing, an empty one is made.
"""

import os
import re
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
from psycopg import sql

#: Where PostgreSQL is, for the back ends that have one; see `reference.kit.command.from_environment`.
_DATABASES = ("EARSHOT_POSTGRES", "DATABASE_URL")


def main() -> None:
    """Become the server that is named on the command line."""
    keys = Path(os.environ.get("EARSHOT_KEYS", "/keys"))
    environment = {name: filled(value, keys) for name, value in os.environ.items()}
    for name in _DATABASES:
        if name in environment:
            make_sure_of(environment[name])
    os.execvpe(sys.executable, [sys.executable, "-m", *sys.argv[1:]], environment)


def filled(text: str, keys: Path) -> str:
    """A text with the secrets it names; ends the program with one line if one is not there."""

    def secret(name: re.Match[str]) -> str:
        try:
            return (keys / name[1]).read_text().strip()
        except OSError as error:
            sys.exit(f"there is no secret {name[1]} in {keys}: {error.strerror}")

    return re.sub(r"\{([\w-]+)\}", secret, text)


def make_sure_of(dsn: str) -> None:
    """Create the database of a libpq URI if its server answers and does not have it."""
    place, _, name = dsn.rpartition("/")
    with (
        suppress(psycopg.OperationalError, psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation),
        psycopg.connect(f"{place}/postgres", autocommit=True, connect_timeout=5) as connection,
    ):
        known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


if __name__ == "__main__":
    main()
