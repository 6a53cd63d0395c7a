"""The lists of people that phrases take."""

import re

import pytest

from support.vocabulary.parameters import PEOPLE, people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("user A", ["user A"]),
        ("user A and user B", ["user A", "user B"]),
        ("user A, user B and user C", ["user A", "user B", "user C"]),
    ],
)
def test_lists_of_people(text: str, expected: list[str]) -> None:
    assert re.fullmatch(PEOPLE, text)
    assert people(text) == expected


@pytest.mark.parametrize("text", ["user", "user AB", "user A, user B", "user A user B", "nobody"])
def test_what_is_no_list_of_people(text: str) -> None:
    assert not re.fullmatch(PEOPLE, text)
