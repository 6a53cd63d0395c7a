"""The driver of ChatTrain."""

from support.systems.training.driver import Training
from support.systems.training.options import TrainingOptions

__all__ = ["Training", "TrainingOptions"]
