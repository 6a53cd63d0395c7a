import json
import time
from dataclasses import dataclass
from typing import Any

import pytest

from support.core.redaction import Redactor
from support.core.secret_shapes import MASK

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


def test_a_token_is_known_in_the_link_that_comes_with_it_and_in_the_request_that_uses_it() -> None:
    redactor, token = Redactor(), "h5IXZUy3zQcmqnDy9GJs2kDyIL_2qMk8"
    given = {"invitation": {"link": f"https://example.org/accept/{token}", "token": token, "state": "pending"}}
    shown = {"link": f"https://example.org/accept/{MASK}", "token": MASK, "state": "pending"}
    assert redactor.redact(given) == {"invitation": shown}
    assert redactor.redact(f"POST /api/invitations/{token}/accept/") == f"POST /api/invitations/{MASK}/accept/"


def test_words_behind_a_name_that_tells_of_a_secret_are_no_secret_elsewhere() -> None:
    redactor = Redactor()
    redactor.redact({"token": "not-given-to-anybody-yet"})
    assert redactor.redact("it is not-given-to-anybody-yet") == "it is not-given-to-anybody-yet"


def test_a_short_learned_value_does_not_shred_other_words() -> None:
    redactor = Redactor()
    redactor.learn("ann")
    redactor.learn("")
    assert redactor.redact({"x": "ann", "y": "planning"}) == {"x": MASK, "y": "planning"}


@pytest.mark.parametrize("offset", range(8))
@pytest.mark.parametrize("secret", ["424242", "a-secret-word", "§ 7 of the läw"])
def test_what_was_learned_is_found_at_every_place(secret: str, offset: int) -> None:
    redactor = Redactor()
    redactor.learn(secret)
    before = "-" * offset
    assert redactor.text(f"{before}{secret}, {secret} and {secret}") == f"{before}{MASK}, {MASK} and {MASK}"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("next=/home?token=s3cret", f"next=/home?token={MASK}"),
        ("a=token=s3cret", f"a=token={MASK}"),
        ("{'said': 'my password=s3cret'}", f"{{'said': 'my password={MASK}'}}"),
        ("İİ: the PASSWORD: s3cret", f"İİ: the PASSWORD: {MASK}"),
        ("token token token=s3cret and tokens", f"token token token={MASK} and tokens"),
    ],
)
def test_a_name_is_seen_wherever_it_stands(text: str, masked: str) -> None:
    assert Redactor().text(text) == masked


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


@pytest.mark.parametrize(
    "name",
    [
        "access_token",
        "accessToken",
        "X-CSRF-Token",
        "dbPassword",
        "password_hash",
        "new_password2",
        "api-key",
        "sessionid",
    ],
)
def test_names_of_secrets(name: str) -> None:
    assert Redactor().redact({name: "s3cret"}) == {name: MASK}
    assert Redactor().text(f"with {name}=s3cret, and no more") == f"with {name}={MASK}, and no more"
    assert Redactor().text(f'with {name}="a s3cret", and no more') == f'with {name}="{MASK}", and no more'


@pytest.mark.parametrize(
    "name", ["session_type", "user_token_terminate", "token_lifetime", "session_count", "password_env", "cookie_policy"]
)
def test_names_that_only_speak_of_secrets(name: str) -> None:
    assert Redactor().redact({name: "individual"}) == {name: "individual"}
    assert Redactor().text(f"{name}=individual") == f"{name}=individual"
    assert Redactor().text(f"{name}: individual") == f"{name}: individual"


def test_a_session_that_tells_more_than_its_token_is_shown() -> None:
    told = {"session": {"id": 7, "status": "active", "token": "s3cret"}}
    assert Redactor().redact(told) == {"session": {"id": 7, "status": "active", "token": MASK}}
    assert Redactor().redact({"session": "s3cret"}) == {"session": MASK}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("login of Lisa, password: open-sesame, from here", f"login of Lisa, password: {MASK}, from here"),
        ("login of Lisa, password: open-sesame", f"login of Lisa, password: {MASK}"),
        ("username: Lisa password: open-sesame remember: yes", f"username: Lisa password: {MASK} remember: yes"),
        ("password: field required", "password: field required"),
        ("token: expired.", "token: expired."),
        ("session: closed", "session: closed"),
        ("told Basic TGlzYTpvcGVu then", f"told Basic {MASK} then"),
        ("basic information is missing", "basic information is missing"),
    ],
)
def test_what_nobody_has_learned_is_known_by_its_shape(told: str, expected: str) -> None:
    assert Redactor().text(told) == expected


def test_a_short_secret_is_masked_as_a_value() -> None:
    redactor = Redactor()
    redactor.learn("1234")
    assert redactor.text("pin=1234&x=12345") == f"pin={MASK}&x=12345"
    assert redactor.text("pin: '1234', of 12345") == f"pin: '{MASK}', of 12345"


def test_a_code_of_digits_is_no_part_of_a_number() -> None:
    redactor = Redactor()
    redactor.learn("123456")
    assert redactor.text("your code is 123456, told at 04:41:04.123456 for 91234567") == (
        f"your code is {MASK}, told at 04:41:04.123456 for 91234567"
    )


def test_half_a_secret_is_not_left_where_a_text_is_cut() -> None:
    redactor = Redactor()
    redactor.learn("open sesame, and be quick")
    assert redactor.excerpt("it said open sesame, and be quick about it", 20) == f"it said {MASK} about it"


def test_many_secrets_cost_no_more_than_few() -> None:
    redactor = Redactor()
    for number in range(3000):
        redactor.learn(f"the secret number {number:05}")
    began = time.process_time()
    redactor.text("nothing to be seen here; " * 4000)
    assert time.process_time() - began < 2.0
