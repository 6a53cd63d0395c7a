"""Going through a deployment: its processes, stores, certificates and logs, each as far as it is in reach."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from typing_extensions import Protocol, runtime_checkable

from support.core.checks import check
from support.core.errors import EnvironmentFailure, NotSupported, SuiteError
from support.core.wording import in_words
from support.drivers.clients.http import Unreachable
from support.scenario.evidence import server_logs
from support.scenario.tasks import monitoring
from support.scenario.tasks.dispatched_messages import Findings
from support.scenario.world import World
from support.vocabulary.terms.broker import DATABASE

#: What looks at one piece.
Look = Callable[[World, Findings], Awaitable[None]]

_MISSING = re.compile(r"(?:ModuleNotFoundError|ImportError): .*")
_INTERPRETER = re.compile(r"python(\d+)\.(\d+)$")
_SERIOUS = re.compile(r"^.*\b(?:CRITICAL|Traceback|panic)\b.*$", re.MULTILINE)
#: The kinds of components that a whole deployment has.
_KINDS = ("main server", "proxy", "worker", "portal")
#: Whose certificates a whole deployment has -> how those are called that we know. A proxy has one for those who come
#: to it, and another that it shows where it is a client itself.
_CERTIFIED = {
    "the authority": re.compile(r"authority"),
    "the main server": re.compile(r"main server"),
    "the proxy as a server": re.compile(r"(second )?proxy"),
    "the proxy as a client": re.compile(r"(second )?proxy as a client|the proxy's certificate"),
    "the workers": re.compile(r"worker \d+|a worker's certificate"),
}


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
            found.seen.add(piece)
        except NotSupported as limit:
            found.out_of_reach[piece] = limit

    await monitoring.operator(world)  # they all ask for one and the same
    await asyncio.gather(*(see(piece, look) for piece, look in _LOOKS.items()))


def found(world: World, *pieces: str) -> Findings:
    """What going through the deployment has shown.

    Args:
        world: the scenario's.
        pieces: what of it is asked for, by the names in `_LOOKS`.

    Raises:
        NotSupported: one of these is out of reach.
        SuiteError: no user has looked at one of these.
    """
    findings = world.dispatch.findings
    for piece in pieces:
        if piece in findings.out_of_reach:
            raise findings.out_of_reach[piece]
        if piece not in findings.seen:
            raise SuiteError(f"no step has looked at this piece of the deployment: {piece}")
    return findings


def all_are_certified(findings: Findings) -> None:
    """See that the certificates that were looked at are valid, and that one of each kind is among them.

    Raises:
        AssertionError: one is not valid.
        NotSupported: one kind is missing, so nothing can be said of it.
    """
    flawed = {name: flaw for name, flaw in findings.certificates.items() if flaw}
    check(not flawed, f"these are not valid: {in_words(flawed)}")
    unknown = [kind for kind, called in _CERTIFIED.items() if not any(map(called.fullmatch, findings.certificates))]
    if unknown:
        raise NotSupported(f"no certificate is named of {in_words(unknown)}: nothing can be said of it")


def must_see_logs(world: World) -> None:
    """See that there is a log of each kind of component.

    Raises:
        NotSupported: there is none of one kind.
    """
    for kind in _KINDS:
        if not any(_is_a(name, kind) for name in world.sut.deployment.logs):
            raise NotSupported(f"the profile names no command that prints the log of a {kind}")


def older_than(oldest: str, findings: Findings) -> list[str]:
    """The components that say to run on an older Python than this, each with its own."""
    wanted = tuple(map(int, oldest.split(".")))
    said = findings.python.items()
    return [f"{name} on {major}.{minor}" for name, (major, minor) in said if (major, minor) < wanted]


def all_run_on(oldest: str, findings: Findings) -> None:
    """See that each component has said on which Python it runs, and that it is no older than this.

    Raises:
        AssertionError: one runs on an older one, or does not answer.
        NotSupported: one answers and does not say, so nothing can be said of it.
    """
    old = older_than(oldest, findings)
    check(not old, f"too old: {in_words(old)}")
    check(not findings.unheard, f"these do not answer: {in_words(findings.unheard)}")
    if findings.untold:
        raise NotSupported(f"these do not say on which Python they run: {in_words(findings.untold)}")


def serious_errors(world: World) -> dict[str, list[str]]:
    """What the components have reported since the scenario began, by component.

    Raises:
        NotSupported: we do not see a log of each kind of component, so that nothing can be said of all.
    """
    must_see_logs(world)
    found = {name: _SERIOUS.findall(said) for name, said in server_logs(world).items()}
    return {name: lines for name, lines in found.items() if lines}


async def _see_versions(world: World, findings: Findings) -> None:
    operator = await monitoring.operator(world)
    for name in monitoring.components(world):
        try:
            told = re.search(r"Python/(\d+)\.(\d+)", await operator.runs_on(name))
        except Unreachable:
            findings.unheard.append(name)
            continue
        told = told or await asyncio.to_thread(_running, world, name)
        if told:
            findings.python[name] = (int(told[1]), int(told[2]))
        else:
            findings.untold.append(name)


def _running(world: World, component: str) -> re.Match[str] | None:
    """The Python that a component runs on by its process, where that is on this machine and the profile tells it."""
    control = world.sut.deployment.controls.get(component)
    with suppress(NotSupported, EnvironmentFailure, OSError):
        for pid in getattr(control, "pids", []):
            if told := _INTERPRETER.search(str(Path(f"/proc/{pid}/exe").readlink())):
                return told
    return None


async def _see_components(world: World, findings: Findings) -> None:
    names = monitoring.components(world)
    for kind in _KINDS:
        if not any(_is_a(name, kind) for name in names):
            raise NotSupported(f"the profile does not say where a {kind} is")
    operator, controls = await monitoring.operator(world), world.sut.deployment.controls
    findings.down = [name for name, control in controls.items() if not control.running]
    findings.silent = [name for name in names if not await _answers(operator.health(name))]


async def _see_packages(world: World, findings: Findings) -> None:
    must_see_logs(world)
    logs = world.sut.deployment.logs
    said = await asyncio.gather(*(asyncio.to_thread(log.since, 0) for log in logs.values()))
    findings.missing = [words for text in said for words in _MISSING.findall(text)]


async def _see_database(world: World, findings: Findings) -> None:
    operator = await monitoring.operator(world)
    findings.stores[DATABASE] = await _trouble(operator.database_answers())
    findings.places = frozenset() if findings.stores[DATABASE] else await operator.kept_in_database()


async def _see_queue(world: World, findings: Findings) -> None:
    findings.stores["Redis"] = await _trouble((await monitoring.operator(world)).queue_answers())


async def _see_logs(world: World, findings: Findings) -> None:
    must_see_logs(world)
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
