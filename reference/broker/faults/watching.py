"""What can be wrong with what those see who watch the broker: health, metrics, figures."""

import json
from typing import Any

from aiohttp import web

from reference.broker.faults import FAULTS
from reference.broker.main.health import HealthApi
from reference.broker.main.queue import Queue
from reference.broker.main.statistics import Statistics
from reference.broker.proxy.api import ProxyApi
from reference.broker.proxy.metrics import Metrics
from reference.broker.proxy.outbox import Entry, Outbox
from reference.broker.refusals import Rejected
from reference.broker.worker.api import WorkerApi
from reference.broker.worker.metrics import Metrics as WorkerMetrics


@FAULTS.seed("feels-well-without-database", "calls itself healthy without its database", "TC-M-012")
class FeelsWellWithoutDatabase(HealthApi):
    async def database_works(self) -> bool:
        return True


@FAULTS.seed("always-feels-ill", "calls itself ill although it is not", "TC-M-012 SMOKE-4 SMOKE-2 PRE-3")
class AlwaysFeelsIll(HealthApi):
    async def database_works(self) -> bool:
        return False


@FAULTS.seed("breaks-when-asked", "breaks down when it is asked how it is", "TC-M-012 SMOKE-4")
class BreaksWhenAsked(HealthApi):
    async def health(self, _request: web.Request) -> web.Response:
        raise RuntimeError("do not ask")


@FAULTS.seed("blames-its-keys", "says that it cannot encrypt when it is its database that it lacks", "TC-M-012")
class BlamesItsKeys(HealthApi):
    async def health(self, request: web.Request) -> web.Response:
        answer = await super().health(request)
        told = json.loads(answer.text or "")
        if told["components"]["database"] == "unhealthy":
            told["components"] |= {"database": "healthy", "encryption": "unhealthy"}
        return web.json_response(told, status=answer.status)


@FAULTS.seed("proxy-feels-well-without-redis", "calls its proxy healthy without Redis", "TC-P-006 TC-P-008")
class FeelsWellWithoutRedis(Outbox):
    async def healthy(self) -> bool:
        return True


@FAULTS.seed("proxy-always-feels-ill", "calls its proxy ill although it is not", "TC-P-006 SMOKE-5 SMOKE-3 PRE-4")
class ProxyAlwaysFeelsIll(Outbox):
    async def healthy(self) -> bool:
        return False


@FAULTS.seed("proxy-hides-its-health", "does not say how its proxy is", "TC-P-006 SMOKE-5")
class ProxyHidesItsHealth(ProxyApi):
    def routes(self) -> list[web.RouteDef]:
        return [route for route in super().routes() if route.path != "/api/v1/health"]


@FAULTS.seed("proxy-closes-its-health", "says how its proxy is only to clients with a certificate", "TC-P-006 SMOKE-5")
class ProxyClosesItsHealth(ProxyApi):
    async def health(self, request: web.Request) -> web.Response:
        if self.callers.certificate(request) is None:
            raise Rejected(401, "Not for you")
        return await super().health(request)


@FAULTS.seed("proxy-hides-its-metrics", "offers no metrics of its proxy", "TC-P-007")
class ProxyHidesItsMetrics(ProxyApi):
    def routes(self) -> list[web.RouteDef]:
        return [route for route in super().routes() if route.path != "/metrics"]


@FAULTS.seed("proxy-empties-its-metrics", "offers metrics without any figure", "TC-P-007")
class ProxyEmptiesItsMetrics(Metrics):
    def text(self) -> bytes:
        return b"# nothing to see\n"


@FAULTS.seed("proxy-stops-counting", "offers metrics that stand still", "TC-P-007")
class ProxyStopsCounting(Metrics):
    _first: bytes | None = None

    def text(self) -> bytes:
        self._first = self._first or super().text()
        return self._first


@FAULTS.seed("worker-hides-its-metrics", "offers no metrics of its workers", "SMOKE-7")
class WorkerHidesItsMetrics(WorkerApi):
    def routes(self, measured: bool) -> list[web.RouteDef]:
        return super().routes(measured=False)


@FAULTS.seed("worker-empties-its-metrics", "offers metrics of its workers without any figure", "SMOKE-7")
class WorkerEmptiesItsMetrics(WorkerMetrics):
    def text(self) -> bytes:
        return b""


@FAULTS.seed("overlooks-redis", "does not see how much waits in Redis", "TC-M-012 SMOKE-4 TC-I-013")
class OverlooksRedis(Queue):
    async def length(self) -> int | None:
        return None


@FAULTS.seed("miscounts-messages", "counts a message too many", "TC-M-011")
class MiscountsMessages(Statistics):
    async def now(self) -> dict[str, Any]:
        figures = await super().now()
        return figures | {"total_messages": figures["total_messages"] * 2 + 1}


@FAULTS.seed("counts-once", "gives the figures of its first count for ever", "TC-M-011")
class CountsOnce(Statistics):
    _first: dict[str, Any] | None = None

    async def now(self) -> dict[str, Any]:
        self._first = self._first or await super().now()
        return self._first


@FAULTS.seed("mixes-statuses-up", "counts delivered messages as queued", "TC-M-011")
class MixesStatusesUp(Statistics):
    async def statuses(self) -> dict[str, int]:
        return {"queued": sum((await super().statuses()).values())}


@FAULTS.seed("miscounts-clients", "does not count clients", "TC-M-011")
class MiscountsClients(Statistics):
    async def now(self) -> dict[str, Any]:
        return await super().now() | {"total_clients": 0, "active_clients": 0}


@FAULTS.seed("tells-the-longest-queue", "tells the greatest number of messages that have ever waited", "TC-P-007")
class TellsTheLongestQueue(Outbox):
    longest = 0

    async def length(self) -> int:
        self.longest = max(self.longest, await super().length())
        return self.longest

    async def release(self, entry: Entry) -> int:
        position = await super().release(entry)
        self.longest = max(self.longest, position)
        return position
