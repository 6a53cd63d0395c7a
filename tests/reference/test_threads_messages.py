"""The reference ThreadFileSharing server: messages of chatrooms and threads."""

import pytest

from support.core import clock
from tests.reference.threads_client import Http, chatroom, colleague, owner

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_message_over_http_reaches_the_room_and_is_kept(threads_http: Http) -> None:
    boss = await owner(threads_http)
    member, outsider = await colleague(boss), await colleague(boss)
    room = await chatroom(boss, member)
    for user in (boss, member, outsider):
        assert await user.connect()
    for user in (boss, member):
        await user.joins(room)
    sent = await boss.does("POST", "/messages/send", {"chatroomId": room, "content": "Lunch?"})
    assert (await member.hears("message_received", content="Lunch?"))["messageId"] == sent["id"]
    assert (await boss.hears("message_delivered", messageId=sent["id"]))["deliveredTo"] == [member.id]
    await member.says("send_chatroom_message", chatroomId=room, content="Yes")
    heard = await boss.hears("message_received", content="Yes", sender__userId=member.id)
    listed = await boss.does("GET", f"/messages/list?chatroomId={room}")
    assert [message["id"] for message in listed["messages"]] == [heard["messageId"], sent["id"]]
    await outsider.says("join_chatroom", chatroomId=room)
    await outsider.hears("error", code="FORBIDDEN", event="join_chatroom")
    assert outsider.count("message_received") == 0
    assert boss.count("message_received", content="Lunch?") == 1
    for user in (boss, member, outsider):
        await user.close()


async def test_who_was_away_gets_messages_from_history_and_the_author_learns_of_it(threads_http: Http) -> None:
    boss = await owner(threads_http)
    member = await colleague(boss)
    room = await chatroom(boss, member)
    assert await boss.connect()
    for number in range(5):
        await boss.does("POST", "/messages", {"chatroomId": room, "content": f"{number}"})
    assert boss.count("message_delivered") == 0
    first = await member.does("GET", f"/messages/chatroom/{room}?limit=3")
    rest = await member.does("GET", f"/messages/chatroom/{room}?limit=3&lastIndex={first['nextCursor']}")
    pages = [message["content"] for page in (first, rest) for message in page["messages"]]
    assert pages == ["4", "3", "2", "1", "0"]
    assert (first["hasMore"], rest["hasMore"]) == (True, False)
    assert await clock.until(lambda: boss.count("message_delivered", deliveredTo=[member.id]) == 5, within=5)
    await member.does("GET", f"/messages/chatroom/{room}")
    assert boss.count("message_delivered") == 5
    assert (await boss.ask("GET", f"/messages/chatroom/{room}?lastIndex=rubbish"))[0] == 400
    await boss.close()


async def test_only_authors_edit_and_only_they_and_managers_delete(threads_http: Http) -> None:
    boss = await owner(threads_http)
    one, other = await colleague(boss), await colleague(boss)
    room = await chatroom(boss, one, other)
    assert await other.connect()
    await other.joins(room)
    message = await one.does("POST", "/messages", {"chatroomId": room, "content": "Teh"})
    path = f"/messages/{message['id']}"
    assert (await other.ask("PUT", path, {"content": "Mine"}))[0] == 403
    assert (await one.does("PUT", path, {"content": "The"}))["isEdited"]
    assert (await other.hears("message_edited"))["message"]["content"] == "The"
    assert (await other.ask("DELETE", path))[0] == 403
    assert (await boss.ask("DELETE", path))[0] == 204
    assert (await other.hears("message_deleted"))["messageId"] == message["id"]
    assert (await one.does("GET", path))["content"] == "[Message deleted]"
    assert (await one.ask("PUT", path, {"content": "Back again"}))[0] == 400
    await other.close()


async def test_threads_have_participants_and_messages_of_their_own(threads_http: Http) -> None:
    boss = await owner(threads_http)
    member, other = await colleague(boss), await colleague(boss)
    room = await chatroom(boss, member, other)
    assert await member.connect()
    await member.joins(room)
    asked = {"chatroomId": room, "title": "Budget", "participantIds": [member.id]}
    thread = await boss.does("POST", "/threads/create", asked)
    assert (await member.hears("thread_created"))["thread"] == thread
    assert await member.does("GET", f"/threads/{thread['id']}") == thread
    await member.says("join_thread", threadId=thread["id"])
    await member.hears("user_joined_thread")
    await boss.does("POST", "/threads/messages/send", {"threadId": thread["id"], "content": "42"})
    await member.hears("message_received", threadId=thread["id"], content="42")
    assert (await other.ask("POST", "/threads/messages/send", {"threadId": thread["id"], "content": "x"}))[0] == 403
    assert (await member.does("GET", f"/messages/list?threadId={thread['id']}"))["total"] == 1
    assert (await member.does("GET", f"/messages/list?chatroomId={room}"))["total"] == 0
    assert (await other.ask("PUT", f"/threads/{thread['id']}", {"title": "x"}))[0] == 403
    await boss.does("PUT", f"/threads/{thread['id']}/archive")
    assert (await member.hears("thread_updated"))["thread"]["isArchived"]
    await boss.does("DELETE", f"/threads/{thread['id']}/participants/{member.id}")
    await boss.does("POST", "/threads/messages/send", {"threadId": thread["id"], "content": "secret"})
    await boss.does("DELETE", f"/threads/{thread['id']}")
    await member.hears("thread_deleted")
    assert member.count("message_received", content="secret") == 0
    await member.close()
