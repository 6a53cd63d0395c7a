"""Sessions of the chat server: presence, keep-alive, sign-out, restart, and the loss of a database."""

import time

import pytest

from support.core import clock
from support.environments.embedded.chat import ChatDeployment
from tests.reference.chat_client import Http, Person, mended, room_of
from tests.reference.conftest import QUICK, Newcomer

pytestmark = pytest.mark.asyncio(loop_scope="session")
LIMIT = float(QUICK["keep-alive-limit"])
NAMES = {"Postgres": "PostgreSQL", "Redis": "Redis"}


async def test_signing_out_is_told_once_and_leaves_a_deaf_connection(http: Http, newcomer: Newcomer) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi)
    await avi.come_online(lisa)
    assert await lisa.sign_out() is None
    await avi.signal()
    offline = ("user_has_gone_offline", {"username": lisa.name})
    assert [person.heard.count(offline) for person in (lisa, avi)] == [1, 1]
    heard = len(lisa.heard)
    await avi.send(lisa, "too late")
    await avi.sign_out()
    assert await lisa.signal() == {"error": "Invalid JWT"}
    assert (lisa.socket.connected, len(lisa.heard)) == (True, heard)
    assert (await http.contacts(lisa.name, username=lisa.name, jwt=lisa.token))[1] == {"error": "Invalid JWT"}


async def test_who_is_silent_for_too_long_is_logged_out_and_nobody_else(http: Http, newcomer: Newcomer) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi)
    await avi.come_online(lisa)
    await lisa.signal()
    lisa.fall_silent()
    began = time.monotonic()
    while lisa.socket.connected and time.monotonic() - began < 5 * LIMIT:
        await avi.signal(client=lisa.name)
        await clock.pause(LIMIT / 5)
    assert LIMIT * 0.9 < time.monotonic() - began < 3 * LIMIT
    assert lisa.heard[-1][0] == "user_has_been_logged_out"
    assert lisa.heard[-1][1]["username"] == lisa.name
    assert await avi.hears("user_has_gone_offline", username=lisa.name)
    await avi.signal()
    assert avi.count("user_has_gone_offline", username=lisa.name) == 1
    assert avi.socket.connected
    assert (await http.contacts(lisa.name, username=lisa.name, jwt=lisa.token))[1] == {"error": "Invalid JWT"}


async def test_a_machine_that_stands_still_logs_nobody_out(chat: ChatDeployment, newcomer: Newcomer) -> None:
    """Neither the databases nor the people were silent: the server was not there to listen."""
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi)
    await avi.come_online(lisa)
    for part in chat.controls.values():
        await part.pause()
    await clock.pause(LIMIT * 1.25)
    for part in chat.controls.values():
        await part.resume()
    await lisa.send(avi, "still there?")
    assert await avi.hears("received_message", sender=lisa.name, content="still there?")
    assert [person.count("user_has_been_logged_out") for person in (lisa, avi)] == [0, 0]


@pytest.mark.parametrize("graceful", [True, False])
async def test_a_restart_logs_everybody_out_and_keeps_what_is_cached(
    chat: ChatDeployment, http: Http, newcomer: Newcomer, graceful: bool
) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi)
    await lisa.send(avi, "keep this")
    await chat.server.restart(graceful=graceful)
    assert await lisa.gone()
    assert (await http.contacts(lisa.name, username=lisa.name, jwt=lisa.token))[1] == {"error": "Invalid JWT"}
    await avi.come_online(lisa)
    assert await avi.hears("received_message", sender=lisa.name, content="keep this")
    assert lisa.name not in (await http.contacts(avi.name, username=avi.name, jwt=avi.token))[1]["currently_online"]


@pytest.mark.parametrize("way", ["kill", "pause", "cut"])
@pytest.mark.parametrize("database", ["Postgres", "Redis"])
async def test_the_loss_of_a_database_is_told_and_mends_itself(
    chat: ChatDeployment, http: Http, newcomer: Newcomer, database: str, way: str
) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await lisa.come_online(avi)
    await lisa.send(avi, "wait for me")
    control, name = chat.controls[database], NAMES[database]
    began = time.monotonic()
    await getattr(control, way)()
    assert await lisa.hears("user_has_been_logged_out", username=lisa.name, reason=f"{name} is unavailable")
    assert await lisa.gone()
    assert time.monotonic() - began < 4.0
    unavailable = (503, {"error": f"{name} is unavailable, please try again later"})
    assert await http.post("/log_in", {"username": lisa.name, "password": lisa.password}) == unavailable
    assert await http.contacts(lisa.name, username=lisa.name, jwt=lisa.token) == unavailable
    await getattr(control, {"kill": "start", "pause": "resume", "cut": "heal"}[way])()
    await mended(http)
    assert (await http.contacts(lisa.name, username=lisa.name, jwt=lisa.token))[1] == {"error": "Invalid JWT"}
    await avi.come_online(lisa)
    assert await avi.hears("received_message", sender=lisa.name, content="wait for me")


@pytest.mark.parametrize("database", ["Postgres", "Redis"])
async def test_a_loss_is_noticed_however_short_and_though_nobody_asks(
    chat: ChatDeployment, http: Http, newcomer: Newcomer, database: str
) -> None:
    lisa = await newcomer("lisa")
    await lisa.come_online()
    await chat.controls[database].restart()
    assert await lisa.gone()
    await mended(http)
    assert (await http.contacts(lisa.name, username=lisa.name, jwt=lisa.token))[1] == {"error": "Invalid JWT"}


async def test_the_server_starts_without_its_databases(chat: ChatDeployment, http: Http, newcomer: Newcomer) -> None:
    lisa: Person = await newcomer("lisa")
    await chat.redis.stop()
    await chat.server.restart()
    assert (await http.post("/log_in", {"username": lisa.name, "password": lisa.password}))[0] == 503
    await chat.redis.start()
    await mended(http)
    await lisa.come_online()
    assert lisa.socket.connected


async def test_two_connections_are_one_user(newcomer: Newcomer) -> None:
    lisa, avi = await newcomer("lisa"), await newcomer("avi")
    await avi.come_online(lisa)
    await lisa.come_online(avi)
    twin = Person(lisa.http, lisa.name)
    twin.token = lisa.token
    await twin.connect()
    await twin.join(room_of(twin, avi))
    await avi.send(lisa, "both of you")
    assert await twin.hears("received_message", sender=avi.name, content="both of you")
    await twin.close()
    await avi.signal()
    assert avi.count("new_user_online", username=lisa.name) == 1
    assert avi.count("user_has_gone_offline", username=lisa.name) == 0
