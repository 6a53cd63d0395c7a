"""Users and their memberships of schools."""

from reference.dashboard.chronicle import Chronicle, user_target
from reference.dashboard.database import Database
from reference.kit.parts import part
from reference.kit.postgres import Row, one, row

MANAGERS = ("school_owner", "school_admin")


@part
class Accounts:
    """Who there is, and who belongs to which school in which role."""

    database: Database  # where it is kept
    chronicle: Chronicle  # how a school learns of new members

    async def sign_up(self, name: str, email: str, phone: str, contact: str, school: str) -> tuple[Row, Row] | None:
        """A new user with a school to own; None if the e-mail address is taken."""
        async with self.database.connection() as connection, connection.transaction():
            user = await row(
                connection,
                "insert into accounts_customuser (name, email, phone_number, primary_contact) "
                "values (%s, %s, %s, %s) on conflict do nothing returning *",
                *(name, email, phone, contact),
            )
            if user is None:
                return None
            owned = await one(connection, "insert into accounts_school (name) values (%s) returning *", school)
            await row(
                connection,
                "insert into accounts_schoolmembership (user_id, school_id, role) values (%s, %s, 'school_owner')",
                *(user["id"], owned["id"]),
            )
            return user, owned

    async def user(self, number: int) -> Row | None:
        """The user of that number."""
        return await self.database.row("select * from accounts_customuser where id = %s", number)

    async def user_of(self, email: str) -> Row | None:
        """The user of that e-mail address."""
        return await self.database.row("select * from accounts_customuser where email = %s", email)

    async def set_token_lifetime(self, email: str, seconds: float) -> None:
        """Let the future sessions of one user last that long."""
        await self.database.rows("update accounts_customuser set token_lifetime = %s where email = %s", seconds, email)

    async def schools(self, user: int) -> list[Row]:
        """The schools that a user belongs to."""
        return await self.database.rows(
            "select s.id, s.name from accounts_school s join accounts_schoolmembership m on m.school_id = s.id "
            "where m.user_id = %s and m.is_active group by s.id order by s.id",
            user,
        )

    async def school_exists(self, school: int) -> bool:
        """Whether there is such a school."""
        return bool(await self.database.row("select 1 from accounts_school where id = %s", school))

    async def manages(self, user: int, school: int) -> bool:
        """Whether a user is an active owner or admin of that very school."""
        return await self.belongs(user, school, MANAGERS)

    async def belongs(self, user: int, school: int, roles: tuple[str, ...]) -> bool:
        """Whether a user is an active member of a school in one of these roles."""
        sql = (
            "select 1 from accounts_schoolmembership "
            "where user_id = %s and school_id = %s and role = any(%s) and is_active"
        )
        return await self.database.row(sql, user, school, list(roles)) is not None

    async def add_member(self, user: Row, school: int, role: str, active: bool) -> Row | None:
        """Make a user a member; None if it is one in this role already."""
        async with self.chronicle.change(school) as change:
            membership = await row(
                change.connection,
                "insert into accounts_schoolmembership (user_id, school_id, role, is_active) "
                "values (%s, %s, %s, %s) on conflict do nothing returning *",
                *(user["id"], school, role, active),
            )
            if membership and active and role in ("teacher", "student"):
                metadata = {"role": role, "joined_at": membership["joined_at"].isoformat()}
                description = f"{user['name']} joined as a {role}"
                await change.activity(f"{role}_joined", user, user_target(user), metadata, description)
            return membership

    async def membership(self, number: int) -> Row | None:
        """The membership of that number."""
        return await self.database.row("select * from accounts_schoolmembership where id = %s", number)

    async def remove_member(self, membership: Row) -> None:
        """End a membership."""
        async with self.chronicle.change(membership["school_id"]) as change:
            await row(change.connection, "delete from accounts_schoolmembership where id = %s", membership["id"])

    async def set_active(self, membership: Row, active: bool) -> None:
        """Suspend a membership, or end its suspension."""
        async with self.chronicle.change(membership["school_id"]) as change:
            sql = "update accounts_schoolmembership set is_active = %s where id = %s"
            await row(change.connection, sql, active, membership["id"])
