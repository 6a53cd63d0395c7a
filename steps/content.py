"""Phrases about the content of a training system, beside the documents as files."""

from support.drivers.capabilities.training import TakesContentOver
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import attempt_log, training_user
from support.scenario.tasks.documents import (
    are_found_complete,
    are_found_incomplete,
    fingerprints_tell,
    has_another_title,
    look_through,
    texts_are_shown,
)
from support.scenario.world import World


@given("{user} has looked through the trainings, and the documents of {training}")
@when("{user} looks through the trainings, and the documents of {training}")
async def looks_through(world: World, role: str, training: str) -> None:
    """Notes the titles of the trainings, and reads the documents of one.

    Example: When pilot user 1 looks through the trainings, and the documents of customer service
    """
    await training_user.together(world, [role], lambda actor: look_through(actor, training))


@when("the operator has the content taken over anew")
async def is_taken_over(world: World) -> None:
    """The system reads what there is to train again, while it runs.

    Example: When the operator has the content taken over anew
    """
    await world.ability(TakesContentOver).take_content_over(world.transcript)


@then("{user} finds {int} more trainings incomplete than before")
async def finds_incomplete(world: World, role: str, count: int) -> None:
    """The system says of so many more of the listed trainings than at first that they are incomplete.

    Example: Then pilot user 1 finds 2 more trainings incomplete than before
    """
    first, *_, last = attempt_log.of(world.records, [role])
    are_found_incomplete(first, last, count)


@then("{user} can tell by their fingerprints which documents have changed")
async def can_tell_by_fingerprints(world: World, role: str) -> None:
    """One that has changed comes with another fingerprint than at first, one that has not with the same.

    Example: Then pilot user 1 can tell by their fingerprints which documents have changed
    """
    first, *_, last = attempt_log.of(world.records, [role])
    fingerprints_tell(first, last)


@then("{user} finds one training under another title, and none lost or added")
async def finds_another_title(world: World, role: str) -> None:
    """Of the trainings that there were at first, each has its number still, and one has another title.

    Example: Then pilot user 1 finds one training under another title, and none lost or added
    """
    first, *_, last = attempt_log.of(world.records, [role])
    has_another_title(first, last)


@then("{user} can read the texts of {training} as they stand in its documents")
async def can_read_texts(world: World, role: str, training: str) -> None:
    """The text of each document that is one is shown, sign by sign, with its size in bytes; there is at least one.

    Example: Then pilot user 1 can read the texts of customer service as they stand in its documents
    """
    await texts_are_shown(await world.actor(role), training)


@then("{user} finds every training complete, and none that does not exist")
async def finds_complete(world: World, role: str) -> None:
    """The system says that every training listed is complete, and that one of an unknown name is not.

    Example: Then pilot user 1 finds every training complete, and none that does not exist
    """
    await are_found_complete(await world.actor(role))
