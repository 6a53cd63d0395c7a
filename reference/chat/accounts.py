"""User accounts, in PostgreSQL; passwords as argon2 hashes."""

import asyncio
import json
from pathlib import Path
from typing import Any

import psycopg.errors

from reference.chat.postgres import Postgres
from reference.chat.refusals import Rejected
from reference.kit.passwords import Passwords

_TABLE = """
CREATE TABLE IF NOT EXISTS users (
    id bigserial PRIMARY KEY,
    user_name varchar(255) UNIQUE NOT NULL,
    user_password varchar(255) NOT NULL,
    status integer NOT NULL DEFAULT 1,
    token_lifetime double precision
)"""
_HASHES = 4  # at once


class Accounts(Passwords):
    """Who exists, and whether a password is theirs.

    Args:
        postgres: where they are kept.
        users_file: accounts that exist from the start: `{"users": [{"username", "password"}]}`.
        password_cost: rounds of argon2.
        password_memory: KiB that argon2 takes for one hash.
    """

    def __init__(self, postgres: Postgres, users_file: Path, password_cost: int, password_memory: int) -> None:
        super().__init__(password_cost, password_memory, at_once=_HASHES)
        self.postgres = postgres
        self._users_file = users_file

    async def prepare(self) -> None:
        """Create the table and load the users file. Raises `Unavailable`."""
        await self.postgres.rows(_TABLE)
        users = json.loads(self._users_file.read_text())["users"]
        await asyncio.gather(*(self._load(user["username"], user["password"]) for user in users))

    async def register(self, name: str, password: str, token_lifetime: float | None) -> None:
        """Add an account.

        Args:
            name: what no other user is called.
            password: theirs.
            token_lifetime: seconds that its sessions last; None for the server's own setting.

        Raises:
            Rejected: the name is taken.
            Unavailable: PostgreSQL is.
        """
        try:
            await self.postgres.rows(
                "INSERT INTO users (user_name, user_password, token_lifetime) VALUES (%s, %s, %s)",
                *(name, await self.hashed(password), token_lifetime),
            )
        except psycopg.errors.UniqueViolation:
            raise Rejected(f"The user name {name!r} is taken") from None

    async def admits(self, name: Any, password: Any) -> bool:
        """Whether the password is that user's. Raises `Unavailable`."""
        if not isinstance(name, str) or not isinstance(password, str):
            return False
        user = await self.postgres.row("SELECT user_password FROM users WHERE user_name = %s", name)
        return user is not None and await self.matches(user["user_password"], password)

    async def token_lifetime(self, name: str) -> float | None:
        """Seconds that this user's sessions last, None for the server's own setting. Raises `Unavailable`."""
        user = await self.postgres.row("SELECT token_lifetime FROM users WHERE user_name = %s", name)
        return user["token_lifetime"] if user else None

    async def exists(self, name: str) -> bool:
        """Whether there is such a user. Raises `Unavailable`."""
        return bool(await self.postgres.rows("SELECT 1 FROM users WHERE user_name = %s", name))

    async def names(self) -> list[str]:
        """All users, sorted. Raises `Unavailable`."""
        return sorted(user["user_name"] for user in await self.postgres.rows("SELECT user_name FROM users"))

    async def _load(self, name: str, password: str) -> None:
        await self.postgres.rows(
            "INSERT INTO users (user_name, user_password) VALUES (%s, %s)"
            " ON CONFLICT (user_name) DO UPDATE SET user_password = excluded.user_password",
            *(name, await self.hashed(password)),
        )
