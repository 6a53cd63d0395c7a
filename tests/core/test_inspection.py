"""What going through a deployment has shown: stores that answered, versions, and certificates of each kind."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest

from support.core.errors import NotSupported, SuiteError
from support.drivers.clients.http import Unreachable
from support.scenario.tasks import deployment_checks
from support.scenario.tasks.deployment_checks import _trouble
from support.scenario.tasks.dispatched_messages import Findings


async def says_no() -> bool:
    return False


async def says_yes() -> bool:
    return True


async def takes_no_time() -> float:
    return 0.0


async def fails() -> bool:
    raise ConnectionError("nobody listens there")


@pytest.mark.parametrize(
    ("look", "trouble"),
    [(says_yes, ""), (takes_no_time, ""), (says_no, "nothing comes back"), (fails, "nobody listens there")],
)
async def test_what_is_wrong_with_a_store(look: Callable[[], Awaitable[object]], trouble: str) -> None:
    assert await _trouble(look()) == trouble


async def test_a_component_that_does_not_say_its_python_is_not_passed_over() -> None:
    told = {"proxy": (3, 11)}
    with pytest.raises(NotSupported, match="do not say on which Python they run: portal"):
        deployment_checks.all_run_on("3.8", Findings(python=told, untold=["portal"]))
    with pytest.raises(AssertionError, match="do not answer: portal"):
        deployment_checks.all_run_on("3.8", Findings(python=told, unheard=["portal"]))
    with pytest.raises(AssertionError, match=r"too old: proxy on 3\.7"):
        deployment_checks.all_run_on("3.8", Findings(python={"proxy": (3, 7)}, untold=["portal"]))
    deployment_checks.all_run_on("3.8", Findings(python=told))


async def test_what_components_say_they_run_on_is_kept_apart_from_saying_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Operator:
        async def runs_on(self, component: str) -> str:
            if component == "worker 1":
                raise Unreachable("nobody listens there")
            return {"proxy": "Python/3.11"}.get(component, "nginx")

    async def operator(world: Any) -> Operator:
        return Operator()

    monkeypatch.setattr(deployment_checks.monitoring, "operator", operator)
    names = ["proxy", "worker 1", "portal", "main server"]
    monkeypatch.setattr(deployment_checks.monitoring, "components", lambda world: names)
    findings, here = Findings(), sys.version_info[:2]
    controls = {"main server": SimpleNamespace(pids=[os.getpid()]), "portal": SimpleNamespace(pids=[])}
    deployment = SimpleNamespace(controls=controls)
    world: Any = SimpleNamespace(sut=SimpleNamespace(deployment=deployment))
    await deployment_checks._see_versions(world, findings)
    assert findings.python == {"proxy": (3, 11), "main server": here}  # the latter by its process
    assert (findings.untold, findings.unheard) == (["portal"], ["worker 1"])


EMBEDDED = ("authority", "main server", "proxy", "second proxy", "proxy as a client", "worker 1", "worker 2")
EXTERNAL = ("authority", "main server", "proxy", "the proxy's certificate", "a worker's certificate")


@pytest.mark.parametrize("names", [EMBEDDED, EXTERNAL])
async def test_certificates_of_each_kind_have_to_be_known(names: tuple[str, ...]) -> None:
    deployment_checks.all_are_certified(Findings(certificates=dict.fromkeys(names, "")))
    for kind, called in (("authority", "authority"), ("main server", "main server"), ("workers", "worker")):
        rest = {name: "" for name in names if called not in name}
        with pytest.raises(NotSupported, match=f"no certificate is named of the {kind}"):
            deployment_checks.all_are_certified(Findings(certificates=rest))
    for kind in ("proxy as a client", "the proxy's certificate"):
        rest = {name: "" for name in names if name != kind}
        if len(rest) < len(names):
            with pytest.raises(NotSupported, match="the proxy as a client"):
                deployment_checks.all_are_certified(Findings(certificates=rest))


async def test_a_certificate_that_is_not_valid_counts_though_others_are_unknown() -> None:
    with pytest.raises(AssertionError, match="not valid: main server"):
        deployment_checks.all_are_certified(Findings(certificates={"main server": "expired"}))


async def test_errors_are_not_looked_for_where_a_kind_of_component_has_no_log() -> None:
    log = SimpleNamespace(since=lambda mark: "CRITICAL: out of memory")
    kinds = ("main server", "second proxy", "worker 1", "portal")

    def world_with(names: tuple[str, ...]) -> Any:
        deployment = SimpleNamespace(logs=dict.fromkeys(names, log))
        return SimpleNamespace(sut=SimpleNamespace(deployment=deployment), log_marks=dict.fromkeys(names, 0))

    for left_out in kinds:
        with pytest.raises(NotSupported, match="no command that prints the log of a"):
            deployment_checks.serious_errors(world_with(tuple(name for name in kinds if name != left_out)))
    assert set(deployment_checks.serious_errors(world_with(kinds))) == set(kinds)


async def test_all_pieces_are_looked_at_together_and_one_out_of_reach_hides_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    under_way = asyncio.Barrier(2)

    async def sees(world: Any, findings: Any) -> None:
        async with asyncio.timeout(1.0):
            await under_way.wait()

    async def does_not(world: Any, findings: Any) -> None:
        await sees(world, findings)
        raise NotSupported("no access")

    async def operator(world: Any) -> None:
        return None

    monkeypatch.setattr(deployment_checks, "_LOOKS", {"logs": does_not, "Redis": sees})
    monkeypatch.setattr(deployment_checks.monitoring, "operator", operator)
    world: Any = SimpleNamespace(dispatch=SimpleNamespace(findings=None))
    await deployment_checks.inspect(world)
    assert set(world.dispatch.findings.out_of_reach) == {"logs"}
    assert deployment_checks.found(world, "Redis").seen == {"Redis"}


async def test_of_a_piece_that_nobody_has_looked_at_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a dry run the first word to the system ends the look, and all that comes after would seem to be missing."""

    async def comes_to_the_system(world: Any, findings: Any) -> None:
        raise ConnectionError("nothing leaves")

    async def operator(world: Any) -> None:
        return None

    monkeypatch.setattr(deployment_checks, "_LOOKS", {"certificates": comes_to_the_system})
    monkeypatch.setattr(deployment_checks.monitoring, "operator", operator)
    world: Any = SimpleNamespace(dispatch=SimpleNamespace(findings=None))
    with pytest.raises(ConnectionError):
        await deployment_checks.inspect(world)
    with pytest.raises(SuiteError, match="no step has looked at this piece of the deployment: certificates"):
        deployment_checks.found(world, "certificates")
