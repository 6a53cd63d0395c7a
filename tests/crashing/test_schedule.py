"""A schedule comes from its seed alone, stays within its bounds, and meets processes that have their hands full."""

from support.verification.crash_schedules.schedule import APART, IN_HAND, PILING_UP, FaultTimeline, drawn

PATH = (("Redis",), ("worker 1", "worker 2"), ("main server",))
SCHEDULES = [drawn(seed, PATH, 2, 1) for seed in range(100)]


def _what(timeline: FaultTimeline) -> list[str]:
    return [moment.what for moment in timeline.moments]


def _at(timeline: FaultTimeline, what: str) -> float:
    return next(moment.at for moment in timeline.moments if moment.what == what)


def test_the_same_seed_draws_the_same_schedule_whatever_the_order_within_a_place() -> None:
    turned = (("Redis",), ("worker 2", "worker 1"), ("main server",))
    crashes = [seed for seed in range(100) if _what(SCHEDULES[seed][0])[0] == "is killed"]
    assert all(drawn(seed, PATH, 2, 1) == SCHEDULES[seed] for seed in range(100))
    assert all(drawn(seed, turned, 2, 1) == SCHEDULES[seed] for seed in crashes)


def test_seeds_draw_different_schedules_that_hit_everything() -> None:
    everything = {process for place in PATH for process in place}
    assert {timeline.process for schedule in SCHEDULES for timeline in schedule} == everything
    assert {len(schedule) for schedule in SCHEDULES} == {1, 2, 3}


def test_every_timeline_ends_with_a_crash_in_time_and_is_of_another_process() -> None:
    latest = 2 + IN_HAND[1] + APART[1]
    for schedule in SCHEDULES:
        assert len({timeline.process for timeline in schedule}) == len(schedule)
        for timeline in schedule:
            assert _what(timeline)[-2:] == ["is killed", "is started"]
            assert 0 <= _at(timeline, "is killed") <= latest
            assert 0 <= _at(timeline, "is started") - _at(timeline, "is killed") <= 1
            assert list(timeline.moments) == sorted(timeline.moments, key=lambda moment: moment.at)


def test_a_place_with_its_hands_full_dies_while_the_next_one_hangs_and_cannot_go_on() -> None:
    full = [[one for one in schedule if _what(one)[:2] == ["hangs", "goes on"]] for schedule in SCHEDULES]
    blocked = [[one for one in schedule if _what(one)[:2] == ["hangs", "is killed"]] for schedule in SCHEDULES]
    places = {tuple(one.process for one in timelines) for timelines in full if timelines}
    assert places == set(PATH[:-1])
    for dying, hanging in zip(full, blocked, strict=True):
        assert bool(dying) == bool(hanging)
        for one in dying:
            assert _at(one, "goes on") - _at(one, "hangs") > PILING_UP[0] - 1e-9
            assert all(_at(other, "hangs") < _at(one, "goes on") for other in hanging)
            apart = [abs(_at(other, "is killed") - _at(one, "is killed")) for other in hanging]
            assert all(APART[0] - 1e-9 <= seconds <= APART[1] + 1e-9 for seconds in apart)


def test_of_two_places_that_die_together_either_dies_first() -> None:
    pairs = [schedule for schedule in SCHEDULES if _what(schedule[0])[:2] == ["hangs", "goes on"]]
    assert {_at(pair[0], "is killed") < _at(pair[-1], "is killed") for pair in pairs} == {True, False}


def test_a_path_of_one_place_has_crashes_alone() -> None:
    for seed in range(20):
        (timeline,) = drawn(seed, [["server"]], 2, 1)
        assert _what(timeline) == ["is killed", "is started"]
