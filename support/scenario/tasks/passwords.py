"""How users come to have other passwords."""

import secrets
from dataclasses import replace

from support.drivers.capabilities.sessions import ChangesPasswords
from support.scenario.actor import Actor


async def change(actor: Actor) -> None:
    """Have a user ask for a new password, with the present one."""
    new = secrets.token_urlsafe(12)
    await actor.ability(ChangesPasswords).change_password(actor.account.password, new)
    actor.former_password, actor.account = actor.account.password, replace(actor.account, password=new)
