"""What the Matrix client makes of a homeserver's answers; that it fits a real one is shown by `make synapse`."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from support.config.profile import Profile
from support.core.errors import NotSupported, SuiteError
from support.core.events import Arrival, Declined, Disconnected, LoggedOut, Message, Presence
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.matrix import MatrixHomeserver
from support.drivers.matrix.client import MatrixClient
from support.environments.systems import class_of
from support.environments.systems.chat import ChatSystem
from support.environments.systems.matrix import MatrixSystem

ME, OTHER = "@a:here", "@b:here"


class StandIn:
    """A homeserver that gives out `news`, one by one, to whoever asks what is new."""

    def __init__(self) -> None:
        self.news: list[dict[str, Any]] = []
        self.asked: list[str] = []
        self.refusal: tuple[int, dict[str, str]] | None = None
        self.ended = self.unwell = False
        self.room_taken = False
        self.pages: dict[str, dict[str, Any]] = {}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(f"{request.method} {request.path}")
        if self.refusal and not request.path.endswith("/sync"):
            return web.json_response(self.refusal[1], status=self.refusal[0])
        if request.path.endswith("/createRoom") and self.room_taken:
            return web.json_response({"errcode": "M_ROOM_IN_USE", "error": "taken"}, status=400)
        if request.path.endswith("/messages"):
            self.asked.append(request.query.get("to", "the beginning"))
            return web.json_response(self.pages[request.query["from"]])
        if not request.path.endswith("/sync"):
            return web.json_response({"access_token": "tok", "user_id": ME, "filter_id": "1", "room_id": "!r:here"})
        if self.ended:
            return web.json_response({"errcode": "M_UNKNOWN_TOKEN", "error": "signed out"}, status=401)
        if self.unwell:
            return web.json_response({"errcode": "M_UNKNOWN", "error": "Internal server error"}, status=500)
        if request.query.get("set_presence") == "online":  # a sign of life takes no news away
            return web.json_response({"next_batch": "s"})
        if not self.news:
            await asyncio.sleep(0.05)
        return web.json_response({"next_batch": "s"} | (self.news.pop(0) if self.news else {}))


@pytest.fixture
async def server() -> AsyncIterator[tuple[StandIn, MatrixHomeserver]]:
    standin, application = StandIn(), web.Application()
    application.router.add_route("*", "/{rest:.*}", standin.answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    homeserver = MatrixHomeserver(address, "lobby", 5.0, 30.0, secret=None, administrator=None)
    yield standin, homeserver
    await homeserver.close()
    await runner.cleanup()


def client(homeserver: MatrixHomeserver) -> tuple[MatrixClient, Inbox]:
    people, inbox = People(), Inbox("user A")
    people.add("user A", Account(ME, "secret"))
    people.add("user B", Account(OTHER, "secret"))
    return MatrixClient(homeserver, ScenarioUser("user A", people, Transcript(Redactor()), inbox)), inbox


def said(sender: str, text: str, at: int = 0) -> dict[str, Any]:
    return {"sender": sender, "type": "m.room.message", "content": {"body": text}, "origin_server_ts": at}


def present(who: str, state: str) -> dict[str, Any]:
    return {"presence": {"events": [{"sender": who, "content": {"presence": state}}]}}


def arrived(inbox: Inbox) -> list[Arrival]:
    return [item.what for item in inbox.received]


async def test_news_becomes_arrivals_once_and_in_order(server: tuple[StandIn, MatrixHomeserver]) -> None:
    standin, homeserver = server
    room = {"timeline": {"events": [said(OTHER, "one"), said(ME, "my own"), said(OTHER, "two")]}}
    standin.news = [
        {"rooms": {"invite": {"!new:here": {}}}},
        {"rooms": {"join": {"!r:here": room}}},
        *(present(OTHER, state) for state in ("online", "online", "unavailable", "offline")),
        present(ME, "online"),
    ]
    person, inbox = client(homeserver)
    await person.sign_in("secret")
    await person.connect()
    await inbox.expect(Presence("user B", online=False), within=5.0)
    news = [Message("user B", "one"), Message("user B", "two"), Presence("user B", True), Presence("user B", False)]
    assert arrived(inbox) == news
    assert "POST /_matrix/client/v3/rooms/!new:here/join" in standin.asked
    assert person.connected
    await person.close()
    assert not person.connected


async def test_what_one_answer_has_no_place_for_is_asked_for_page_by_page(
    server: tuple[StandIn, MatrixHomeserver],
) -> None:
    standin, homeserver = server
    texts = [str(number) for number in range(205)]
    last = {"events": [said(OTHER, text) for text in texts[105:]], "limited": True, "prev_batch": "105"}
    standin.pages = {
        "105": {"chunk": [said(OTHER, text) for text in reversed(texts[5:105])], "end": "5"},
        "5": {"chunk": [said(OTHER, text) for text in reversed(texts[:5])], "end": "0"},
        "0": {"chunk": []},
    }
    joined = {"rooms": {"join": {"!r:here": {"timeline": last}}}}
    standin.news = [{"rooms": {"invite": {"!r:here": {}}}}, joined, present(OTHER, "online")]
    person, inbox = client(homeserver)
    await person.sign_in("secret")
    await person.connect()
    await inbox.expect(Presence("user B", online=True), within=5.0)
    assert arrived(inbox)[:-1] == [Message("user B", text) for text in texts]
    standin.news = [joined, present(OTHER, "offline")]  # of a room that was heard before, what is new alone
    await inbox.expect(Presence("user B", online=False), within=5.0)
    pages = [one for one in standin.asked if one in ("s", "the beginning")]
    assert pages == ["the beginning"] * 3 + ["s"] * 3
    await person.close()


async def test_what_comes_at_once_from_several_rooms_comes_in_the_order_of_its_times_and_of_its_room(
    server: tuple[StandIn, MatrixHomeserver],
) -> None:
    standin, homeserver = server
    one = {"timeline": {"events": [said(OTHER, "second", 2), said(OTHER, "before the second", 1)]}}
    another = {"timeline": {"events": [said(OTHER, "first", 1), said(OTHER, "third", 3)]}}
    standin.news = [{"rooms": {"join": {"!r:here": one, "!s:here": another}}}, present(OTHER, "online")]
    person, inbox = client(homeserver)
    await person.sign_in("secret")
    await person.connect()
    await inbox.expect(Presence("user B", online=True), within=5.0)
    texts = ("first", "second", "before the second", "third")
    assert arrived(inbox)[:-1] == [Message("user B", text) for text in texts]
    await person.close()


async def test_who_was_there_before_oneself_is_no_news_until_they_go(
    server: tuple[StandIn, MatrixHomeserver],
) -> None:
    standin, homeserver = server
    person, inbox = client(homeserver)
    await person.sign_in("secret")
    standin.news = [present(OTHER, "online")]
    await person.connect()
    await person.come_online()
    standin.news = [present(OTHER, state) for state in ("online", "offline", "online")]
    await inbox.expect(Presence("user B", online=True), within=5.0)
    assert arrived(inbox) == [Presence("user B", False), Presence("user B", True)]
    await person.close()


async def test_who_went_while_oneself_was_away_is_no_news(server: tuple[StandIn, MatrixHomeserver]) -> None:
    standin, homeserver = server
    person, inbox = client(homeserver)
    await person.sign_in("secret")
    await person.connect()
    await person.come_online()
    await person.close()
    await asyncio.sleep(0.2)  # what it had asked for last is answered
    standin.news = [present(OTHER, "offline")]
    await person.connect()
    standin.news = [present(OTHER, "online")]
    await inbox.expect(Presence("user B", online=True), within=5.0)
    assert arrived(inbox) == [Presence("user B", True)]
    await person.close()


async def test_the_end_of_a_session_ends_the_connection(server: tuple[StandIn, MatrixHomeserver]) -> None:
    standin, homeserver = server
    person, inbox = client(homeserver)
    await person.sign_in("secret")
    await person.connect()
    standin.ended = True
    await inbox.expect(Disconnected(), within=5.0)
    assert arrived(inbox) == [LoggedOut("M_UNKNOWN_TOKEN: signed out"), Disconnected()]
    assert not person.connected


async def test_a_server_that_cannot_serve_ends_the_connection_and_no_session(
    server: tuple[StandIn, MatrixHomeserver],
) -> None:
    standin, homeserver = server
    person, inbox = client(homeserver)
    await person.sign_in("secret")
    await person.connect()
    standin.unwell = True
    await inbox.expect(Disconnected(), within=5.0)
    assert arrived(inbox) == [Declined("status 500: M_UNKNOWN: Internal server error"), Disconnected()]


@pytest.mark.parametrize("taken", [False, True])
async def test_two_people_share_one_room_whoever_opens_it(
    server: tuple[StandIn, MatrixHomeserver], taken: bool
) -> None:
    standin, homeserver = server
    standin.room_taken = taken
    person, _ = client(homeserver)
    await person.sign_in("secret")
    await person.send("one", "user B")
    await person.send("two", "user B")
    asked = [line.removeprefix("POST /_matrix/client/v3") for line in standin.asked if line.startswith("POST")]
    assert asked == ["/login", "/createRoom", "/join/#a+b:here"]


async def test_nobody_opens_a_room_for_others(server: tuple[StandIn, MatrixHomeserver]) -> None:
    standin, homeserver = server
    person, _ = client(homeserver)
    await person.listen_in("user B", "somebody else")
    assert standin.asked == ["POST /_matrix/client/v3/join/#b+somebody else:here"]


@pytest.mark.parametrize(("status", "kind"), [(403, Rejected), (404, Rejected), (429, Unavailable), (503, Unavailable)])
async def test_a_refusal_is_told_from_an_outage(
    server: tuple[StandIn, MatrixHomeserver], status: int, kind: type[Rejected]
) -> None:
    standin, homeserver = server
    standin.refusal = status, {"errcode": "M_SOMETHING", "error": "so there"}
    person, _ = client(homeserver)
    with pytest.raises(Rejected, match="M_SOMETHING: so there") as refusal:
        await person.sign_in("secret")
    assert type(refusal.value) is kind


async def test_it_serves_if_it_judges_an_attempt_to_sign_in(server: tuple[StandIn, MatrixHomeserver]) -> None:
    standin, homeserver = server
    for status, code, serves in ((403, "M_FORBIDDEN", True), (500, "M_UNKNOWN", False), (404, "", False)):
        standin.refusal = status, {"errcode": code, "error": "no"}
        assert await homeserver.serves(Transcript(Redactor())) is serves


async def test_what_a_homeserver_of_others_does_not_offer_is_said(server: tuple[StandIn, MatrixHomeserver]) -> None:
    _, homeserver = server
    with pytest.raises(NotSupported, match="has to name accounts"):
        await homeserver.register("user A", Transcript(Redactor()))
    with pytest.raises(NotSupported, match="are not all known"):
        homeserver.everybody()


def test_a_profile_says_what_a_system_speaks() -> None:
    def profile(**chat: str) -> Profile:
        return Profile.model_validate({"name": "mine", "systems": {"chat": chat}})

    assert class_of("chat", profile()) is ChatSystem
    assert class_of("chat", profile(speaks="matrix")) is MatrixSystem
    with pytest.raises(
        SuiteError, match=r"'systems\.chat\.speaks': there is no driver for 'irc'; allowed here: matrix"
    ):
        class_of("chat", profile(speaks="irc"))
