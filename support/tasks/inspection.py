"""Going through a deployment: its processes, stores, certificates and logs."""

import asyncio
import re
from collections.abc import Awaitable
from contextlib import suppress

from typing_extensions import Protocol, runtime_checkable

from support.errors import NotCapable
from support.scene import Scene
from support.tasks import oversight
from support.tasks.dispatch import Findings
from support.transports.http import Unreachable

_MISSING = re.compile(r"(?:ModuleNotFoundError|ImportError): .*")
_SERIOUS = re.compile(r"^.*\b(?:CRITICAL|Traceback|panic)\b.*$", re.MULTILINE)


@runtime_checkable
class Inspectable(Protocol):
    """has certificates and logs where we can look"""

    def flaws_of_certificates(self) -> dict[str, str]: ...
    def sizes_of_logs(self) -> dict[str, int]: ...


async def inspect(scene: Scene) -> Findings:
    """Go through the deployment of a scene.

    Raises:
        NotCapable: we may not look.
    """
    deployment = scene.stage.deployment
    if not isinstance(deployment, Inspectable):
        raise NotCapable(f"this is not a deployment that {Inspectable.__doc__}")
    operator = await oversight.operator(scene)
    looks = {"Postgres": operator.database_answers(), "Redis": operator.queue_answers()}
    stores = {name: await _trouble(look) for name, look in looks.items()}
    down = [name for name, control in deployment.controls.items() if not control.running]
    return Findings(
        python=await _versions(scene),
        down=down,
        silent=[name for name in oversight.components(scene) if not await _answers(operator.health(name))],
        missing=[words for log in deployment.logs.values() for words in _MISSING.findall(log.since(0))],
        stores=stores,
        places=frozenset() if stores["Postgres"] else await operator.kept_in_database(),
        certificates=deployment.flaws_of_certificates(),
        logs=deployment.sizes_of_logs(),
    )


def serious_errors(scene: Scene) -> dict[str, list[str]]:
    """What the components have reported since the scene began, by component."""
    found = {name: _SERIOUS.findall(said) for name, said in scene.server_logs().items()}
    return {name: lines for name, lines in found.items() if lines}


async def _versions(scene: Scene) -> dict[str, tuple[int, int]]:
    operator, found = await oversight.operator(scene), {}
    for name in oversight.components(scene):
        with suppress(Unreachable):
            if told := re.search(r"Python/(\d+)\.(\d+)", await operator.runs_on(name)):
                found[name] = (int(told[1]), int(told[2]))
    return found


async def _answers(question: Awaitable[object]) -> bool:
    try:
        await question
    except Unreachable:
        return False
    return True


async def _trouble(look: Awaitable[object]) -> str:
    """What is wrong with a store that was looked at; empty if nothing is. A store that says no has not answered."""
    try:
        async with asyncio.timeout(5.0):
            return "nothing comes back" if await look is False else ""
    except Exception as trouble:  # whatever a store's own library raises
        return str(trouble) or "nothing comes back"
