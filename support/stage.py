"""A system under test, up and reachable, with its driver: what all scenarios of a system share."""

from typing import Any, ClassVar

from pydantic import BaseModel, ValidationError

from support import clock
from support.accounts import Lease
from support.bots import BotApi
from support.deployments.embedded import EmbeddedDeployment
from support.deployments.external import ExternalDeployment
from support.errors import StageError, SuiteError
from support.profile import Bars, Profile, SystemProfile, explain
from support.report.redact import Redactor
from support.systems.system import System
from support.transcript import Transcript
from support.transports.http import Unreachable

Deployment = EmbeddedDeployment | ExternalDeployment


class Stage:
    """One deployed system and the driver that speaks to it.

    A subclass for each system (`support.stages`) says how to deploy it here and how to drive it.

    Args:
        profile: the whole profile; the part `systems.NAME` describes this stage.
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

    deployment: Deployment
    system: System
    bots: BotApi | None = None
    lease: Lease | None = None

    def __init__(self, profile: Profile, overrides: dict[str, str]) -> None:
        if self.name not in profile.systems:
            raise SuiteError(f"profile {profile.name}: it has no [systems.{self.name}], which this feature needs")
        self.described: SystemProfile = profile.systems[self.name]
        self.overrides = overrides
        self.load = profile.load
        self._options = self._validated(f"profile {profile.name}: systems.{self.name}.driver")
        self._unrecorded = Transcript(Redactor())
        self._unrecorded.close()
        self._trouble = ""

    @property
    def bars(self) -> Bars:
        """The named limits that this system is held to."""
        return self.described.bars

    def deploy_here(self) -> EmbeddedDeployment:
        """The embedded deployment, not yet open."""
        raise NotImplementedError

    def drive(self) -> System:
        """The driver, for the deployment that is open now."""
        raise NotImplementedError

    async def open(self) -> None:
        """Start the system, or reach it, and wait until it serves.

        Raises:
            StageError: it cannot be started or reached.
        """
        if self.described.deployment == "external":
            self.deployment = ExternalDeployment(self.server, self.described.address)
        else:
            self.deployment = self.deploy_here()
        self.lease = Lease(self.described.accounts) if self.described.accounts else None
        await self.deployment.open()
        try:
            self.system = self.drive()
            await self.serves(within=self.bars.opening)
        except BaseException:
            await self.close()
            raise

    async def serves(self, within: float) -> None:
        """Wait until the system serves its users.

        Raises:
            StageError: it does not within `within` seconds.
        """
        deadline = clock.now() + within
        while not await self._answers():
            if clock.now() > deadline:
                where = f"{self.name}: the system at {self.system.address}"
                raise StageError(f"{where} does not serve within {within:g} s ({self._trouble})")
            await clock.pause(0.02)

    async def notices(self, within: float) -> None:
        """Wait until the system has stopped serving, or `within` seconds are over."""
        deadline = clock.now() + within
        while await self._answers() and clock.now() < deadline:
            await clock.pause(0.02)

    async def _answers(self) -> bool:
        self._trouble = "it answers that it cannot"
        try:
            return await self.system.serves(self._unrecorded)
        except Unreachable as silence:
            self._trouble = str(silence)
            return False

    async def close(self) -> None:
        """Close the driver, if there is one yet, then the deployment."""
        if hasattr(self, "system"):
            await self.system.close()
        await self.deployment.close()

    def _validated(self, where: str) -> Any:
        try:
            return self.Options.model_validate(self.described.driver)
        except ValidationError as error:
            raise SuiteError(f"{where}: {explain(error, self.Options)}") from error
