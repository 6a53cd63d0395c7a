"""What failures call the things that were found."""

from dataclasses import dataclass, field

import pytest

from support.core.clean_text import middle_out
from support.core.events import Message, News, Posted
from support.core.wording import LONGEST, counted, first_difference, in_words
from support.vocabulary.terms.events import Happening, happening


@dataclass
class Told:
    """A record without words of its own."""

    who: str
    well_known: bool
    points: list[int] = field(default_factory=list)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([], "nothing"),
        (None, "nothing"),
        ("", "nothing"),
        (0, "0"),
        (0.30000000000000004, "0.3"),
        ("as it is", "as it is"),
        (["user B", "user A"], "user B, user A"),
        ({"user B", "user A"}, "user A, user B"),
        ([("user A", "queued"), ("user B", "failed")], "user A queued, user B failed"),
        ({"messages": 3, "clients": 1}, "messages: 3, clients: 1"),
        ([Message("user A", "Hello")], str(Message("user A", "Hello"))),
        (Told("user A", True), "who: user A, well known: yes, points: nothing"),
        ([Told("A", True, [1])] * 2, "; ".join(["who: A, well known: yes, points: 1"] * 2)),
        ((number for number in (1, 2)), "1, 2"),
    ],
)
def test_what_was_found_is_told_in_words(found: object, words: str) -> None:
    assert in_words(found) == words


def test_what_is_long_is_told_without_its_middle() -> None:
    (long,) = counted(["x" * 2001]).split("; ")
    assert "characters left out" in long
    assert long.count("x") < LONGEST
    assert counted(["short"]) == "short"


def test_nothing_is_left_out_where_saying_so_takes_as_much_room() -> None:
    assert middle_out("x" * 230, 220) == "x" * 230
    assert len(middle_out("x" * 2000, 220)) < 260


def test_what_was_said_again_and_again_is_told_once() -> None:
    assert counted(["no", "not now", "no"]) == "no (2 times); not now"
    assert counted([]) == "nothing"


def test_a_class_of_a_length_is_no_class_of_another() -> None:
    wanted = happening("a class of the teacher of 45 minutes has been planned").wanted
    assert callable(wanted)
    told = [News("class", "the teacher", 45.0), News("class", "the teacher"), News("class", "user B", 45.0)]
    assert [wanted(news) for news in told] == [True, False, False]


def test_news_and_messages_are_each_called_what_they_are() -> None:
    assert happening("user A is busy").called == "word that user A is busy"
    message = Posted("user A", "Hello", 'the room "Launch"')
    assert Happening(str(message), Posted, message).called == 'message "Hello" from user A in the room "Launch"'


@pytest.mark.parametrize(
    ("found", "expected", "words"),
    [
        (["a", "b"], ["a", "b"], ""),
        (["a", "c"], ["a", "b"], "number 2 of 2 is c, not b"),
        (["a"], ["a", "b"], "number 2 of 2 is nothing, not b"),
        (["a", "b"], ["a"], "number 2 of 1 is b, not nothing"),
    ],
)
def test_of_two_lists_the_first_difference_is_told(found: list[str], expected: list[str], words: str) -> None:
    assert first_difference(found, expected) == words
