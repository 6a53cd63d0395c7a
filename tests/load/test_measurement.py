"""The figures: forged runs, so that each of them is known beforehand."""

from types import SimpleNamespace
from typing import cast

import pytest

from support.config.profile import Limits
from support.core.errors import InvalidMeasurement
from support.load.delivery_accounting import DeliveryAccount, some
from support.load.histogram import Durations
from support.load.measurement import Measurement
from support.scenario.tasks import broadcast_load
from support.scenario.world import World


def durations(*seconds: float) -> Durations:
    made = Durations()
    for one in seconds:
        made.record(one)
    return made


def test_percentiles_have_three_digits() -> None:
    thousand = durations(*(number / 1000 for number in range(1, 1001)))
    for percent in (50, 90, 99, 100):
        assert thousand.percentile(percent) == pytest.approx(percent / 100, rel=0.002)
    assert thousand.mean == pytest.approx(0.5005, rel=0.002)


def test_nothing_is_dropped_however_long() -> None:
    assert durations(10_000, 0).count == 2
    assert durations(10_000).longest == pytest.approx(3600, rel=0.001)


def test_merging_is_as_if_there_had_been_one() -> None:
    one, other = durations(0.1, 0.2), durations(0.3)
    one.merge(Durations(other.encoded()))
    assert one.count == 3
    assert one.longest == pytest.approx(0.3, rel=0.002)


def account() -> DeliveryAccount:
    """One message of each fate."""
    made = DeliveryAccount(sent={"fine", "lost", "twice", "refused", "silent", "silent but there"})
    made.acknowledged = {"fine", "lost", "twice"}
    made.refused = {"refused": "full"}
    made.deliveries.update(["fine", "twice", "twice", "silent but there"])
    return made


def test_the_account_tells_every_fate_apart() -> None:
    made = account()
    assert made.lost == {"lost"}
    assert made.duplicated == {"twice"}
    assert made.unknown == {"silent", "silent but there"}
    assert made.delivered == {"fine", "twice", "silent but there"}
    assert made.unasked == set()


def test_the_account_adds_up() -> None:
    made = account()
    assert len(made.sent) == len(made.acknowledged) + len(made.refused) + len(made.unknown)
    assert len(made.acknowledged) == len(made.acknowledged & made.delivered) + len(made.lost)
    assert "6 sent, 3 acknowledged, 1 refused, 2 unknown, 3 delivered, 1 duplicated, 1 lost" in str(made)


def test_what_was_refused_or_never_sent_must_not_arrive() -> None:
    made = account()
    made.deliveries.update(["refused", "a stranger"])
    assert made.unasked == {"refused", "a stranger"}


def test_accounts_merge() -> None:
    made, other = account(), DeliveryAccount(sent={"x"}, acknowledged={"x"})
    made.merge(other)
    assert made.lost == {"lost", "x"}


def test_many_ids_are_cut_short() -> None:
    assert some({"b", "a"}) == "a, b"
    assert some([str(number) for number in range(12)], most=2) == "0, 1 and 10 more"


def measured(sent: int, planned: int, late: float) -> Measurement:
    return Measurement(planned=planned, lateness=durations(*[late] * sent))


def test_a_run_that_kept_to_its_plan_is_believed() -> None:
    measured(99, 100, late=0.004).believable(limit=0.1)
    measured(99, 100, late=5).believable()


def test_what_kept_to_its_limit_though_the_generator_was_late_is_believed() -> None:
    late = measured(100, 100, late=0.013)
    late.believable(limit=0.1, kept=True)
    with pytest.raises(InvalidMeasurement, match="13 ms late"):
        late.believable(limit=0.1, kept=False)


def test_what_was_not_sent_is_invalid_whatever_kept_to_its_limit() -> None:
    with pytest.raises(InvalidMeasurement, match="only 98 were sent"):
        measured(98, 100, late=0.0).believable(limit=0.1, kept=True)


@pytest.mark.parametrize(
    ("run", "why"),
    [
        (measured(98, 100, late=0.0), "of 100 planned only 98 were sent"),
        (measured(100, 100, late=0.006), "6 ms late .* limit of 0.1 s"),
    ],
)
def test_a_run_that_did_not_is_invalid_and_says_what_to_do(run: Measurement, why: str) -> None:
    with pytest.raises(InvalidMeasurement, match=f"neither passed nor failed: .*{why}.*more workers"):
        run.believable(limit=0.1)


def a_world(monkeypatch: pytest.MonkeyPatch, took: float) -> World:
    """Of a scenario with a hundred deliveries that took so many seconds, and a generator that was 13 ms late."""
    load = Measurement(planned=100, deliveries=durations(*[took] * 100), lateness=durations(*[0.013] * 100))
    monkeypatch.setattr(broadcast_load, "crowd_of", lambda _: SimpleNamespace(measured=load))
    return cast(World, SimpleNamespace(limits=Limits(), dispatch=SimpleNamespace(measured=load), records=[]))


def test_deliveries_in_time_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    broadcast_load.keep_to_limits(a_world(monkeypatch, took=0.05), "deliveries")


def test_deliveries_that_are_too_late_are_invalid(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InvalidMeasurement, match="13 ms late"):
        broadcast_load.keep_to_limits(a_world(monkeypatch, took=0.2), "deliveries")


def test_measurements_merge() -> None:
    one, other = measured(2, 2, late=0.001), measured(3, 4, late=0.002)
    one.answered(0.5, 0.1)
    other.answered(0.6, 0.2)
    other.failures["no"] += 1
    one.merge(other)
    assert (one.planned, one.sent, one.succeeded, one.failures["no"]) == (6, 5, 2, 1)
    assert one.waits == [(0.5, 0.1), (0.6, 0.2)]
