"""HTTP, recorded: what an answer says of itself, whose cookies are kept, and how silence is told."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from support.core import clock
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.http import Answer, Dropped, Http, Unreachable
from tests.serving import served

PATIENCE = 0.3


async def _told(request: web.Request) -> web.Response:
    answer = web.json_response({"showed": request.cookies.get("mark"), "sent": await request.text()}, status=201)
    answer.set_cookie("mark", "yes")
    return answer


async def _headers(request: web.Request) -> web.Response:
    return web.json_response({name.lower(): value for name, value in request.headers.items()})


async def _said(_request: web.Request) -> web.Response:
    return web.Response(body="Grüße".encode("latin-1"), headers={"Content-Type": "text/plain; charset=latin-1"})


async def _silent(_request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


async def _hangs_up(request: web.Request) -> web.Response:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


class Busy:
    """A server that says to the first who asks that it was asked too often, and `later` when to ask again."""

    def __init__(self) -> None:
        self.later, self.asked, self.address = "1", list[float](), ""

    async def answer(self, _request: web.Request) -> web.Response:
        self.asked.append(clock.now())
        if len(self.asked) > 1:
            return web.json_response({"let": "in"})
        return web.Response(status=429, headers={"Date": "Sun, 29 Nov 2026 12:00:00 GMT", "Retry-After": self.later})


@pytest.fixture
async def busy() -> AsyncIterator[Busy]:
    busy, app = Busy(), web.Application()
    app.router.add_get("/", busy.answer)
    async with served(app) as server:
        busy.address = str(server.make_url("")).rstrip("/")
        yield busy


@pytest.fixture
async def address() -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes([
        web.post("/told", _told), web.get("/said", _said), web.get("/silent", _silent), web.get("/hangs-up", _hangs_up),
        web.post("/headers", _headers), web.put("/headers", _headers),
    ])  # fmt: skip
    async with served(app) as server:
        yield f"http://localhost:{server.port}"  # a name: for a bare address aiohttp keeps no cookies anyway


@pytest.fixture
def transcript() -> Transcript:
    return Transcript(Redactor())


@pytest.fixture
async def http(address: str) -> AsyncIterator[Http]:
    http = Http(address, PATIENCE)
    yield http
    await http.close()


async def test_an_answer_is_read(http: Http, transcript: Transcript) -> None:
    answer = await http.request(transcript.of("user A"), "POST", "/told", body={"text": "hello"})
    assert (answer.status, answer.kind, answer.cookies) == (201, "application/json", {"mark": "yes"})
    assert answer.field("sent") == '{"text": "hello"}'
    assert answer.field("nothing") is None
    assert answer.server.startswith("Python/")
    assert answer.date
    assert [line.what for line in transcript.exchanges] == ["POST /told", "201"]


async def test_what_is_no_json_is_text_in_its_own_encoding(http: Http, transcript: Transcript) -> None:
    answer = await http.request(transcript.of("user A"), "GET", "/said")
    assert (answer.text, answer.kind, answer.body, answer.field("text")) == ("Grüße", "text/plain", None, None)
    assert answer.content == "Grüße".encode("latin-1")


@pytest.mark.parametrize(("keeps", "shown"), [(False, None), (True, "yes")])
async def test_one_persons_cookies_are_shown_to_nobody_else(
    address: str, transcript: Transcript, keeps: bool, shown: str | None
) -> None:
    http = Http(address, PATIENCE, cookies=keeps)
    await http.request(transcript.of("user A"), "POST", "/told")
    assert (await http.request(transcript.of("user A"), "POST", "/told")).field("showed") == shown
    await http.close()


async def test_silence_is_told_with_where_and_how_long(http: Http, transcript: Transcript) -> None:
    with pytest.raises(Unreachable, match=rf"{http.address} did not answer within 0\.3 s"):
        await http.request(transcript.of("user A"), "GET", "/silent")
    assert transcript.exchanges[-1].what == "no answer within 0.3 s"


async def test_a_connection_that_ends_without_an_answer_is_no_refused_one(http: Http, transcript: Transcript) -> None:
    with pytest.raises(Dropped, match="ended the connection without an answer"):
        await http.request(transcript.of("user A"), "GET", "/hangs-up")


async def test_where_nobody_listens_the_connection_is_refused(transcript: Transcript) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = Http(f"http://127.0.0.1:{free.getsockname()[1]}", PATIENCE)
    with pytest.raises(Unreachable, match="nothing listens there") as refused:
        await nobody.request(transcript.of("user A"), "GET", "/")
    assert not isinstance(refused.value, Dropped)
    await nobody.close()


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        ({}, None),
        ({"body": {}}, "application/json"),
        ({"body": {"text": "hello"}}, "application/json"),
        ({"form": {"text": "hello"}}, "application/x-www-form-urlencoded"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_only_what_has_a_body_names_its_kind(
    http: Http, transcript: Transcript, method: str, sent: dict[str, Any], kind: str | None
) -> None:
    answer = await http.request(transcript.of("user A"), method, "/headers", **sent)
    assert answer.field("content-type") == kind


async def test_the_transcript_has_the_headers_that_were_sent(http: Http, transcript: Transcript) -> None:
    token = {"Authorization": "Bearer a-very-secret-token-1234"}
    answer = await http.request(transcript.of("user A"), "POST", "/headers", body={}, headers=token)
    shown = {name.lower(): value for name, value in transcript.exchanges[0].payload["headers"].items()}
    assert shown.keys() == answer.body.keys()
    assert shown["content-type"] == "application/json"
    assert "secret" not in str(transcript)


@pytest.mark.parametrize("later", ["1", "Sun, 29 Nov 2026 12:00:01 GMT"])
async def test_who_has_asked_too_often_waits_as_long_as_the_server_says(
    later: str, busy: Busy, transcript: Transcript
) -> None:
    busy.later = later
    http = Http(busy.address, patience=2.0)
    answer = await http.request(transcript.of("user A"), "GET", "/")
    first, second = busy.asked
    assert (answer.status, second - first >= 1) == (200, True)
    assert "user A waits for 1 s, as the server has asked for" in str(transcript)
    await http.close()


@pytest.mark.parametrize("who", ["judges the limit", "is one of a crowd", "has no time"])
async def test_who_does_not_wait_gets_the_refusal(who: str, busy: Busy, transcript: Transcript) -> None:
    http = Http(busy.address, patience=0.5 if who == "has no time" else 2.0, waits=who != "judges the limit")
    if who == "is one of a crowd":
        transcript.left_out.add("user A")
    answer = await http.request(transcript.of("user A"), "GET", "/")
    assert (answer.status, len(busy.asked)) == (429, 1)
    await http.close()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "Sun, 29 Nov 2026 12:00:30 GMT", "Date": "Sun, 29 Nov 2026 12:00:00 GMT"}, 30.0),
        ({"Retry-After": "Sun, 29 Nov 2026 11:00:00 GMT", "Date": "Sun, 29 Nov 2026 12:00:00 GMT"}, 0.0),
    ],
)
def test_when_to_ask_again(headers: dict[str, str], seconds: float | None) -> None:
    assert Answer(429, headers=headers).retry_after == seconds
