"""Forged credentials have exactly the flaw that their name says."""

import jwt
import pytest

from support.vocabulary import invalid_credentials

KEY = "the server's own key, which nobody else has"
GOOD = jwt.encode({"user": "user A"}, KEY, algorithm="HS256")


@pytest.mark.parametrize("words", invalid_credentials.TOKENS)
def test_no_forged_token_passes_an_honest_check(words: str) -> None:
    forged = invalid_credentials.token(words).made_from(GOOD)
    with pytest.raises(jwt.PyJWTError):
        jwt.decode(forged or "", KEY, algorithms=["HS256"])


@pytest.mark.parametrize("words", ["a token signed by a stranger", "an unsigned token"])
def test_a_resigned_token_keeps_its_claims(words: str) -> None:
    forged = invalid_credentials.token(words).made_from(GOOD)
    assert jwt.decode(forged or "", options={"verify_signature": False}) == {"user": "user A"}


@pytest.mark.parametrize("words", invalid_credentials.PASSWORDS)
def test_no_wrong_password_is_the_right_one(words: str) -> None:
    assert invalid_credentials.password(words).made_from("Right1") != "Right1"


def test_somebody_elses_credential_is_theirs_unchanged() -> None:
    forgery = invalid_credentials.token("user B's token")
    assert (forgery.owner, forgery.made_from(GOOD)) == ("user B", GOOD)
