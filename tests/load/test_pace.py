"""A plan has as many moments as it says, evenly spread, and several generators share it without gap or overlap."""

from math import inf, nan

import pytest

from support.core.errors import SuiteError
from support.load.arrival_rate import Pace, Phase


def test_a_constant_rate_is_even() -> None:
    moments = list(Pace.constant(10, 3).times())
    assert len(moments) == 30
    assert moments == pytest.approx([number / 10 for number in range(30)])


def test_a_ramp_has_its_mean_rate_and_grows_evenly() -> None:
    moments = list(Pace((Phase(10, 0, until=20),)).times())
    assert len(moments) == 100
    assert moments == sorted(moments)
    assert sum(moment < 5 for moment in moments) == pytest.approx(25, abs=1), "a quarter in the first half"
    assert moments[-1] < 10


def test_a_ramp_down_ends_within_its_time() -> None:
    moments = list(Pace((Phase(10, 20, until=0),)).times())
    assert len(moments) == 100
    assert sum(moment < 5 for moment in moments) == pytest.approx(75, abs=1)
    assert moments[-1] <= 10


def test_phases_follow_each_other() -> None:
    pace = Pace((Phase(1, 10), Phase(2, 100), Phase(1, 10)))
    moments = list(pace.times())
    assert (pace.count, pace.seconds) == (220, 4)
    assert len(moments) == 220
    assert sum(1 <= moment < 3 for moment in moments) == 200


def test_parts_share_the_plan() -> None:
    pace = Pace((Phase(1, 7), Phase(1, 3, until=9)))
    parts = [list(pace.times(part, 3)) for part in range(3)]
    assert sorted(moment for part in parts for moment in part) == list(pace.times())


@pytest.mark.parametrize(("seconds", "rate"), [(0, 1), (-1, 1), (1, 0), (1, -1), (0.1, 1), (nan, 1), (1, inf)])
def test_nonsense_is_refused(seconds: float, rate: float) -> None:
    with pytest.raises(SuiteError, match="plans nothing"):
        Phase(seconds, rate)
