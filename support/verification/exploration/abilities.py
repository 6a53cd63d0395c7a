"""What can be done in a system: as far as its driver and its deployment can, and no further."""

from collections.abc import Container

from typing_extensions import Protocol

from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.kit.scenario_user import ScenarioUser
from support.environments.system_under_test import SystemUnderTest


class Abilities(Protocol):
    """What a system, its users and its deployment can."""

    def can(self, capability: type) -> bool:
        """Whether the driver or its clients implement a capability."""
        ...

    def holds(self, process: str) -> bool:
        """Whether something may be done to a process of the deployment."""
        ...

    def lacks(self, form: str) -> bool:
        """Whether steps of this form could not be played when it was tried."""
        ...

    @property
    def has_bots(self) -> bool:
        """Whether there is a stand-in for the bots' interfaces."""
        ...


class AbilitiesOf:
    """Those of a system under test that is open.

    Args:
        sut: the system.
        lacking: the forms of the steps that could not be played there, as far as that is known.
    """

    def __init__(self, sut: SystemUnderTest, lacking: Container[str] = ()) -> None:
        self._sut = sut
        self._lacking = lacking
        transcript, people = Transcript(everywhere), People()
        people.add("user A", Account("user A", ""))
        self._client = sut.system.client(ScenarioUser("user A", people, transcript, Inbox("user A")))

    def can(self, capability: type) -> bool:
        return isinstance(self._client, capability) or isinstance(self._sut.system, capability)

    def holds(self, process: str) -> bool:
        return not self._sut.protected and process in self._sut.deployment.controls

    def lacks(self, form: str) -> bool:
        return form in self._lacking

    @property
    def has_bots(self) -> bool:
        return self._sut.bots is not None
