"""What a system knows of its users and can be asked, or told by an administrator."""

from support.core.events import Message
from support.drivers.capabilities.messaging import CachesMessages
from support.drivers.capabilities.sessions import (
    ChecksAdministrators,
    EndsSessions,
    KnowsEverybody,
    TellsAdministrators,
)
from support.scenario.actor import Actor
from support.scenario.world import World
from support.vocabulary.invalid_credentials import Forgery


def everybody(world: World) -> frozenset[str]:
    """All accounts there are, those of the cast under the scenario's names.

    Raises:
        NotSupported: no one knows them all.
    """
    return frozenset(map(world.people.role, world.ability(KnowsEverybody).everybody()))


async def end_session(world: World, actor: Actor) -> None:
    """Have the administrator end a user's session."""
    await world.ability(EndsSessions).end_session(actor.account.login, world.transcript)


async def withdraw_session(world: World, actor: Actor) -> None:
    """The same, whatever the server says to that: whether the session is ended is seen by its token alone."""
    await actor.attempt(end_session(world, actor))


async def try_to_end_session(world: World, intruder: Actor, actor: Actor, password: Forgery | None = None) -> None:
    """Have a user try to end another's session: in their own name, or as the administrator with a password."""
    system = world.ability(ChecksAdministrators)
    claimed = system.administrator_with(password.made_from) if password else intruder.account

    async def end() -> str:
        await system.end_session_as(claimed, actor.account.login, world.transcript)
        return f"the end of the session of {actor.role}"

    await intruder.attempt(end(), access=True)


async def try_to_read_online(world: World, intruder: Actor) -> None:
    """Have a user try to read, in their own name, what only the administrator is told of who is online."""
    await intruder.attempt(
        world.ability(TellsAdministrators).online_as(intruder.account, world.transcript), access=True
    )


async def told_administrator(world: World) -> list[str]:
    """Who is online, as the administrator is told, in the scenario's words."""
    administrator = world.ability(ChecksAdministrators).administrator_with(lambda right: right)
    online = await world.ability(TellsAdministrators).online_as(administrator, world.transcript)
    return [world.people.role(login) for login in online]


async def cached_for(world: World, role: str) -> list[Message]:
    """What the system caches for a user who is not there, oldest first."""
    cached = await world.ability(CachesMessages).cached_for(world.people.login(role))
    return [Message(world.people.role(sender), text) for sender, text in cached]
