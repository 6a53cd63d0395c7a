"""The stages of all systems, by the tag of their features. A new system is one line here."""

from support.errors import SuiteError
from support.profile import Profile
from support.stage import Stage
from support.stages.broker import BrokerStage
from support.stages.chat import ChatStage
from support.stages.dashboard import DashboardStage
from support.stages.matrix import MatrixStage
from support.stages.threads import ThreadsStage
from support.stages.training import TrainingStage

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
