"""The tokens that the reference back ends sign."""

import jwt
import pytest

from reference.kit import tokens

KEY = b"key of the test, of 32 bytes or so"


def test_a_token_is_good_for_a_fraction_of_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr("reference.kit.tokens.time.time", lambda: clock[0])
    token = tokens.signed({"sub": "Lisa"}, KEY, 0.4)
    clock[0] = 1000.3
    assert tokens.live(token, KEY, "sub")["sub"] == "Lisa"
    clock[0] = 1000.5
    with pytest.raises(tokens.InvalidToken):
        tokens.live(token, KEY)
    assert tokens.expired(tokens.verified(token, KEY))


@pytest.mark.parametrize(
    "token",
    [
        jwt.encode({"exp": 9e9, "sub": "Lisa"}, KEY[::-1], algorithm="HS256"),
        jwt.encode({"exp": 9e9, "sub": "Lisa"}, "", algorithm="none"),
        jwt.encode({"sub": "Lisa"}, KEY, algorithm="HS256"),
        jwt.encode({"exp": 9e9}, KEY, algorithm="HS256"),
        "nonsense",
        None,
        7,
    ],
    ids=["signed by a stranger", "unsigned", "without an end", "without a claim", "no token", "nothing", "a number"],
)
def test_what_is_no_such_token_is_refused(token: object) -> None:
    with pytest.raises(tokens.InvalidToken):
        tokens.verified(token, KEY, "sub")
