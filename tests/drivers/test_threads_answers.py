"""What answers whom on a live connection of the threads system, when several wait and when time is up."""

import asyncio
from contextlib import suppress

import pytest

from support.core.events import Declined
from support.core.inbox import Inbox
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.kit.password_leaks import PasswordLeaks
from support.drivers.threads.backend import ThreadsBackend
from support.drivers.threads.event_parser import EventParser
from support.drivers.threads.live_connection import Payload, ThreadsConnection
from support.drivers.threads.options import ThreadsOptions


class Silent(ThreadsConnection):
    """A connection that sends nothing."""

    async def emit(self, aim: str, event: str, payload: Payload | None = None) -> None: ...


@pytest.fixture
async def line() -> Silent:
    transcript = Transcript(Redactor())
    backend = ThreadsBackend("http://127.0.0.1:9", ThreadsOptions(), response=1.0, delivery=1.0)
    reader = EventParser("user A", None, backend.state(transcript))  # type: ignore[arg-type]
    return Silent(transcript.of("user A"), backend, Inbox("user A", 0.0), reader, PasswordLeaks())


async def asking(line: Silent) -> asyncio.Task[Payload | None]:
    """Somebody who waits for a room to be joined."""
    asked = line.ask("join a room", "join", {}, lambda event, _told: event == "joined", within=1.0)
    waits = asyncio.create_task(asked)
    await asyncio.sleep(0)
    return waits


async def test_the_oldest_gets_the_answer(line: Silent) -> None:
    first, second = await asking(line), await asking(line)
    line._heard("joined", {"room": 1})
    line._heard("joined", {"room": 2})
    assert [await first, await second] == [{"room": 1}, {"room": 2}]


@pytest.mark.parametrize("event", ["joined", "error"])
async def test_what_comes_as_the_time_is_up_answers_the_next(line: Silent, event: str) -> None:
    late, next_one = await asking(line), await asking(line)
    late.cancel()  # as a time limit does: it ends at its next turn, and is listed until then
    line._heard(event, {"message": "no such room"})
    with suppress(Exception):
        await next_one
    assert next_one.done()
    assert late.cancelled()


async def test_a_refusal_that_comes_as_the_time_is_up_is_put_with_what_arrives(line: Silent) -> None:
    line._heard("connection_established", {"userId": "a"})
    late = await asking(line)
    late.cancel()
    line._heard("error", {"message": "no such room"})
    assert Declined("no such room") in [item.what for item in line._inbox.received]
