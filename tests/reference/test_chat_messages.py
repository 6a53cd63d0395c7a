"""Messages of the chat server: to whom, in which order, how often; and what waits for whom is away."""

import asyncio
import json
from typing import Any

import pytest
from redis.asyncio import Redis

from support.core import clock
from support.environments.embedded.chat import ChatDeployment
from tests.reference.chat_client import Person, room_of
from tests.reference.conftest import Newcomer

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_message_reaches_its_addressee_and_its_sender_once(newcomer: Newcomer) -> None:
    lisa, avi, era = await newcomer("lisa"), await newcomer("avi"), await newcomer("era")
    for person, other in ((lisa, avi), (avi, lisa), (era, lisa)):
        await person.come_online(other)
    await lisa.send(avi, "shall we meet?")
    for person in (lisa, avi, era):
        await person.signal()
    assert lisa.messages() == avi.messages() == [(lisa.name, "shall we meet?")]
    assert era.messages() == []


async def test_a_message_needs_no_room_joined_before(newcomer: Newcomer) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online()
    await avi.come_online()
    await lisa.send(avi, "found you")
    assert await avi.hears("received_message", sender=lisa.name, content="found you")


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_messages_sent_back_to_back_keep_their_order(newcomer: Newcomer, transport: str) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi, transport=transport)
    await avi.come_online(lisa, transport=transport)
    await asyncio.gather(*(lisa.send(avi, number) for number in range(200)))
    await avi.signal()
    assert avi.messages() == [(lisa.name, number) for number in range(200)]


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_any_json_is_a_message_also_a_long_one(newcomer: Newcomer, transport: str) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi, transport=transport)
    contents: list[Any] = ["Grüße 🎉", {"a": [], "b": {}}, None, 2**60, "", "x" * 200_000]
    for content in contents:
        await lisa.send(avi, content)
    await avi.come_online(lisa)
    await avi.signal()
    assert [content for _, content in avi.messages()] == contents


async def test_what_is_cached_is_replayed_once_and_first_under_a_burst_of_joins(
    chat: ChatDeployment, newcomer: Newcomer
) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi)
    for number in range(10):
        await lisa.send(avi, number)
    cached = await cached_for(chat, avi)
    assert [item["content"] for item in cached] == list(range(10))
    assert cached[0] == {"sender": lisa.name, "content": 0, "conversation_room": room_of(lisa, avi)}
    await avi.log_in()
    await avi.connect()
    await asyncio.gather(*(avi.join(room_of(avi, lisa)) for _ in range(6)), *(lisa.send(avi, n) for n in range(10, 15)))
    await avi.signal()
    assert [content for _, content in avi.messages()] == list(range(15))
    assert avi.count("new_user_online", username=avi.name) == 1
    assert await cached_for(chat, avi) is None


@pytest.mark.parametrize("flaw", ["", "bad", None, 7, "another's", "signed out"])
async def test_a_message_with_a_bad_token_is_declined_to_its_sender_alone(newcomer: Newcomer, flaw: object) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi)
    await avi.come_online(lisa)
    if flaw == "signed out":
        await lisa.sign_out()
    token = {"another's": avi.token, "signed out": lisa.token}.get(str(flaw), flaw)
    await lisa.send(avi, "let me in", jwt=token)
    await avi.signal()
    assert [sender for sender, _ in lisa.messages()] == ["Admin"]
    assert f"User '{lisa.name}' must disconnect" in lisa.messages()[0][1]
    assert avi.messages() == []


async def test_nobody_speaks_for_another_or_in_a_room_of_others(newcomer: Newcomer) -> None:
    lisa, avi, era = await newcomer("lisa"), await newcomer("avi"), await newcomer("era")
    for person in (lisa, avi, era):
        await person.come_online()
    await era.send(lisa, "trust me", sender=avi.name, conversation_room=room_of(avi, lisa))
    await era.send(lisa, "hello", conversation_room=room_of(avi, lisa))
    backwards = "&".join(reversed(room_of(era, lisa).split("&")))
    await era.send(lisa, "hello", conversation_room=backwards)
    await lisa.signal()
    assert [sender for sender, _ in era.messages()] == ["Admin"] * 3
    assert lisa.messages() == avi.messages() == []
    assert "no room of the user" in (await era.join(room_of(avi, lisa)))["error"]
    assert await era.join(room_of(era, lisa), jwt=avi.token) == {"error": "Invalid JWT"}
    assert "not the connection" in (await era.join(room_of(avi, lisa), client=avi.name, jwt=avi.token))["error"]


async def test_a_message_to_nobody_is_said_to_be_so(newcomer: Newcomer) -> None:
    lisa = await newcomer("lisa")
    await lisa.come_online()
    await lisa.send("Ghost", "boo")
    assert lisa.messages() == [("Admin", "Error! There is no user 'Ghost'.")]


async def test_after_a_closed_connection_messages_wait(chat: ChatDeployment, newcomer: Newcomer) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi)
    await avi.come_online(lisa)
    await avi.close()
    assert await lisa.hears("user_has_gone_offline", username=avi.name)
    await lisa.send(avi, "come back")
    assert lisa.messages() == []
    await avi.connect()
    await avi.join(room_of(avi, lisa))
    await avi.signal()
    assert avi.messages() == lisa.messages() == [(lisa.name, "come back")]
    assert await clock.until(lambda: lisa.count("new_user_online", username=avi.name) == 2, within=10)


async def cached_for(chat: ChatDeployment, person: Person) -> Any:
    """What Redis holds for somebody, None if nothing."""
    async with Redis.from_url(chat.redis.direct_url) as redis:
        cached = await redis.hget("pending_conversations", person.name)
    return json.loads(cached) if cached else None
