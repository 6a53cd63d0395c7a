"""How the main server is, for the operator."""

from aiohttp import web

from reference.broker.main.parts import Api
from reference.broker.refusals import Rejected
from reference.broker.times import now


class HealthApi(Api):
    """Open to everybody."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [web.get("/health", self.health), web.get("/metrics", self.metrics), web.get("/", self.root)]

    async def health(self, _request: web.Request) -> web.Response:
        """Healthy only if what it cannot do without is."""
        needed = {"database": await self.database_works(), "encryption": self.inside.messages.vault.works()}
        well = all(needed.values())
        components = needed | {"redis": await self.inside.queue.length() is not None}
        shown = {name: _word(works) for name, works in components.items()}
        body = {"status": _word(well), "timestamp": now(), "components": shown}
        return web.json_response(body, status=200 if well else 503)

    async def database_works(self) -> bool:
        """Whether the database answers."""
        try:
            await self.inside.database.rows("select 1")
        except Rejected:
            return False
        return True

    async def metrics(self, _request: web.Request) -> web.Response:
        """For Prometheus."""
        return self.inside.metrics.page()

    async def root(self, _request: web.Request) -> web.Response:
        """What this is."""
        return web.json_response({"service": "Message Broker Main Server", "version": "1.0.0", "status": "running"})


def _word(works: bool) -> str:
    return "healthy" if works else "unhealthy"
