"""What people have done is counted right, and nobody who did nothing is overlooked."""

import pytest

from support.systems.capabilities import Refused
from support.tasks import records
from support.tasks.records import Record


async def _done(value: int) -> int:
    return value


async def _refused() -> int:
    raise Refused("not today")


async def test_a_deed_is_noted_with_its_outcome() -> None:
    record = Record("pilot user 1")
    assert await record.of("count", _done(3)) == 3
    assert await record.of("ask", _refused(), otherwise=-1) == -1
    assert [tried.trouble for tried in record.tried] == [None, "not today"]
    assert records.troubles([record]) == "pilot user 1: ask: not today"


def test_everybody_named_must_have_done_something() -> None:
    one = Record("pilot user 1", points=[70, 90])
    assert records.of([one], ["pilot user 1"]) == [one]
    assert records.points([one, Record("pilot user 2")]) == [70, 90]
    with pytest.raises(AssertionError, match="pilot user 2"):
        records.of([one], ["pilot user 1", "pilot user 2"])


def test_no_trouble_is_said_as_such() -> None:
    assert records.troubles([Record("pilot user 1")]) == "nothing went wrong"
