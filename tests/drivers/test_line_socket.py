"""A connection on which each line is a frame: JSON whose answers are found by a number."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from support.core.events import Disconnected, Malformed, Message
from support.core.inbox import Inbox
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import ConnectionEnded, Unreachable
from support.drivers.clients.line_socket import LineSocket
from support.drivers.kit.event_table import EventTable
from support.drivers.kit.json_connection import JsonConnection

EVENTS = EventTable({"said": lambda told: Message(told["from"], told["text"])})


async def _answers_backwards(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answers two questions at a time, the later one first; a farewell ends the connection."""
    asked = []
    while line := await reader.readline():
        asked.append(json.loads(line))
        if asked[-1]["do"] == "bye":
            break
        if asked[-1]["do"] == "stammer":
            writer.write(b"wh\xe4t?\n" + b'{"event": "said"}\n')
        if len(asked) == 2:
            told = [{"re": one["n"], "echo": one["do"]} for one in reversed(asked)]
            told.insert(1, {"event": "said", "from": "user B", "text": "x" * 100_000})
            writer.write(b"".join(json.dumps(one).encode() + b"\r\n" for one in told))
            asked = []
    writer.close()


@pytest.fixture
async def connection() -> AsyncIterator[tuple[JsonConnection, Inbox]]:
    inbox, transcript = Inbox("user A"), Transcript(Redactor())
    kind = lambda told: told.get("event") or f"answer {told['re']}"  # noqa: E731 - as drivers write it
    line = JsonConnection(transcript.of("user A"), inbox, EVENTS, 5.0, dial=LineSocket, field=kind)
    async with await asyncio.start_server(_answers_backwards, "127.0.0.1", 0) as server:
        await line.open(f"chirp://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        yield line, inbox
        await line.close()
    recorded = [one.what for one in transcript.exchanges if one.channel == "lines"]
    assert {"connected", "frame"} < set(recorded)


async def test_each_who_asks_gets_the_answer_with_their_number(connection: tuple[JsonConnection, Inbox]) -> None:
    line, inbox = connection
    asking = (line.ask("try", {"n": n, "do": f"thing {n}"}, [f"answer {n}"]) for n in (1, 2))
    assert [told["echo"] for told in await asyncio.gather(*asking)] == ["thing 1", "thing 2"]
    assert [one.what for one in inbox.received] == [Message("user B", "x" * 100_000)]


async def test_a_line_that_cannot_be_read_is_told_and_the_next_is_read(
    connection: tuple[JsonConnection, Inbox],
) -> None:
    line, inbox = connection
    asking = (line.ask("try", {"n": n, "do": "stammer"}, [f"answer {n}"]) for n in (1, 2))
    await asyncio.gather(*asking)
    assert [type(one.what) for one in inbox.received] == [Malformed] * 4 + [Message]


async def test_who_waits_and_whose_connection_it_is_are_told_of_its_end(
    connection: tuple[JsonConnection, Inbox],
) -> None:
    line, inbox = connection
    with pytest.raises(ConnectionEnded, match="instead of an answer"):
        await line.ask("leave", {"n": 1, "do": "bye"}, ["answer 1"])
    assert [one.what for one in inbox.received] == [Disconnected()]
    assert not line.connected


async def test_where_nothing_listens_it_is_out_of_reach() -> None:
    line = JsonConnection(Transcript(Redactor()).of("user A"), Inbox("user A"), EVENTS, 1.0, dial=LineSocket)
    with pytest.raises(Unreachable, match="did not take the connection"):
        await line.open("chirp://127.0.0.1:9")
