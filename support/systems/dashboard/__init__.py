"""The driver of the school dashboard."""

from support.systems.dashboard.backend import DashboardOptions
from support.systems.dashboard.driver import Dashboard

__all__ = ["Dashboard", "DashboardOptions"]
