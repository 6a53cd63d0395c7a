"""Phrases about feedback in a training: what is said to get it, points, and words that help."""

from statistics import mean

from support.core.checks import check
from support.core.wording import first_difference, in_words
from support.scenario.needs import kept_points
from support.scenario.step_decorators import then, when
from support.scenario.tasks import attempt_log, training_user
from support.scenario.tasks.silence import no_more
from support.scenario.world import World


@then("{user} gets an acknowledgement, a reply and feedback, in this order")
async def gets_all_three(world: World, role: str) -> None:
    """Each comes within the delivery limit, and none a second time; the feedback has words and advice.

    Example: Then pilot user 1 gets an acknowledgement, a reply and feedback, in this order
    """
    actor = await world.actor(role)
    feedback = await training_user.whole_turn(actor)
    await no_more(world, [role], training_user.belongs_to_a_turn)
    check(feedback.is_of_use, f"the {feedback} is of no use")


@then("{user} is given {int} points")
async def is_given_exactly(world: World, role: str, points: int) -> None:
    """The next feedback gives these points, no more and no less.

    Example: Then pilot user 1 is given 90 points
    """
    await is_given_points(world, role, points, points)


@then("{user} is given between {int} and {int} points")
async def is_given_points(world: World, role: str, least: int, most: int) -> None:
    """The next feedback gives so many points.

    Example: Then pilot user 1 is given between 90 and 100 points
    """
    actor = await world.actor(role)
    feedback = await training_user.feedback(actor)
    check(least <= feedback.points <= most, f"{role} got {feedback}")


@then("{user} is told how to do better")
async def is_told_how(world: World, role: str) -> None:
    """The next feedback says in words what to think of what was said, and gives advice.

    Example: Then pilot user 1 is told how to do better
    """
    feedback = await training_user.feedback(await world.actor(role))
    check(feedback.is_of_use, f"the {feedback} is of no use")


@then("{user} finds the points for each message again", needs=kept_points)
async def finds_points(world: World, role: str) -> None:
    """What is kept of the session has the points that were told, each with the message that it was given for.

    Example: Then pilot user 1 finds the points for each message again
    """
    actor = await world.actor(role)
    wrong = first_difference(await training_user.kept_points(actor), training_user.heard_points(actor))
    check(not wrong, f"{role} does not find the points as they were: {wrong}")


@then("every message is given at least {int} points, and {int} on average")
async def points_are_good(world: World, least: int, average: int) -> None:
    """Of all that was said in this scenario; what got no points at all was given none.

    Example: And every message is given at least 70 points, and 80 on average
    """
    points, said = attempt_log.points(world.records), sum(record.said for record in world.records)
    check(len(points) == said, f"{said} messages were said, and {len(points)} were given points")
    check(min(points, default=0) >= least, f"the points are {in_words(points)}")
    check(mean(points) >= average, f"the points are {in_words(points)}")


@when("{user} says {int} things, each when the one before is answered", margin=300.0)
async def says_in_turn(world: World, role: str, count: int) -> None:
    """Says one thing after the other, however long each reply takes; none more when one gets none.

    Example: When pilot user 1 says 52 things, each when the one before is answered
    """
    lines = [f"line {number}" for number in range(count)]
    await training_user.together(world, [role], lambda actor: training_user.say_in_turn(actor, lines))
