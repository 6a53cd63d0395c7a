"""`python -m reference.threads`."""

from reference.kit.command import run
from reference.threads.faults import FAULTS
from reference.threads.server import ThreadsServer
from reference.threads.settings import Settings

run(
    "reference.threads",
    "The reference back end of threads.",
    Settings,
    lambda *chosen: ThreadsServer(*chosen).app(),
    FAULTS,
)
