"""What can be wrong with how the processes are run."""

import logging
from importlib import import_module
from pathlib import Path

from aiohttp import web

from reference.broker.faults import FAULTS
from reference.broker.logs import Log
from reference.broker.main.metrics import Metrics
from reference.broker.proxy.api import ProxyApi
from reference.broker.refusals import Rejected
from reference.broker.worker.api import WorkerApi
from reference.broker.worker.worker import Worker

_PORTS = "message_queue:ports"
_PROXIES = 2


@FAULTS.seed("runs-on-an-old-python", "says that it runs on a Python of old", "PRE-1")
class RunsOnAnOldPython(Metrics):
    def text(self) -> bytes:
        return super().text().replace(b'major="3",minor="1', b'major="2",minor="')


@FAULTS.seed("misses-a-package", "goes on without a package that it should have", "PRE-2")
class MissesAPackage(Worker):
    async def run(self) -> None:
        try:
            import_module("message_broker_extras")
        except ModuleNotFoundError:
            logging.exception("doing without")
        await super().run()


@FAULTS.seed("does-not-answer", "does not answer when it is asked how its workers are", "PRE-7 SMOKE-1")
class DoesNotAnswer(WorkerApi):
    async def health(self, request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.abort()
        return await super().health(request)


@FAULTS.seed("writes-no-log", "writes no log", "SMOKE-9")
class WritesNoLog(Log):
    def open(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        logging.disable()


@FAULTS.seed("keeps-to-its-port", "takes messages only on the ports that it began with", "REG-CFG-2")
class KeepsToItsPort(ProxyApi):
    async def submit(self, request: web.Request) -> web.Response:
        redis = self.intake.outbox.redis
        port = str(request.transport.get_extra_info("sockname")[1]) if request.transport else ""
        if await redis.scard(_PORTS) < _PROXIES:
            await redis.sadd(_PORTS, port)
        if not await redis.sismember(_PORTS, port):
            raise Rejected(503, "Unknown port")
        return await super().submit(request)
