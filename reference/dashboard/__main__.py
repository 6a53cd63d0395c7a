"""`python -m reference.dashboard`."""

from reference.dashboard.faults import FAULTS
from reference.dashboard.server import DashboardServer
from reference.dashboard.settings import Settings
from reference.kit.command import run

run(
    "reference.dashboard",
    "A process of the reference dashboard.",
    Settings,
    lambda *chosen: DashboardServer(*chosen).app(),
    FAULTS,
)
