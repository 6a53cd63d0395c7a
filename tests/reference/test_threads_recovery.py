"""The reference ThreadFileSharing server: lost connections, restarts, lost databases, limits, lag."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from support.core import clock
from support.environments.embedded.threads import SERVER, ThreadsDeployment
from tests.reference.threads_client import Http, Upload, User, chatroom, colleague, owner

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def boss(threads_http: Http) -> AsyncIterator[User]:
    user = await owner(threads_http)
    yield user
    await user.close()


async def test_a_connection_that_broke_goes_on_where_it_was(boss: User) -> None:
    member = await colleague(boss)
    rooms = [await chatroom(boss, member) for _ in range(2)]
    assert await member.connect()
    for room in rooms:
        await member.joins(room)
    assert member.count("connection_recovered") == 0
    await member.vanish()
    await boss.does("DELETE", f"/chatrooms/{rooms[1]}/members/{member.id}")
    assert await member.connect()
    recovered = await member.hears("connection_recovered")
    events = [event for event, _ in member.heard]
    assert events.index("connection_recovered") < len(events) - 1 - events[::-1].index("connection_established")
    assert recovered["restoredRooms"] == [f"company:{boss.company}", f"chatroom:{rooms[0]}"]
    await boss.does("POST", "/messages", {"chatroomId": rooms[0], "content": "Back?"})
    await member.hears("message_received", content="Back?")
    await member.sign_off()
    member.heard.clear()
    assert await member.connect()
    assert member.count("connection_recovered") == 0
    await member.close()


async def test_all_is_there_again_after_the_server_was_killed(threads: ThreadsDeployment, boss: User) -> None:
    room = await chatroom(boss)
    assert await boss.connect()
    await boss.joins(room)
    message = await boss.does("POST", "/messages", {"chatroomId": room, "content": "Before"})
    content = os.urandom(2500)
    upload = await Upload(boss, content).begin()
    assert (await upload.chunk(0))[0] == 200
    await threads.server.restart()
    assert await boss.gone()
    assert await boss.connect()
    assert f"chatroom:{room}" in (await boss.hears("connection_recovered"))["restoredRooms"]
    assert (await boss.does("GET", f"/messages/list?chatroomId={room}"))["messages"][0]["id"] == message["id"]
    assert (await boss.does("GET", f"/files/upload/session/{upload.id}"))["uploadedChunks"] == 1
    assert [(await upload.chunk(index))[0] for index in (1, 2)] == [200, 200]
    file = (await upload.complete())[1]["fileId"]
    await boss.hears("file_processed", fileId=file)
    assert await boss.does("GET", f"/files/{file}/download") == content


async def test_what_needs_no_database_works_without_one(threads: ThreadsDeployment, boss: User) -> None:
    member = await colleague(boss)
    room = await chatroom(boss, member)
    for user in (boss, member):
        assert await user.connect()
        await user.joins(room)
    await threads.postgres.kill()
    try:
        status, error = await boss.ask("GET", "/chatrooms")
        assert (status, error["code"]) == (503, "SERVICE_UNAVAILABLE")
        assert "PostgreSQL" in error["message"]
        await boss.hears("retry_attempt", operation="chatrooms", attempt=1)
        began = clock.now()
        assert (await boss.ask("GET", "/chatrooms"))[0] == 503
        assert clock.now() - began < 0.2  # the breaker is open: nobody waits
        await boss.says("send_chatroom_message", chatroomId=room, content="Lost")
        await boss.hears("error", code="SERVICE_UNAVAILABLE")
        await boss.says("chatroom_typing_start", roomId=room)
        await boss.says("update_user_status", status="busy")
        await member.hears("typing_indicator", isTyping=True)
        await member.hears("user_status_updated", status="busy")
        statuses = [(await threads_health(boss, path))[0] for path in ("live", "ready", "database")]
        assert statuses == [200, 503, 503]
    finally:
        await threads.postgres.start()
    assert await works_again(boss)
    await boss.says("send_chatroom_message", chatroomId=room, content="Again")
    await member.hears("message_received", content="Again")
    assert (await boss.does("GET", f"/messages/list?chatroomId={room}"))["total"] == 1
    await member.close()


async def threads_health(boss: User, path: str) -> tuple[int, object]:
    return await boss.http.ask("GET", f"/health/{path}")


async def works_again(boss: User) -> bool:
    """Whether the server finds its database again, soon."""
    for _ in range(100):
        if (await boss.ask("GET", "/companies/me"))[0] == 200:
            return True
        await clock.pause(0.1)
    return False


async def test_a_database_that_hangs_is_waited_for_twice_and_then_no_more(
    threads: ThreadsDeployment, boss: User
) -> None:
    assert await boss.connect()
    await threads.postgres.pause()
    try:
        assert (await boss.ask("GET", "/companies/me"))[0] == 503
        assert [told["attempt"] for told in boss.all("retry_attempt")] == [1]
        began = clock.now()
        assert [(await boss.ask("GET", "/companies/me"))[0] for _ in range(3)] == [503] * 3
        assert clock.now() - began < 4
    finally:
        await threads.postgres.resume()
    assert await works_again(boss)


async def test_a_moment_without_database_is_bridged(threads: ThreadsDeployment, boss: User) -> None:
    assert await boss.connect()
    await threads.postgres.restart()
    assert (await boss.ask("GET", "/companies/me"))[0] == 200
    assert boss.count("retry_attempt") > 0


async def test_too_much_is_refused_with_a_reason(boss: User) -> None:
    statuses = [(await boss.ask("GET", "/companies/me/usage"))[0] for _ in range(62)]
    assert statuses == [200] * 60 + [429] * 2
    assert (await boss.ask("GET", "/companies/me"))[0] == 200
    others = [User(boss.http, boss.email, _account(boss)) for _ in range(4)]
    assert [await other.connect() for other in others] == [True, True, True, False]
    assert others[3].all("error")[0]["code"] == "CONNECTION_LIMIT"
    for _ in range(101):
        await others[0].says("update_user_status", status="away")
    await others[0].hears("error", code="TOO_MANY_REQUESTS")
    for other in others:
        await other.close()


def _account(user: User) -> dict[str, object]:
    return {"user": {"id": user.id, "companyId": user.company}, "accessToken": user.token, "refreshToken": ""}


async def test_many_at_once_are_told_in_the_order_of_history(boss: User) -> None:
    members = [await colleague(boss) for _ in range(4)]
    room = await chatroom(boss, *members)
    for user in (boss, *members):
        assert await user.connect()
        await user.joins(room)
    sending = [
        user.says("send_chatroom_message", chatroomId=room, content=f"{number}")
        for number in range(8)
        for user in members
    ]
    await asyncio.gather(*sending)
    assert await clock.until(lambda: all(user.count("message_received") == 32 for user in members), within=10)
    history = (await boss.does("GET", f"/messages/list?chatroomId={room}"))["messages"][::-1]
    for user in members:
        assert [told["messageId"] for told in user.all("message_received")] == [message["id"] for message in history]
        await user.close()


async def test_lag_and_the_deployed_names() -> None:
    slow = {"lag": "0-200ms", "seed": 3, "event-names": "deployed"}
    async with ThreadsDeployment(slow) as deployment:
        http = Http(deployment.addresses[SERVER])
        boss = await owner(http)
        room = await chatroom(boss)
        assert await boss.connect()
        await boss.joins(room)
        for number in range(10):
            await boss.says("send_chatroom_message", chatroomId=room, content=f"{number}")
        assert await clock.until(lambda: boss.count("chatroom_message_received") == 10, within=10)
        assert [told["content"] for told in boss.all("chatroom_message_received")] == [f"{n}" for n in range(10)]
        await boss.says("update_user_status", status="busy")
        await boss.hears("user_status_changed", status="busy")
        await boss.close()
        await http.close()
