"""HTTP, recorded: what an answer says of itself, whose cookies are kept, and how silence is told."""

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.http import Dropped, Http, Unreachable
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
    answer = await http.request("user A", transcript, "POST", "/told", body={"text": "hello"})
    assert (answer.status, answer.kind, answer.cookies) == (201, "application/json", {"mark": "yes"})
    assert answer.field("sent") == '{"text": "hello"}'
    assert answer.field("nothing") is None
    assert answer.server.startswith("Python/")
    assert answer.date
    assert [line.what for line in transcript.exchanges] == ["POST /told", "201"]


async def test_what_is_no_json_is_text_in_its_own_encoding(http: Http, transcript: Transcript) -> None:
    answer = await http.request("user A", transcript, "GET", "/said")
    assert (answer.text, answer.kind, answer.body, answer.field("text")) == ("Grüße", "text/plain", None, None)
    assert answer.content == "Grüße".encode("latin-1")


@pytest.mark.parametrize(("keeps", "shown"), [(False, None), (True, "yes")])
async def test_one_persons_cookies_are_shown_to_nobody_else(
    address: str, transcript: Transcript, keeps: bool, shown: str | None
) -> None:
    http = Http(address, PATIENCE, cookies=keeps)
    await http.request("user A", transcript, "POST", "/told")
    assert (await http.request("user A", transcript, "POST", "/told")).field("showed") == shown
    await http.close()


async def test_silence_is_told_with_where_and_how_long(http: Http, transcript: Transcript) -> None:
    with pytest.raises(Unreachable, match=rf"{http.address} did not answer within 0\.3 s"):
        await http.request("user A", transcript, "GET", "/silent")
    assert transcript.exchanges[-1].what == "no answer within 0.3 s"


async def test_a_connection_that_ends_without_an_answer_is_no_refused_one(http: Http, transcript: Transcript) -> None:
    with pytest.raises(Dropped, match="ended the connection without an answer"):
        await http.request("user A", transcript, "GET", "/hangs-up")


async def test_where_nobody_listens_the_connection_is_refused(transcript: Transcript) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = Http(f"http://127.0.0.1:{free.getsockname()[1]}", PATIENCE)
    with pytest.raises(Unreachable, match="nothing listens there") as refused:
        await nobody.request("user A", transcript, "GET", "/")
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
    answer = await http.request("user A", transcript, method, "/headers", **sent)
    assert answer.field("content-type") == kind


async def test_the_transcript_has_the_headers_that_were_sent(http: Http, transcript: Transcript) -> None:
    token = {"Authorization": "Bearer a-very-secret-token-1234"}
    answer = await http.request("user A", transcript, "POST", "/headers", body={}, headers=token)
    shown = {name.lower(): value for name, value in transcript.exchanges[0].payload["headers"].items()}
    assert shown.keys() == answer.body.keys()
    assert shown["content-type"] == "application/json"
    assert "secret" not in str(transcript)
