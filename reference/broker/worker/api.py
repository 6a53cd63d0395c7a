"""What a worker tells on the wire."""

from aiohttp import web

from reference.broker.worker.metrics import Metrics


class WorkerApi:
    """Tells how the worker is.

    Args:
        name: of the worker.
        metrics: what it has counted.
    """

    def __init__(self, name: str, metrics: Metrics) -> None:
        self.name = name
        self.counts = metrics

    def routes(self, measured: bool) -> list[web.RouteDef]:
        """Where it is.

        Args:
            measured: whether metrics are offered.
        """
        metrics = [web.get("/metrics", self.metrics)] if measured else []
        return [web.get("/health", self.health), *metrics]

    async def health(self, _request: web.Request) -> web.Response:
        """It lives."""
        return web.json_response({"status": "healthy", "worker_id": self.name})

    async def metrics(self, _request: web.Request) -> web.Response:
        """For Prometheus."""
        return self.counts.page()
