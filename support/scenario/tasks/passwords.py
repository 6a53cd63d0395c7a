"""How users come to have other passwords."""

import secrets
from dataclasses import replace

from support.drivers.capabilities.sessions import ChangesPasswords, SignsInByName
from support.drivers.kit.accounts import fresh_name
from support.scenario.actor import Actor
from support.scenario.tasks.attempt_log import Record


async def guess(actor: Actor) -> Record:
    """Have a user try to sign in with a wrong password, by their own name and by one that no user has."""
    record, client = Record(actor.role), actor.ability(SignsInByName)
    for name in (actor.account.login, fresh_name("user Z")):
        await record.of("sign in with a wrong password", client.sign_in_as(name, f"not {actor.account.password}"))
    return record


async def change(actor: Actor) -> None:
    """Have a user ask for a new password, with the present one."""
    new = secrets.token_urlsafe(12)
    await actor.ability(ChangesPasswords).change_password(actor.account.password, new)
    actor.former_password, actor.account = actor.account.password, replace(actor.account, password=new)
