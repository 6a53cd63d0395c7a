"""Users and their companies: signing up, signing in, profiles."""

import re
from typing import Any
from uuid import UUID, uuid4

import psycopg.errors

from reference.kit.passwords import Passwords
from reference.kit.postgres import Connection, Row, one, rows
from reference.threads.database import Database
from reference.threads.refusals import Rejected, invalid, unauthorized

_WRONG = "Invalid e-mail or password"
_ATTEMPTS = 5


class Accounts(Passwords):
    """Who there is, and whether a password is theirs. All may raise `Unavailable`.

    Args:
        database: where they are kept.
        password_cost: rounds of argon2.
        password_memory: KiB that argon2 takes for one hash.
        storage_limit: bytes that the files of a new company may take.
    """

    def __init__(self, database: Database, password_cost: int, password_memory: int, storage_limit: int) -> None:
        super().__init__(password_cost, password_memory, at_once=1)
        self.database = database
        self._storage_limit = storage_limit

    async def register(self, email: str, password: str, full_name: str | None, company: str) -> tuple[Row, Row]:
        """A new company and its owner. Raises `Rejected` if one of them is there already."""
        hashed, company_id, user_id = await self.hashed(password), uuid4(), uuid4()

        async def create(connection: Connection) -> tuple[Row, Row]:
            sql = 'insert into companies (id, name, slug, "maxStorageBytes") values (%s, %s, %s, %s) returning *'
            founded = await one(connection, sql, company_id, company, slug(company), self._storage_limit)
            return await self.insert(connection, user_id, company_id, email, hashed, full_name, "owner"), founded

        try:
            return await self.database.transaction(create)
        except psycopg.errors.UniqueViolation as error:
            raise self.taken(error) from None

    def taken(self, error: psycopg.errors.UniqueViolation) -> Rejected:
        """What to say when a user or a thing of that name is there."""
        if error.diag.table_name == "companies":
            return Rejected(409, "Company with similar name already exists. Please choose a different name.")
        return Rejected(409, "Email already exists")

    async def add(self, company: str, email: str, password: str, full_name: str | None, role: str) -> Row:
        """A new member of a company. Raises `Rejected` if the e-mail address is taken."""
        hashed, user_id = await self.hashed(password), uuid4()
        try:
            return await self.database.run(
                lambda at: self.insert(at, user_id, UUID(company), email, hashed, full_name, role)
            )
        except psycopg.errors.UniqueViolation as error:
            raise self.taken(error) from None

    async def insert(
        self, at: Connection, user: UUID, company: UUID, email: str, hashed: str, full_name: str | None, role: str
    ) -> Row:
        """A row for a new user."""
        sql = (
            'insert into users (id, "companyId", email, username, password, "fullName", "companyRole") '
            "values (%s, %s, %s, %s, %s, %s, %s) returning *"
        )
        return await one(at, sql, user, company, email, email.split("@")[0], hashed, full_name, role)

    async def log_in(self, email: str, password: str) -> tuple[Row, Row]:
        """The user, and the company. Raises `Rejected` unless the password is right."""
        user = await self.database.row(
            'select *, "lockedUntil" > now() as locked from users where email = %s and "isActive"', email
        )
        if user is None:
            raise unauthorized(_WRONG)
        if user["locked"]:
            raise Rejected(423, "Account is locked. Try again in 15 minutes.")
        if not await self.matches(user["password"], password):
            await self.count_failure(user)
            raise unauthorized(_WRONG)
        sql = 'update users set "failedLoginAttempts" = 0, "lastLoginAt" = now() where id = %s returning *'
        user = await self.database.one(sql, user["id"])
        return user, await self.company(str(user["companyId"]))

    async def count_failure(self, user: Row) -> None:
        """Lock the account when there are too many."""
        await self.database.rows(
            'update users set "failedLoginAttempts" = "failedLoginAttempts" + 1, "lockedUntil" = '
            "case when \"failedLoginAttempts\" + 1 >= %s then now() + interval '15 minutes' end where id = %s",
            *(_ATTEMPTS, user["id"]),
        )

    async def user(self, user: str, company: str) -> Row | None:
        """An active user of a company."""
        sql = 'select * from users where id = %s and "companyId" = %s and "isActive"'
        return await self.database.row(sql, user, company)

    async def company(self, company: str) -> Row:
        """The company of that id, which must exist."""
        return await self.database.one("select * from companies where id = %s", company)

    async def change_profile(self, user: str, changes: dict[str, Any]) -> Row:
        """Set `username`, `fullName` or `avatarUrl`."""
        columns = {name: value for name, value in changes.items() if name in ("username", "fullName", "avatarUrl")}
        settings = ", ".join(f'"{name}" = %s' for name in columns) or "id = id"
        sql = f'update users set {settings}, "updatedAt" = now() where id = %s returning *'
        return await self.database.one(sql, *columns.values(), user)

    async def change_password(self, user: str, current: str, new: str) -> None:
        """Replace a password. Raises `Rejected` unless the current one is right."""
        found = await self.database.row("select password from users where id = %s", user)
        if found is None or not await self.matches(found["password"], current):
            raise invalid("Current password is incorrect")
        await self.database.rows("update users set password = %s where id = %s", await self.hashed(new), user)

    async def set_token_lifetime(self, email: str, seconds: float) -> None:
        """Let the future access tokens of one user last that long."""
        await self.database.rows('update users set "tokenLifetime" = %s where email = %s', seconds, email)


async def deactivate(connection: Connection, user: str) -> None:
    """Take a user out of everything."""
    await rows(connection, 'update users set "isActive" = false where id = %s', user)
    await rows(connection, 'update sessions set "endedAt" = now(), connected = false where "userId" = %s', user)
    for table in ("chatroom_members", "thread_participants"):
        await rows(connection, f'delete from {table} where "userId" = %s', user)


def slug(name: str) -> str:
    """A company's name as it stands in addresses: two names with the same one are too much alike."""
    return re.sub(r"[^\w-]", "", name.lower().replace(" ", "-"))
