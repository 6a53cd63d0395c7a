"""How people ask bots."""

import asyncio
from contextlib import suppress

from support.drivers.capabilities import Rejected
from support.drivers.clients.http import Unreachable
from support.scenario.actor import Actor
from support.scenario.world import World


async def ask_at_once(world: World, questions: dict[str, str], bot: str) -> None:
    """Have people ask a bot, none waiting for another: a system may take a question only once it has the answer.

    Args:
        world: of their scenario.
        questions: what each asks, by the scenario's name for who asks.
        bot: whom.

    Raises:
        AssertionError: the system does not take a question; says whose.
    """
    people = await world.actors(list(questions))
    await asyncio.gather(*(actor.do(actor.ask(bot, questions[actor.role])) for actor in people))


async def ask_and_go_on(world: World, actor: Actor, bot: str, question: str) -> None:
    """Have a user ask a bot, and wait until it has been asked, whether or not the system has taken the question.

    Raises:
        AssertionError: the bot has not been asked within the delivery limit.
    """

    async def ask() -> None:
        with suppress(Rejected, Unreachable):
            await actor.ask(bot, question)

    world.cleanups.start_background(ask())
    await world.bots.was_asked_once(bot, question, within=world.limits.delivery)
