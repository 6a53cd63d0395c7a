"""Phrases about users who change their passwords."""

from support.drivers.capabilities.sessions import ChangesPasswords
from support.scenario.step_decorators import when
from support.scenario.tasks import passwords
from support.scenario.world import World
from support.vocabulary.invalid_credentials import Forgery


@when("{user} changes the password")
async def changes_password(world: World, role: str) -> None:
    """Has another password from now on; a `Then` says how it ended.

    Example: When user A changes the password
    """
    actor = await world.actor(role)
    await actor.attempt(passwords.change(actor))


@when("{user} tries to change the password with {password}")
async def changes_password_wrongly(world: World, role: str, password: Forgery) -> None:
    """Asks for another password, and shows as the present one what must not work.

    Example: When user A tries to change the password with a wrong password
    """
    actor, owner = await world.actors([role, password.owner or role])
    shown = owner.forged_password(password) or ""
    await actor.attempt(actor.ability(ChangesPasswords).change_password(shown, f"{actor.account.password} and more"))
