"""Claims of silence are judged before a system is broken, and a system that is lost says why."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from support.config.profile import load
from support.core.errors import EnvironmentFailure
from support.core.event_loop import Background
from support.core.events import Message
from support.core.exit_codes import Verdict
from support.core.inbox import Inbox
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.reporting.reporting_context import ReportingContext
from support.reporting.run_metadata import RunMetadata
from support.scenario.cleanups import Cleanups
from support.scenario.outages import Outages
from support.scenario.restoration import Restoration
from support.scenario.run import Run
from support.scenario.silences import Silence
from support.scenario.tasks import reconfiguration
from support.scenario.trailing_audit import TrailingAudit
from support.scenario.world import World


class Process:
    """One that is told what befalls it, and tells its users that it goes down."""

    def __init__(self, inboxes: list[Inbox]) -> None:
        self.name, self._inboxes = "chat server", inboxes

    async def kill(self) -> None:
        for inbox in self._inboxes:
            inbox.put(Message("user A", "good-bye"))

    async def restart(self, graceful: bool = False) -> None:
        await self.kill()

    resume = heal = start = stop = kill


class Listened(World):
    """A scenario on a system that is nothing, of one person who claims to hear nothing more."""

    def __init__(self, place: str, sut: Any, run: Run | None) -> None:
        self.place, self.sut, self.limits = place, sut, SimpleNamespace(recovery=1.0, opening=1.0)
        self.transcript = Transcript(Redactor())
        self.inbox = Inbox("user B", self.transcript.began)
        self.silences = [Silence(SimpleNamespace(role="user B", inbox=self.inbox), Message)]  # type: ignore[arg-type]
        self.in_words = str
        self.outages = Outages(sut, self.transcript, self.settle_claims, first_attempt=False)
        self._settle = run and (lambda: run._audit.settle(sut))
        self.cleanups, self.disturbed = Cleanups(), True
        self.left, self._is_quiet = False, True

    async def leave(self) -> None:
        self.left = True


class Bare(Run):
    """A run with nothing in it."""

    def __init__(self) -> None:
        self.background = Background()
        self.profile = load(None)
        self._lost, self.suts = {}, {}
        self._reporting, self._restoration = ReportingContext(), Restoration()
        self._metadata = RunMetadata(None, self._reporting.redactor)
        self._audit = TrailingAudit(self.background, self._reporting.results)
        self.amended: list[str] = []
        self._reporting.results.amend = lambda place, *_: self.amended.append(place)  # type: ignore[method-assign]
        self.profile = SimpleNamespace(systems=["chat"])  # type: ignore[assignment]


def sut(name: str, inboxes: list[Inbox]) -> Any:
    async def serves(within: float) -> None:
        if name == "lost":
            raise EnvironmentFailure("Redis: `start` took longer than 30 s\nand more")

    async def change(setting: str) -> None:
        await Process(inboxes).kill()

    deployment = SimpleNamespace(name="embedded", controls={"chat server": Process(inboxes)}, change=change)
    deployment.change_back = deployment.change

    async def repair() -> bool:
        return False

    return SimpleNamespace(
        name="chat", product="the chat server", deployment=deployment, serves=serves, protected=False, lease=None,
        repair=repair, described=SimpleNamespace(deployment="embedded"), limits=SimpleNamespace(recovery=1.0),
    )  # fmt: skip


async def _restart(world: World) -> None:
    await world.outages.restart("chat server", graceful=True)


async def _inject_fault(world: World) -> None:
    await world.outages.inject_fault("chat server", "is killed")


async def _change(world: World) -> None:
    await reconfiguration.change(world, "short sessions")


@pytest.mark.parametrize("breaks", [_restart, _inject_fault, _change])
@pytest.mark.parametrize("leak", [False, True])
async def test_what_a_system_says_as_it_goes_down_is_held_against_no_earlier_scenario(breaks: Any, leak: bool) -> None:
    run, inboxes = Bare(), []  # type: ignore[var-annotated]
    system, another = sut("chat", inboxes), sut("threads", [])
    earlier, elsewhere, now = Listened("4.1", system, run), Listened("5.1", another, run), Listened("6.1", system, run)
    inboxes += [earlier.inbox, now.inbox]
    run._audit._worlds = [earlier, elsewhere]
    if leak:
        earlier.inbox.put(Message("user A", "a late leak"))
    await breaks(now)
    assert "good-bye" in str(earlier.inbox.contents())
    assert (earlier.left, elsewhere.left) == (True, False)
    run._audit._worlds += [now]
    await asyncio.to_thread(run._audit.finish)
    assert run.amended == (["4.1"] if leak else [])
    run.background.close()


async def test_a_claim_of_the_same_scenario_that_does_not_hold_is_its_failure() -> None:
    inboxes: list[Inbox] = []
    world = Listened("6.1", sut("chat", inboxes), None)
    world.inbox.put(Message("user A", "a late leak"))
    with pytest.raises(AssertionError, match=r"user B was to receive nothing else, but later .*a late leak"):
        await _inject_fault(world)


@pytest.mark.parametrize("failed", [False, True])
def test_a_lost_system_says_why_and_is_the_environments_fault(failed: bool) -> None:
    run = Bare()
    troubles = run._reporting.results.troubles
    world = Listened("features/chat/7.feature:3", sut("lost", []), run)
    world.silences.clear()
    if failed:
        run._restore_all(world, failed=True)
        assert [(trouble.where, trouble.kind) for trouble in troubles] == [
            ("the chat server, after features/chat/7.feature:3", "environment")
        ]
    else:
        with pytest.raises(EnvironmentFailure):
            run._restore_all(world, failed=False)
        assert troubles == []
    assert run.why_not(["chat"]) == "its system is not there: Redis: `start` took longer than 30 s"
    assert Verdict.of(["product", "environment"]) == 3
    run.background.close()


def test_a_leak_counts_in_the_run_that_is_under_way_on_shared_systems() -> None:
    run, again = Bare(), ReportingContext()
    amended: list[str] = []
    again.results.amend = lambda place, *_: amended.append(place)  # type: ignore[method-assign]
    run.report_to(again)
    late = Listened("4.1", sut("chat", []), run)
    run._audit._worlds = [late]
    late.inbox.put(Message("user A", "a late leak"))
    run._audit.finish()
    assert (run.amended, amended) == ([], ["4.1"])
    run.background.close()
