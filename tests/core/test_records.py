"""What people have done is counted right, and nobody who did nothing is overlooked."""

import pytest

from support.drivers.capabilities import Rejected
from support.scenario.tasks import attempt_log, documents
from support.scenario.tasks.attempt_log import Record, Tried


async def _done(value: int) -> int:
    return value


async def _refused() -> int:
    raise Rejected("not today")


async def test_a_deed_is_noted_with_its_outcome() -> None:
    record = Record("pilot user 1")
    assert await record.of("count", _done(3)) == 3
    assert await record.of("ask", _refused(), otherwise=-1) == -1
    assert [tried.trouble for tried in record.tried] == [None, "not today"]
    assert attempt_log.troubles([record]) == "pilot user 1: ask: not today"


def test_everybody_named_must_have_done_something() -> None:
    one = Record("pilot user 1", points=[70, 90])
    assert attempt_log.of([one], ["pilot user 1"]) == [one]
    assert attempt_log.points([one, Record("pilot user 2")]) == [70, 90]
    with pytest.raises(AssertionError, match="pilot user 2"):
        attempt_log.of([one], ["pilot user 1", "pilot user 2"])


def test_what_failed_for_the_same_reason_is_told_once() -> None:
    silence = [Tried(f"user A: submit message {number}", 5.0, "no answer within 5 s") for number in range(92)]
    others = [Tried(f"user A: submit message {number}", 0.1, f"refused: {number}") for number in range(100, 107)]
    told = attempt_log.troubles([Record("user A", tried=silence + others)])
    assert told.startswith(
        "user A: submit message 0 and 91 more: no answer within 5 s; user A: submit message 100: ref"
    )
    assert told.endswith("refused: 103; and 3 more reasons")


def test_no_trouble_is_said_as_such() -> None:
    assert attempt_log.troubles([Record("pilot user 1")]) == "nothing went wrong"


def test_trainings_that_were_incomplete_before_are_not_those_that_are_found_now() -> None:
    before, now = Record("pilot user 1", incomplete=["1", "2"]), Record("pilot user 1", incomplete=["1", "2", "a", "b"])
    documents.are_found_incomplete(before, now, 2)
    with pytest.raises(AssertionError, match="pilot user 1 finds 1, 2, a, b incomplete, and before: 1, 2"):
        documents.are_found_incomplete(before, now, 4)
    with pytest.raises(AssertionError, match="finds 1, 2, a incomplete"):
        documents.are_found_incomplete(before, Record("pilot user 1", incomplete=["1", "2", "a"]), 2)
    with pytest.raises(AssertionError, match="finds 2, a, b incomplete"):
        documents.are_found_incomplete(before, Record("pilot user 1", incomplete=["2", "a", "b"]), 2)
