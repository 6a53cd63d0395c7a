"""The wire of the chat server: requests, connections, and what comes back for wrong ones (contract 2 and 3)."""

import time
from urllib.parse import urlencode

import jwt
import pytest
from socketio.exceptions import ConnectionError as ConnectionRefused

from support.core import clock
from support.environments.embedded.chat import ChatDeployment
from tests.reference.chat_client import Http, Person
from tests.reference.conftest import Newcomer

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_logging_in_gives_a_token_that_says_whose_it_is_and_for_how_long(newcomer: Newcomer) -> None:
    lisa = await newcomer("lisa", token_lifetime=60)
    claims = jwt.decode(await lisa.log_in(), options={"verify_signature": False})
    assert claims.keys() == {"user", "iat", "exp", "jti"}
    assert claims["user"] == lisa.name
    assert claims["exp"] - claims["iat"] == pytest.approx(60)


@pytest.mark.parametrize(
    ("body", "answer"),
    [
        ({"username": "Lisa", "password": "wrong"}, {"result": "Invalid credentials"}),
        ({"username": "lisa", "password": "wrong"}, {"result": "Invalid credentials"}),
        ({"username": None, "password": "x"}, {"result": "Invalid credentials"}),
        ({"username": ["Lisa"], "password": "x"}, {"result": "Invalid credentials"}),
        ({"username": "Lisa"}, {"error": "Invalid Log In request"}),
        ({}, {"error": "Invalid Log In request"}),
        ([1], {"error": "Invalid Log In request"}),
    ],
)
async def test_what_is_no_log_in_gets_no_token(http: Http, body: object, answer: object) -> None:
    assert await http.post("/log_in", body) == (200, answer)


async def test_what_is_not_json_or_not_there_is_said_so_by_status(http: Http) -> None:
    assert await http.raw("POST", "/log_in", data=b"{") == 400
    assert await http.raw("GET", "/log_in") == 405
    assert await http.raw("GET", "/") == 404


@pytest.mark.parametrize(
    ("name", "password", "complaint"),
    [
        ("", "x", "username"),
        ("A&B", "x", "username"),
        ("a" * 256, "x", "username"),
        ("fine", "", "password"),
    ],
)
async def test_unusable_accounts_are_not_registered(http: Http, name: str, password: str, complaint: str) -> None:
    status, answer = await http.post("/test_support/users", {"username": name, "password": password})
    assert (status, f"'{complaint}'" in answer["error"]) == (200, True)


async def test_a_name_is_given_once(http: Http, newcomer: Newcomer) -> None:
    lisa = await newcomer("lisa")
    _, answer = await http.post("/test_support/users", {"username": lisa.name, "password": "other"})
    assert answer == {"error": f"The user name {lisa.name!r} is taken"}


async def test_the_contact_list_shows_everybody_and_ones_own_rooms(http: Http, newcomer: Newcomer) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await avi.come_online()
    status, answer = await http.contacts(lisa.name, username=lisa.name, jwt=await lisa.log_in())
    assert status == 200
    assert {"Admin", "ChatGPT", "Leonid", lisa.name, avi.name} <= set(answer["all_existing_contacts"])
    assert answer["contacts"][avi.name] == "&".join(sorted((lisa.name, avi.name)))
    assert answer["contacts"].keys() == set(answer["all_existing_contacts"]) - {lisa.name}
    assert {avi.name, "ChatGPT", "Leonid"} <= set(answer["currently_online"])
    assert lisa.name not in answer["currently_online"]


async def test_the_contact_list_is_for_its_owner_alone(http: Http, newcomer: Newcomer) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    token = await lisa.log_in()
    refused = {"error": "Invalid JWT"}
    assert (await http.contacts(avi.name, username=lisa.name, jwt=token))[1] == refused
    assert (await http.contacts(avi.name, username=avi.name, jwt=token))[1] == refused
    assert "must contain username and jwt" in (await http.contacts(lisa.name, username=lisa.name))[1]["error"]


async def test_only_the_last_token_of_a_user_is_good(http: Http, newcomer: Newcomer) -> None:
    lisa = await newcomer("lisa")
    former, latest = await lisa.log_in(), await lisa.log_in()
    assert (await http.contacts(lisa.name, username=lisa.name, jwt=former))[1] == {"error": "Invalid JWT"}
    assert "contacts" in (await http.contacts(lisa.name, username=lisa.name, jwt=latest))[1]


async def test_a_token_dies_when_its_time_is_up_to_the_fraction_of_a_second(http: Http, newcomer: Newcomer) -> None:
    lisa = await newcomer("lisa", token_lifetime=1.4)
    token = await lisa.log_in()
    started = time.monotonic()
    assert "contacts" in (await http.contacts(lisa.name, username=lisa.name, jwt=token))[1]
    await clock.pause(1.4 - (time.monotonic() - started))
    assert (await http.contacts(lisa.name, username=lisa.name, jwt=token))[1] == {"error": "Invalid JWT"}


@pytest.mark.parametrize("transport", ["websocket", "polling", "upgrade"])
@pytest.mark.parametrize("place", ["auth", "headers", "query"])
async def test_a_token_is_found_in_each_place_and_on_each_transport(
    newcomer: Newcomer, transport: str, place: str
) -> None:
    lisa = await newcomer("lisa")
    shown = {"username": lisa.name, "jwt": await lisa.log_in()}
    await lisa.connect(transport, **{place: urlencode(shown) if place == "query" else shown})
    assert await lisa.join("&".join(sorted(("Admin", lisa.name)))) == {"result": "success"}


async def test_nobody_connects_without_a_token_of_their_own(newcomer: Newcomer) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.log_in()
    for shown in ({"username": lisa.name, "jwt": await avi.log_in()}, {"username": lisa.name}, {"jwt": lisa.token}):
        with pytest.raises(ConnectionRefused):
            await lisa.connect(auth=shown)


async def test_the_administrator_alone_sees_who_is_online_and_ends_sessions(
    chat: ChatDeployment, http: Http, newcomer: Newcomer
) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi)
    await avi.come_online(lisa)
    admin = {"username": "Admin", "password": chat.administrator.password}
    assert lisa.name in (await http.post("/admin/get_info", admin))[1]["online_clients_list"]
    kill = {"user_token_terminate": lisa.name}
    denied = {"error": "Admin access denied"}
    assert (await http.post("/admin/kill_token", admin | kill | {"password": "x"}))[1] == denied
    assert (await http.post("/admin/kill_token", _credentials(avi) | kill))[1] == denied
    assert (await http.post("/admin/kill_token", admin))[1]["error"].endswith("'user_token_terminate'")
    assert await http.post("/admin/kill_token", admin | kill) == (200, {"result": "success"})
    assert await avi.hears("user_has_gone_offline", username=lisa.name)
    assert await lisa.gone()
    assert (await http.post("/admin/kill_token", admin | kill))[1] == {"error": f"No JWT for user {lisa.name}"}


@pytest.mark.parametrize(
    ("event", "payload", "complaint"),
    [
        ("join", "text", "Invalid request format, expected JSON data"),
        ("join", None, "Invalid request format, expected JSON data"),
        ("join", {"room": "A&B", "client": "A"}, "Invalid request, missing required field: 'jwt'"),
        ("client_sends_message", {"sender": "A"}, "Invalid request, missing required field: 'jwt'"),
        ("client_disconnection", {"client": 7, "jwt": "x"}, "Invalid request, this field must be text: 'client'"),
        ("connection_alive", {}, "Invalid request, missing required field: 'client'"),
    ],
)
async def test_a_malformed_event_is_answered_and_hurts_nobody(
    newcomer: Newcomer, event: str, payload: object, complaint: str
) -> None:
    lisa = await newcomer("lisa")
    await lisa.come_online()
    assert await lisa.socket.call(event, payload, timeout=3) == {"error": complaint}
    assert await lisa.signal() is None


async def test_the_log_holds_no_secrets(chat: ChatDeployment, http: Http, newcomer: Newcomer) -> None:
    lisa = await newcomer("lisa")
    await lisa.come_online()
    log = chat.logs["chat server"].since(0)
    assert lisa.name in log
    assert lisa.password not in log
    assert lisa.token not in log


def _credentials(person: Person) -> dict[str, str]:
    return {"username": person.name, "password": person.password}
