"""The systems of all systems, by the tag of their features. A new system is one line here."""

from support.config.profile import Profile
from support.core.errors import SuiteError
from support.drivers import xmpp
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems.broker import BrokerSystem
from support.environments.systems.chat import ChatSystem
from support.environments.systems.dashboard import DashboardSystem
from support.environments.systems.matrix import MatrixSystem
from support.environments.systems.played import speaking
from support.environments.systems.threads import ThreadsSystem
from support.environments.systems.training import TrainingSystem

CLASSES = (ChatSystem, DashboardSystem, TrainingSystem, BrokerSystem, ThreadsSystem)
SYSTEMS: dict[str, type[SystemUnderTest]] = {sut.name: sut for sut in CLASSES}

#: What drivers bring that play a spec on systems which it was not written for: a new one is named here.
LANGUAGES = (xmpp.LANGUAGE,)

#: Their systems, by the spec and what a profile says they speak.
SPEAKING: dict[tuple[str, str], type[SystemUnderTest]] = {("chat", "matrix"): MatrixSystem, **speaking(*LANGUAGES)}


def class_of(name: str, profile: Profile) -> type[SystemUnderTest]:
    """The system of a spec, for the system that the profile describes.

    Raises:
        SuiteError: no driver here speaks what that system speaks.
    """
    described = profile.systems.get(name)
    if described is None or described.speaks is None:
        return SYSTEMS[name]
    if (name, described.speaks) not in SPEAKING:
        known = ", ".join(language for spec, language in SPEAKING if spec == name)
        raise SuiteError(
            f"profile {profile.name}: key 'systems.{name}.speaks': there is no driver for {described.speaks!r}; "
            f"allowed here: {known or 'nothing, leave it out'}"
        )
    return SPEAKING[name, described.speaks]
