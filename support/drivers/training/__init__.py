"""The driver of ChatTrain."""

from support.drivers.training.driver import Training
from support.drivers.training.options import TrainingOptions

__all__ = ["Training", "TrainingOptions"]
