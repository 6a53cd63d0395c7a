"""What a server gives away of its inside is known by its marks, and plain words are not taken for it."""

import pytest

from support.vocabulary.terms.leaks import leak


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('Traceback (most recent call last):\n  File "a.py", line 3, in b', "a stack trace"),
        ("Error\n    at Object.<anonymous> (/srv/app/index.js:14:9)", "a stack trace"),
        ("psycopg.OperationalError: connection to server failed", "an exception"),
        ("java.lang.NullPointerException: null", "an exception"),
        ("<!DOCTYPE html><title>500</title>", "a page of the server's own"),
        ("cannot connect to postgres://app:secret@db/chat", "an address with a password"),
        ("syntax error in SELECT name FROM users", "a query"),
    ],
)
def test_the_inside_of_a_server_is_known(text: str, what: str) -> None:
    assert leak(text) == what


@pytest.mark.parametrize(
    "text",
    [
        "Redis is unavailable, please try again later",
        "Error processing message: The database is unavailable",
        "Error! User 'Avi' must disconnect, re login and reconnect so the conversation can be resumed.",
        "Please select a file from the list",
    ],
)
def test_plain_words_give_nothing_away(text: str) -> None:
    assert leak(text) is None
