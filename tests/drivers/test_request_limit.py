"""A limit of requests is kept, whichever way the server counts, and nobody waits for longer than it takes."""

import asyncio

import pytest

from support.core import clock
from support.drivers.clients.http import Answer
from support.drivers.clients.request_limit import TOO_MANY_REQUESTS, RequestLimit

#: Requests that are taken in a window, and its seconds: the headers name whole ones.
MOST, WINDOW = 3, 1.0
#: How much later than due somebody may be who is woken on a busy machine.
LATE = 0.4


class Server:
    """Forgets the requests that it counts all at once, at the end of a window, or each by itself; tells both alike."""

    def __init__(self, *, slides: bool) -> None:
        self._slides = slides
        self._counted: list[float] = []
        self._ends = 0.0
        self.turned_away = 0

    async def answer(self) -> Answer:
        now = clock.now()
        if now >= self._ends:
            self._ends = now + WINDOW
            self._counted = self._counted if self._slides else []
        if self._slides:
            self._counted = [at for at in self._counted if at + WINDOW > now]
        if len(self._counted) == MOST:
            self.turned_away += 1
            return Answer(TOO_MANY_REQUESTS, headers={"Retry-After": "1"})
        self._counted.append(now)
        left = str(MOST - len(self._counted))
        told = {"X-RateLimit-Limit": str(MOST), "X-RateLimit-Remaining": left, "X-RateLimit-Reset": "1"}
        await clock.pause(0.01)
        return Answer(200, headers=told)


@pytest.fixture(params=[False, True], ids=["fixed", "sliding"])
def server(request: pytest.FixtureRequest) -> Server:
    return Server(slides=request.param)


async def test_it_is_never_run_into_however_requests_come(server: Server) -> None:
    limit = RequestLimit(patience=5.0)
    for pause in (0.0, 0.6, 0.0, 0.0, 0.0, 0.6, 0.0, 0.0):
        await clock.pause(pause)
        await limit.kept(server.answer)
    assert server.turned_away == 0


async def test_who_waits_waits_until_the_oldest_request_counts_no_more() -> None:
    server, limit = Server(slides=True), RequestLimit(patience=5.0)
    began = clock.now()
    for pause in (0.0, 0.7, 0.0):
        await clock.pause(pause)
        await limit.kept(server.answer)
    await limit.kept(server.answer)
    assert WINDOW <= clock.now() - began < WINDOW + LATE
    assert server.turned_away == 0


async def test_several_at_once_are_let_through_together_as_far_as_there_is_room(server: Server) -> None:
    limit = RequestLimit(patience=5.0)
    await limit.kept(server.answer)
    began = clock.now()
    await asyncio.gather(*(limit.kept(server.answer) for _ in range(MOST)))
    assert WINDOW - LATE < clock.now() - began < WINDOW + LATE
    assert server.turned_away == 0


async def test_a_rest_makes_room_for_as_many_as_are_wanted(server: Server) -> None:
    limit = RequestLimit(patience=5.0)
    await limit.tried(server.answer)
    await limit.rest(MOST + 1)
    answers = await asyncio.gather(*(limit.tried(server.answer) for _ in range(MOST + 1)))
    assert sum(answer.status == TOO_MANY_REQUESTS for answer in answers) == 1


async def test_where_others_have_used_it_up_it_is_asked_again_after_the_time_it_names(server: Server) -> None:
    limit = RequestLimit(patience=5.0)
    for _ in range(MOST):
        await server.answer()
    answer = await limit.kept(server.answer)
    assert (answer.status, server.turned_away) == (200, 1)


async def test_where_others_are_first_again_it_is_asked_until_it_is_its_turn(server: Server) -> None:
    others_are_first = iter([True, True, False])

    async def ask() -> Answer:
        if next(others_are_first):
            for _ in range(MOST):
                await server.answer()
        return await server.answer()

    assert (await RequestLimit(patience=5.0).kept(ask)).status == 200


async def test_several_processes_never_run_into_it_together() -> None:
    server = Server(slides=True)
    limits = [RequestLimit(patience=5.0, processes=MOST) for _ in range(MOST)]
    for _ in range(2):
        await asyncio.gather(*(limit.kept(server.answer) for limit in limits for _ in range(2)))
    assert server.turned_away == 0


async def test_one_of_several_processes_goes_beyond_its_part_while_most_is_left() -> None:
    counted = 0

    async def answer() -> Answer:
        nonlocal counted
        counted += 1
        left = str(100 - counted)
        return Answer(
            200, headers={"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": left, "X-RateLimit-Reset": "60"}
        )

    limit, began = RequestLimit(patience=0.2, processes=2), clock.now()
    for _ in range(59):
        await limit.kept(answer)
    assert clock.now() - began < LATE
    await limit.rest(1)
    assert clock.now() - began >= 0.2, "two fifths are left to the others"


async def test_processes_with_addresses_of_their_own_have_the_whole_limit_each() -> None:
    servers = [Server(slides=True) for _ in range(2)]
    limits, began = [RequestLimit(patience=5.0, beside=2) for _ in servers], clock.now()
    both = list(zip(limits, servers, strict=True))
    await asyncio.gather(*(limit.kept(server.answer) for limit, server in both for _ in range(MOST)))
    assert clock.now() - began < LATE
    assert [server.turned_away for server in servers] == [0, 0]


async def test_a_server_that_counts_more_than_ours_sees_several_addresses_as_one() -> None:
    left = 100

    async def answer(taken: int) -> Answer:
        nonlocal left
        left -= taken
        return Answer(
            200, headers={"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": str(left), "X-RateLimit-Reset": "60"}
        )

    limit = RequestLimit(patience=0.2, beside=2)
    await limit.kept(lambda: answer(1))
    began = clock.now()
    await limit.rest(99)
    assert clock.now() - began < 0.1, "it may ask alone"
    await limit.kept(lambda: answer(40))
    began = clock.now()
    await limit.rest(50)
    assert clock.now() - began >= 0.2, "most of what is left is for the other"


async def test_a_window_that_is_told_too_short_makes_no_others_of_our_own_requests() -> None:
    left = 100

    async def answer() -> Answer:
        nonlocal left
        left -= 1
        return Answer(
            200, headers={"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": str(left), "X-RateLimit-Reset": "1"}
        )

    limit = RequestLimit(patience=5.0, beside=2)
    for _ in range(30):
        await limit.kept(answer)
    await clock.pause(1.1)
    began = clock.now()
    await asyncio.gather(*(limit.kept(answer) for _ in range(60)))
    assert clock.now() - began < LATE


async def test_what_a_server_refuses_before_it_counts_uses_up_nothing() -> None:
    """As a request that is not signed in, or for what is not there: its answer tells nothing of the limit."""
    told = {"X-RateLimit-Limit": "100", "X-RateLimit-Remaining": "99", "X-RateLimit-Reset": "60"}
    answers = iter([Answer(200, headers=told), Answer(404)])

    async def answer() -> Answer:
        return next(answers)

    limit = RequestLimit(patience=5.0, processes=1, beside=2)
    for _ in range(2):
        await limit.kept(answer)
    began = clock.now()
    await limit.rest(90)
    assert clock.now() - began < LATE


async def test_who_has_no_patience_does_not_wait(server: Server) -> None:
    limit, began = RequestLimit(patience=0.0), clock.now()
    for _ in range(MOST + 1):
        await limit.kept(server.answer)
    assert clock.now() - began < LATE


async def test_a_server_without_a_limit_is_asked_at_once_and_by_several_together() -> None:
    limit, under_way, most = RequestLimit(patience=5.0), 0, 0

    async def answer() -> Answer:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await clock.pause(0.01)
        under_way -= 1
        return Answer(200)

    await asyncio.gather(*(limit.kept(answer) for _ in range(5)))
    assert most == 4, "the first asks alone"
