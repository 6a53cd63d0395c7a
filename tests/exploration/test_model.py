"""What the model promises, and what it does not."""

from collections.abc import Sequence

import pytest

from support.verification.exploration.cast import PEOPLE
from support.verification.exploration.moves import Move
from support.verification.exploration.topics.attempts import SignsInWrongly
from support.verification.exploration.topics.comings import (
    ClosesOne,
    ComesOnline,
    ConnectsAgain,
    FallsSilent,
    GoesAway,
    IsEnded,
    SignsOut,
)
from support.verification.exploration.topics.messages import SaysAgain, SendsMany, SendsText
from support.verification.exploration.topics.outages import BringsBack, LosesDatabase, Restarts, TakesDatabaseAway
from support.verification.exploration.walk import walked
from tests.exploration.everything import Everything, NoDevices, NoTokens

A, B, C = PEOPLE


def told(*moves: Move, online: Sequence[str] = PEOPLE) -> list[str]:
    """The steps of a walk of these moves, without set-up; a table is its messages."""
    lines = walked(online, moves, Everything(), len(moves)).lines
    return [f"{line.text} {' | '.join(line.messages)}".strip() for line in lines if line.keyword != "given"]


def test_a_message_is_owed_to_its_receiver_and_to_nobody_else() -> None:
    steps = told(SendsText(A, B))
    assert steps[:3] == [
        'user A sends "Lunch at noon?" to user B',
        'user B receives "Lunch at noon?" from user A',
        "user A, user B and user C receive nothing else",
    ]


def test_messages_of_one_sender_are_owed_in_order_and_the_same_words_twice() -> None:
    steps = told(SendsText(A, B), SaysAgain(A, B), SendsText(C, B), SendsText(A, B))
    assert "user B receives from user A, in this order Lunch at noon? | Lunch at noon? | Bring the map" in steps
    assert 'user B receives "On my way" from user C' in steps


def test_a_message_waits_for_who_is_offline_and_is_owed_when_they_come() -> None:
    assert '"Lunch at noon?" from user A is cached for user B' in told(SendsText(A, B), online=(A,))
    steps = told(SendsText(A, B), ComesOnline((B,)), online=(A,))
    assert 'user B receives "Lunch at noon?" from user A' in steps
    assert "user A is told once that user B is online" in steps


def test_what_is_owed_is_judged_before_its_receiver_goes() -> None:
    steps = told(SendsText(A, B), SignsOut(B))
    assert steps.index('user B receives "Lunch at noon?" from user A') < steps.index("user B signs out")


def test_numbered_messages_are_sent_once_between_two() -> None:
    steps = told(SendsMany(A, B), SendsMany(A, B), SendsMany(B, A))
    assert steps.count("user A sends 20 messages to user B without a pause") == 1
    assert "user A receives all 20 messages of user B in the order sent" in steps


def test_who_has_signed_out_can_do_nothing_and_is_seen_offline() -> None:
    steps = told(SignsOut(B))
    assert "user A sees user B as offline" in steps
    assert "user B can no longer read the contact list" in steps
    assert "user B can no longer send messages to user A" in steps
    assert "user A and user C are told once that user B is offline" in steps


def test_nothing_is_promised_of_who_had_the_session_ended() -> None:
    steps = told(IsEnded(B), SendsText(A, B))
    assert not any("user B is offline" in step or "as offline" in step for step in steps)
    assert not any(step.startswith("user A sends") for step in steps)
    assert "user B can no longer read the contact list" in steps
    assert not any("told once" in step for step in told(IsEnded(B), ComesOnline((B,))))


def test_two_who_come_at_the_same_moment_are_promised_nothing_of_each_other() -> None:
    steps = told(ComesOnline((B, C)), online=(A,))
    assert "user A is told once that user B is online" in steps
    assert "user A is told once that user C is online" in steps
    assert not any(step.startswith(("user B is told", "user C is told")) for step in steps)


def test_what_may_be_heard_twice_is_not_done_after_it_was_judged_to_come_once() -> None:
    moves = (ComesOnline((C,)), None, SignsOut(A), SignsOut(C), ComesOnline((C,)))
    lines = walked((A, B), moves, Everything(), 9).lines
    assert [line.text for line in lines].count("user C comes online") == 1  # user A, signed out, might hear it again


@pytest.mark.parametrize("leaving", [GoesAway(B), FallsSilent(B)])
def test_a_silent_departure_is_noticed_before_anything_else_is_done(leaving: Move) -> None:
    steps = told(leaving, SendsText(A, B))
    assert steps[:2] == [leaving.phrase, "user A and user C are told once that user B is offline"]
    assert told(leaving, online=(B,)) == []  # nobody would notice


def test_each_connection_hears_and_is_heard() -> None:
    steps = told(ConnectsAgain(B))
    assert "user B hears user C on every connection" in steps
    assert "user B is heard by user C on every connection" in steps
    assert not any("connection" in step for step in told(ConnectsAgain(B), ClosesOne(B))[2:])


def test_news_is_judged_before_a_further_connection_that_has_not_heard_it() -> None:
    steps = told(SignsOut(A), ConnectsAgain(B))
    assert steps.index("user B and user C are told once that user A is offline") < steps.index(
        "user B tries to connect 1 more time"
    )


def test_a_restart_logs_everybody_out_and_keeps_what_is_cached() -> None:
    steps = told(SendsText(A, B), Restarts(PEOPLE, "chat server", "is restarted"), ComesOnline((B,)), online=(A,))
    assert "user A is disconnected" in steps
    assert 'user B receives "Lunch at noon?" from user A' in steps
    assert "user A can no longer read the contact list" in steps


def test_redis_is_not_lost_while_it_keeps_messages_that_it_may_lose() -> None:
    killed = LosesDatabase(PEOPLE, "Redis", "is lost and comes back")
    away = LosesDatabase(PEOPLE, "Redis", "is out of reach for a while")
    assert killed.phrase not in told(SendsText(A, B), killed, online=(A,))
    assert away.phrase in told(SendsText(A, B), away, online=(A,))


def test_nothing_but_attempts_are_made_while_a_database_is_away() -> None:
    taken = TakesDatabaseAway(PEOPLE, "Postgres", "hangs")
    steps = told(taken, ComesOnline((A,)), SignsInWrongly(A, B, "a wrong password"))
    assert steps == ["Postgres hangs", "user A, user B and user C are disconnected"]
    back = told(taken, BringsBack(PEOPLE, "Redis", "is back"), BringsBack(PEOPLE, "Postgres", "is back"))
    assert "Postgres is back" in back
    assert "Redis is back" not in back


def test_a_refusal_is_judged_before_the_same_user_does_anything_else() -> None:
    wrong = SignsInWrongly(B, A, "a blank password")
    steps = told(wrong, SendsText(A, B), ComesOnline((B,)), online=(A,))
    assert steps.index("user B is refused") < steps.index("user B comes online")


def test_nothing_is_judged_that_the_driver_cannot_see() -> None:
    lines = walked((A,), [SendsText(A, B)], NoDevices(), 1).lines
    assert not any("cached" in line.text for line in lines)


def test_a_user_signs_out_of_several_connections_only_where_they_share_a_session() -> None:
    moves = [ConnectsAgain(B), SignsOut(B), ClosesOne(B), SignsOut(B)]
    assert len(walked(PEOPLE, moves[:2], Everything(), 4).moves) == 2
    assert walked(PEOPLE, moves, NoTokens(), 4).moves == (moves[0], moves[2], moves[3])


def test_who_was_disconnected_after_signing_out_does_not_show_that_a_later_loss_was_noticed() -> None:
    """What has reached user B when the first loss ended the connection could be taken for the second one."""
    first, back = LosesDatabase(PEOPLE, "Postgres", "is lost and comes back"), ComesOnline((B,))
    hangs = TakesDatabaseAway(PEOPLE, "Postgres", "hangs")
    gone = (SignsOut(B), SignsOut(C), first, back)
    assert "user A is disconnected" in told(*gone)
    assert "Postgres hangs" not in told(*gone, hangs)
    steps = told(*gone, ComesOnline((A,)), hangs)
    assert steps.index("user A is disconnected", steps.index("Postgres hangs")) > 0
    assert "user A and user B are disconnected" not in steps
