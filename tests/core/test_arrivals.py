"""What reached somebody is told in words, whatever it was."""

import pytest

from support.core.events import Malformed, Message


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (KeyError("timestamp"), "progress: timestamp is missing or unknown"),
        (ValueError("it is of another company"), "progress: it is of another company"),
        (TypeError("'NoneType' object is not subscriptable"), "progress: it is not built as agreed"),
    ],
)
def test_what_cannot_be_read_is_told_without_pythons_own_words(error: Exception, why: str) -> None:
    assert str(Malformed.by(error, "progress")) == f"a message in the wrong form: {why}"


def test_a_message_without_a_sender_is_from_nobody() -> None:
    assert str(Message("", "Hello")) == 'message "Hello" from no user'
