"""The systems under test, by the tags of their features. A new one is one line here."""

from pathlib import Path

from support.config.profile import Profile
from support.core.errors import SuiteError
from support.drivers import mqtt, xmpp
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems.broker import BrokerSystem
from support.environments.systems.by_language import speaking
from support.environments.systems.chat import ChatSystem
from support.environments.systems.dashboard import DashboardSystem
from support.environments.systems.matrix import MatrixSystem
from support.environments.systems.threads import ThreadsSystem
from support.environments.systems.training import TrainingSystem

CLASSES = (ChatSystem, DashboardSystem, TrainingSystem, BrokerSystem, ThreadsSystem)
_BACK_ENDS = Path(__file__).parents[3] / "reference"
#: Those that have a reference back end.
REFERENCES = tuple(sut.name for sut in CLASSES if (_BACK_ENDS / sut.name).is_dir())

#: What drivers bring that describe their systems by themselves, for a spec that is there or for one of their own: a new
#: one is named here.
LANGUAGES = (mqtt.LANGUAGE, xmpp.LANGUAGE)

#: Their systems, by the spec and what a profile says they speak.
SPEAKING: dict[tuple[str, str], type[SystemUnderTest]] = {("chat", "matrix"): MatrixSystem, **speaking(*LANGUAGES)}

#: The system of each spec, if a profile does not say what it speaks.
SYSTEMS: dict[str, type[SystemUnderTest]] = {sut.name: sut for sut in CLASSES}
SYSTEMS |= {spec: sut for (spec, _), sut in SPEAKING.items() if spec not in SYSTEMS}


def class_of(name: str, profile: Profile) -> type[SystemUnderTest]:
    """The system under test that a profile describes for a spec.

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
