"""Which store stands behind a URL, and in which version: the first thing to be sure of before looking into it."""

import asyncio
import sqlite3
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis.asyncio as redis

from support.core.errors import EnvironmentFailure
from support.drivers.kit.read_only import reading
from support.drivers.stores.mysql import MySqlStore

#: Seconds that a store may take to say what it is.
PATIENCE = 5.0
_HEADER = b"SQLite format 3\0"


async def version(kind: str, url: str) -> str:
    """The version of a store, such as "17.2".

    Args:
        kind: "redis", "sqlite", "postgres" or "mysql".
        url: where it is; a path for SQLite.

    Raises:
        EnvironmentFailure: it cannot be reached, or is something else.
    """
    ask = {"redis": _redis, "sqlite": _sqlite, "postgres": _postgres, "mysql": _mysql}[kind]
    try:
        with reading("tell its version"):
            async with asyncio.timeout(PATIENCE):
                return await ask(url)
    except EnvironmentFailure:
        raise
    except TimeoutError as error:
        raise EnvironmentFailure(f"{kind} at {place(url)} did not answer within {PATIENCE:g} s") from error
    except Exception as error:  # whatever each store's own library raises
        told = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise EnvironmentFailure(f"{kind} at {place(url)} cannot be looked into: {told}") from error


def place(url: str) -> str:
    """Where a store is, without who looks into it."""
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}{parts.path}" if parts.hostname and parts.port else parts.hostname or url


async def _redis(url: str) -> str:
    client = redis.Redis.from_url(url, decode_responses=True, socket_timeout=PATIENCE)
    try:
        return str((await client.info("server"))["redis_version"])
    finally:
        await client.aclose()


async def _postgres(url: str) -> str:
    async with await psycopg.AsyncConnection.connect(url, connect_timeout=int(PATIENCE)) as connection:
        number = connection.info.server_version
    return f"{number // 10000}.{number % 10000}"


async def _mysql(url: str) -> str:
    ((found,),) = await MySqlStore(url).rows("SELECT version()")
    return str(found)


async def _sqlite(path: str) -> str:
    return await asyncio.to_thread(_version_of_file, Path(path))


def _version_of_file(path: Path) -> str:
    """The version of SQLite that has written a file last, by its header (sqlite.org/fileformat.html, 1.3)."""
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(_HEADER):
        raise sqlite3.DatabaseError("this is no SQLite file")
    number = int.from_bytes(header[96:100], "big")
    return f"{number // 1_000_000}.{number // 1000 % 1000}.{number % 1000}"
