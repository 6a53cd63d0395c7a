"""What a scenario does to its system, and how it ends that."""

from collections.abc import Awaitable, Callable

from support.core import clock
from support.core.errors import EnvironmentFailure, NotSupported, SuiteError
from support.core.transcript import Transcript
from support.drivers.kit.read_only import refuse
from support.environments.faults.control import Control
from support.environments.faults.registry import FaultRegistry
from support.environments.system_under_test import SystemUnderTest
from support.scenario.cleanups import Cleanups
from support.vocabulary.terms.faults import OUTAGES

#: Seconds that a process hangs for a moment: less than any server's patience that is meant to bear with it.
_MOMENT = 1.0


class Outages:
    """The outages of one scenario.

    Args:
        sut: the system under test.
        transcript: the scenario's.
        prepare: is called with the name of a process before something is done to it.
        first_attempt: whether the first attempt to connect after an outage is a step's, so that none is made before.
    """

    def __init__(
        self,
        sut: SystemUnderTest,
        transcript: Transcript,
        prepare: Callable[[str], Awaitable[None]],
        *,
        first_attempt: bool,
    ) -> None:
        self._sut = sut
        self._transcript = transcript
        self._prepare = prepare
        self._first_attempt = first_attempt
        self.faults = FaultRegistry(sut.deployment.controls)
        self.lost: EnvironmentFailure | None = None
        """Why the system has not served since the end of an outage, if it has not."""

    def control(self, name: str) -> Control:
        """The control of a process of the deployment.

        Raises:
            NotSupported: this deployment gives no hold on it, or nothing is to be done to it.
        """
        if self._sut.protected:
            refuse(f"do something to {name}")
        control = self._sut.deployment.controls.get(name)
        if control is None:
            raise NotSupported(f"the {self._sut.deployment.name} deployment gives no control over {name}")
        return control

    async def inject_fault(self, process: str, outage: str) -> None:
        """Make an outage of `support.vocabulary.terms.faults.OUTAGES`.

        It is undone by `bring_back`, or at the scenario's end.
        """
        self.control(process)
        await self._prepare(process)
        self._transcript.did(f"{process} {outage}")
        await self.faults.inject(process, OUTAGES[outage])

    async def lose_for_a_while(self, process: str, outage: str = "is killed") -> None:
        """Make an outage, and end it once the system has noticed, or has had the outage limit's time to."""
        await self.inject_fault(process, outage)
        await self._sut.notices(within=self._sut.limits.outage)
        await self.bring_back(process)

    async def lose_for_long(self, process: str) -> None:
        """Kill a process, and start it again once it has been away for as long as the outage limit."""
        await self.inject_fault(process, "is killed")
        await clock.pause(self._sut.limits.outage)
        await self.bring_back(process)

    async def hang_for_a_moment(self, process: str, cleanups: Cleanups) -> None:
        """Let a process hang, and go on by itself while the scenario does."""
        await self.inject_fault(process, "hangs")

        async def go_on() -> None:
            await clock.tick(_MOMENT)
            await self.end_outage(process)

        cleanups.start_background(go_on())

    async def bring_back(self, process: str) -> None:
        """End a process's outage, and wait until the system serves again.

        Raises:
            AssertionError: it does not recover within the recovery limit.
        """
        await self.end_outage(process)
        try:
            await self._sut.serves(within=self._sut.limits.recovery, let_in=not self._first_attempt)
        except EnvironmentFailure as error:
            self.lost = error
            raise AssertionError(f"{process} is back, but {error}") from error

    async def end_outage(self, process: str) -> None:
        """End all that was done to a process, whether or not the system serves then.

        Raises:
            SuiteError: nothing is out of order.
        """
        self.control(process)
        if not self.faults.touched:
            raise SuiteError(f"{process} cannot be back: nothing was done to the system in this scenario")
        self._transcript.did(f"{process} is back")
        await self.faults.restore(process)

    async def restart(self, process: str, *, graceful: bool) -> None:
        """Restart a process, kindly or by a crash, and wait until the system serves again."""
        self.control(process)
        await self._prepare(process)
        self._transcript.did(f"{process} is restarted" if graceful else f"{process} crashes and is started again")
        await self.faults.restart(process, graceful=graceful)
        await self._sut.serves(within=self._sut.limits.recovery)
