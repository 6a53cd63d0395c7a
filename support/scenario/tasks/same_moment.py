"""What several users do at the same moment."""

import asyncio

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
