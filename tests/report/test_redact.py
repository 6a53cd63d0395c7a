import json
from dataclasses import dataclass
from typing import Any

import pytest

from support.report.redact import MASK, Redactor

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"jwt": "s3cret"}, {"jwt": MASK}),
        ({"access_token": "s3cret", "user": "ann"}, {"access_token": MASK, "user": "ann"}),
        ({"Authorization": "Basic s3cret"}, {"Authorization": MASK}),
        ({"X-Api-Key": "s3cret", "apiKey": "s3cret"}, {"X-Api-Key": MASK, "apiKey": MASK}),
        ({"Set-Cookie": ["a=s3cret"], "sessionId": "s3cret"}, {"Set-Cookie": [MASK], "sessionId": MASK}),
        ({"credentials": {"user": "ann", "pin": "s3cret"}}, {"credentials": {"user": MASK, "pin": MASK}}),
        ([{"a": [{"client_secret": "s3cret"}]}], [{"a": [{"client_secret": MASK}]}]),
        ([("Authorization", "s3cret"), ("Accept", "*/*")], [["Authorization", MASK], ["Accept", "*/*"]]),
        ({"body": '{"password": "s3cret"}'}, {"body": '{"password": "***"}'}),
        ('{"body": "{\\"password\\": \\"s3cret\\"}"}', '{"body": "{\\"password\\": \\"***\\"}"}'),
        ('42["log_in",{"token":"s3cret"}]', f'42{json.dumps(["log_in", {"token": MASK}])}'),
        ("Authorization: Bearer s3cret1234", f"Authorization: {MASK}"),
        ("sent with Bearer abc.def-123", f"sent with Bearer {MASK}"),
        ("GET /chat?room=1&token=s3cret&x=2", f"GET /chat?room=1&token={MASK}&x=2"),
        ("session=s3cret; Path=/", f"session={MASK}; Path=/"),
        ("postgresql://earshot:s3cret@127.0.0.1/x", f"postgresql://earshot:{MASK}@127.0.0.1/x"),
        (f"got {JWT} from ann", f"got {MASK} from ann"),
        ("unsigned eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ. came", f"unsigned {MASK} came"),
        ("{'token': 's3cret', 'to': 'ben'}", f"{{'token': \"{MASK}\", 'to': 'ben'}}"),
        ("-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----\n", f"{MASK}\n"),
        (b'{"jwt": "s3cret"}', '{"jwt": "***"}'),
    ],
)  # fmt: skip
def test_masks(payload: Any, expected: Any) -> None:
    assert Redactor().redact(payload) == expected


@pytest.mark.parametrize(
    "payload",
    [
        None,
        7,
        True,
        "",
        "the session token is refused",
        "a bearer of news",
        {"token": "", "cookie": None, "max_tokens": 16},
        {"message": "password: wrong", "to": ["ann", "ben"]},
        "[not json",
        '{ "spaced" :  1 }',
    ],
)
def test_leaves_what_is_no_secret(payload: Any) -> None:
    assert Redactor().redact(payload) == payload


def test_masks_learned_values_however_they_are_written() -> None:
    redactor = Redactor()
    redactor.learn('pa"ss/ word')
    text = 'plain pa"ss/ word, quoted pa%22ss%2F%20word, escaped pa\\"ss/ word'
    assert redactor.redact(text) == f"plain {MASK}, quoted {MASK}, escaped {MASK}"


def test_a_short_learned_value_does_not_shred_other_words() -> None:
    redactor = Redactor()
    redactor.learn("ann")
    redactor.learn("")
    assert redactor.redact({"x": "ann", "y": "planning"}) == {"x": MASK, "y": "planning"}


def test_returns_a_copy() -> None:
    payload = {"token": "s3cret", "list": [1]}
    copy = Redactor().redact(payload)
    copy["list"].append(2)
    assert payload == {"token": "s3cret", "list": [1]}


def test_walks_dataclasses_and_describes_other_objects() -> None:
    @dataclass
    class Account:
        login: str
        password: str

    assert Redactor().redact(Account("ann", "s3cret")) == {"login": "ann", "password": MASK}
    assert Redactor().redact(ValueError("token=s3cret")) == f"token={MASK}"


def test_never_raises() -> None:
    class Hostile:
        def __str__(self) -> str:
            raise RuntimeError

    endless: list[Any] = []
    endless.append(endless)
    for payload in (Hostile(), endless):
        assert MASK in Redactor().redact(payload)


def test_half_a_character_can_be_written_down() -> None:
    text = Redactor().text('it said "\ud83d" and "🎉"')
    assert text.encode().decode() == 'it said "\\ud83d" and "🎉"'
