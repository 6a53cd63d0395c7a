"""Changing the settings of a deployment for the time of one scenario."""

from typing_extensions import Protocol, runtime_checkable

from support.core.errors import NotCapable, StageError
from support.scenario.world import Scene


@runtime_checkable
class Changeable(Protocol):
    """has settings that can be changed"""

    async def change(self, setting: str) -> None: ...
    async def change_back(self) -> None: ...


async def as_in_production(scene: Scene, what: str) -> None:
    """Have something as dear as it is in production; what is not started here is in production, and is so already."""
    if scene.stage.described.deployment == "embedded":
        await change(scene, f"{what} as in production")


async def change(scene: Scene, setting: str) -> None:
    """Change a setting, and wait until the system serves with it; it is changed back at the scene's end.

    Raises:
        NotCapable: this deployment's settings are not ours to change.
        AssertionError: the system does not serve with it.
    """
    deployment = scene.stage.deployment
    if not isinstance(deployment, Changeable):
        raise NotCapable(f"this is not a deployment that {Changeable.__doc__}")
    await scene.settle_claims()
    scene.transcript.did(f"the system is set to {setting}")
    scene.at_the_end(deployment.change_back)
    try:
        await deployment.change(setting)
        await scene.stage.serves(within=scene.bars.recovery)
    except StageError as error:
        raise AssertionError(f"set to {setting}, {error}") from error
