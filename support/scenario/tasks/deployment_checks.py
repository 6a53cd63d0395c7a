"""Going through a deployment: its processes, stores, certificates and logs, each as far as it is in reach."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress

from typing_extensions import Protocol, runtime_checkable

from support.core.errors import NotSupported
from support.drivers.clients.http import Unreachable
from support.scenario.tasks import monitoring
from support.scenario.tasks.dispatched_messages import Findings
from support.scenario.world import World
from support.vocabulary.terms.broker import DATABASE

#: What looks at one piece.
Look = Callable[[World, Findings], Awaitable[None]]

_MISSING = re.compile(r"(?:ModuleNotFoundError|ImportError): .*")
_SERIOUS = re.compile(r"^.*\b(?:CRITICAL|Traceback|panic)\b.*$", re.MULTILINE)
#: The kinds of components that a whole deployment has.
_KINDS = ("main server", "proxy", "worker", "portal")


@runtime_checkable
class Inspectable(Protocol):
    """has certificates and logs where we can look"""

    def flaws_of_certificates(self) -> dict[str, str]: ...
    def sizes_of_logs(self) -> dict[str, int]: ...


async def inspect(world: World) -> None:
    """Go through the deployment of a scenario, at all of it at the same time: printing ten logs takes a while.

    What is out of reach is kept as such, for the `Then` that asks for it.
    """
    world.dispatch.findings = found = Findings()

    async def see(piece: str, look: Look) -> None:
        try:
            await look(world, found)
        except NotSupported as limit:
            found.out_of_reach[piece] = limit

    await monitoring.operator(world)  # they all ask for one and the same
    await asyncio.gather(*(see(piece, look) for piece, look in _LOOKS.items()))


def found(world: World, *pieces: str) -> Findings:
    """What going through the deployment has shown.

    Args:
        scenario: the scenario.
        pieces: what of it is asked for, by the names in `_LOOKS`.

    Raises:
        NotSupported: one of these is out of reach.
    """
    findings = world.dispatch.findings
    for piece in pieces:
        if piece in findings.out_of_reach:
            raise findings.out_of_reach[piece]
    return findings


def serious_errors(world: World) -> dict[str, list[str]]:
    """What the components have reported since the scenario began, by component."""
    found = {name: _SERIOUS.findall(said) for name, said in world.server_logs().items()}
    return {name: lines for name, lines in found.items() if lines}


async def _see_versions(world: World, findings: Findings) -> None:
    operator = await monitoring.operator(world)
    for name in monitoring.components(world):
        with suppress(Unreachable):
            if told := re.search(r"Python/(\d+)\.(\d+)", await operator.runs_on(name)):
                findings.python[name] = (int(told[1]), int(told[2]))


async def _see_components(world: World, findings: Findings) -> None:
    names = monitoring.components(world)
    for kind in _KINDS:
        if not any(_is_a(name, kind) for name in names):
            raise NotSupported(f"the profile does not say where a {kind} is")
    operator, controls = await monitoring.operator(world), world.sut.deployment.controls
    findings.down = [name for name, control in controls.items() if not control.running]
    findings.silent = [name for name in names if not await _answers(operator.health(name))]


async def _see_packages(world: World, findings: Findings) -> None:
    logs = world.sut.deployment.logs
    _logs_of_all_kinds(world)
    said = await asyncio.gather(*(asyncio.to_thread(log.since, 0) for log in logs.values()))
    findings.missing = [words for text in said for words in _MISSING.findall(text)]


def _logs_of_all_kinds(world: World) -> None:
    """Raises `NotSupported` unless there is a log of each kind of component."""
    for kind in _KINDS:
        if not any(_is_a(name, kind) for name in world.sut.deployment.logs):
            raise NotSupported(f"the profile names no command that prints the log of a {kind}")


async def _see_database(world: World, findings: Findings) -> None:
    operator = await monitoring.operator(world)
    findings.stores[DATABASE] = await _trouble(operator.database_answers())
    findings.places = frozenset() if findings.stores[DATABASE] else await operator.kept_in_database()


async def _see_queue(world: World, findings: Findings) -> None:
    findings.stores["Redis"] = await _trouble((await monitoring.operator(world)).queue_answers())


async def _see_logs(world: World, findings: Findings) -> None:
    _logs_of_all_kinds(world)
    findings.logs = await asyncio.to_thread(_inspectable(world).sizes_of_logs)


async def _see_certificates(world: World, findings: Findings) -> None:
    findings.certificates = await asyncio.to_thread(_inspectable(world).flaws_of_certificates)


_LOOKS: dict[str, Look] = {
    "versions": _see_versions,
    "components": _see_components,
    "packages": _see_packages,
    DATABASE: _see_database,
    "Redis": _see_queue,
    "logs": _see_logs,
    "certificates": _see_certificates,
}


def _inspectable(world: World) -> Inspectable:
    deployment = world.sut.deployment
    if not isinstance(deployment, Inspectable):
        raise NotSupported(f"this is not a deployment that {Inspectable.__doc__}")
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
        NotSupported: we may not look at it.
    """
    try:
        async with asyncio.timeout(5.0):
            return "nothing comes back" if await look is False else ""
    except NotSupported:
        raise
    except Exception as trouble:  # whatever a store's own library raises
        return str(trouble) or "nothing comes back"
