"""What the model promises of words of every kind, of messages that cross, of two clients at once, and of lists."""

from collections.abc import Sequence

from support.verification.exploration.cast import PEOPLE
from support.verification.exploration.moves import Move
from support.verification.exploration.topics.comings import ComesOnline, ComesTwice
from support.verification.exploration.topics.contacts import LooksAtContacts, ReadsWhoIsOnline
from support.verification.exploration.topics.messages import SendEachOther, SendsEveryKind, SendsText
from support.verification.exploration.walk import walked
from tests.exploration.everything import Everything

A, B, C = PEOPLE


def told(*moves: Move, online: Sequence[str] = PEOPLE) -> list[str]:
    """The steps of a walk of these moves, without set-up."""
    lines = walked(online, moves, Everything(), len(moves)).lines
    return [line.text for line in lines if line.keyword != "given"]


def test_words_of_every_kind_are_owed_once_in_a_walk_also_when_they_were_cached() -> None:
    steps = told(SendsEveryKind(A, B), ComesOnline((B,)), SendsEveryKind(A, C), online=(A, C))
    assert "user B receives the words of every kind from user A, as they were written" in steps
    assert "user A sends words of every kind to user C" not in steps
    assert not any('" from user A is cached' in step for step in steps)


def test_no_words_of_a_kind_are_said_beside_those_of_every_kind() -> None:
    number = SendsText(A, B, "that look like a number")
    assert not any('"007"' in step for step in told(SendsEveryKind(A, B), number))
    assert not any("every kind" in step for step in told(number, SendsEveryKind(A, B)))


def test_messages_that_cross_are_owed_to_both_in_order_and_once_in_a_walk() -> None:
    steps = told(SendEachOther(A, B), SendEachOther(A, B))
    assert steps.count("user A and user B send each other 15 messages at the same time") == 1
    assert "user B receives all 15 messages of user A in the order sent" in steps
    assert "user A receives all 15 messages of user B in the order sent" in steps


def test_who_comes_with_two_clients_at_once_is_told_of_once_and_hears_on_both() -> None:
    steps = told(SendsText(A, B), ComesTwice((B,)), online=(A,))
    assert steps.count("user A is told once that user B is online") == 1
    assert steps.count('user B receives "Lunch at noon?" from user A') == 1
    assert "user B hears user A on every connection" in steps


def test_the_contact_list_is_judged_for_who_has_read_it_and_rooms_with_those_who_are_online() -> None:
    steps = told(LooksAtContacts(A), online=(A, B))
    assert steps[1:4] == [
        "user A sees every existing user and no other",
        "user A sees a room for each other user and no further room",
        "user A sees a different room for user B and for user C",
    ]
    assert "user A and user B see the same room for each other" in steps
    assert "user A and user C see the same room for each other" not in steps


def test_who_is_online_is_for_the_administrator_alone() -> None:
    steps = told(ReadsWhoIsOnline(A), online=(A, B))
    assert steps[1] == "user A is refused"
    assert "the administrator's list of who is online has user A and user B" in steps
