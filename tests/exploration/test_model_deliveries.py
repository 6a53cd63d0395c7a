"""What the model promises of messages that are submitted."""

from support.verification.exploration.cast import cast_of
from support.verification.exploration.moves import Move
from support.verification.exploration.topics.deliveries import (
    DeliveryFault,
    IsCertifiedAnew,
    IsRevoked,
    Submits,
    SubmitsMany,
    SubmitsWrongly,
    WorkersAreBack,
    WorkersGo,
)
from support.verification.exploration.topics.delivery_outages import (
    ServerGoes,
    ServerIsBack,
    SubmitsWithoutMain,
    SubmitsWithoutRedis,
)
from support.verification.exploration.topics.retries import (
    AttemptsAreUsedUp,
    FirstAttemptFails,
    SubmitsInVain,
    WorkersAreCutOff,
)
from support.verification.exploration.walk import walked
from tests.exploration.everything import Everything

A, B = PEOPLE = cast_of(Everything("broker")).people
AWAY, BACK = WorkersGo("every worker", "is killed"), WorkersAreBack("every worker", "is back")
CUT_OFF = WorkersAreCutOff("every worker", "is cut off")
LOST = DeliveryFault("the database", "is lost and comes back")


def told(*moves: Move) -> list[str]:
    """The steps of a walk of these moves, without set-up."""
    lines = walked((), moves, Everything("broker"), len(moves)).lines
    return [line.text for line in lines if line.keyword != "given"]


def test_each_receipt_is_judged_before_the_next_message() -> None:
    assert told(Submits(A), Submits(B))[:4] == [
        'user A submits "Lunch at noon?"',
        "user A gets a receipt in their own name",
        'user B submits "On my way"',
        "user B gets a receipt in their own name",
    ]


def test_all_that_was_accepted_is_delivered_and_shown_to_whose_it_is() -> None:
    steps = told(Submits(A), SubmitsMany(B, 6, " at the same time"))
    assert "each of the 7 messages is delivered once" in steps
    assert "user A sees their own messages, all of them and no others" in steps
    assert "the administrator reads the messages of user A and user B as submitted" in steps


def test_what_is_wrong_is_refused_and_not_counted() -> None:
    steps = told(SubmitsWrongly(A, "a blank message"), Submits(A))
    assert steps.index("user A is refused") < steps.index('user A submits "Lunch at noon?"')
    assert "every message that was accepted is delivered once" in steps


def test_what_waits_while_the_workers_are_away_is_delivered_when_they_are_back() -> None:
    steps = told(Submits(A), AWAY, Submits(A), LOST, BACK)
    assert "each of the 2 messages is delivered once" in steps
    assert not any("is delivered" in step for step in steps[: steps.index("every worker is back")])


def test_nothing_is_under_way_when_something_is_lost_with_the_workers_there() -> None:
    steps = told(SubmitsMany(A), LOST)
    assert steps.index("each of the 6 messages is delivered once") < steps.index(LOST.phrase)


def test_whose_certificate_is_revoked_can_submit_nothing_until_there_is_a_new_one() -> None:
    steps = told(Submits(A), IsRevoked(A), Submits(A), IsCertifiedAnew(A), Submits(A))
    assert steps.index("user A can no longer submit messages") < steps.index(IsCertifiedAnew(A).phrase)
    assert len([step for step in steps if step.startswith("user A submits")]) == 2
    assert "user A sees their own messages, all of them and no others" not in steps


def test_a_message_that_is_not_delivered_at_the_first_attempt_is_when_the_workers_are_back() -> None:
    steps = told(CUT_OFF, SubmitsInVain(A), FirstAttemptFails(), BACK)
    assert [step for step in steps if "attempt" in step or "every worker" in step or "delivered" in step] == [
        "every worker is cut off",
        "the first attempt to deliver has failed",
        "every worker is back",
        "every message that was accepted is delivered once",
    ]


def test_a_message_has_failed_when_all_attempts_are_used_up_and_then_not_each_is_delivered() -> None:
    steps = told(CUT_OFF, SubmitsInVain(A), AttemptsAreUsedUp(), BACK, Submits(B))
    back = steps.index("every worker is back")
    assert "the message of user A has failed after 5 attempts" in steps[back:]
    assert not any("is delivered once" in step for step in steps)


def test_while_the_workers_are_cut_off_one_message_is_submitted_and_tried_before_they_are_back() -> None:
    steps = told(CUT_OFF, BACK, Submits(A), SubmitsInVain(A), SubmitsInVain(B), LOST, BACK, FirstAttemptFails(), BACK)
    assert [step for step in steps if "submits" in step] == ['user A submits "Lunch at noon?"']
    assert steps.count("every worker is back") == 1
    assert LOST.phrase not in steps


def test_attempts_are_used_up_for_a_users_only_message() -> None:
    steps = told(Submits(A), CUT_OFF, SubmitsInVain(A), AttemptsAreUsedUp(), FirstAttemptFails(), BACK)
    assert "each of the 2 messages is delivered once" in steps
    assert not any("used up" in step for step in steps)


def test_what_redis_cannot_keep_is_refused_with_the_reason_each_time_and_not_delivered() -> None:
    lost, back = ServerGoes("Redis", "is stopped"), ServerIsBack("Redis", "is back")
    steps = told(SubmitsMany(A), lost, SubmitsWithoutRedis(A), back, lost, SubmitsWithoutRedis(A), Submits(B), back)
    assert steps.index("each of the 6 messages is delivered once") < steps.index("Redis is stopped")
    assert steps.count("user A is told that Redis is unavailable") == 2
    assert not any(step.startswith("user B submits") for step in steps)
    assert not any("each of the 7 messages" in step for step in steps)


def test_what_is_accepted_once_while_the_main_server_is_away_is_delivered_when_it_is_back() -> None:
    lost, back = ServerGoes("main server", "is cut off"), ServerIsBack("main server", "is back")
    steps = told(lost, SubmitsWithoutMain(A, 3), SubmitsWithoutMain(B, 3), SubmitsWithoutRedis(B), back)
    assert [step for step in steps if "submits" in step] == ["user A submits 3 messages"]
    assert steps.index("the main server is back") < steps.index("each of the 3 messages is delivered once")
