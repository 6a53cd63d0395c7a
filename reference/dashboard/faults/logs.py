"""What can be wrong with the log."""

import logging

from aiohttp import web

from reference.dashboard.faults import FAULTS
from reference.dashboard.gate import Gate
from reference.dashboard.sessions import Session

log = logging.getLogger(__name__)


@FAULTS.seed("logs-addresses", "writes the address of each handshake into its log, token and all", "DASH-003.X33")
class LogsAddresses(Gate):
    async def session(self, request: web.Request) -> Session | None:
        log.info("%s %s", request.method, request.path_qs)
        return await super().session(request)
