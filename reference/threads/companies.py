"""Companies: their members and roles, and the invitations by which new ones come."""

import secrets
from typing import Any
from uuid import UUID, uuid4

import psycopg

from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads.access import Access
from reference.threads.accounts import Accounts, deactivate
from reference.threads.announcer import Announcer
from reference.threads.connections import Connections
from reference.threads.database import Database
from reference.threads.person import Person
from reference.threads.plain import now
from reference.threads.refusals import Rejected, forbidden, invalid, missing


@part
class Companies:
    """Who belongs to which company in which role. All may raise `Unavailable` and `Rejected`."""

    database: Database
    accounts: Accounts
    access: Access
    announcer: Announcer
    connections: Connections

    async def members(self, person: Person) -> list[Row]:
        """The people of one's company."""
        sql = 'select * from users where "companyId" = %s and "isActive" order by "createdAt"'
        return await self.database.rows(sql, person.company)

    async def change(self, person: Person, changes: dict[str, Any]) -> Row:
        """Give one's company another name, or another one in addresses."""
        self.access.owner(person)
        sql = (
            'update companies set name = coalesce(%s, name), slug = coalesce(%s, slug), "updatedAt" = now() '
            "where id = %s"
        )
        try:
            await self.database.rows(sql, changes.get("name"), changes.get("slug"), person.company)
        except psycopg.errors.UniqueViolation:
            raise Rejected(409, "Company with similar name already exists") from None
        return await self.accounts.company(person.company)

    async def add(self, person: Person, asked: dict[str, Any]) -> Row:
        """A new member, who can sign in at once."""
        self.access.manager(person)
        user = await self.accounts.add(
            person.company, asked["email"], asked["password"], asked["fullName"], asked["role"]
        )
        await self.announce_member(user)
        return user

    async def announce_member(self, user: Row) -> None:
        """Tell a company of a new member."""
        await self.announcer.joined_company(Person.of(user, "", 0), "membership")

    async def remove(self, person: Person, user: UUID) -> None:
        """Put a user out; none of their tokens or connections is good any more."""
        self.access.manager(person)
        await self.subordinate(person, user)
        await self.database.transaction(lambda at: deactivate(at, str(user)))
        await self.cut_off(user)
        await self.announcer.in_company(person.company, "user_left_company", {"userId": user, "leftAt": now()})

    async def cut_off(self, user: UUID) -> None:
        """End the connections of a former member."""
        why = Rejected(403, "You have been removed from the company", code="REMOVED")
        await self.connections.dismiss(self.connections.sockets.of_user(user), why)

    async def subordinate(self, person: Person, user: UUID) -> Row:
        """A user of the company besides its owner."""
        found = await self.accounts.user(str(user), person.company)
        if found is None:
            raise missing("User")
        if found["companyRole"] == "owner":
            raise forbidden("The owner cannot be changed or removed")
        return found

    async def change_role(self, person: Person, user: UUID, role: str) -> Row:
        """Give a user another role, which holds at once."""
        self.access.manager(person)
        await self.subordinate(person, user)
        sql = 'update users set "companyRole" = %s, "updatedAt" = now() where id = %s returning *'
        changed = await self.database.one(sql, role, user)
        self.apply_role(user, role)
        payload = {"userId": user, "companyRole": role}
        await self.announcer.in_company(person.company, "user_role_changed", payload)
        return changed

    def apply_role(self, user: UUID, role: str) -> None:
        """Let open connections know of a role."""
        self.connections.sockets.give_role(user, role)

    async def usage(self, person: Person) -> Row:
        """How much of what a company may use is used."""
        company = await self.accounts.company(person.company)
        used = await self.database.one(
            'select (select count(*)::int from users where "companyId" = c.id and "isActive") as people, '
            '(select coalesce(sum("sizeBytes"), 0)::bigint from files where "companyId" = c.id) as bytes, '
            '(select count(*)::int from files where "companyId" = c.id) as files '
            "from companies c where c.id = %s",
            person.company,
        )
        return {
            "userCount": used["people"],
            "maxUsers": company["maxUsers"],
            "storageUsed": str(used["bytes"]),
            "maxStorage": str(company["maxStorageBytes"]),
            "fileCount": used["files"],
        }


@part
class Invitations:
    """Invitations into a company. All may raise `Unavailable` and `Rejected`."""

    database: Database
    companies: Companies

    async def create(self, person: Person, email: str, role: str) -> Row:
        """Invite an e-mail address that no user has yet."""
        self.companies.access.manager(person)
        if await self.database.row("select 1 from users where email = %s", email):
            raise Rejected(409, "User already exists")
        if await self.is_pending(person.company, email):
            raise Rejected(409, "Invitation already pending")
        sql = (
            'insert into company_invitations (id, "companyId", "invitedByUserId", email, role, token) '
            "values (%s, %s, %s, %s, %s, %s) on conflict (id) do update set role = excluded.role returning *"
        )
        return await self.database.one(sql, uuid4(), person.company, person.id, email, role, secrets.token_hex(32))

    async def is_pending(self, company: str, email: str) -> bool:
        """Whether there is an invitation to an address that can still be accepted."""
        sql = (
            'select 1 from company_invitations where email = %s and "companyId" = %s '
            "and status = 'pending' and \"expiresAt\" > now()"
        )
        return await self.database.row(sql, email, company) is not None

    async def listed(self, person: Person) -> list[Row]:
        """The invitations of one's company."""
        self.companies.access.manager(person)
        sql = 'select * from company_invitations where "companyId" = %s order by "createdAt"'
        return await self.database.rows(sql, person.company)

    async def pending(self, token: str) -> Row:
        """An invitation that can be accepted."""
        sql = (
            'select i.*, c.name as "companyName", i."expiresAt" <= now() as expired from company_invitations i '
            'join companies c on c.id = i."companyId" where i.token = %s'
        )
        found = await self.database.row(sql, token)
        if found is None:
            raise missing("Invitation")
        if found["status"] != "pending" or found["expired"]:
            raise invalid(f"Invitation is {'expired' if found['expired'] else found['status']}")
        return found

    async def accept(self, token: str, password: str, full_name: str | None) -> Row:
        """Become a member; the invitation is used up."""
        found = await self.pending(token)
        user = await self.companies.accounts.add(
            str(found["companyId"]), found["email"], password, full_name, found["role"]
        )
        await self.database.rows("update company_invitations set status = 'accepted' where id = %s", found["id"])
        await self.companies.announce_member(user)
        return user

    async def revoke(self, person: Person, number: UUID) -> None:
        """Take an invitation back."""
        self.companies.access.manager(person)
        sql = 'select * from company_invitations where id = %s and "companyId" = %s'
        found = await self.database.row(sql, number, person.company)
        if found is None:
            raise missing("Invitation")
        if found["status"] != "pending":
            raise invalid("Invitation is not pending")
        await self.database.rows("update company_invitations set status = 'revoked' where id = %s", number)
