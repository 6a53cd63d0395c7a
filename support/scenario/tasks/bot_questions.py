"""How people ask bots."""

import asyncio

from support.scenario.world import World


async def ask_at_once(world: World, questions: dict[str, str], bot: str) -> None:
    """Have people ask a bot, none waiting for another: a system may take a question only once it has the answer.

    Args:
        scenario: theirs.
        questions: what each asks, by the scenario's name for who asks.
        bot: whom.

    Raises:
        AssertionError: the system does not take a question; says whose.
    """
    people = await world.actors(list(questions))
    await asyncio.gather(*(actor.do(actor.ask(bot, questions[actor.role])) for actor in people))
