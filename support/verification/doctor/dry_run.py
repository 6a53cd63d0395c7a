"""Which scenarios a profile does not let run, and why, found without a word to the system.

Each scenario is played against the real driver, in a process in which the interpreter itself lets nothing out: no
connection, no process (`sys.addaudithook`). What a user does is taken to have succeeded once it comes to its first
word to the system; what the suite cannot do is said before that, as in a run. What only the system's answers would
tell, this does not find.

    python -m support.verification.doctor.dry_run PROFILE SYSTEM SHARE

reads places as JSON, file:line (none for the whole spec), and prints what is `Forecast` of the scenario at each.
"""

import asyncio
import inspect
import json
import logging
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout, suppress
from copy import copy
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

import jwt
from behave.model import Scenario, Step

from support.config.account_pool import of_share
from support.config.profile import Limits, LoadSettings, Profile, SystemProfile, load
from support.core.errors import Absent, NotSupported
from support.core.people import Account
from support.environments.external.command_control import CommandControl
from support.environments.external.deployment import ExternalDeployment
from support.environments.faults.control import Control
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems import class_of
from support.scenario import needs
from support.scenario.accounts import Accounts
from support.scenario.actor import Actor
from support.scenario.forecasts import Forecast
from support.scenario.outages import Outages
from support.scenario.world import World
from support.vocabulary.lint import source
from support.vocabulary.lint.vocabulary import Phrase
from support.vocabulary.lint.vocabulary import load as load_phrases

HERE = Path(__file__).parents[3]
#: What leaves a process, by the interpreter's own names (docs.python.org/3/library/audit_events.html).
_WAYS_OUT = ("socket.connect", "socket.sendto", "subprocess.Popen", "os.posix_spawn", "os.fork", "os.system", "os.kill")
#: Seconds that each wait of a dry run takes, and that a step may take.
_SHORTEST, _PATIENCE = 0.001, 0.3
#: What people are taken to hold who would have signed in.
_TOKEN = jwt.encode({"sub": "somebody"}, "a secret of nobody's, and of decent length")


class _Network:
    """Whether nothing leaves this process, once `_let_nothing_out` watches it."""

    shut = True


_network = _Network()


class NothingLeaves(Exception):  # noqa: N818 - the end of a step in a dry run
    """A step has come to its first word to the system."""


class PresumedAccounts(Accounts):
    """Accounts that may not exist."""

    async def take(self, role: str, lifetime: float | None, *, online: bool = False) -> Account:
        try:
            return await super().take(role, lifetime, online=online)
        except NotSupported:
            raise
        except Exception:  # the system would have had to be asked
            return self.leased[-1] if self.leased else Account(f"{role.replace(' ', '-')}@example.com", "made up")


class PresumedOutages(Outages):
    """Outages for which processes are only looked for."""

    def control(self, name: str) -> Control:
        control = super().control(name)
        if isinstance(control, CommandControl):
            return control  # it knows which commands it has, and none leaves this process
        raise NothingLeaves


class DryRun(World):
    """A scenario whose people get accounts that may not exist, and whose processes are only looked for."""

    presumed: type[Accounts] = PresumedAccounts

    def __init__(self, sut: SystemUnderTest, wishes: needs.Wishes = needs.NO_WISHES) -> None:
        super().__init__("a dry run", sut, replace(wishes, real_time=False))
        self.accounts = self.presumed(sut, self.transcript, self.dispatch, afresh=wishes.afresh)
        self.outages = PresumedOutages(sut, self.transcript, self.settle_claims, first_attempt=False)

    async def quiet(self, broken: str = "") -> None:
        """Nothing is under way."""

    def enlist(self, role: str, account: Account) -> Actor:
        actor = super().enlist(role, account)
        for name in ("token", "renewal", "refresh_token"):
            if hasattr(actor.client, name):
                setattr(actor.client, name, _TOKEN)
        _presume_success(actor.client)
        return actor


def _presume_success(client: object) -> None:
    """Have each verb of a client end well once it comes to its first word to the system."""

    def presumed(verb: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def play(*arguments: Any, **named: Any) -> Any:
            with suppress(NothingLeaves):
                return await verb(*arguments, **named)

        return play

    for name, _ in inspect.getmembers(type(client), inspect.iscoroutinefunction):
        if not name.startswith("_"):
            setattr(client, name, presumed(getattr(client, name)))


def dry_run(profile: Profile, system: str, places: Sequence[str] = ()) -> list[Forecast]:
    """Dry-run scenarios: play them in a process that nothing leaves.

    Args:
        profile: which fits the system, or not.
        system: the spec's.
        places: where they stand, file:line; the whole spec by default.
    """
    phrases = Phrases(load_phrases(HERE / "steps"))
    hurried = profile.model_copy(update={"systems": {system: _hurried(profile.systems[system])}})
    hurried.load = LoadSettings(most=_SHORTEST)
    sys.addaudithook(_let_nothing_out)
    with _deployed(class_of(system, profile)(profile, {})) as deployed:
        sut = class_of(system, profile)(hurried, {})
        sut.deployment = deployed.deployment
        return [_forecast(sut, scenario, phrases) for scenario in _scenarios(system, places)]


def _forecast(sut: SystemUnderTest, scenario: Scenario, phrases: "Phrases") -> Forecast:
    """What a scenario comes to on a system that knows nothing of the others."""
    title, place = source.title(scenario), str(scenario.location)
    if "soak" in scenario.effective_tags:
        return Forecast(title, place, needs.SOAKS)
    fresh = copy(sut)
    if fresh.described.deployment != "embedded":
        fresh.deployment = fresh.deploy()
    limit, leased = asyncio.run(_limit(fresh, scenario, phrases))
    lack = limit.lack if isinstance(limit, Absent) else ""
    alone = limit is None and (needs.to_be_alone(phrases, scenario) or _has_changed_settings(fresh))
    return Forecast(title, place, str(limit or ""), lack, leased, alone)


def _has_changed_settings(sut: SystemUnderTest) -> bool:
    """Whether the scenario has come to a change of settings, which all feel who are in the system."""
    return isinstance(sut.deployment, ExternalDeployment) and sut.deployment.settings.are_changed


class Phrases:
    """The phrases of the step files, found as behave finds them.

    Args:
        known: all of them.
    """

    def __init__(self, known: list[Phrase]) -> None:
        self._known = known
        self.of = cache(self._of)
        self._match = cache(self._matched)

    def find_match(self, step: Step) -> Any:
        """behave's match of a step; None if no phrase fits."""
        return self._match(step.step_type, step.name)

    def _matched(self, kind: str, text: str) -> Any:
        phrase = self.of(kind, text)
        return phrase and phrase.matcher.match(text)

    def _of(self, kind: str, text: str) -> Phrase | None:
        return next((one for one in self._known if one.kind in (kind, "step") and one.matches(text)), None)


@contextmanager
def _deployed(sut: SystemUnderTest) -> Iterator[SystemUnderTest]:
    """The deployment, with no way out; one of our own is really there, for only then is it known where."""
    sut.deployment = sut.deploy()
    with asyncio.Runner() as runner:
        try:
            _network.shut = False
            if sut.described.deployment == "embedded":
                runner.run(sut.deployment.open())
            _network.shut = True
            yield sut
        finally:
            _network.shut = False
            if sut.described.deployment == "embedded":
                runner.run(sut.deployment.close())


async def _limit(sut: SystemUnderTest, scenario: Scenario, phrases: Phrases) -> tuple[NotSupported | None, int]:
    """What keeps a scenario from running, nothing if nothing does; and how many accounts were leased for it."""
    world = _world(sut, needs.wishes(phrases, scenario))
    try:
        limit = needs.unmet(phrases, scenario, sut) or await _first_limit(world, scenario, phrases)
        return limit, len(world.accounts.leased)
    finally:
        with suppress(Exception):  # nothing was opened
            await sut.let_go()


async def _first_limit(world: World, scenario: Scenario, phrases: Phrases) -> NotSupported | None:
    for step in scenario.all_steps:
        try:
            async with asyncio.timeout(_PATIENCE):
                await _play(world, step, phrases)
        except NotSupported as limit:
            return limit
        except (Exception, asyncio.CancelledError):  # it came to the system, or missed what it would have heard before
            continue
    return None


def _world(sut: SystemUnderTest, wishes: needs.Wishes) -> DryRun:
    sut.lease = sut.leased()
    sut.take_up(protecting=sut.protected)
    return DryRun(sut, wishes)


async def _play(world: World, step: Step, phrases: Phrases) -> None:
    if phrase := phrases.of(step.step_type, step.name):
        match = phrase.matcher.match(step.name)
        arguments: list[Any] = [argument.value for argument in match.arguments]
        await phrase.function(world, *arguments, *([step.table] if step.table is not None else []))


def _scenarios(system: str, places: Sequence[str]) -> list[Scenario]:
    """Those that stand at these places; all of a spec if there are none."""
    named = {Path(place.rpartition(":")[0]) for place in places}
    files = sorted(named or (HERE / "features" / system).rglob("*.feature"))
    every = [played for file in files for written in source.read(file).scenarios for played in source.played(written)]
    return [one for one in every if not places or str(one.location) in places]


def _hurried(described: SystemProfile) -> SystemProfile:
    """The same system, for which nothing is waited."""
    limits = Limits.model_validate(dict.fromkeys(Limits.model_fields, _SHORTEST))
    return described.model_copy(update={"limits": limits})


def _let_nothing_out(event: str, arguments: tuple[Any, ...]) -> None:
    if (
        _network.shut
        and event in _WAYS_OUT
        and not (event == "socket.connect" and isinstance(arguments[1], str | bytes))
    ):
        raise NothingLeaves(event)


if __name__ == "__main__":
    logging.disable()  # what is left open amid a word to the system complains at length
    with redirect_stdout(sys.stderr):
        told = dry_run(of_share(load(sys.argv[1] or None), sys.argv[3]), sys.argv[2], json.load(sys.stdin))
    with suppress(BrokenPipeError):
        print(json.dumps([asdict(one) for one in told]))
