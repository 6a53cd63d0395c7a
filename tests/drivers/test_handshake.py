"""A handshake that a server breaks over is no refusal of it."""

import pytest
from aiohttp import web

from support.core.inbox import Inbox
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.capabilities import Failed, Rejected, Unavailable
from support.drivers.kit.event_table import EventTable
from support.drivers.kit.json_connection import JsonConnection
from tests.serving import served


@pytest.mark.parametrize(("status", "kind"), [(403, Rejected), (503, Unavailable), (500, Failed)])
async def test_its_status_says_what_it_is(status: int, kind: type[Rejected]) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, text="no")

    app = web.Application()
    app.router.add_get("/chat", answer)
    connection = JsonConnection(Transcript(everywhere).of("user A"), Inbox("user A"), EventTable({}), patience=2.0)
    async with served(app) as server:
        with pytest.raises(Rejected) as refusal:
            await connection.open(str(server.make_url("/chat")))
    assert type(refusal.value) is kind
