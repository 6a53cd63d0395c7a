"""What was masked when it was written is masked again, for what has been learned since."""

import pytest

from support.core.redaction import Redactor
from support.core.transcript import SENT, Transcript


def test_what_was_learned_after_it_was_written_is_masked() -> None:
    redactor = Redactor()
    transcript = Transcript(redactor)
    transcript.record("user A", SENT, "http", "GET /invitations/3f9a-77c1-0b5e", {"note": "código 3f9a-77c1-0b5e"})
    assert "3f9a-77c1-0b5e" in str(transcript)
    redactor.learn("3f9a-77c1-0b5e")
    said = redactor.again(str(transcript))
    assert "3f9a" not in said
    assert said.count("***") == 2
    assert "código" in said


def test_a_short_secret_is_masked_behind_a_name() -> None:
    redactor = Redactor()
    redactor.learn("1234")
    assert redactor.again("pin=1234, 1234 in all") == "pin=***, 1234 in all"


def test_halves_of_characters_are_spelled_out() -> None:
    assert Redactor().again("half \ud83d") == "half \\ud83d"


@pytest.mark.parametrize("text", ["3f9a-77c1-0b5e", "in a text: 3f9a-77c1-0b5e", '{"note": "3f9a-77c1-0b5e"}'])
def test_no_outcome_is_remembered_from_before_something_was_learned(text: str) -> None:
    redactor = Redactor()
    assert "3f9a-77c1-0b5e" in redactor.text(text)
    assert "3f9a-77c1-0b5e" in redactor.text(text)
    redactor.learn("3f9a-77c1-0b5e")
    assert "3f9a" not in redactor.text(text)


def test_what_is_learned_while_a_text_is_masked_is_not_remembered_without_it() -> None:
    redactor, token = Redactor(), "q7Zk2Vw9Xr4Tb8Nc5Mj1"
    text = f'[{{"said": "{token}"}}, {{"token": "{token}"}}]'
    redactor.text(text)
    assert token not in redactor.text(text)
