"""What the metrics of all processes have in common."""

from prometheus_client import CollectorRegistry, PlatformCollector


def new_registry() -> CollectorRegistry:
    """For the metrics of one process; it tells on which Python the process runs."""
    registry = CollectorRegistry()
    PlatformCollector(registry)
    return registry
