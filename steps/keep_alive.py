"""Phrases about signs of life."""

from support.scenario.step_decorators import then, when
from support.scenario.tasks.signs_of_life import (
    fall_silent,
    sign_in_between_silences,
    signal_for,
    signal_just_in_time,
    signal_unevenly,
    was_disconnected_at_limit,
)
from support.scenario.world import World


@when("the client of {user} gives no more signs of life")
async def falls_silent(world: World, role: str) -> None:
    """The client stays connected and says nothing more.

    Example: When the client of user A gives no more signs of life
    """
    actor = await world.actor(role)
    fall_silent(actor)


@when("the client of {user} gives signs of life in the name of {user}")
async def signals_for_another(world: World, role: str, other: str) -> None:
    """Another user's client signals as if it were this one.

    Example: When the client of user B gives signs of life in the name of user A
    """
    actor = await world.actor(role)
    signal_for(actor, other)


@when("the client of {user} gives signs of life just in time, for more than twice the keep-alive limit")
async def signals_just_in_time(world: World, role: str) -> None:
    """Signals as rarely as the limit allows with a little to spare, for longer than two limits.

    Example: When the client of user A gives signs of life just in time, for more than twice the keep-alive limit
    """
    actor = await world.actor(role)
    await signal_just_in_time(actor, limits=2.2)


@when("the client of {user} gives signs of life at uneven intervals, for more than twice the keep-alive limit")
async def gives_uneven_signs(world: World, role: str) -> None:
    """Signals soon after the one before and just in time by turns: each of them has to count.

    Example: When the client of user A gives signs of life at uneven intervals, for more than twice the keep-alive limit
    """
    await signal_unevenly(await world.actor(role))


@when("{user} signs in anew after a silence that is nearly too long, and is silent for as long again")
async def signs_in_between_silences(world: World, role: str) -> None:
    """Neither silence is as long as the limit, both together are longer, and no client goes away meanwhile.

    Example: When user A signs in anew after a silence that is nearly too long, and is silent for as long again
    """
    await sign_in_between_silences(await world.actor(role))


@then("{user} is disconnected at the keep-alive limit")
async def is_disconnected_at_limit(world: World, role: str) -> None:
    """The system ends the connection, not before the limit after the last sign of life, and soon after it.

    Example: Then user A is disconnected at the keep-alive limit
    """
    actor = await world.actor(role)
    await was_disconnected_at_limit(actor)
