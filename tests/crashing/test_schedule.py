"""A schedule comes from its seed alone, and stays within its bounds."""

from support.crashing.schedule import drawn

PROCESSES = ["Redis", "Postgres", "main server", "worker 1"]


def test_the_same_seed_draws_the_same_schedule_whatever_the_order_of_names() -> None:
    assert drawn(7, PROCESSES, 2, 1) == drawn(7, PROCESSES[::-1], 2, 1)


def test_seeds_draw_different_schedules_that_hit_everything() -> None:
    schedules = [drawn(seed, PROCESSES, 2, 1) for seed in range(50)]
    assert {crash.process for schedule in schedules for crash in schedule} == set(PROCESSES)
    assert {len(schedule) for schedule in schedules} == {1, 2, 3}


def test_every_crash_is_in_time_and_no_process_crashes_twice() -> None:
    for seed in range(50):
        schedule = drawn(seed, PROCESSES, 2, 1)
        assert all(0 <= crash.at <= 2 and 0 <= crash.outage <= 1 for crash in schedule)
        assert len({crash.process for crash in schedule}) == len(schedule)
        assert schedule == sorted(schedule, key=lambda crash: crash.at)
