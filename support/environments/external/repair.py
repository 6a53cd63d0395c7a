"""A system that has broken by itself is started again, where the profile says how."""

import asyncio
from contextlib import suppress

from support.core.errors import EnvironmentFailure, NotSupported
from support.environments.external.deployment import ExternalDeployment
from support.environments.faults.control import Control, StartsAfresh


def can_be_repaired(deployment: object, server: str) -> bool:
    """Whether a process that users talk to can be started anew: one of our own that breaks is a defect of ours."""
    return isinstance(deployment, ExternalDeployment) and isinstance(deployment.controls.get(server), StartsAfresh)


async def repair(deployment: ExternalDeployment, server: str) -> None:
    """Start whatever else is gone or hangs, then the process that users talk to.

    Args:
        deployment: open.
        server: that process.

    Raises:
        EnvironmentFailure: it does not come up, or nothing says how it is started.
    """
    control = deployment.controls[server]
    await asyncio.gather(*(_revive(other) for other in deployment.controls.values() if other is not control))
    try:
        if isinstance(control, StartsAfresh):
            await control.start_afresh()
    except NotSupported as limit:
        raise EnvironmentFailure(str(limit)) from limit


async def _revive(control: Control) -> None:
    """Start what does not run, or does not say that it does; whether the system serves then decides."""
    with suppress(EnvironmentFailure, NotSupported):
        if not isinstance(control, StartsAfresh):
            await control.start()
        elif not await control.seems_up():
            await control.start_afresh()
