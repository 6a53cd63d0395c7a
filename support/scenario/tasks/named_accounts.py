"""Users whose names and passwords are written in a way of their own."""

import secrets

from support.core.people import Account
from support.drivers.capabilities.sessions import ChecksAdministrators, ChoosesPasswords, NamesAccounts
from support.scenario.actor import Actor
from support.scenario.world import World
from support.vocabulary.terms.words import NAMES


async def name(world: World, role: str, kind: str) -> Account:
    """Give a user of the scenario, who has no account yet, one with a name of that kind (see `NAMES`).

    Raises:
        NotSupported: names are not chosen here.
    """
    account = await world.ability(NamesAccounts).register_as(role, world.transcript, NAMES[kind])
    world.cast[role] = world.enlist(role, account)
    return account


async def lengthen_password(world: World, role: str, letters: int) -> None:
    """Give a user of the scenario, who has no account yet, one with a password of so many letters.

    Raises:
        NotSupported: passwords are not chosen here.
    """
    password = secrets.token_urlsafe(letters)[:letters]
    world.transcript.redactor.learn(password)
    account = await world.ability(ChoosesPasswords).register_with(role, world.transcript, password)
    world.cast[role] = world.enlist(role, account)


async def be_administrator(world: World, role: str) -> Actor:
    """Let a user of the scenario, who has no account yet, be the administrator.

    Raises:
        NotSupported: we do not know the administrator's password.
    """
    account = world.ability(ChecksAdministrators).administrator_with(lambda right: right)
    world.cast[role] = world.enlist(role, account)
    return world.cast[role]
