"""What several users do at the same moment."""

import asyncio

from support.drivers.capabilities.connections import Connects
from support.scenario.actor import Actor
from support.scenario.tasks.conversations import send_all, send_at_once
from support.scenario.world import World


async def write_to_each_other(one: Actor, other: Actor, texts: list[str]) -> None:
    """Have two write to each other without a pause, neither waiting for the other."""
    await asyncio.gather(send_at_once(one, texts, other), send_at_once(other, texts, one))


async def write_to_who_is_coming(world: World, role: str, receiver: str, texts: list[str]) -> None:
    """Have a user write to another who comes online in the midst of it."""
    sender, addressee = await world.actors([role, receiver])
    await asyncio.gather(send_all(sender, texts, addressee), world.come_online([receiver]))


async def pair_up(world: World, count: int) -> None:
    """Have so many users online, and for each of them another who is signed in and not there."""
    await world.all_come_online([sender for sender, _ in pairs(count)])
    for receiver in await world.actors([receiver for _, receiver in pairs(count)]):
        await receiver.do(receiver.have_session())


async def write_to_each_who_is_coming(world: World, count: int, texts: list[str]) -> None:
    """Have one of each pair write to the other, who comes online in the midst of it."""

    async def write(role: str, other: str) -> None:
        sender, receiver = await world.actors([role, other])
        await asyncio.gather(send_at_once(sender, texts, receiver), receiver.do(_come(receiver)))

    await asyncio.gather(*(write(*pair) for pair in pairs(count)))


async def _come(actor: Actor) -> None:
    await actor.connect()
    await actor.ability(Connects).come_online()


def pairs(count: int) -> list[tuple[str, str]]:
    """So many pairs of users, of whom the first writes to the second."""
    return [(f"writer {number}", f"reader {number}") for number in range(1, count + 1)]
