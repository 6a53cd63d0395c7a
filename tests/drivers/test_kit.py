"""The kit that all drivers stand on: what a status means, sessions that hold secrets, events by table, fresh names."""

import ast
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from support.core.events import Answered, Arrival, Malformed
from support.core.people import Account, People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import Failed, Rejected, Unavailable
from support.drivers.clients.http import Answer, Http
from support.drivers.kit.accounts import fresh_account
from support.drivers.kit.event_table import EventTable
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.statuses import Statuses
from support.drivers.kit.wrong_forms import cut_off

DRIVERS = Path(__file__).parents[2] / "support" / "drivers"
#: What looks at a number of a status by itself: verbs that tell how a system is, and what has to know whether there is
#: anything to judge. What it means, they leave to the rule.
LOOKERS = {
    "serves",
    "is_itself",
    "health",
    "figures_of",
    "judge",
    "_send",
    "answer",
    "_words",
    "_admitted",
    "_request_with",
}


def answer(status: int, **body: object) -> Answer:
    return Answer(status, json.dumps(body).encode())


@pytest.mark.parametrize("status", [200, 201, 204])
def test_what_is_taken_is_handed_on(status: int) -> None:
    taken = answer(status)
    assert Statuses().judged(taken) is taken


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (302, Rejected),
        (400, Rejected),
        (429, Rejected),
        (503, Unavailable),
        (500, Failed),
        (502, Failed),
        (1011, Failed),
    ],
)
def test_there_is_one_rule_for_everything_else(status: int, kind: type[Rejected]) -> None:
    with pytest.raises(Rejected, match="so there") as refusal:
        Statuses().judged(answer(status, error="so there"))
    assert type(refusal.value) is kind
    assert refusal.value.status == status


@pytest.mark.parametrize(("content", "told"), [(b"", "status 500"), (b"Oops", "status 500: Oops")])
def test_what_has_no_field_for_words_is_told_by_its_status(content: bytes, told: str) -> None:
    with pytest.raises(Failed) as refusal:
        Statuses().judged(Answer(500, content))
    assert str(refusal.value) == told


def test_a_system_names_where_its_dialect_differs() -> None:
    dialect = Statuses(
        lambda told: f"no: {told.field('why')}",
        unavailable=(429, 4503),
        grants=lambda told: told.field("result") == "success",
    )
    with pytest.raises(Rejected, match="no: it is late"):
        dialect.judged(answer(200, why="it is late"))
    for status in (429, 4503):
        assert type(dialect.refusal(answer(status))) is Unavailable
    assert type(dialect.refusal(answer(503))) is Failed
    assert type(dialect.refusal(answer(4001))) is Rejected


def is_status(node: ast.expr) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == "status"


def is_number(node: ast.expr) -> bool:
    return not (isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_no_driver_judges_a_status_by_itself() -> None:
    found = []
    for path in DRIVERS.glob("*/*.py"):
        if path.parent.name in ("kit", "clients", "capabilities", "stores"):
            continue
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name not in LOOKERS:
                compared = [node for node in ast.walk(function) if isinstance(node, ast.Compare)]
                if any(is_status(node.left) and is_number(node.comparators[0]) for node in compared):
                    found.append(f"{path.name}: {function.name}")
    assert found == []


async def test_what_a_server_does_not_know_is_told_with_what_it_was_asked(address: str) -> None:
    http, transcript = Http(address, 5.0), Transcript(Redactor())
    try:
        with pytest.raises(Rejected, match=r"^status 404 for POST /people: 404: Not Found$"):
            await HttpSession(http, transcript.of("user A"), Statuses()).request(
                "register", "POST", "/people?code=1234"
            )
    finally:
        await http.close()


async def test_a_sign_in_that_gives_no_token_is_no_sign_in(address: str) -> None:
    http, transcript = Http(address, 5.0), Transcript(Redactor())
    try:
        with pytest.raises(AssertionError, match="user A was signed in and given no token"):
            HttpSession(http, transcript.of("user A"), Statuses()).hold(None)
    finally:
        await http.close()


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async def echo(request: web.Request) -> web.Response:
        return web.json_response({"shown": request.headers.get("Authorization"), "of": request.headers.get("X-Of")})

    async def read(request: web.Request) -> web.Response:
        return web.json_response({"kind": request.content_type, "sent": await request.text()})

    application = web.Application()
    application.add_routes([web.get("/", echo), web.post("/", read)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_a_session_shows_what_it_holds_and_masks_it(address: str) -> None:
    http, transcript = Http(address, 5.0), Transcript(Redactor())
    session = HttpSession(http, transcript.of("user A"), Statuses())
    try:
        assert (await session.request("look", "GET", "/")).field("shown") is None
        session.hold("correct-horse", "battery-staple", None)
        assert (await session.request("look", "GET", "/", headers={"X-Of": "A"})).body == {
            "shown": "Bearer correct-horse",
            "of": "A",
        }
        assert (await session.request("look", "GET", "/", anonymous=True)).field("shown") is None
        assert (await session.request("look", "GET", "/", token="")).field("shown") == "Bearer"
    finally:
        await http.close()
    transcript.did("battery-staple")
    assert "correct-horse" not in str(transcript)
    assert "battery-staple" not in str(transcript)
    assert {line.aim for line in transcript.exchanges if line.direction == "->"} == {"look"}


async def test_what_is_cut_off_is_sent_as_it_is_and_called_json(address: str) -> None:
    http, transcript = Http(address, 5.0), Transcript(Redactor())
    try:
        answer = await http.request(transcript.of("user A"), "POST", "/", body=cut_off({"name": "Ada"}))
    finally:
        await http.close()
    assert answer.body == {"kind": "application/json", "sent": '{"name": "Ada"'}


def read(content: dict[str, int]) -> Arrival | list[Arrival] | None:
    return [Answered()] * content["times"] if content else None


@pytest.mark.parametrize(
    ("event", "content", "told"),
    [
        ("news", {"times": 2}, [Answered(), Answered()]),
        ("news", {}, []),
        ("news", {"time": 2}, [Malformed("news: times is missing or unknown")]),
        ("news", [2], [Malformed("news: it is not built as agreed")]),
        ("__class__", {"times": 2}, []),
    ],
)
def test_events_are_read_by_their_table_alone(event: str, content: object, told: list[Arrival]) -> None:
    assert EventTable({"news": read}).read(event, content) == told


@pytest.mark.parametrize("role", ["user A", "the owner of another company", "pilot user 12", "Ünal", "客"])
def test_a_fresh_login_is_nobody_elses_and_read_back_as_whose_it_is(role: str) -> None:
    one, other = fresh_account(role, at="@example.com"), fresh_account(role, at="@example.com")
    assert one.login != other.login
    assert one.password != other.password
    people = People()
    people.add(role, Account(one.login, ""))
    assert people.in_words(f"no account {one.login} here") == f"no account {role} here"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("attachment; filename*=UTF-8''%D0%BF%D0%BB%D0%B0%D0%BD.txt", "план.txt"),
        ('attachment; filename="plan.txt"', "plan.txt"),
        ("inline", ""),
        ("", ""),
    ],
)
def test_a_file_has_the_name_that_its_answer_tells(told: str, name: str) -> None:
    assert Answer(200, headers={"Content-Disposition": told}).filename == name
