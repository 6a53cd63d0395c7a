"""Invitations to teach at a school, from the first mail to the answer."""

import secrets
from datetime import UTC, datetime

from reference.dashboard.chronicle import Change, Chronicle, user_target
from reference.dashboard.database import Database
from reference.dashboard.http import RejectedError
from reference.kit.parts import part
from reference.kit.postgres import Row, one, row


class Closed(RejectedError):  # noqa: N818 - an answer to a user
    """The invitation cannot be answered any more; the message says why."""


@part
class Invitations:
    """Sends invitations and takes the answers."""

    database: Database  # where they are kept
    chronicle: Chronicle  # how the school learns of them

    async def send(self, inviter: Row, school: int, email: str, role: str) -> Row | None:
        """Invite a user; None if an invitation to the same address is open. One whose time is up is open no more."""
        async with self.chronicle.change(school) as change:
            await self.close_expired(change, school, email)
            pending = (
                "select 1 from accounts_schoolinvitation where school_id = %s and email = %s and status = 'pending'"
            )
            if await row(change.connection, pending, school, email):
                return None
            invitation = await one(
                change.connection,
                "insert into accounts_schoolinvitation (school_id, email, invited_by_id, role, token) "
                "values (%s, %s, %s, %s, %s) returning *",
                *(school, email, inviter["id"], role, secrets.token_hex(32)),
            )
            await self._was_sent(change, inviter, invitation)
            return invitation

    async def close_expired(self, change: Change, school: int, email: str) -> None:
        """Let what has expired stand in the way of nothing."""
        sql = (
            "update accounts_schoolinvitation set status = 'expired' where school_id = %s and email = %s "
            "and status = 'pending' and expires_at < clock_timestamp()"
        )
        await row(change.connection, sql, school, email)

    async def _was_sent(self, change: Change, inviter: Row, invitation: Row) -> None:
        target = {"type": "invitation", "id": invitation["id"], "name": invitation["email"]}
        metadata = {key: invitation[key] for key in ("email", "role")}
        metadata["expires_at"] = invitation["expires_at"].isoformat()
        description = f"{inviter['name']} invited {invitation['email']}"
        await change.activity("invitation_sent", inviter, target, metadata, description)

    async def of_token(self, token: str) -> Row | None:
        """The invitation that a link leads to."""
        return await self.database.row(
            "select i.*, s.name as school_name, u.name as inviter from accounts_schoolinvitation i "
            "join accounts_school s on s.id = i.school_id join accounts_customuser u on u.id = i.invited_by_id "
            "where i.token = %s",
            token,
        )

    async def accept(self, token: str, user: Row) -> Row:
        """Accept an invitation: the user becomes a member.

        Returns:
            The membership.

        Raises:
            Closed: it has been answered before, or has expired.
        """
        invitation = await self._open(token)
        async with self.chronicle.change(invitation["school_id"]) as change:
            await self._answered(change, invitation, "accepted")
            membership = await one(
                change.connection,
                "insert into accounts_schoolmembership (user_id, school_id, role) values (%s, %s, %s) "
                "on conflict (user_id, school_id, role) do update set is_active = true returning *",
                *(user["id"], invitation["school_id"], invitation["role"]),
            )
            await self._was_accepted(change, invitation, membership, user)
            return membership

    async def _was_accepted(self, change: Change, invitation: Row, membership: Row, user: Row) -> None:
        role = invitation["role"]
        joined = {"role": role, "joined_at": membership["joined_at"].isoformat()}
        await change.activity(f"{role}_joined", user, user_target(user), joined, f"{user['name']} joined as a {role}")
        metadata = {"email": invitation["email"], "role": role, "invited_by": invitation["inviter"]}
        description = f"{user['name']} accepted an invitation"
        await change.activity("invitation_accepted", user, user_target(user), metadata, description)
        change.invitation_status(invitation, "accepted", accepted_by=user)

    async def decline(self, token: str, user: Row) -> None:
        """Decline an invitation.

        Raises:
            Closed: it has been answered before, or has expired.
        """
        invitation = await self._open(token)
        async with self.chronicle.change(invitation["school_id"]) as change:
            await self._answered(change, invitation, "declined")
            metadata = {"email": invitation["email"], "role": invitation["role"], "invited_by": invitation["inviter"]}
            description = f"{user['name']} declined an invitation"
            await change.activity("invitation_declined", user, user_target(user), metadata, description)
            change.invitation_status(invitation, "declined")

    async def cancel(self, token: str) -> None:
        """Withdraw an invitation.

        Raises:
            Closed: it has been answered, or has expired.
        """
        invitation = await self._open(token)
        async with self.chronicle.change(invitation["school_id"]) as change:
            await self._answered(change, invitation, "cancelled")
            change.invitation_status(invitation, "cancelled")

    async def _open(self, token: str) -> Row:
        invitation = await self.of_token(token)
        if invitation is None or invitation["status"] != "pending":
            raise Closed("This invitation has already been answered.")
        if invitation["expires_at"] < datetime.now(UTC):
            raise Closed("This invitation has expired.")
        return invitation

    async def _answered(self, change: Change, invitation: Row, status: str) -> None:
        """Set the status; only one of two answers at the same time gets through."""
        accepted = "now()" if status == "accepted" else "null"
        sql = (
            f"update accounts_schoolinvitation set status = %s, accepted_at = {accepted} "
            "where id = %s and status = 'pending' returning id"
        )
        if not await row(change.connection, sql, status, invitation["id"]):
            raise Closed("This invitation has already been answered.")
