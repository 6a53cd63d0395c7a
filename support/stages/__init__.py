"""The stages of all systems, by the tag of their features. A new system is one line here."""

from support.stage import Stage
from support.stages.broker import BrokerStage
from support.stages.chat import ChatStage
from support.stages.dashboard import DashboardStage
from support.stages.threads import ThreadsStage
from support.stages.training import TrainingStage

STAGES = (ChatStage, DashboardStage, TrainingStage, BrokerStage, ThreadsStage)
SYSTEMS: dict[str, type[Stage]] = {stage.name: stage for stage in STAGES}
