"""A connection of JSON frames: what is asked on it, and what arrives meanwhile."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from support.core.events import Message
from support.core.inbox import Inbox
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import Unreachable
from support.drivers.kit.event_table import EventTable
from support.drivers.kit.json_connection import JsonConnection
from tests.serving import served

EVENTS = EventTable({"said": lambda told: Message(told["from"], told["text"])})


async def _counts(request: web.Request) -> web.WebSocketResponse:
    """Answers each frame by its number, after a message; the third ends the connection."""
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    async for frame in socket:
        number = frame.json()["number"]
        if number == 3:
            break
        await socket.send_json({"kind": "said", "from": "user B", "text": str(number)})
        await socket.send_json({"kind": "taken", "number": number})
    return socket


@pytest.fixture
async def connection() -> AsyncIterator[tuple[JsonConnection, Inbox]]:
    app, inbox = web.Application(), Inbox("user A")
    app.router.add_get("/live", _counts)
    lifeline = Transcript(Redactor()).of("user A")
    connection = JsonConnection(lifeline, inbox, EVENTS, patience=5.0, field="kind")
    async with served(app) as server:
        await connection.open(str(server.make_url("/live")))
        yield connection, inbox
        await connection.close()


async def test_each_who_asks_gets_their_answer_though_others_ask_before_it_has_come(
    connection: tuple[JsonConnection, Inbox],
) -> None:
    line, inbox = connection
    asking = (line.ask("count", {"kind": "count", "number": number}, ["taken"]) for number in (1, 2))
    assert [told["number"] for told in await asyncio.gather(*asking)] == [1, 2]
    assert [one.what for one in inbox.received] == [Message("user B", "1"), Message("user B", "2")]


async def test_all_who_wait_are_told_that_the_connection_has_ended(connection: tuple[JsonConnection, Inbox]) -> None:
    line, _ = connection
    asking = (line.ask("count", {"kind": "count", "number": 3}, ["taken"]) for _ in range(2))
    for told in await asyncio.gather(*asking, return_exceptions=True):
        assert isinstance(told, Unreachable)
        assert "instead of an answer" in str(told)
