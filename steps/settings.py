"""Phrases about the settings of a deployment."""

from support.scenario.step_decorators import given, when
from support.scenario.tasks import reconfiguration
from support.scenario.world import World


@given("passwords are stored as in production")
async def passwords_as_in_production(world: World) -> None:
    """Where the suite has made storing them cheaper to save time, that is undone for this scenario.

    Example: Given passwords are stored as in production
    """
    await reconfiguration.as_in_production(world, "passwords")


@given("the system is set to {setting}")
@when("the system is set to {setting}")
async def is_set_to(world: World, setting: str) -> None:
    """What the setting concerns is started again with it; it is put back at the scenario's end.

    Example: Given the system is set to short sessions
    """
    await reconfiguration.change(world, setting)


@when("the system is set back")
async def is_set_back(world: World) -> None:
    """Undoes what the scenario has set, and goes on when the system serves.

    Example: When the system is set back
    """
    await reconfiguration.change_back(world)
