"""Passwords are looked for in all that a person is shown: in answers, and in what comes live."""

import pytest

from support.core.inbox import Inbox
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.http import Answer, Http
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.password_leaks import PasswordLeaks
from support.drivers.threads.backend import ThreadsBackend
from support.drivers.threads.event_parser import EventParser
from support.drivers.threads.live_connection import ThreadsConnection
from support.drivers.threads.options import ThreadsOptions

SHOWN = ['{"passwordHash": "x"}', '{"password":"secret"}', '{"a": "$argon2id$v=19$m=8"}', '{"a": "$2b$12$abc"}']
INNOCENT = ['{"passwordChanged": true}', '{"password": null}', r'{"content": "say \"password\": \"x\""}', "{}"]


@pytest.mark.parametrize("text", SHOWN)
def test_a_password_in_an_answer_is_seen(text: str) -> None:
    leaks = PasswordLeaks()
    leaks.look_at_answer("register", text)
    assert leaks.found == ["when asking to: register"]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_only_speaks_of_passwords_is_no_leak(text: str) -> None:
    leaks = PasswordLeaks()
    leaks.look_at_answer("register", text)
    assert not leaks.found


def test_ones_own_password_is_seen_under_any_name() -> None:
    leaks = PasswordLeaks()
    leaks.learn('long "enough" 1')
    leaks.learn("short")
    leaks.look_at_event("welcome", {"first": ['long "enough" 1'], "short": "short"})
    assert leaks.found == ["live, with the event welcome"]


async def test_every_event_of_a_live_connection_is_looked_at() -> None:
    transcript, leaks = Transcript(Redactor()), PasswordLeaks()
    backend = ThreadsBackend("http://127.0.0.1:9", ThreadsOptions(), response=1.0, delivery=1.0)
    reader = EventParser("user A", None, backend.state(transcript))  # type: ignore[arg-type]
    line = ThreadsConnection(transcript.of("user A"), backend, Inbox("user A", 0.0), reader, leaks)
    line._heard("nobody_knows_this_event", {"user": {"passwordHash": "x"}})
    line._heard("error", {"message": "no", "details": {"password": "secret"}})
    told = ["live, with the event nobody_knows_this_event", "live, with the event error"]
    assert leaks.found == told


async def test_every_answer_of_a_session_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    async def answered(*_: object, **__: object) -> Answer:
        return Answer(200, b'{"password_hash": "x"}')

    http = Http("http://127.0.0.1:9", 1.0)
    monkeypatch.setattr(http, "request", answered)
    session = HttpSession(http, Transcript(Redactor()).of("user A"), None)  # type: ignore[arg-type]
    await session.answer("look around", "GET", "/")
    session.leaks = PasswordLeaks()
    await session.answer("list all accounts", "GET", "/")
    assert session.leaks.found == ["when asking to: list all accounts"]
