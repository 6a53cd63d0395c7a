"""One run of behave: its profile, its systems, its scenarios, and the audit of every claimed silence at its end."""

import asyncio
import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.metadata import version

from behave.model import Scenario
from behave.runner import the_step_registry as registry  # behave.step_registry is there twice in a run

from support.config import userdata_keys
from support.config.account_pool import of_share
from support.config.profile import DEFAULT, Profile, load
from support.core.checks import need_docstrings
from support.core.errors import EnvironmentFailure, NotSupported, SuiteError
from support.core.event_loop import Background
from support.environments.embedded import process_supervision
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems import SYSTEMS, class_of
from support.reporting.attachments import amend, attach, note_trouble
from support.reporting.outcome import UNNAMED
from support.reporting.reporting_context import session
from support.reporting.run_metadata import write_properties
from support.scenario import needs
from support.scenario.evidence import message_chart, server_logs
from support.scenario.forecast import Foretelling
from support.scenario.lobby import Lobby
from support.scenario.rendezvous import Rendezvous
from support.scenario.restoration import Aftercare
from support.scenario.world import World
from support.vocabulary import parameters

#: Seconds that people stay connected after their scenario's end, with a system of our own.
HORIZON = 6.0


class Run:
    """All that lasts from `before_all` to `after_all`.

    Args:
        userdata: behave's `-D` settings, those of `support.config.userdata_keys`.
        asked_for: the tag expression of the command line.

    Raises:
        SuiteError: a setting or the profile is wrong, or Python leaves out what the suite is made of.
    """

    def __init__(self, userdata: Mapping[str, str], asked_for: str = "") -> None:
        need_docstrings()
        process_supervision.interrupt_on_termination()
        userdata_keys.check(userdata)
        self._asked_for = asked_for
        self.profile = of_share(load(userdata.get("profile")), userdata.get("lease"))
        _known(self.profile)
        session.known = self.profile.known_failures
        self._results = userdata.get("allure", "reports/allure-results")
        self.background = Background()
        self.suts: dict[str, SystemUnderTest] = {}
        self._lost: dict[str, EnvironmentFailure] = {}
        self._refused: dict[str, SuiteError] = {}
        self._trailing: list[World] = []
        self._cut_short: Counter[str] = Counter()
        self._overrides = userdata_keys.server_options(userdata)
        self._lobbies: dict[str, Lobby] = {}
        self._aftercare = Aftercare()
        self._foretelling = Foretelling(*map(userdata.get, ("profile", "lease", "foretold")))
        self._rendezvous = Rendezvous(userdata.get("rendezvous"))

    def why_not(self, tags: list[str]) -> str | None:
        """Why what bears these tags is not run; None if it is."""
        system = _system(tags)
        if system not in self.profile.systems:
            return f"{UNNAMED}{system}"
        if lost := self._lost.get(system):
            return f"its system is not there: {lost}".partition("\n")[0]
        if "soak" in tags and "@soak" not in self._asked_for:
            return needs.SOAKS
        return None

    def foresee(self, tags: list[str], selected: Sequence[Scenario]) -> None:
        """Find out what cannot be played on a system that we have not started, before its first scenario begins.

        Args:
            tags: a feature's, which name the system.
            selected: all scenarios of the run, whatever they are about.
        """
        name = _system(tags)
        if self.open_system(tags).described.deployment == "embedded":  # its limits cost nothing, and show by themselves
            return
        self._foretelling.of(name, [one for one in selected if name in one.effective_tags])
        if self._results != "off":
            write_properties(self._results, self._environment())

    def unmet(self, scenario: Scenario) -> NotSupported | None:
        """What a scenario of a system that is there cannot do without and does not have; None if nothing is known."""
        return self._foretelling.limit(scenario) or needs.unmet(
            registry, scenario, self.open_system(scenario.effective_tags)
        )

    def open_system(self, tags: list[str]) -> SystemUnderTest:
        """The system of the system that a feature's tags name, started when it is needed first.

        Raises:
            SuiteError: the tags name no system, or the profile does not know it.
            EnvironmentFailure: it cannot be started or reached, or has died.
        """
        name = _system(tags)
        if trouble := self._lost.get(name) or self._refused.get(name):
            raise trouble
        if name not in self.suts:
            sut = class_of(name, self.profile)(self.profile, self._overrides)
            if self.profile.name != DEFAULT or self._overrides:
                session.tested[name] = session.redactor.text(self._tested(sut))
            try:
                self.background.run(sut.open())
            except EnvironmentFailure as error:
                self._lost[name] = error
                raise
            except SuiteError as error:  # it would be refused for every feature anew
                self._refused[name] = error
                raise
            self.suts[name] = sut
            if sut.lease:
                sut.lease.recall = partial(self._recall, sut)
                if not sut.protected:
                    self._lobbies[name] = Lobby()
            session.products[name] = sut.product
            session.drivers[name] = f"{sut.deployment.name} {sut.system.address if sut.lease else ''}".strip()
            if self._results != "off":
                write_properties(self._results, self._environment())
        return self.suts[name]

    def _tested(self, sut: SystemUnderTest) -> str:
        """What a verdict says of the system, if that is not our reference back end as it is."""
        profile = f" of profile {self.profile.name}" if self.profile.name != DEFAULT else ""
        where = f" at {sut.described.address}" if sut.described.address else ""
        options = "".join(f" with {userdata_keys.SERVER}{option}={value}" for option, value in self._overrides.items())
        return f"{sut.name}{profile}{where}{options}"

    def open_world(self, scenario: Scenario) -> World:
        """A fresh world for a scenario."""
        tags = scenario.effective_tags
        sut = self.open_system(tags)
        world = World(
            str(scenario.location),
            sut,
            in_real_time="soak" in tags,
            marked=needs.claims_silence(registry, scenario),
            afresh=needs.wants_fresh_accounts(registry, scenario),
            first_attempt=needs.asks_first_attempt(registry, scenario),
            settle=partial(self._settle_sut, sut),
            lobby=self._lobbies.get(sut.name),
        )
        world.disturbed = "load" in tags
        session.in_words = world.in_words
        return world

    def close_world(self, world: World, *, failed: bool) -> None:
        """Undo a scenario's faults and send its people home, save those whose silence is still being listened to.

        Raises:
            EnvironmentFailure: the scenario passed, but the system does not serve any more. If it failed, that is the
                failure, and the loss a trouble of the run; either way the rest of the system's scenarios is not run.
        """
        try:
            self._attach_record(world, failed=failed)
        finally:
            self._restore_all(world, failed=failed)

    def _restore_all(self, world: World, *, failed: bool) -> None:
        try:
            self.background.run(self._aftercare.after(world, failed=failed))
            if self._results != "off" and self._aftercare.repaired:
                write_properties(self._results, self._environment())
        except EnvironmentFailure as error:
            self._lost[world.sut.name] = error
            if not failed:
                raise
            note_trouble(f"{world.sut.product}, after {world.place}", error)
        finally:
            world.failed = failed
            self._let_go(world)

    def _attach_record(self, world: World, *, failed: bool) -> None:
        """Put into the report who said what to whom and, if it failed, what the servers said meanwhile."""
        attach("Message chart", message_chart(world, failed=failed), "svg")
        attach("Transcript", str(world.transcript))
        if failed:
            for name, said in server_logs(world).items():
                attach(f"Log of the {name}", said)

    def _environment(self) -> dict[str, str]:
        """What the report says of where and with what the run was made."""
        known = {"profile": self.profile.name, "python": platform.python_version()}
        known |= {package: version(package) for package in ("behave", "allure-behave", "python-socketio", "aiohttp")}
        for sut in self.suts.values():
            known[f"{sut.product}: deployment"] = sut.deployment.name
            known |= {f"{sut.product}: {process}": found for process, found in sut.deployment.versions.items()}
            if repaired := self._aftercare.repaired.get(sut.name):
                known[f"{sut.product}: started again"] = "; ".join(repaired)
            if self._cut_short[sut.name]:
                less = f"after {self._cut_short[sut.name]} scenarios for less than {horizon(sut):g} s"
                known[f"{sut.product}: late leaks listened for"] = f"{less}: their accounts were needed again"
            if trouble := self._foretelling.troubles.get(sut.name):
                known[f"{sut.product}: not foretold"] = trouble
        return known

    def _let_go(self, world: World) -> None:
        world.transcript.close()
        if world.silences:
            self._trailing.append(world)
        else:
            self.background.run(world.leave())
        while self._trailing and self._trailing[0].over_for > horizon(self._trailing[0].sut):
            self._audit(self._trailing.pop(0))

    def _audit(self, world: World) -> None:
        """Judge a scenario's claimed silences once more, and let its people go."""
        _judge_silences(world)
        self._cut_short[world.sut.name] += not world.was_heard(horizon(world.sut))
        self.background.run(world.leave())

    async def _recall(self, sut: SystemUnderTest) -> bool:
        """Let the people of the oldest scenario go whose accounts another needs, though they could be heard longer.

        Who can stay online goes on in another scenario, and what is of this one is still heard there.

        Returns:
            Whether there was such a scenario.
        """
        world = next((one for one in self._trailing if one.sut is sut and not one.has_left), None)
        if world is None:
            return False
        await world.leave()
        return True

    async def _settle_sut(self, sut: SystemUnderTest) -> None:
        """Audit the scenarios of a system about to be broken: what it says then is held against none of them."""
        await self._rendezvous.join()
        due = [world for world in self._trailing if world.sut is sut]
        self._trailing = [world for world in self._trailing if world.sut is not sut]
        for world in due:
            _judge_silences(world)
        await asyncio.gather(*(world.leave() for world in due))
        if lobby := self._lobbies.get(sut.name):  # a fault is for those of its scenario, and for nobody else
            await lobby.close()

    @property
    def whole(self) -> bool:
        """Whether no system has been lost so far."""
        return not self._lost

    def settle(self) -> None:
        """Audit what is still listened to, and leave the systems up."""
        while self._trailing:
            self._audit(self._trailing.pop(0))
        for lobby in self._lobbies.values():
            self.background.run(lobby.close())

    def close(self) -> None:
        """Settle, then stop everything. Safe to call twice, and after a failed start."""
        self.settle()
        if self._results != "off" and self._cut_short:
            write_properties(self._results, self._environment())
        while self.suts:
            self.background.run(self.suts.popitem()[1].close())
        self.background.close()


def horizon(sut: SystemUnderTest) -> float:
    """Seconds that people stay connected after their scenario's end, so that a late leak is still heard."""
    if sut.described.deployment == "embedded":
        return HORIZON
    return max(HORIZON, sut.limits.keep_alive + sut.limits.sweep + sut.limits.delivery)


def _judge_silences(world: World) -> None:
    if findings := world.audit():
        amend(world.place, "failed", "; ".join(findings))
    for claim in world.silences:
        claim.actor.inbox.close()


def _system(tags: list[str]) -> str:
    named = [tag for tag in tags if tag in SYSTEMS]
    if len(named) != 1:
        raise SuiteError(f"a feature needs exactly one system tag of @{', @'.join(SYSTEMS)}; it has {named or 'none'}")
    return named[0]


def _known(profile: Profile) -> None:
    """A system of a misspelt name would be left out without a word."""
    for name in profile.systems.keys() - SYSTEMS.keys():
        raise SuiteError(f"profile {profile.name}: there is no system {name!r}; there are: {', '.join(SYSTEMS)}")


def vocabulary() -> None:
    """Make the parameter types known, before behave loads the step files."""
    parameters.register()
