"""Phrases about the content of a training system, beside the documents as files."""

from support.scenario.step_decorators import then
from support.scenario.tasks.documents import are_found_complete, texts_are_shown
from support.scenario.world import World


@then("{user} can read the texts of {training} as they stand in its documents")
async def can_read_texts(world: World, role: str, training: str) -> None:
    """The text of each document that is one is shown, sign by sign, and there is at least one.

    Example: Then pilot user 1 can read the texts of customer service as they stand in its documents
    """
    await texts_are_shown(await world.actor(role), training)


@then("{user} finds every training complete, and none that does not exist")
async def finds_complete(world: World, role: str) -> None:
    """The system finds all that is listed complete, and something of another name not.

    Example: Then pilot user 1 finds every training complete, and none that does not exist
    """
    await are_found_complete(await world.actor(role))
