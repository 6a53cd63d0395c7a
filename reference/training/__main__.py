"""`python -m reference.training`."""

from reference.kit.command import run
from reference.training.faults import FAULTS
from reference.training.server import build
from reference.training.settings import Settings

run("reference.training", "The reference ChatTrain server.", Settings, build, FAULTS)
