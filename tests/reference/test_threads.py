"""The reference ThreadFileSharing server: accounts, companies, and who hears what."""

import secrets
from typing import Any

import jwt
import pytest

from support.core import clock
from tests.reference.threads_client import Http, User, chatroom, colleague, credentials, owner

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_company_with_its_owner_is_registered_once(threads_http: Http) -> None:
    known = credentials() | {"companyName": f"Company {secrets.token_hex(4)}"}
    status, account = await threads_http.ask("POST", "/auth/register", json=known)
    assert (status, account["user"]["companyRole"]) == (201, "owner")
    assert "password" not in account["user"]
    assert (await threads_http.ask("POST", "/auth/register", json=known))[0] == 409
    assert (await threads_http.ask("POST", "/auth/register", json=known | {"email": credentials()["email"]}))[0] == 409


async def test_tokens_are_rotated_and_used_once(threads_http: Http) -> None:
    boss = await owner(threads_http)
    renew = lambda token: threads_http.ask("POST", "/auth/refresh", json={"refreshToken": token})  # noqa: E731
    status, pair = await renew(boss.renewal)
    assert status == 201
    assert jwt.decode(pair["accessToken"], options={"verify_signature": False})["sub"] == boss.id
    assert [(await renew(token))[0] for token in (boss.renewal, boss.token, "rubbish")] == [401, 401, 401]
    assert (await renew(pair["refreshToken"]))[0] == 201
    assert (await threads_http.ask("GET", "/auth/me", pair["refreshToken"]))[0] == 401
    assert (await threads_http.ask("GET", "/users/profile", pair["accessToken"]))[0] == 200


async def test_doors_stay_shut_to_bad_tokens(threads_http: Http) -> None:
    boss = await owner(threads_http)
    claims = jwt.decode(boss.token, options={"verify_signature": False})
    forged = jwt.encode(claims, "x" * 32, algorithm="HS256")
    unsigned = jwt.encode(claims, "", algorithm="none")
    for token in ("", "rubbish", forged, unsigned, boss.renewal):
        assert (await threads_http.ask("GET", "/users/me", token))[0] == 401
        assert not await boss.connect(token)
        assert boss.all("error")[-1]["code"] == "UNAUTHORIZED"
    assert await boss.connect()
    await boss.close()
    assert await boss.connect(by_query=True)
    await boss.close()


async def test_wrong_passwords_lock_an_account(threads_http: Http) -> None:
    boss = await owner(threads_http)
    wrong = {"email": boss.email, "password": "wrong password"}
    statuses = [(await threads_http.ask("POST", "/auth/login", json=wrong))[0] for _ in range(6)]
    assert statuses == [401] * 5 + [423]


async def test_logging_out_ends_tokens_and_connections(threads_http: Http) -> None:
    boss = await owner(threads_http)
    assert await boss.connect()
    await boss.does("POST", "/auth/logout", {"refreshToken": boss.renewal})
    assert await boss.gone()
    assert (await boss.ask("GET", "/auth/me"))[0] == 401
    assert (await threads_http.ask("POST", "/auth/refresh", json={"refreshToken": boss.renewal}))[0] == 401


async def test_an_expired_token_ends_its_connection_unless_a_newer_one_is_shown(threads_http: Http) -> None:
    boss = await owner(threads_http)
    await boss.does("PUT", "/test_support/token_lifetime", {"email": boss.email, "seconds": 2.0})
    pair = (await threads_http.ask("POST", "/auth/refresh", json={"refreshToken": boss.renewal}))[1]
    boss.token = pair["accessToken"]
    await boss.does("PUT", "/test_support/token_lifetime", {"email": boss.email, "seconds": 900})
    assert await boss.connect()
    other = User(threads_http, boss.email, {"user": await boss.does("GET", "/users/me")} | pair)
    newer = (await threads_http.ask("POST", "/auth/refresh", json={"refreshToken": pair["refreshToken"]}))[1]
    assert await other.connect()
    await other.says("authenticate", token=newer["accessToken"])
    await boss.hears("error", code="TOKEN_EXPIRED")
    assert await boss.gone()
    assert (await boss.ask("GET", "/auth/me"))[1]["code"] == "TOKEN_EXPIRED"
    assert other.socket.connected
    await other.close()


async def test_roles_say_who_may_do_what(threads_http: Http) -> None:
    boss = await owner(threads_http)
    admin, member, guest = [await colleague(boss, role) for role in ("admin", "member", "guest")]
    room = await chatroom(boss, admin, member, guest)
    added = [
        await user.ask("POST", "/companies/members/add", credentials() | {"role": "member"})
        for user in (admin, member, guest)
    ]
    assert [status for status, _ in added] == [201, 403, 403]
    sent = [
        await user.ask("POST", "/messages/send", {"chatroomId": room, "content": "Hi"})
        for user in (admin, member, guest)
    ]
    assert [status for status, _ in sent] == [201, 201, 403]
    assert (await guest.ask("GET", f"/messages/list?chatroomId={room}"))[1]["total"] == 2
    assert (await admin.ask("DELETE", f"/companies/members/{boss.id}"))[0] == 403
    assert (await admin.ask("PUT", f"/users/{boss.id}/role", {"role": "guest"}))[0] == 403
    assert (await member.ask("PUT", f"/users/{guest.id}/role", {"role": "member"}))[0] == 403
    assert (await admin.ask("PUT", f"/users/{guest.id}/role", {"role": "owner"}))[0] == 400
    await admin.does("PUT", f"/users/{guest.id}/role", {"role": "member"})
    assert (await guest.ask("POST", "/messages/send", {"chatroomId": room, "content": "Hi"}))[0] == 201
    assert (await admin.ask("PUT", "/companies/me", {"name": "Mine"}))[0] == 403
    assert (await boss.does("PUT", "/companies/me", {"name": "Ours"}))["name"] == "Ours"


async def test_invitations_bring_members_in_once(threads_http: Http) -> None:
    boss = await owner(threads_http)
    assert await boss.connect()
    known = credentials("guest")
    invitation = await boss.does("POST", "/invitations", {"email": known["email"], "role": "guest"})
    assert (await boss.ask("POST", "/invitations", {"email": known["email"], "role": "guest"}))[0] == 409
    assert (await threads_http.ask("GET", f"/invitations/validate/{invitation['token']}"))[1]["role"] == "guest"
    accepted = {"token": invitation["token"], "password": known["password"]}
    assert (await threads_http.ask("POST", "/invitations/accept", json=accepted))[0] == 201
    assert (await threads_http.ask("POST", "/invitations/accept", json=accepted))[0] == 400
    await boss.hears("user_joined_company", via="membership")
    assert len((await boss.does("GET", "/companies/me/members?limit=1"))["items"]) == 1
    await boss.close()


async def test_companies_know_nothing_of_each_other(threads_http: Http) -> None:
    boss, stranger = await owner(threads_http), await owner(threads_http)
    room = await chatroom(boss)
    message = await boss.does("POST", "/messages", {"chatroomId": room, "content": "Ours"})
    thread = await boss.does("POST", "/threads", {"chatroomId": room, "title": "Ours"})
    for path in (
        f"/chatrooms/{room}",
        f"/messages/{message['id']}",
        f"/messages/chatroom/{room}",
        f"/threads?chatroomId={room}",
        f"/threads/{thread['id']}",
        f"/users/{boss.id}",
    ):
        assert (await stranger.ask("GET", path))[0] == 404, path
    assert (await stranger.does("GET", "/chatrooms"))["items"] == []
    assert (await boss.ask("POST", f"/chatrooms/{room}/members/{stranger.id}"))[0] == 404
    assert (await stranger.ask("DELETE", f"/companies/members/{boss.id}"))[0] == 404
    assert await stranger.connect()
    assert await boss.connect()
    await boss.says("update_user_status", status="busy")
    await boss.hears("user_status_updated", status="busy")
    assert stranger.count("user_status_updated") == stranger.count("user_joined_company", user__userId=boss.id) == 0
    for user in (boss, stranger):
        await user.close()


async def test_removed_people_hear_nothing_more(threads_http: Http) -> None:
    boss = await owner(threads_http)
    member, leaver = await colleague(boss), await colleague(boss)
    room = await chatroom(boss, member, leaver)
    for user in (boss, member, leaver):
        assert await user.connect()
        await user.joins(room)
    await boss.does("DELETE", f"/chatrooms/{room}/members/{member.id}")
    await boss.does("DELETE", f"/companies/members/{leaver.id}")
    await boss.does("POST", "/messages", {"chatroomId": room, "content": "Alone"})
    await boss.hears("message_received", content="Alone")
    await member.hears("chatroom_member_removed", userId=member.id)
    await leaver.hears("error", code="REMOVED")
    assert await leaver.gone()
    assert member.count("message_received") == leaver.count("message_received") == 0
    assert (await leaver.ask("GET", "/auth/me"))[0] == 401
    assert not await leaver.connect()
    for user in (boss, member):
        await user.close()


async def test_typing_and_status_reach_the_right_people(threads_http: Http) -> None:
    boss = await owner(threads_http)
    member, guest = await colleague(boss), await colleague(boss, "guest")
    room = await chatroom(boss, member, guest)
    for user in (boss, member, guest):
        assert await user.connect()
        await user.joins(room)
    await boss.says("chatroom_typing_start", roomId=room)
    await member.hears("typing_indicator", chatroomId=room, isTyping=True, user__userId=boss.id)
    await member.hears("typing_indicator", chatroomId=room, isTyping=False, user__userId=boss.id)  # by itself
    await guest.says("chatroom_typing_start", roomId=room)
    await guest.hears("error", code="FORBIDDEN")
    assert boss.count("typing_indicator") == 0
    await member.does("PUT", "/users/status", {"status": "away", "customMessage": "Lunch"})
    await boss.hears("user_status_updated", status="away", customMessage="Lunch", user__userId=member.id)
    statuses = (await guest.does("GET", "/users/status"))["items"]
    assert {item["userId"]: item["status"] for item in statuses}[member.id] == "away"
    for user in (boss, member, guest):
        await user.close()


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/messages/send", {"chatroomId": "zzz", "content": "Hi"}, 400),
        ("POST", "/messages/send", {"content": "Hi"}, 400),
        ("POST", "/messages/send", {"chatroomId": "6f0c1f0a-6a55-4a0e-9a3b-0c6d1d2e3f40", "content": "Hi"}, 404),
        ("POST", "/messages/send", {"chatroomId": "6f0c1f0a-6a55-4a0e-9a3b-0c6d1d2e3f40", "content": "a\0"}, 404),
        ("POST", "/chatrooms/create", {"name": "a\0"}, 400),
        ("POST", "/chatrooms/create", {"name": 7}, 400),
        ("POST", "/chatrooms/create", {"name": "x", "colour": "red"}, 400),
        ("POST", "/chatrooms/create", [], 400),
        ("POST", "/chatrooms/create", {"name": "x" * 2_000_000}, 413),
        ("GET", "/chatrooms/zzz", None, 400),
        ("GET", "/nowhere", None, 404),
    ],
)
async def test_nonsense_is_refused(threads_http: Http, method: str, path: str, body: Any, status: int) -> None:
    boss = await owner(threads_http)
    assert (await boss.ask(method, path, body))[0] == status
    assert (await threads_http.ask("POST", "/auth/login", data="{"))[0] == 400


async def test_nonsense_on_the_socket_is_told_and_nothing_else_happens(threads_http: Http) -> None:
    boss = await owner(threads_http)
    room = await chatroom(boss)
    assert await boss.connect()
    for event, payload in (
        ("dance", {}),
        ("join_chatroom", None),
        ("join_chatroom", {"chatroomId": "zzz"}),
        ("send_chatroom_message", {"chatroomId": room}),
        ("send_chatroom_message", {"chatroomId": room, "content": "x" * 2001}),
        ("chatroom_typing_start", {"roomId": room}),
        ("update_user_status", {"status": "happy"}),
    ):
        before = boss.count("error", event=event)
        await boss.socket.emit(event, payload)
        assert await clock.until(lambda e=event, b=before: boss.count("error", event=e) > b, within=5), event  # type: ignore[misc]
    await boss.joins(room)
    assert (await boss.does("GET", f"/messages/list?chatroomId={room}"))["total"] == 0
    await boss.close()
