"""What the model promises of trainings."""

from support.verification.exploration.cast import cast_of
from support.verification.exploration.moves import Move
from support.verification.exploration.topics.comings import ComesOnline, GoesAway
from support.verification.exploration.topics.outages import LosesDatabase, Restarts
from support.verification.exploration.topics.training import (
    Asks,
    Completes,
    CompletesWrongly,
    IsGivenPoints,
    SaysEveryKind,
    SaysMany,
    SaysNonsense,
    SaysTooLate,
    SaysToTrainer,
)
from support.verification.exploration.walk import walked
from tests.exploration.everything import Everything

TRAINING = Everything("training")
ONE, TWO = PEOPLE = cast_of(TRAINING).people


def told(*moves: Move) -> list[str]:
    """The steps of a walk of these moves, with set-up."""
    return [line.text for line in walked(PEOPLE, moves, TRAINING, len(moves)).lines]


def test_what_is_said_is_acknowledged_answered_and_kept_and_the_other_user_hears_nothing() -> None:
    steps = told(SaysToTrainer(ONE))
    assert steps[1:4] == [
        'pilot user 1 asks ChatGPT "Lunch at noon?"',
        "pilot user 1 gets an acknowledgement, a reply and feedback, in this order",
        'ChatGPT is asked "Lunch at noon?" once',
    ]
    assert "pilot user 1 and pilot user 2 receive nothing else" in steps
    assert "pilot user 1 finds the conversation again" in steps
    assert "pilot user 2 finds the conversation again" not in steps


def test_what_comes_of_a_message_is_judged_as_a_whole_or_in_parts_but_not_both() -> None:
    steps = told(SaysToTrainer(ONE), IsGivenPoints(ONE, "Zzz"), IsGivenPoints(TWO, "Zzz"))
    assert not any(step.startswith('pilot user 1 asks ChatGPT "Zzz"') for step in steps)
    assert "pilot user 2 can talk to ChatGPT" in steps
    assert "pilot user 1 can talk to ChatGPT" not in steps


def test_words_have_their_points() -> None:
    assert "pilot user 1 is given 90 points" in told(IsGivenPoints(ONE, "I am glad that you called"))


def test_nonsense_is_refused_and_adds_nothing() -> None:
    steps = told(SaysNonsense(ONE, "a list"))
    assert "pilot user 1 is refused" in steps
    assert "pilot user 1 finds the conversation again" not in steps
    assert "pilot user 1 can talk to ChatGPT" in steps


def test_what_comes_of_things_said_without_a_pause_is_not_told_apart() -> None:
    steps = told(SaysMany(ONE), SaysToTrainer(ONE))
    assert not any("asks ChatGPT" in step for step in steps)
    assert "pilot user 2 receives nothing else" in steps
    assert "pilot user 1 finds the conversation again" in steps


def test_a_session_is_completed_once_and_when_enough_was_said_and_then_takes_nothing_more() -> None:
    assert "pilot user 1 is refused" in told(SaysToTrainer(ONE), CompletesWrongly(ONE))
    said = [SaysToTrainer(ONE)] * 5
    steps = told(*said[:4], Completes(ONE))
    assert not any("complete" in step for step in steps)
    steps = told(*said, Completes(ONE), SaysTooLate(ONE), CompletesWrongly(ONE), SaysToTrainer(ONE))
    assert steps.count("pilot user 1 is refused") == 2
    assert "pilot user 1 finds the conversation again" not in steps[steps.index("pilot user 1 is refused") :]
    assert "pilot user 1 can talk to ChatGPT" not in steps


def test_a_session_outlasts_its_connection_and_the_loss_of_the_database() -> None:
    lost = LosesDatabase(PEOPLE, "SQLite", "is lost and comes back")
    steps = told(SaysToTrainer(ONE), GoesAway(ONE), ComesOnline((ONE,)), lost)
    assert "pilot user 1 finds the conversation again" in steps
    assert not any("disconnected" in step for step in steps)


def test_words_may_be_of_any_kind_that_stands_in_a_line() -> None:
    steps = told(SaysToTrainer(ONE, "", "that look like a number"))
    assert 'ChatGPT is asked "007" once' in steps


def test_words_of_every_kind_are_said_once_in_a_walk_and_none_of_them_before() -> None:
    steps = told(SaysEveryKind(ONE), SaysEveryKind(TWO))
    assert steps.count("ChatGPT is asked the words of every kind, each once, as they were written") == 1
    assert "pilot user 2 receives nothing else" in steps
    assert "pilot user 1 finds the conversation again" in steps
    assert not any(
        "every kind" in step for step in told(SaysToTrainer(ONE, "", "that look like a number"), SaysEveryKind(ONE))
    )


def test_no_more_is_said_than_the_system_takes_for_certain() -> None:
    steps = told(*[SaysMany(ONE)] * 8)
    assert steps.count("pilot user 1 says 3 things without a pause") == 7


def test_nothing_is_said_without_a_pause_by_those_of_whom_silence_was_claimed() -> None:
    many, look = SaysMany(ONE), None
    steps = [line.text for line in walked(PEOPLE, [Asks(TWO), look, many, SaysEveryKind(ONE)], TRAINING, 4).lines]
    assert "pilot user 1 and pilot user 2 receive nothing else" in steps
    assert not any("without a pause" in step or "every kind" in step for step in steps)


def test_what_is_said_without_a_pause_is_answered_before_the_server_goes_down() -> None:
    steps = told(SaysMany(ONE), Restarts(PEOPLE, "chat server", "crashes and is started again"))
    said, kept = "pilot user 1 says 3 things without a pause", "pilot user 1 finds the points for each message again"
    assert steps.index(said) < steps.index(kept) < steps.index("the chat server crashes and is started again")


def test_no_client_goes_away_without_a_word_to_which_an_answer_may_be_under_way() -> None:
    assert "the client of pilot user 1 goes away without a word" in told(Asks(ONE), GoesAway(ONE))
    assert "the client of pilot user 1 goes away without a word" not in told(SaysMany(ONE), GoesAway(ONE))
