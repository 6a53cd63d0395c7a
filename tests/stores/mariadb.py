"""A MariaDB of one's own, as a process of this machine: for tests alone, with nothing of the system's."""

import os
import secrets
import shutil
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote

import pymysql

from support.drivers.stores.mysql import MySqlStore
from support.environments.embedded.server_process import ManagedProcess
from support.environments.embedded.workspace import Workspace
from support.environments.faults.proxy import HOST

USER, DATABASE = "systemuser", "message_system"
PROGRAM = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
INSTALLER = shutil.which("mariadb-install-db")


class MariaDb(ManagedProcess):
    """A fresh server with one empty database, and one user who may do everything there.

    The password holds what has a meaning in addresses, so that whoever reads it from one has to understand them.
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("MariaDB", workspace)
        self.account = workspace.account
        self._data = self.folder / "data"
        self._first = self.folder / "first.sql"
        self._password = f"{secrets.token_urlsafe()}@/:%"

    @property
    def url(self) -> str:
        """As the document's DATABASE_URL is written."""
        return f"mysql+pymysql://{USER}:{quote(self._password, safe='')}@{HOST}:{self.port}/{DATABASE}"

    async def prepare(self) -> None:
        """Lay out the data folder, and write down what the server is to do first."""
        self._first.touch(mode=0o600)
        self._first.write_text(
            f"CREATE DATABASE IF NOT EXISTS {DATABASE} CHARACTER SET utf8mb4;\n"
            f"CREATE USER IF NOT EXISTS '{USER}'@'%' IDENTIFIED BY '{self._password}';\n"
            f"GRANT ALL ON {DATABASE}.* TO '{USER}'@'%';\n"
        )
        for path in (self.folder, self._first):
            if self.account:
                os.chown(path, self.account.pw_uid, self.account.pw_gid)
        await self.run([str(INSTALLER), "--no-defaults", f"--datadir={self._data}", "--skip-test-db"])

    def command(self) -> Sequence[str | Path]:
        """The server on its data folder; small, for its data do not matter."""
        own = {"datadir": self._data, "socket": self.folder / "socket", "pid-file": self.folder / "pid"}
        settings = own | {"port": self.port, "bind-address": HOST, "init-file": self._first}
        small = ["--innodb-buffer-pool-size=8M", "--innodb-flush-log-at-trx-commit=0", "--skip-name-resolve"]
        return [str(PROGRAM), "--no-defaults", *(f"--{name}={value}" for name, value in settings.items()), *small]

    async def serves(self) -> bool:
        """Whether its user gets in."""
        with suppress(pymysql.Error):
            return bool(await MySqlStore(self.url).rows("SELECT 1"))
        return False

    def do(self, *commands: str, values: Sequence[object] = ()) -> None:
        """Have it carry out SQL commands; `%s` stands for a value."""
        place = {"host": HOST, "port": self.port, "user": USER, "password": self._password, "database": DATABASE}
        with closing(pymysql.connect(**place, autocommit=True)) as connection, connection.cursor() as cursor:
            for command in commands:
                cursor.execute(command, tuple(values) or None)

    def put(self, table: str, *row: object) -> None:
        """Put a row into a table, a value for each column."""
        self.do(f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(row))})", values=row)
