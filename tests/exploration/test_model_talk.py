"""What the model promises of those who talk: words, answers of bots, lists, several clients, and former sessions."""

from collections.abc import Sequence

from support.verification.exploration.cast import PEOPLE
from support.verification.exploration.moves import Move
from support.verification.exploration.topics.attempts import ConnectsAsAnother
from support.verification.exploration.topics.bots import AsksBot, AskTogether
from support.verification.exploration.topics.comings import ComesOnline, ComesTwice, ConnectsAgain, GoesAway, SignsOut
from support.verification.exploration.topics.contacts import LooksAtContacts, ReadsWhoIsOnline
from support.verification.exploration.topics.former_sessions import ComesBesideFormer, ShowsFormerToken
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


def test_an_answer_is_owed_on_every_connection_of_a_user_who_has_several() -> None:
    steps = told(AsksBot(A, "ChatGPT"), ConnectsAgain(A), AsksBot(A, "ChatGPT"))
    assert 'user A receives the answer of ChatGPT to "What is the capital of Peru?"' in steps
    assert 'user A receives the answer of ChatGPT to "And of Chile?" on every connection' in steps


def test_those_who_ask_together_each_get_their_own_answer_and_do_so_once_in_a_walk() -> None:
    steps = told(AskTogether(PEOPLE, "Leonid"), AskTogether((A, B), "Leonid"))
    own = "user A, user B and user C each receive the answer of Leonid to their own question"
    assert steps[:2] == ["user A, user B and user C ask Leonid at the same time, each something else", own]
    assert sum("at the same time" in step for step in steps) == 1


def test_a_user_who_has_gone_away_cannot_connect_with_the_token_of_one_who_is_online() -> None:
    attempt = ConnectsAsAnother(A, B, "user B's token")
    assert told(GoesAway(A), attempt)[2:4] == ["user A tries to connect with user B's token", "user A is refused"]
    assert not any("tries to connect" in step for step in told(GoesAway(A), GoesAway(B), attempt))


def test_the_token_of_the_session_before_is_refused_once_there_is_another_session() -> None:
    attempt = ShowsFormerToken(A, B, "read the contact list")
    phrase = "user A tries to read the contact list with the token of the session before"
    steps = told(SignsOut(A), ComesOnline((A,)), attempt)
    assert steps[steps.index(phrase) + 1] == "user A is refused"
    assert phrase not in told(attempt)


def test_a_former_connection_hears_nothing_where_one_of_several_is_open_still() -> None:
    heard = "user A hears user B on the new connection, and not on the former one"
    assert heard in told(ConnectsAgain(A), SignsOut(A), ComesBesideFormer(A, B))
    assert heard not in told(SignsOut(A), ComesBesideFormer(A, B))
    steps = told(ConnectsAgain(A), SignsOut(A), ComesBesideFormer(A, B), SignsOut(B))
    assert steps.index(heard) < steps.index("user B signs out")
