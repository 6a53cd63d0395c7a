"""PostgreSQL as a process of this machine."""

import os
import pwd
import secrets
import signal
from collections.abc import Sequence
from pathlib import Path

import psycopg
from psycopg import sql

from support.core.errors import EnvironmentFailure
from support.environments.embedded import server_discovery
from support.environments.embedded.prepared_cluster import prepared
from support.environments.embedded.server_process import ManagedProcess
from support.environments.embedded.workspace import Workspace
from support.environments.faults.proxy import HOST

USER = DATABASE = "postgres"

_SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    # What is acknowledged survives the death of the process (synchronous_commit stays on); only a power failure
    # could lose it, and nothing here outlives one.
    "fsync": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "dynamic_shared_memory_type": "mmap",  # in its folder: kills would leave it behind in a container's small /dev/shm
}
_STATUS_LINE = 7  # of postmaster.pid: LOCK_FILE_LINE_PM_STATUS in src/include/miscadmin.h, counted from 0


class Postgres(ManagedProcess):
    """A fresh database server with one user, whose password is new in each run; see `Control`."""

    stop_signal = signal.SIGINT  # fast shutdown: does not wait for clients
    end_signal = signal.SIGQUIT  # immediate: unlike SIGKILL it takes the children along and gives back its memory
    passing_troubles = ("pre-existing shared memory block",)  # until the children of a killed server are gone

    def __init__(self, workspace: Workspace, name: str = "Postgres", port: int | None = None) -> None:
        super().__init__(name, workspace, port)
        self.account = workspace.account
        self._data = self.folder / "data"
        self._password = ""
        self._program = server_discovery.find_postgres()

    @property
    def dsn(self) -> str:
        """libpq connection URI by way of the fault proxy; the same over all restarts. Holds the password."""
        return self._dsn(self.link.port)

    @property
    def direct_dsn(self) -> str:
        """The same past the fault proxy, for the suite's own looks into the store."""
        return self._dsn(self.port)

    async def another(self, name: str) -> str:
        """A further, empty database of this server; made anew if there is one of the name.

        Returns:
            Its libpq connection URI, by way of the fault proxy.
        """
        async with await psycopg.AsyncConnection.connect(self.direct_dsn, autocommit=True) as connection:
            for command in ("DROP DATABASE IF EXISTS {} WITH (FORCE)", "CREATE DATABASE {}"):
                await connection.execute(sql.SQL(command).format(sql.Identifier(name)))
        return self.dsn.removesuffix(DATABASE) + name

    async def prepare(self) -> None:
        """Copy the database cluster, with password authentication.

        Raises:
            EnvironmentFailure: it cannot be created; says why.
        """
        self._own(self.folder)
        try:
            version = await self.run([self._program.path, "--version"])
        except PermissionError:
            self._program = server_discovery.readable_copy(self._program, self.folder / "program")
            version = await self.run([self._program.path, "--version"])
        self.version = server_discovery.described(self._program, version)
        cluster = await prepared(self.version, self._make_cluster)
        self._password = (cluster / "password").read_text()
        await self.run(["cp", "-R", cluster / "data", self._data])

    def command(self) -> Sequence[str | Path]:
        """The server on its data folder."""
        settings = _SETTINGS | {"port": str(self.port)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [self._program.path, "-D", self._data, *options]

    async def serves(self) -> bool:
        """Whether it says so in its lock file: cheaper than a connection, and surely this very process."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:  # a server that starts after a crash takes the old one away
            return False
        return len(lines) > _STATUS_LINE and lines[0] == str(self.pid) and lines[_STATUS_LINE].strip() == "ready"

    async def _make_cluster(self, folder: Path) -> None:
        if self.account is None:
            _see_that_we_have_a_name()
        self._own(folder)
        password = folder / "password"
        password.touch(mode=0o600)
        password.write_text(secrets.token_urlsafe())
        self._own(password)
        initdb = self._program.path.with_name("initdb")
        access = ["-U", USER, "--auth=scram-sha-256", f"--pwfile={password}"]
        # nothing to sync for a power failure, small log segments: it is up sooner
        content = ["--encoding=UTF8", "--no-locale", "--no-sync", "--no-instructions", "--wal-segsize=1"]
        await self.run([initdb, "-D", folder / "data", *access, *content])

    def _own(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def _dsn(self, port: int) -> str:
        return f"postgresql://{USER}:{self._password}@{HOST}:{port}/{DATABASE}"


def _see_that_we_have_a_name() -> None:
    """`initdb` asks for the name of its account, also where it is told another for the database.

    Raises:
        EnvironmentFailure: this account has none.
    """
    number = os.geteuid()
    try:
        pwd.getpwuid(number)
    except KeyError:
        raise EnvironmentFailure(
            f"Postgres: user id {number} has no entry in /etc/passwd, which PostgreSQL needs: run as a user that has "
            f'one, or add it: echo "earshot:x:{number}:{os.getegid()}::/tmp:/bin/sh" >> /etc/passwd'
        ) from None
