"""Asking again and again: by one person or by several, one after the other or all at once. Each leaves a record."""

import asyncio
from collections.abc import Awaitable, Callable

from support.core import clock
from support.core.checks import check
from support.drivers.capabilities.probing import AsksForTokens, HasForms, KeepsToLimits, TakesRequests
from support.drivers.capabilities.sessions import Registers
from support.scenario.actor import Actor
from support.scenario.tasks.attempt_log import Record
from support.scenario.world import World

_HARMLESS = "look at oneself"
#: Requests that are under way at the same time; many more would measure the network of this machine.
_ABREAST = 110
#: Seconds between two requests of a user who waits to be answered again.
_PATIENCE = 0.1


async def rest(actor: Actor, count: int) -> None:
    """Let a limit pass that earlier scenarios have used up, so that theirs are not counted with so many requests."""
    if isinstance(actor.client, KeepsToLimits):
        await actor.client.rest(count)


async def ask_in_turn(actor: Actor, count: int) -> Record:
    """Make harmless requests, each when the one before is answered; none more when one has not been.

    What never comes costs its limit once: whatever is asked of these requests, each was to be answered.
    """
    await rest(actor, count)
    record = Record(actor.role)
    while len(record.tried) < count and not any(one.silent for one in record.tried):
        await record.of(_HARMLESS, actor.ability(TakesRequests).look_at_oneself())
    return record


async def ask_at_once(actor: Actor, count: int) -> Record:
    """Make harmless requests without a pause, more than a hundred of them at the same time."""
    await rest(actor, count)
    record, client, slots = Record(actor.role), actor.ability(TakesRequests), asyncio.Semaphore(_ABREAST)

    async def ask() -> None:
        async with slots:
            await record.of(_HARMLESS, client.look_at_oneself())

    await asyncio.gather(*(ask() for _ in range(count)))
    return record


async def all_at_once(actor: Actor, what: str, times: int, act: Callable[[], Awaitable[None]]) -> Record:
    """Do one and the same thing several times, not waiting in between."""
    record = Record(actor.role)
    await asyncio.gather(*(record.of(what, act()) for _ in range(times)))
    return record


async def make_every_request(actor: Actor, token: str | None) -> Record:
    """Make every request that wants a token, with this one."""
    record = Record(actor.role)
    for what, act in actor.ability(AsksForTokens).requests_with(token).items():
        await record.of(what, act())
    return record


async def err_in_turn(actor: Actor, mistakes: list[str]) -> Record:
    """Request what is mistaken, of one kind after another, if the system knows a request for each."""
    record, client = Record(actor.role), actor.ability(TakesRequests)
    for mistake in mistakes:
        client.must_know(mistake)
    for mistake in mistakes:
        await record.of(mistake, client.request_wrongly(mistake))
    return record


async def err_in_form(actor: Actor) -> Record:
    """Make each request that there is in each wrong form that it can have."""
    record = Record(actor.role)
    for what, ended in (await actor.ability(HasForms).send_malformed()).items():
        await record.of(what, ended)
    return record


async def ask_until_answered(actor: Actor, within: float) -> None:
    """Make harmless requests until one is answered.

    Raises:
        AssertionError: none is, within so many seconds; says why the last was not.
    """
    deadline = clock.now() + within
    while (record := await ask_in_turn(actor, 1)).tried[0].trouble:
        check(clock.now() < deadline, f"{actor.role} still gets: {record.tried[0].trouble}")
        await clock.pause(_PATIENCE)


async def register_at_once(actor: Actor, count: int) -> Record:
    """Register with one and the same address, several times at once."""
    record, client = Record(actor.role), actor.ability(Registers)
    await asyncio.gather(*(record.of("register", client.register()) for _ in range(count)))
    return record


async def err_together(world: World, roles: list[str], mistake: str, times: int) -> None:
    """Have people make the same mistake again and again, all at the same time."""
    people = await world.actors(roles)
    world.records += [Record(actor.role) for actor in people]
    await asyncio.gather(
        *(
            record.of(mistake, actor.ability(TakesRequests).request_wrongly(mistake))
            for actor, record in zip(people, world.records[-len(people) :], strict=True)
            for _ in range(times)
        )
    )
