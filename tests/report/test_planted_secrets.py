"""A server that tells a secret at every place it can speak from: nothing that a run leaves behind repeats it."""

import asyncio
import base64
import html
import json
import os
import shlex
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web

from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.http import Http
from support.drivers.clients.websocket import WebSocket
from tests.drivers.deployed_chat import DeployedChat
from tests.serving import served

HOUSE = Path(__file__).parents[2]
#: With what has to be escaped in an address, in JSON, in HTML and in Python.
SECRET = 'lisa\'s <"pass\\word"> & élan+/'
PORTAL = "a-secret-of-the-administrator"
DISGUISES: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "after a colon": lambda secret: f"password: {secret}",
    "after an equals sign": lambda secret: f"password={secret}",
    "in an address": lambda secret: f"?q={quote(secret, safe='')}&x=1",
    "in JSON": lambda secret: json.dumps({"said": secret}),
    "in JSON, all of Unicode": lambda secret: json.dumps({"said": secret}, ensure_ascii=False) + " was said",
    "in JSON in JSON": lambda secret: json.dumps(json.dumps({"said": secret})),
    "in Python": lambda secret: repr({"said": secret}),
    "on a page": lambda secret: f"<p>{html.escape(secret)}</p>",
    "in Base64": lambda secret: base64.b64encode(secret.encode()).decode(),
    "in Basic credentials": lambda secret: "told " + base64.b64encode(f"Lisa:{secret}".encode()).decode(),
    "in urlsafe Base64": lambda secret: base64.urlsafe_b64encode(f"x{secret}".encode()).decode(),
}
FEATURE = """@chat
Feature: 3. Messages

  @STP-3.1 @critical
  Scenario: 3.1 A message arrives
    Given user A and user B are online
    When user A sends "Hello" to user B
    Then user B receives "Hello" from user A

  @STP-3.1 @critical @breaks_system
  Scenario: 3.1 A message arrives after a restart
    Given user A and user B are online
    When the chat server is restarted
    Then user B receives "Hello" from user A
"""
PROFILE = """
[systems.chat]
deployment = "external"
address = "{address}"
accounts = [{{ login = "Lisa", password_env = "PW" }}, {{ login = "Avi", password_env = "PW_AVI" }}]
administrator = {{ login = "Admin", password_env = "PW_ADMIN" }}
[systems.chat.limits]
response = 2.0
delivery = 1.0
[systems.chat.driver]
rooms = "all"
registers = false
[systems.chat.controls."chat server"]
log = "{says}"
restart = "{says} >&2; exit 3"
start = "true"
stop = "true"
kill = "true"
"""


@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_disguise_is_seen(disguise: str) -> None:
    redactor = Redactor()
    redactor.learn(SECRET)
    told = redactor.text(f"It said {DISGUISES[disguise](SECRET)}.")
    assert traces(told) == []


def traces(told: str) -> list[str]:
    """The disguises of either secret that stand in a text, and what they have in common with longer ones."""
    return [how for secret in (SECRET, PORTAL) for how in (secret, *_shared(secret)) if how in told]


def _shared(secret: str) -> list[str]:
    encoded = [base64.b64encode(b"x" * offset + secret.encode()).decode()[4:-4] for offset in range(3)]
    quoted, escaped = quote(secret, safe=""), json.dumps(secret)[1:-1]
    return [*encoded, quoted, escaped, html.escape(secret), repr(secret)[1:-1]]


def everything() -> str:
    """Both secrets in every disguise."""
    return " ~ ".join(disguise(secret) for secret in (SECRET, PORTAL) for disguise in DISGUISES.values())


class Telltale(DeployedChat):
    """Answers, and tells what it should not: in bodies, headers and events."""

    def __init__(self) -> None:
        super().__init__()
        self.join_delay = 0.0
        self.app.middlewares.append(self.tell)

    @web.middleware
    async def tell(self, request: web.Request, handler: Any) -> web.StreamResponse:
        answer: web.StreamResponse = await handler(request)
        if isinstance(answer, web.Response) and answer.content_type == "application/json" and answer.text:
            said = json.loads(answer.text)
            if isinstance(said, dict) and "token" not in said:
                answer.text = json.dumps(said | {"debug": everything()})
        if not answer.prepared:
            answer.headers["X-Debug"] = quote(SECRET)
        return answer

    async def client_sends_message(self, sid: str, payload: dict[str, str]) -> None:
        said = {"sender": payload["sender"], "content": everything()}
        await self.sockets.emit("received_message", said, room=payload["conversation_room"])
        await self.sockets.emit(f"odd {SECRET}", [everything()])


@pytest.fixture
async def telltale(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    users = {"Lisa": SECRET, "Avi": "avi-pass", "Admin": PORTAL}
    monkeypatch.setattr("tests.drivers.deployed_chat.USERS", users)
    async with served(Telltale().app) as server:
        yield str(server.make_url("")).rstrip("/")


async def test_nothing_that_a_run_leaves_behind_tells_a_secret(telltale: str, tmp_path: Path) -> None:
    for name in ("steps", "environment.py", "pyproject.toml"):
        (tmp_path / name).symlink_to(HOUSE / name)
    feature = tmp_path / "features" / "chat" / "3_messages.feature"
    feature.parent.mkdir(parents=True)
    feature.write_text(FEATURE)
    spoken = tmp_path / "spoken.txt"
    spoken.write_text(everything(), encoding="utf-8")
    (tmp_path / "own.toml").write_text(PROFILE.format(address=telltale, says=f"cat {shlex.quote(str(spoken))}"))
    command = "from support.cli.main import main; main()"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", command, "run", "-D", "profile=own.toml", "--junit", "--annotations", "github"),
        cwd=tmp_path,
        env=os.environ | {"PW": SECRET, "PW_AVI": "avi-pass", "PW_ADMIN": PORTAL},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    console, _ = await process.communicate()
    left = {str(path.relative_to(tmp_path)): path for path in (tmp_path / "reports").rglob("*") if path.is_file()}
    told = {"console": console.decode(), **{name: path.read_text(errors="replace") for name, path in left.items()}}
    assert "***" in told["console"], told["console"]
    assert any("Log of the chat server" in text for text in told.values()), "nobody asked for the log"
    assert any("debug" in text for text in told.values()), "no answer was kept"
    assert {name: found for name, text in told.items() if (found := traces(text))} == {}


async def test_frames_and_errors_of_transports(tmp_path: Path) -> None:
    redactor = Redactor()
    redactor.learn(SECRET)
    redactor.learn(PORTAL)
    transcript = Transcript(redactor)

    async def speak(request: web.Request) -> web.StreamResponse:
        if "plain" in request.path:
            return web.Response(status=500, text=everything())
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"said": everything()}))
        await socket.send_str(everything())
        await socket.send_bytes(everything().encode())
        await socket.close(message=SECRET.encode()[:100])
        return socket

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", speak)
    async with served(app) as server:
        address, ended = str(server.make_url("")).rstrip("/"), asyncio.Event()
        http = Http(address, patience=1.0)
        await http.request(transcript.of("user A"), "GET", "/plain", headers={"X-Said": quote(SECRET)})
        await http.close()
        socket = WebSocket(transcript.of("user A"), lambda _: None, lambda *_: ended.set())
        await socket.connect(address.replace("http", "ws"), within=1.0)
        await ended.wait()
        await socket.close()
    assert str(transcript).count("***") > 10
    assert traces(str(transcript)) == []
