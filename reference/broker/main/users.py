"""The people who use the portal and the admin API."""

from typing import Any

import psycopg

from reference.broker.main.audit import Audit
from reference.broker.main.database import Database
from reference.broker.main.passwords import Passwords
from reference.broker.refusals import Rejected
from reference.kit.parts import part
from reference.kit.postgres import Row, one, row

ROLES = ("user", "admin", "user_manager")

_BY_EMAIL = "select * from users where lower(email) = lower(%s)"
_BY_ID = "select * from users where id = %s"
_INSERT = "insert into users (email, password_hash, role, client_id) values (%s, %s, %s, %s) returning *"
_SIGNED_IN = "update users set last_login = now() where id = %s returning *"
#: Statements that change one thing about a user.
_CHANGES = {
    "role": "update users set role = %s, updated_at = now() where id = %s returning *",
    "is_active": "update users set is_active = %s, updated_at = now() where id = %s returning *",
    "password_hash": "update users set password_hash = %s, updated_at = now() where id = %s returning *",
}


@part
class Users:
    """Keeps users."""

    database: Database  # where they are kept
    passwords: Passwords  # hashes what they sign in with
    audit: Audit  # is told of each change

    async def ensure_admin(self, email: str, password: str) -> None:
        """Create the first administrator, unless the e-mail address is taken."""
        if await self.database.row(_BY_EMAIL, email) is None:
            await self.create(email, password, "admin", None, None)

    async def sign_in(self, email: str, password: str) -> Row:
        """The user who has this e-mail address and password.

        Raises:
            Rejected: 401 if no user has, 403 if the account is not active, 503 without database.
        """
        user = await self.database.row(_BY_EMAIL, email)
        fits = await self.passwords.fits(password, user["password_hash"] if user else None)
        if user is None or not fits:
            async with self.database.transaction() as connection:
                known = user["id"] if user else None
                await self.audit.note(connection, "login_failed", user=known, severity="warning")
            raise Rejected(401, "Incorrect email or password")
        if not user["is_active"]:
            raise Rejected(403, "Account is inactive")
        async with self.database.transaction() as connection:
            await self.audit.note(connection, "user_login", user=user["id"])
            return await row(connection, _SIGNED_IN, user["id"]) or user

    async def find(self, user_id: int) -> Row:
        """A user.

        Raises:
            Rejected: 404 if there is none, 503 without database.
        """
        user = await self.database.row(_BY_ID, user_id)
        if user is None:
            raise Rejected(404, "User not found")
        return user

    async def listed(self, skip: int, limit: int) -> list[Row]:
        """A page of all users, in the order they were created."""
        return await self.database.rows("select * from users order by id offset %s limit %s", skip, limit)

    async def create(self, email: str, password: str, role: str, client: str | None, by: int | None) -> Row:
        """A new user.

        Args:
            email: to sign in with.
            password: in clear; only its hash is kept.
            role: one of `ROLES`.
            client: whose messages they see.
            by: id of who creates them.

        Raises:
            Rejected: 400 if the address is taken or the client unknown, 503 without database.
        """
        known = "select 1 from clients where client_id = %s"
        if client is not None and await self.database.row(known, client) is None:
            raise Rejected(400, f"Client not found: {client}")
        stored = await self.passwords.hash(password)
        try:
            async with self.database.transaction() as connection:
                user = await one(connection, _INSERT, email, stored, role, client)
                await self.audit.note(connection, "user_created", user=by, client=client, created=user["id"], role=role)
        except psycopg.errors.UniqueViolation:
            raise Rejected(400, "Email already registered") from None
        return user

    async def set_role(self, user_id: int, role: str, by: int) -> Row:
        """Give a user another role. Raises `Rejected` as `find` does."""
        return await self.change(user_id, "role", role, "user_role_updated", by)

    async def set_active(self, user_id: int, active: bool, by: int) -> Row:
        """Lock a user out, or let them in again. Raises `Rejected` as `find` does."""
        return await self.change(user_id, "is_active", active, "user_status_updated", by)

    async def set_password(self, user_id: int, password: str, by: int) -> Row:
        """Give a user another password. Raises `Rejected` as `find` does."""
        stored = await self.passwords.hash(password)
        return await self.change(user_id, "password_hash", stored, "user_password_changed", by)

    async def change(self, user_id: int, what: str, value: Any, event: str, by: int) -> Row:
        """Change one column of a user, and note it. Raises `Rejected` as `find` does."""
        async with self.database.transaction() as connection:
            user = await row(connection, _CHANGES[what], value, user_id)
            if user is None:
                raise Rejected(404, "User not found")
            await self.audit.note(connection, event, user=by, changed=user_id)
            return user
