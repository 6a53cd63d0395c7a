"""A system under test, up and reachable, with its driver: what all scenarios of a system share."""

import asyncio
from contextlib import suppress
from typing import Any, ClassVar, cast

from pydantic import BaseModel, ValidationError

from support.config.account_pool import Lease
from support.config.profile import Limits, Profile, SystemProfile
from support.config.toml_file import explain
from support.core import clock
from support.core.errors import EnvironmentFailure, SuiteError
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.probing import LetsIn
from support.drivers.capabilities.waiting import MakesWait
from support.drivers.clients.http import Unreachable
from support.drivers.clients.trust import rely
from support.drivers.kit.driver import System
from support.drivers.kit.llm_stub import LlmStub
from support.drivers.kit.read_only import guard, release
from support.drivers.kit.read_only_driver import protected
from support.drivers.kit.user_pool import unrecorded
from support.environments import profile_secrets, source_addresses
from support.environments.compose import environment_secrets
from support.environments.compose.deployment import ComposeDeployment
from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.external.command_control import Tell, untold
from support.environments.external.deployment import ExternalDeployment, addressed
from support.environments.external.repair import can_be_repaired, repair
from support.environments.pending_messages import PendingMessages
from support.environments.preflight import answers, is_itself, vet

Deployment = EmbeddedDeployment | ExternalDeployment


class SystemUnderTest:
    """One deployed system and the driver that speaks to it.

    A subclass for each system (`support.environments.systems`) says how to deploy it here and how to drive it.

    Args:
        profile: the whole profile; the part `systems.NAME` describes this system.
        overrides: options for the embedded back end that win over the profile's, such as a fault.

    Raises:
        SuiteError: the profile says nothing, or something wrong, about this system.
    """

    name: ClassVar[str]
    product: ClassVar[str]
    """What product people call the system."""
    server: ClassVar[str]
    """The process that users talk to."""
    Options: ClassVar[type[BaseModel]]
    """The driver's options."""
    takes_options: ClassVar[bool] = True
    """Whether what is started here for it is a reference back end, which has options."""
    schemes: ClassVar[tuple[str, ...]] = ("http", "https")
    """How its addresses may begin."""

    deployment: Deployment
    system: System
    bots: LlmStub | None = None
    lease: Lease | None = None

    def __init__(self, profile: Profile, overrides: dict[str, str]) -> None:
        if self.name not in profile.systems:
            raise SuiteError(f"profile {profile.name}: it has no [systems.{self.name}], which this feature needs")
        self._key = f"profile {profile.name}: systems.{self.name}"
        if profile.systems[self.name].deployment == "compose":
            environment_secrets.learn()  # what the profile is filled in with
        self.described: SystemProfile = profile.systems[self.name].filled(self._key)
        self.overrides = overrides
        self.load = profile.load
        self.tell: Tell = untold
        """Who is told what is done to the system: the transcript of the present scenario."""
        for secret in profile_secrets.of(self.described):
            everywhere.learn(secret)
        self._options = self._validated(f"{self._key}.driver")
        self._unrecorded = unrecorded()
        self._trouble, self._guarded = "", list[str]()
        self.leftovers = PendingMessages()
        self.processes = self.number = 1  # how many of this run play on it at the same time, and which of it we are

    @property
    def limits(self) -> Limits:
        """The named limits that this system is held to."""
        return self.described.limits

    @property
    def longest_wait(self) -> float:
        """Seconds that one step may rightly wait for: by limits, by rules of the system, and for what handles it."""
        by_itself = self.system.longest_wait if isinstance(self.system, MakesWait) else 0.0
        return self.limits.longest_wait + by_itself + self.deployment.longest_action

    @property
    def protected(self) -> bool:
        """Whether nothing in the system is to be changed."""
        return self.described.protected

    def is_recorded_by(self, transcript: Transcript) -> None:
        """Have what is done to the system written down."""
        self.tell = transcript.did

    def deploy(self) -> Deployment:
        """The deployment that the profile describes, not yet open.

        Raises:
            SuiteError: what it needs is missing in the profile, or wrong.
        """
        self._options_have_their_server()
        described, key = self.described, self._key
        if described.deployment == "embedded":
            return self.deploy_here()
        addresses = addressed(self.server, described.address, described.addresses, key, self.schemes)
        for address in addresses.values():
            rely(address, described.tls, f"{key}.tls")
            source_addresses.take(described, address, self.number, key)
        if described.deployment == "compose":
            mail = described.driver.get("mail_folder")
            return ComposeDeployment(
                addresses, described.services, described.controls, mail=mail, tell=lambda line: self.tell(line)
            )
        return ExternalDeployment(addresses, described.controls, lambda line: self.tell(line), described.settings)

    def _options_have_their_server(self) -> None:
        """See that options for a server of ours are not given in vain: a fault that no server has is never noticed.

        Raises:
            SuiteError: there is no such server here.
        """
        given = [f"-D server.{option}" for option in self.overrides] or [f"{self._key}.server"] * bool(
            self.described.server
        )
        if given and not (self.described.deployment == "embedded" and self.takes_options):
            raise SuiteError(f"{given[0]}: only the embedded reference back end takes options, and this is another")

    def leased(self) -> Lease | None:
        """The accounts that the profile names, all of them free.

        Raises:
            SuiteError: a password is not to be had.
        """
        return Lease(self.described.accounts) if self.described.accounts else None

    def deploy_here(self) -> EmbeddedDeployment:
        """The embedded deployment, not yet open."""
        raise NotImplementedError

    def drive(self) -> System:
        """The driver, for the deployment that is open now."""
        raise NotImplementedError

    def take_up(self, *, protecting: bool) -> None:
        """Have the driver for the deployment; if `protecting`, one that changes nothing, and guards on what it uses."""
        self.system = self.drive()
        if protecting:
            self._guarded = [*self.deployment.addresses.values(), *self.described.stores.values()]
            for address in self._guarded:
                guard(address)
            self.system, self.bots = protected(self.system), None

    async def open(self) -> None:
        """Start the system, or reach it and see that it is what the profile says; wait until it serves.

        Raises:
            SuiteError: the profile is wrong.
            EnvironmentFailure: it cannot be started or reached, or is not what the profile says.
        """
        self.deployment = self.deploy()
        self.lease = self.leased()
        await self.deployment.open()
        try:
            self.take_up(protecting=self.protected)
            if self.described.deployment == "embedded":
                await self.serves(within=self.limits.opening)
            else:
                await self._meet()
        except BaseException:
            await self.close()
            raise

    async def _meet(self) -> None:
        """Wait until a system that we have not started serves, and see that it is what the profile says."""
        try:
            await self.serves(within=self.limits.opening)
        except EnvironmentFailure:
            await is_itself(self.name, self.system, self._unrecorded)  # why it does not, if it is another
            raise
        self.deployment.versions |= await vet(self.name, self.system, self.described, self._unrecorded)

    async def serves(self, within: float, *, let_in: bool = True) -> None:
        """Wait until the system serves its users.

        Whatever it leaves open when the time is over, as it may while it is in trouble, it is asked once more.

        Args:
            within: seconds that it may take.
            let_in: whether users have to get live connections, however often they try; not if a `Then` asks just that.

        Raises:
            EnvironmentFailure: it does not within `within` seconds.
        """
        deadline, asked = clock.now() + within, clock.now()
        while not await self._answers(let_in, until=deadline):
            if asked > deadline:
                where = f"{self.name}: the system at {self.system.address}"
                raise EnvironmentFailure(f"{where} does not serve within {within:g} s ({self._trouble})")
            await clock.pause(0.02)
            asked = clock.now()

    async def is_there(self) -> bool:
        """Whether what users talk to answers anything: a look that signs no user in, and asks nothing of a database.

        What does not speak HTTP is asked whether it serves.
        """
        if not self.system.address.startswith("http"):
            return await self._answers(let_in=False, until=clock.now() + self.limits.response)
        return await answers(self.system.address, self.limits.response, self._unrecorded)

    @property
    def can_be_repaired(self) -> bool:
        """Whether we may start it when it has broken, and the profile says how."""
        return not self.protected and can_be_repaired(self.deployment, self.server)

    async def repair(self) -> bool:
        """Start a system that has broken, if we have not started it ourselves and the profile says how.

        Returns:
            Whether there is a way to.

        Raises:
            EnvironmentFailure: it does not come up, or does not serve within the recovery limit then.
        """
        if not self.can_be_repaired:
            return False
        await repair(cast(ExternalDeployment, self.deployment), self.server)
        await self.serves(within=self.limits.recovery)
        return True

    @property
    def can_empty_queue(self) -> bool:
        """Whether the profile says how to have no message be under way any more."""
        return False

    async def empty_queue(self) -> bool:
        """Have no message be under way any more; whether the profile says how."""
        return False

    def empties_first(self, broken: str) -> bool:
        """Whether that is done before each scenario that counts, or breaks the process of this name."""
        return False

    async def notices(self, within: float) -> None:
        """Wait until the system has stopped serving, or `within` seconds are over."""
        deadline = clock.now() + within
        while await self._answers(let_in=True, until=deadline) and clock.now() < deadline:
            await clock.pause(0.02)

    async def _answers(self, let_in: bool, until: float) -> bool:
        """Whether it serves; who asks before `until`, on `clock.now()`, waits no longer than that."""
        rest = until - clock.now()
        with suppress(TimeoutError):
            async with asyncio.timeout(rest if rest > 0 else None):
                return await self._serves(let_in)
        return False

    async def _serves(self, let_in: bool) -> bool:
        self._trouble = "it answers that it cannot"
        try:
            if not await self.system.serves(self._unrecorded):
                return False
            self._trouble = "no user gets a live connection"
            return not (let_in and isinstance(self.system, LetsIn)) or await self.system.lets_in(self._unrecorded)
        except (Rejected, Unreachable) as trouble:
            self._trouble = str(trouble)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            self._trouble = f"its answer is not understood: {type(error).__name__}: {error}"
        return False

    async def let_go(self) -> None:
        """Close the driver, if there is one yet, and take its guards away."""
        if hasattr(self, "system"):
            await self.system.close()
        while self._guarded:
            release(self._guarded.pop())

    async def close(self) -> None:
        """Close the driver, if there is one yet, then the deployment."""
        await self.let_go()
        await self.deployment.close()

    def _validated(self, where: str) -> Any:
        try:
            return self.Options.model_validate(self.described.driver)
        except ValidationError as error:
            raise SuiteError(f"{where}: {explain(error, self.Options)}") from error
