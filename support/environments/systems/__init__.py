"""The stages of all systems, by the tag of their features. A new system is one line here."""

from support.config.profile import Profile
from support.core.errors import SuiteError
from support.environments.system_under_test import Stage
from support.environments.systems.broker import BrokerStage
from support.environments.systems.chat import ChatStage
from support.environments.systems.dashboard import DashboardStage
from support.environments.systems.matrix import MatrixStage
from support.environments.systems.threads import ThreadsStage
from support.environments.systems.training import TrainingStage

STAGES = (ChatStage, DashboardStage, TrainingStage, BrokerStage, ThreadsStage)
SYSTEMS: dict[str, type[Stage]] = {stage.name: stage for stage in STAGES}

#: Systems that a book was not written for and can be played on, by the book and what a profile says they speak.
SPEAKING: dict[tuple[str, str], type[Stage]] = {("chat", "matrix"): MatrixStage}


def stage_of(name: str, profile: Profile) -> type[Stage]:
    """The stage of a book, for the system that the profile describes.

    Raises:
        SuiteError: nobody here speaks what that system speaks.
    """
    described = profile.systems.get(name)
    if described is None or described.speaks is None:
        return SYSTEMS[name]
    if (name, described.speaks) not in SPEAKING:
        known = ", ".join(language for book, language in SPEAKING if book == name)
        raise SuiteError(
            f"profile {profile.name}: key 'systems.{name}.speaks': there is no driver for {described.speaks!r}; "
            f"allowed here: {known or 'nothing, leave it out'}"
        )
    return SPEAKING[name, described.speaks]
