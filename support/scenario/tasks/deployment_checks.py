"""Going through a deployment: its processes, stores, certificates and logs, each as far as it is in reach."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress

from typing_extensions import Protocol, runtime_checkable

from support.core.errors import NotCapable
from support.drivers.clients.http import Unreachable
from support.scenario.tasks import monitoring
from support.scenario.tasks.dispatched_messages import Findings
from support.scenario.world import Scene
from support.vocabulary.terms.broker import DATABASE

_MISSING = re.compile(r"(?:ModuleNotFoundError|ImportError): .*")
_SERIOUS = re.compile(r"^.*\b(?:CRITICAL|Traceback|panic)\b.*$", re.MULTILINE)
#: The kinds of components that a whole deployment has.
_KINDS = ("main server", "proxy", "worker", "portal")


@runtime_checkable
class Inspectable(Protocol):
    """has certificates and logs where we can look"""

    def flaws_of_certificates(self) -> dict[str, str]: ...
    def sizes_of_logs(self) -> dict[str, int]: ...


async def inspect(scene: Scene) -> None:
    """Go through the deployment of a scene; what is out of reach is kept as such, for the `Then` that asks for it."""
    scene.dispatch.findings = found = Findings()
    for piece, look in _LOOKS.items():
        try:
            await look(scene, found)
        except NotCapable as limit:
            found.out_of_reach[piece] = limit


def found(scene: Scene, *pieces: str) -> Findings:
    """What going through the deployment has shown.

    Args:
        scene: the scene.
        pieces: what of it is asked for, by the names in `_LOOKS`.

    Raises:
        NotCapable: one of these is out of reach.
    """
    findings = scene.dispatch.findings
    for piece in pieces:
        if piece in findings.out_of_reach:
            raise findings.out_of_reach[piece]
    return findings


def serious_errors(scene: Scene) -> dict[str, list[str]]:
    """What the components have reported since the scene began, by component."""
    found = {name: _SERIOUS.findall(said) for name, said in scene.server_logs().items()}
    return {name: lines for name, lines in found.items() if lines}


async def _see_versions(scene: Scene, findings: Findings) -> None:
    operator = await monitoring.operator(scene)
    for name in monitoring.components(scene):
        with suppress(Unreachable):
            if told := re.search(r"Python/(\d+)\.(\d+)", await operator.runs_on(name)):
                findings.python[name] = (int(told[1]), int(told[2]))


async def _see_components(scene: Scene, findings: Findings) -> None:
    names = monitoring.components(scene)
    for kind in _KINDS:
        if not any(_is_a(name, kind) for name in names):
            raise NotCapable(f"the profile does not say where a {kind} is")
    operator, controls = await monitoring.operator(scene), scene.stage.deployment.controls
    findings.down = [name for name, control in controls.items() if not control.running]
    findings.silent = [name for name in names if not await _answers(operator.health(name))]


async def _see_packages(scene: Scene, findings: Findings) -> None:
    logs = scene.stage.deployment.logs
    for kind in _KINDS:
        if not any(_is_a(name, kind) for name in logs):
            raise NotCapable(f"the profile names no command that prints the log of a {kind}")
    said = await asyncio.gather(*(asyncio.to_thread(log.since, 0) for log in logs.values()))
    findings.missing = [words for text in said for words in _MISSING.findall(text)]


async def _see_database(scene: Scene, findings: Findings) -> None:
    operator = await monitoring.operator(scene)
    findings.stores[DATABASE] = await _trouble(operator.database_answers())
    findings.places = frozenset() if findings.stores[DATABASE] else await operator.kept_in_database()


async def _see_queue(scene: Scene, findings: Findings) -> None:
    findings.stores["Redis"] = await _trouble((await monitoring.operator(scene)).queue_answers())


async def _see_logs(scene: Scene, findings: Findings) -> None:
    await _see_packages(scene, findings)
    findings.logs = await asyncio.to_thread(_inspectable(scene).sizes_of_logs)


async def _see_certificates(scene: Scene, findings: Findings) -> None:
    findings.certificates = await asyncio.to_thread(_inspectable(scene).flaws_of_certificates)


_LOOKS: dict[str, Callable[[Scene, Findings], Awaitable[None]]] = {
    "versions": _see_versions,
    "components": _see_components,
    "packages": _see_packages,
    DATABASE: _see_database,
    "Redis": _see_queue,
    "logs": _see_logs,
    "certificates": _see_certificates,
}


def _inspectable(scene: Scene) -> Inspectable:
    deployment = scene.stage.deployment
    if not isinstance(deployment, Inspectable):
        raise NotCapable(f"this is not a deployment that {Inspectable.__doc__}")
    return deployment


def _is_a(name: str, kind: str) -> bool:
    """Whether a component is of a kind: "second proxy" and "worker 1" are."""
    return kind in name


async def _answers(question: Awaitable[object]) -> bool:
    try:
        await question
    except Unreachable:
        return False
    return True


async def _trouble(look: Awaitable[object]) -> str:
    """What is wrong with a store that was looked at; empty if nothing is. A store that says no has not answered.

    Raises:
        NotCapable: we may not look at it.
    """
    try:
        async with asyncio.timeout(5.0):
            return "nothing comes back" if await look is False else ""
    except NotCapable:
        raise
    except Exception as trouble:  # whatever a store's own library raises
        return str(trouble) or "nothing comes back"
