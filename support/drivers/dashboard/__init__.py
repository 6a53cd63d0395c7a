"""The driver of the school dashboard."""

from support.drivers.dashboard.backend import DashboardOptions
from support.drivers.dashboard.driver import Dashboard

__all__ = ["Dashboard", "DashboardOptions"]
