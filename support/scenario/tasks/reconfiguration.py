"""Changing the settings of a deployment for the time of one scenario."""

from typing_extensions import Protocol, runtime_checkable

from support.core.errors import EnvironmentFailure, NotSupported
from support.scenario.world import World

#: The setting in which sessions last as long as `limits.short_session`.
SHORT_SESSIONS = "short sessions"


@runtime_checkable
class Changeable(Protocol):
    """has settings that can be changed"""

    async def change(self, setting: str) -> None: ...
    async def change_back(self) -> None: ...


async def as_in_production(world: World, what: str) -> None:
    """Use the production setting for this scenario, where the suite has started the system; others have it already."""
    if world.sut.described.deployment == "embedded":
        await change(world, f"{what} as in production")


async def have_short_sessions(world: World) -> None:
    """Have sessions that begin now end soon, where the profile names a command for that; else people choose theirs."""
    if SHORT_SESSIONS in world.sut.described.settings:
        await change(world, SHORT_SESSIONS)


async def change(world: World, setting: str) -> None:
    """Change a setting, and wait until the system serves with it; it is changed back at the scenario's end.

    Raises:
        NotSupported: this deployment's settings are not ours to change.
        AssertionError: the system does not serve with it.
    """
    deployment = _changeable(world)
    await world.settle_claims()
    world.transcript.did(f"the system is set to {setting}")
    world.cleanups.add(deployment.change_back)
    try:
        await deployment.change(setting)
        await world.sut.serves(within=world.limits.recovery)
    except EnvironmentFailure as error:
        raise AssertionError(f"set to {setting}, {error}") from error


async def change_back(world: World) -> None:
    """Undo all changes of the scenario before its end, and wait until the system serves.

    Raises:
        EnvironmentFailure: it does not: it was well before.
    """
    world.transcript.did("the system is set back")
    await _changeable(world).change_back()
    await world.sut.serves(within=world.limits.recovery)


def _changeable(world: World) -> Changeable:
    deployment = world.sut.deployment
    if not isinstance(deployment, Changeable):
        raise NotSupported(f"this is not a deployment that {Changeable.__doc__}")
    return deployment
