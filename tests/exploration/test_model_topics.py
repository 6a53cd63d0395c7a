"""What the model promises of what is published on topics."""

from support.verification.exploration.cast import PEOPLE
from support.verification.exploration.moves import Move
from support.verification.exploration.topics.comings import ComesOnline
from support.verification.exploration.topics.subscriptions import (
    ALL_WEATHER,
    NUMBERED,
    BeginsAnew,
    Publishes,
    PublishesMany,
    PublishesToKeep,
    SignsOff,
    Subscribes,
    TakesAwayKept,
    Unsubscribes,
)
from support.verification.exploration.walk import walked
from tests.exploration.everything import Everything

A, B, C = PEOPLE
OSLO, ORDERS, ONCE = "weather/oslo", "orders", "exactly once"
FIRST = '"Lunch at noon?" on the topic "orders" reaches'
BACK = ComesOnline((B,))


def told(*moves: Move) -> list[str]:
    """The steps of a walk of these moves, all of which fit, without set-up."""
    walk = walked(PEOPLE, moves, Everything("mqtt"), len(moves))
    assert len(walk.moves) == len(moves)
    return [line.text for line in walk.lines if line.keyword != "given"]


def fitted(*moves: Move) -> int:
    """How many of these moves fit where they stand."""
    return len(walked(PEOPLE, moves, Everything("mqtt"), len(moves)).moves)


def test_all_who_are_subscribed_are_reached_and_no_others() -> None:
    steps = told(Subscribes(A, ORDERS), Subscribes(B, ORDERS), Publishes(A, ORDERS, ONCE))
    assert f"{FIRST} user A and user B" in steps
    assert steps[-1] == "user A, user B and user C receive nothing else"


def test_who_has_unsubscribed_is_told_nothing_more() -> None:
    steps = told(Subscribes(B, ORDERS), Unsubscribes(B, ORDERS), Publishes(A, ORDERS, ONCE))
    assert not any("reaches" in step for step in steps)


def test_a_session_waits_for_its_user_and_what_is_published_with_it() -> None:
    steps = told(Subscribes(B, ORDERS), SignsOff(B), Publishes(A, ORDERS, ONCE), BACK)
    assert steps.index(BACK.phrase) < steps.index(f"{FIRST} user B")


def test_what_is_to_arrive_at_most_once_is_published_only_where_no_subscriber_is_away() -> None:
    assert fitted(Subscribes(B, ORDERS), SignsOff(B), Publishes(A, ORDERS, "at most once")) == 2


def test_who_begins_a_new_session_has_nothing_of_the_former_one() -> None:
    steps = told(
        Subscribes(B, ORDERS), SignsOff(B), Publishes(A, ORDERS, ONCE), BeginsAnew(B), Publishes(A, ORDERS, ONCE)
    )
    assert not any("reaches" in step for step in steps)


def test_a_topic_keeps_its_last_message_for_who_subscribes_later_also_to_all_below() -> None:
    steps = told(PublishesToKeep(A, OSLO), PublishesToKeep(A, OSLO), Subscribes(B, ALL_WEATHER))
    assert 'user B finds "On my way" kept on the topic "weather/oslo"' in steps
    assert not any("Lunch" in step for step in steps if "finds" in step)


def test_a_message_that_is_to_be_kept_is_a_new_one_to_who_is_subscribed() -> None:
    steps = told(Subscribes(B, OSLO), PublishesToKeep(A, OSLO))
    assert '"Lunch at noon?" on the topic "weather/oslo" reaches user B' in steps


def test_what_is_taken_away_is_found_by_none() -> None:
    steps = told(PublishesToKeep(A, OSLO), TakesAwayKept(A, OSLO), Subscribes(B, OSLO))
    assert not any("finds" in step for step in steps)
    assert fitted(Subscribes(B, OSLO), PublishesToKeep(A, OSLO), TakesAwayKept(A, OSLO)) == 2  # B would hear of it


def test_a_user_has_no_two_subscriptions_that_one_topic_fits() -> None:
    assert fitted(Subscribes(B, OSLO), Subscribes(B, ALL_WEATHER)) == 1
    assert fitted(Subscribes(B, ALL_WEATHER), Subscribes(B, OSLO), Subscribes(B, ORDERS)) == 2


def test_numbered_messages_come_all_and_in_order_once_in_a_walk() -> None:
    many = PublishesMany(A, NUMBERED, ONCE)
    steps = told(Subscribes(B, NUMBERED), many)
    assert 'user B receives all 20 messages on the topic "readings" in the order published' in steps
    assert fitted(Subscribes(B, NUMBERED), many, many) == 2
