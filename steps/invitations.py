"""Invitations into a school or a company: sent, answered, withdrawn."""

from support.drivers.capabilities.school import (
    Invites,
    InvitesByAddress,
    InvitesNewcomers,
    InvitesTogether,
    InvitesUsers,
    WithdrawsInvitations,
)
from support.scenario.step_decorators import when
from support.scenario.tasks.repeated_requests import all_at_once
from support.scenario.world import World


@when("{user} invites {user}")
async def invites(world: World, role: str, other: str) -> None:
    """Invites a user into the school or the company; a `Then` says how it ended.

    Example: When the school owner invites the teacher
    """
    owner, _ = await world.actors([role, other])
    await owner.attempt(owner.ability(Invites).invite(other))


@when("{user} invites {user} as {position}")
async def invites_as(world: World, role: str, other: str, position: str) -> None:
    """Invites a user into a position of the school or the company; a `Then` says how it ended.

    Example: When the company owner invites the newcomer as a guest
    """
    owner, _ = await world.actors([role, other])
    await owner.attempt(owner.ability(Invites).invite(other, position))


@when("{user} invites {user}, who has an account")
async def invites_user(world: World, role: str, other: str) -> None:
    """Invites a user to teach whom the system knows; a `Then` says how it ended.

    Example: When the school owner invites the teacher, who has an account
    """
    owner, _ = await world.actors([role, other])
    await owner.attempt(owner.ability(InvitesUsers).invite_user(other))


@when("{user} invites {users} together")
async def invites_together(world: World, role: str, others: list[str]) -> None:
    """Invites several users to teach by one request; a `Then` says how it ended.

    Example: When the school owner invites the teacher and user B together
    """
    owner, *_ = await world.actors([role, *others])
    await owner.attempt(owner.ability(InvitesTogether).invite_together(others))


@when("{user} invites {string}, who has no account")
async def invites_newcomer(world: World, role: str, address: str) -> None:
    """Invites a person to teach whom the system knows by an e-mail address only; a `Then` says how it ended.

    Example: When the school owner invites "newteacher@example.com", who has no account
    """
    owner = await world.actor(role)
    await owner.attempt(owner.ability(InvitesNewcomers).invite_newcomer(address))


@when("{user} invites {user} by their address in capitals")
async def invites_by_capitals(world: World, role: str, other: str) -> None:
    """Invites a user to teach, with the address in other letters of case; a `Then` says how it ended.

    Example: When the school owner invites the teacher by their address in capitals
    """
    owner, invited = await world.actors([role, other])
    address = invited.account.login.upper()
    await owner.attempt(owner.ability(InvitesByAddress).invite_by_address(other, address))


@when("{user} {answer} the invitation")
async def answers_invitation(world: World, role: str, answer: str) -> None:
    """Answers the last invitation; a `Then` says how it ended.

    Example: When the teacher accepts the invitation
    """
    invited = await world.actor(role)
    await invited.attempt(invited.ability(Invites).answer_invitation(answer))


@when("{user} {answer} the invitation {int} times at once", may_fail=True)
async def answers_at_once(world: World, role: str, answer: str, times: int) -> None:
    """Answers the last invitation so many times, not waiting for any answer.

    Example: When the teacher accepts the invitation 2 times at once
    """
    invited = await world.actor(role)
    client = invited.ability(Invites)
    world.records.append(await all_at_once(invited, answer, times, lambda: client.answer_invitation(answer)))


@when("{user} {answer} the invitation of {user}")
async def answers_others_invitation(world: World, role: str, answer: str, other: str) -> None:
    """Answers the last invitation of another user; a `Then` says how it ended.

    Example: When user B accepts the invitation of the teacher
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(WithdrawsInvitations).answer_invitation(answer, other))


@when("{user} withdraws the invitation of {user}")
async def withdraws_invitation(world: World, role: str, other: str) -> None:
    """Takes the last invitation of a user back; a `Then` says how it ended.

    Example: When the school owner withdraws the invitation of the teacher
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(WithdrawsInvitations).withdraw_invitation(other))
