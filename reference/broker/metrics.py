"""What the metrics of all processes have in common."""

from aiohttp import web
from prometheus_client import CollectorRegistry, PlatformCollector, generate_latest


class ProcessMetrics:
    """What one process counts, for Prometheus, and on which Python it runs."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        PlatformCollector(self.registry)

    def text(self) -> bytes:
        """All metrics in Prometheus's format."""
        return generate_latest(self.registry)

    def page(self) -> web.Response:
        """The same as an answer."""
        return web.Response(body=self.text(), headers={"Content-Type": "text/plain; version=0.0.4"})
