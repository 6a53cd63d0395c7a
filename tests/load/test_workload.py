"""Who does what: members share the turns, several generators share the members, and all of it can be sent away."""

import asyncio
import pickle
from dataclasses import replace

import pytest

from support.core.events import Arrival, Posted
from support.core.inbox import Inbox
from support.core.people import Account
from support.drivers.capabilities import Rejected
from support.drivers.kit.user_pool import Member, UserPool, part_of
from support.load.arrival_rate import Pace
from support.load.audience import Audience
from support.load.broadcast import Broadcast
from support.load.generator import Iteration
from support.load.partition import LoadProgress, play_here
from support.load.worker_processes import spread
from support.load.workload import ClosedModel, ConstantArrivalRate, Workload

ROOM: list[Inbox] = []


class Nowhere:
    """What makes clients for people who talk in a room of this process, and need none."""

    def __init__(self, *_: object) -> None: ...
    def client(self, *_: object) -> None: ...
    async def close(self) -> None: ...


def some(*names: str) -> UserPool:
    return UserPool([], tuple((name, Account(name, "")) for name in names), Nowhere)


async def name_oneself(member: Member, _turn: Iteration) -> str:
    return member.role


async def come(member: Member) -> None:
    ROOM.append(member.inbox)


async def be_refused(member: Member) -> None:
    raise Rejected("full")


async def say(member: Member, iteration: Iteration) -> None:
    for number, inbox in enumerate(ROOM):
        if (number, iteration.number) != (1, 3):
            inbox.put(Posted(member.role, str(iteration.number), "room"))


async def fail_at_two(member: Member, iteration: Iteration) -> None:
    if iteration.number == 2:
        raise Rejected("status 500: database is locked")
    await say(member, iteration)


def heard(what: Arrival) -> int | None:
    return int(what.text) if isinstance(what, Posted) else None


async def played(share: Workload | Broadcast) -> LoadProgress:
    so_far = LoadProgress()
    await play_here(share, so_far)
    return so_far


async def test_at_a_pace_members_take_turns() -> None:
    so_far = await played(Workload(some("a", "b"), name_oneself, ConstantArrivalRate(Pace.constant(100, 0.2), 1)))
    assert so_far.measured.kept == ["a", "b"] * 10


async def test_several_processes_share_the_members() -> None:
    so_far = LoadProgress()
    await spread(Workload(some("a", "b"), name_oneself, ConstantArrivalRate(Pace.constant(100, 0.2), 1)), 2, so_far)
    assert sorted(so_far.measured.kept) == ["a"] * 10 + ["b"] * 10


async def test_in_turns_all_are_busy_until_the_end() -> None:
    so_far = await played(Workload(some("a", "b"), name_oneself, ClosedModel(0.3, pause=0.1)))
    assert {"a", "b"} == set(so_far.measured.kept)
    assert so_far.measured.seconds == 0.3


async def test_whoever_cannot_even_get_ready_is_the_systems_fault() -> None:
    with pytest.raises(AssertionError, match="a could not even get ready: full"):
        await played(Workload(some("a"), name_oneself, ClosedModel(0.3, 0.1), prepare=be_refused))


def test_there_is_somebody_in_every_part() -> None:
    assert [part_of(["a", "b"], number, 3) for number in range(3)] == [["a"], ["b"], ["a"]]
    assert part_of(["a", "b", "c"], 0, 2) == ["a", "c"]


def crowded() -> Broadcast:
    virtual_users, speaker = some("a", "b", "c"), some("speaker")
    return Broadcast(
        speaker, virtual_users, come, say, Pace.constant(50, 0.1), heard, None, None, drain=0.2, delivery=0.2
    )


async def test_a_crowd_is_accounted_for_one_by_one() -> None:
    ROOM.clear()
    account = (await played(crowded())).measured.account
    assert len(account.sent) == 15
    assert account.lost == {"3 for b"}
    assert account.duplicated == set()


async def test_what_failed_stands_before_what_nobody_got() -> None:
    ROOM.clear()
    crowd = Audience("speaker", ["a", "b", "c"], "the room", "the server")
    crowd.measured = (await played(replace(crowded(), tell=fail_at_two))).measured
    assert crowd.missing[0] == "status 500: database is locked (failed 1 times)"
    assert [line for line in crowd.missing if "came 0 times" in line][:3] == [
        "message 2 for a came 0 times",
        "message 2 for b came 0 times",
        "message 2 for c came 0 times",
    ]


async def test_what_failed_is_not_told_of_where_nobody_lacks_anything() -> None:
    crowd = Audience("speaker", ["a"], "the room", "the server")
    crowd.measured.failures["status 500: a request of a listener"] += 1
    assert crowd.missing == []


async def test_deliveries_count_from_the_planned_moment() -> None:
    ROOM.clear()
    measured = (await played(crowded())).measured
    assert measured.deliveries.count == 14
    assert {round(moment, 3) for moment, _ in measured.journeys} == {0.0, 0.02, 0.04, 0.06, 0.08}
    waits = [wait for _, wait in measured.journeys]
    assert min(waits) >= 0, waits
    assert max(waits) < 0.1, waits


def test_a_share_can_be_sent_away() -> None:
    share = crowded()
    assert pickle.loads(pickle.dumps(share)) == share
    assert asyncio.iscoroutinefunction(share.prepare)
