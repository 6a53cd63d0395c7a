"""The driver of the school dashboard."""

from support.drivers.dashboard.backend import DashboardBackend
from support.drivers.dashboard.driver import Dashboard
from support.drivers.dashboard.options import DashboardOptions

__all__ = ["Dashboard", "DashboardBackend", "DashboardOptions"]
