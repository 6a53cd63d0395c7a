"""One run of behave: its profile, its systems, its scenarios, and the audit of every claimed silence at its end."""

import platform
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
from support.reporting.outcome import UNNAMED
from support.reporting.reporting_context import ReportingContext
from support.reporting.run_metadata import RunMetadata
from support.scenario import needs
from support.scenario.evidence import message_chart, server_logs, transcript
from support.scenario.forecasts import Forecasts
from support.scenario.lobby import Lobby
from support.scenario.rendezvous import Rendezvous
from support.scenario.restoration import Restoration
from support.scenario.trailing_audit import TrailingAudit, horizon
from support.scenario.world import World
from support.vocabulary import parameters

#: Seconds in which systems get over a time in which the suite, and what reached them through it, stood still.
AFTERMATH = 5.0


class Run:
    """All that lasts from `before_all` to `after_all`.

    Args:
        userdata: behave's `-D` settings, those of `support.config.userdata_keys`.
        reporting: what it tells the report, and asks of it.
        asked_for: the tag expression of the command line.

    Raises:
        SuiteError: a setting or the profile is wrong, or Python leaves out what the suite is made of.
    """

    def __init__(self, userdata: Mapping[str, str], reporting: ReportingContext, asked_for: str = "") -> None:
        need_docstrings()
        process_supervision.interrupt_on_termination()
        userdata_keys.check(userdata)
        self._asked_for = asked_for
        self.profile = of_share(load(userdata.get("profile")), userdata.get("lease"))
        _known(self.profile)
        self._reporting = reporting
        reporting.known = self.profile.known_failures
        results = userdata.get("allure", "reports/allure-results")
        self._metadata = RunMetadata(None if results == "off" else results, reporting.redactor)
        self.background = Background()
        self.suts: dict[str, SystemUnderTest] = {}
        self._lost: dict[str, EnvironmentFailure] = {}
        self._refused: dict[str, SuiteError] = {}
        self._audit = TrailingAudit(self.background, reporting.results)
        self._overrides = userdata_keys.server_options(userdata)
        self._beside, self._number = (
            int(userdata.get(key, "1")) for key in (userdata_keys.BESIDE, userdata_keys.PROCESS)
        )
        self._restoration = Restoration()
        self._forecasts = Forecasts(*map(userdata.get, ("profile", "lease", "forecasts")))
        self._rendezvous = Rendezvous(userdata.get("rendezvous"))

    def report_to(self, reporting: ReportingContext) -> None:
        """Have another run of behave, on the systems of this one, report what happens from now on."""
        before, self._reporting = self._reporting, reporting
        reporting.known, reporting.tested = before.known, before.tested
        reporting.products, reporting.drivers = before.products, before.drivers
        self._audit.results = reporting.results

    def why_not(self, tags: list[str]) -> str | None:
        """Why a feature or scenario with these tags is not run; None if it is."""
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
        self._forecasts.of(name, [one for one in selected if name in one.effective_tags])
        self._metadata.write(self._environment())

    def unmet(self, scenario: Scenario) -> NotSupported | None:
        """What a scenario of a system that is there cannot do without and does not have; None if nothing is known."""
        return self._forecasts.limit(scenario) or needs.unmet(
            registry, scenario, self.open_system(scenario.effective_tags)
        )

    def open_system(self, tags: list[str]) -> SystemUnderTest:
        """The system under test that the tags of a feature name, started when it is first needed.

        Raises:
            SuiteError: the tags name no system, or the profile does not know it.
            EnvironmentFailure: it cannot be started or reached, or has died.
        """
        name = _system(tags)
        if trouble := self._lost.get(name) or self._refused.get(name):
            raise trouble
        if name not in self.suts:
            sut = class_of(name, self.profile)(self.profile, self._overrides)
            sut.processes = 1 if sut.described.deployment == "embedded" else self._beside
            sut.number = self._number
            if self.profile.name != DEFAULT or self._overrides:
                self._reporting.tested[name] = self._reporting.redactor.text(self._tested(sut))
            try:
                self.background.run(sut.open())
            except EnvironmentFailure as error:
                self._lost[name] = error
                raise
            except SuiteError as error:  # it would be refused for every feature anew
                self._refused[name] = error
                raise
            self.suts[name] = sut
            sut.leftovers.others = sut.processes > 1
            if sut.lease:
                sut.lease.recall = partial(self._audit.recall, sut)
                if not sut.protected:
                    self._audit.lobbies[name] = Lobby(sut)
            self._reporting.products[name] = sut.product
            self._reporting.drivers[name] = f"{sut.deployment.name} {sut.system.address if sut.lease else ''}".strip()
            self._metadata.write(self._environment())
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
            needs.wishes(registry, scenario),
            settle=partial(self._settle, sut),
            lobby=self._audit.lobbies.get(sut.name),
            reporting=self._reporting,
        )
        world.disturbed = "load" in tags
        self._reporting.in_words = world.in_words
        return world

    def close_world(self, world: World, *, failed: bool) -> None:
        """Undo a scenario's faults and send its people home, save those whose silence is still being listened to.

        Raises:
            EnvironmentFailure: the scenario passed, but the system does not serve any more. If it failed, that is the
                failure, and the loss a trouble of the run; either way the rest of the system's scenarios is not run.
        """
        if failed:
            self._reporting.stood_still = self.background.stood_still(world.transcript.began - AFTERMATH)
        try:
            self._attach_record(world, failed=failed)
        finally:
            self._restore_all(world, failed=failed)

    def _restore_all(self, world: World, *, failed: bool) -> None:
        try:
            self.background.run(self._restoration.after(world, failed=failed))
            if self._restoration.repaired:
                self._metadata.write(self._environment())
        except EnvironmentFailure as error:
            self._lost[world.sut.name] = error
            if not failed:
                raise
            self._reporting.results.note(f"{world.sut.product}, after {world.place}", error)
        finally:
            world.failed = failed
            world.transcript.close()
            self._audit.take(world)

    def _attach_record(self, world: World, *, failed: bool) -> None:
        """Put into the report who said what to whom and, if it failed, what the servers said meanwhile."""
        attach = self._reporting.attach
        attach("Message chart", message_chart(world, failed=failed).encode(), "svg")  # bytes: both are masked already
        attach("Transcript", transcript(world).encode())
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
            if repaired := self._restoration.repaired.get(sut.name):
                known[f"{sut.product}: started again"] = "; ".join(repaired)
            if cut_short := self._audit.cut_short[sut.name]:
                less = f"after {cut_short} scenarios for less than {horizon(sut):g} s"
                known[f"{sut.product}: late leaks listened for"] = f"{less}: their accounts were needed again"
            if trouble := self._forecasts.troubles.get(sut.name):
                known[f"{sut.product}: no dry run"] = trouble
        return known

    async def _settle(self, sut: SystemUnderTest) -> None:
        """Before a scenario breaks a system: wait for those that do the same, then audit what is still listened to."""
        await self._rendezvous.join()
        await self._audit.settle(sut)

    @property
    def whole(self) -> bool:
        """Whether no system has been lost so far."""
        return not self._lost

    def settle(self) -> None:
        """Audit what is still listened to, and leave the systems up."""
        self._audit.finish()

    def close(self) -> None:
        """Settle, then stop everything. Safe to call twice, and after a failed start."""
        self.settle()
        if self._audit.cut_short:
            self._metadata.write(self._environment())
        while self.suts:
            self.background.run(self.suts.popitem()[1].close())
        self.background.close()


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
