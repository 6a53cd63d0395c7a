"""What phrases cannot do without: looked at before the first byte of their scenario is sent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from behave.model import Scenario, Step

from support.core.errors import NotSupported
from support.drivers.capabilities.lacks import KnowsItsLacks
from support.drivers.capabilities.messaging import WORD_OF_WHO_IS_ONLINE
from support.drivers.capabilities.probing import Overheard
from support.drivers.kit.llm_stub import LlmStub
from support.environments.system_under_test import SystemUnderTest

#: Looks at a system, and raises `NotSupported` if it does not give what is needed.
Need = Callable[[SystemUnderTest], Any]
#: Why a soak is not run that no one has asked for.
SOAKS = "it takes as long as its document says: ask for it by --tags=@soak"


def stand_in(sut: SystemUnderTest) -> LlmStub:
    """The stand-in for the bots' own interfaces.

    Raises:
        NotSupported: this deployment has none.
    """
    if sut.bots is None:
        raise NotSupported(f"the {sut.deployment.name} deployment gives no hold on the bots' interfaces")
    return sut.bots


def several_processes(sut: SystemUnderTest) -> None:
    """Several processes of the server that users talk to, which can be told apart.

    Raises:
        NotSupported: only one address is known.
    """
    if len({url for name, url in sut.deployment.addresses.items() if name.startswith(sut.server)}) < 2:
        raise NotSupported(f"only one process of the {sut.server} is known: `addresses` in the profile names others")


def overheard_redis(sut: SystemUnderTest) -> None:
    """A Redis where we can hear what is said.

    Raises:
        NotSupported: the profile gives none.
    """
    if not (isinstance(sut.system, Overheard) and sut.system.can_be_overheard):
        raise NotSupported("the profile gives no access to this system's Redis")


def completion(sut: SystemUnderTest) -> None:
    """Sessions that can be completed.

    Raises:
        Absent: the profile says that there are none.
    """
    _must_have(sut, "completion")


def kept_points(sut: SystemUnderTest) -> None:
    """A record of the points that were given.

    Raises:
        Absent: the profile says that there is none.
    """
    _must_have(sut, "points")


def list_of_online(sut: SystemUnderTest) -> None:
    """Word of who is online.

    Raises:
        Absent: the profile says that there is none.
    """
    _must_have(sut, WORD_OF_WHO_IS_ONLINE)


def _must_have(sut: SystemUnderTest, feature: str) -> None:
    if isinstance(sut.system, KnowsItsLacks):
        sut.system.must_have(feature)


class Finds(Protocol):
    """behave's registry of phrases, or what finds them in the same way."""

    def find_match(self, step: Step) -> Any: ...


def unmet(phrases: Finds, scenario: Scenario, sut: SystemUnderTest) -> NotSupported | None:
    """What a scenario cannot do without on this system, and does not have; None if nothing is known against it.

    Args:
        phrases: those of the step files.
        scenario: with its background.
        sut: the system, which is open.
    """
    return next(filter(None, (unmet_by(phrases, step, sut) for step in scenario.all_steps)), None)


def unmet_by(phrases: Finds, step: Step, sut: SystemUnderTest) -> NotSupported | None:
    """The same for one step."""
    match = phrases.find_match(step)
    need = getattr(match.func, "needs", None) if match else None
    try:
        if need:
            need(sut)
    except NotSupported as limit:
        return limit
    return None


def to_be_alone(phrases: Finds, scenario: Scenario) -> bool:
    """Whether no one else may be there: it breaks the system, loads it, steers its bots, or counts all that is done."""
    return _has(phrases, scenario, "alone") or not {"breaks_system", "load"}.isdisjoint(scenario.effective_tags)


@dataclass(frozen=True)
class Wishes:
    """What a scenario wants of its world.

    Args:
        real_time: that times which a document states in minutes or hours are not scaled down.
        silence: that a user who sends markers comes online with the others, for it will claim that nothing more comes.
        afresh: people who are in no other scenario, for it is about all accounts, or all that a user ever did or heard.
        first_attempt: that none connects before it does after an outage, for it is about the first attempt.
    """

    real_time: bool = False
    silence: bool = False
    afresh: bool = False
    first_attempt: bool = False


NO_WISHES = Wishes()


def wishes(phrases: Finds, scenario: Scenario) -> Wishes:
    """What a scenario wants of its world, as its tags and the marks of its phrases say."""
    marks = {mark: _has(phrases, scenario, mark) for mark in ("silence", "afresh", "first_attempt")}
    return Wishes(real_time="soak" in scenario.effective_tags, **marks)


def _has(phrases: Finds, scenario: Scenario, mark: str) -> bool:
    matches = filter(None, map(phrases.find_match, scenario.all_steps))
    return any(getattr(match.func, mark, False) for match in matches)
