"""What those see who look after a system: the operator and the administrators."""

from collections.abc import Collection
from contextlib import suppress

from support.core import clock
from support.core.checks import check
from support.core.errors import NotSupported
from support.core.wording import in_words
from support.drivers.capabilities.delivery import (
    FARTHER,
    Administers,
    FollowsMessages,
    HasComponents,
    Health,
    ReadsMessages,
    Watches,
)
from support.drivers.capabilities.probing import TellsHealth
from support.scenario.actor import Actor
from support.scenario.world import World

OPERATOR = "the operator"
ADMINISTRATOR = "the administrator"
#: What the figures of a component call what it has done.
COUNTERS = {
    "proxy": "proxy_messages_enqueued_total",
    "second proxy": "proxy_messages_enqueued_total",
    "main server": "main_server_messages_registered_total",
    "worker": "worker_messages_delivered_total",
}
#: What the proxies' call the messages that wait.
WAITING = "redis_queue_size"
#: What they call those who came without a certificate.
INTRUSIONS = 'proxy_messages_failed_total{reason="invalid_certificate"}'


async def operator(world: World) -> Watches:
    """The operator of this scenario, with the system in view."""
    return (await world.actor(OPERATOR)).ability(Watches)


async def look(world: World) -> None:
    """Note all figures there are, for a later step to say by how much they have grown."""
    await world.quiet()
    counting = [name for name in components(world) if name != "portal"]
    operating = await operator(world)
    for name in counting:
        world.dispatch.figures[name] = {}
        with suppress(AssertionError):  # that it tells no figures, a later step will find
            world.dispatch.figures[name] = await operating.figures_of(name)


async def ask_all(world: World) -> None:
    """Ask each component how it is; it need not be well, but it has to answer."""
    actor = await world.actor(OPERATOR)
    for component in components(world):
        await actor.attempt(actor.ability(Watches).health(component))


async def grown(world: World, component: str, figure: str | None = None) -> int:
    """By how much a figure of a component has grown since the operator looked: by default, what it has done.

    Raises:
        AssertionError: the operator has not looked, or there are no figures.
    """
    check(component in world.dispatch.figures, f"no step has looked at the figures of the {component} before")
    name = figure or COUNTERS["worker" if component.startswith("worker") else component]
    now = await (await operator(world)).figures_of(component)
    return round(now.get(name, 0.0) - world.dispatch.figures[component].get(name, 0.0))


async def workers_grown(world: World, count: int) -> int:
    """By how much all workers' counts have grown, when it is as much as this or one more attempt is over."""
    names = [name for name in world.dispatch.figures if name.startswith("worker")]

    async def together() -> int:
        return sum([await grown(world, name) for name in names])

    return await clock.seen(together, lambda found: found >= count, within=_patience(world))


async def ill(world: World, component: str, within: float) -> Health:
    """What a component says of itself, when it says that it is not well or the time is up."""
    return await clock.seen(lambda: well(world, component), lambda health: not health.well, within=within)


async def well(world: World, component: str) -> Health:
    """What a component says of itself.

    Raises:
        AssertionError: it does not answer.
        NotSupported: it is not the one that says so in this system.
    """
    system, server = world.system, world.sut.server
    if isinstance(system, TellsHealth):
        if component != server:
            raise NotSupported(f"in this system the {server} says whether it is well, not the {component}")
        return Health(await system.well(world.transcript))
    actor = await world.actor(OPERATOR)
    health: Health = await actor.do(actor.ability(Watches).health(component))
    return health


def components(world: World) -> list[str]:
    """The components that can be looked at, by the scenarios' names.

    Raises:
        NotSupported: this system has none.
    """
    return world.ability(HasComponents).components


async def administrator(world: World) -> Actor:
    """The administrator of this scenario, signed in."""
    actor = await world.actor(ADMINISTRATOR)
    if not actor.token:
        await actor.do(actor.sign_in())
    actor.ability(Administers)
    return actor


async def reads_own(actor: Actor) -> None:
    """See that a user is shown messages when asking for their own, and no other user's.

    Raises:
        AssertionError: they are refused, or see those of others.
    """
    shown = await actor.do(actor.ability(ReadsMessages).messages())
    others = {one.owner for one in shown} - {actor.role}
    check(not others, f"{actor.role} is shown messages of {in_words(others)}")


async def all_messages(world: World, wanted: Collection[str]) -> dict[str, tuple[str, str | None]]:
    """Whose each message is and what it says, as an administrator sees the newest of them.

    Args:
        world: the scenario's.
        wanted: the messages to look for, behind as many of others as have come since.
    """
    actor = await administrator(world)
    reader, found = actor.ability(ReadsMessages), dict[str, tuple[str, str | None]]()
    for limit in FARTHER:
        shown = await actor.do(reader.messages(limit=limit))
        found = {one.message: (one.owner, one.text) for one in shown}
        if len(shown) < limit or found.keys() >= set(wanted):
            break
    return found


async def note_figures(world: World) -> None:
    """Note what the system counts, for a later step to say by how much that has grown."""
    await world.quiet()
    actor = await administrator(world)
    world.dispatch.totals = await actor.do(actor.ability(Administers).figures())


async def figures_grown(world: World, figure: str, by: int) -> dict[str, int]:
    """By how much the main figures have grown, when this one has grown by so many or one more attempt is over."""
    actor = await administrator(world)
    names = ("messages", "messages of the last day", figure)

    async def grown_now() -> dict[str, int]:
        now: dict[str, int] = await actor.do(actor.ability(Administers).figures())
        return {name: now[name] - world.dispatch.totals[name] for name in names}

    return await clock.seen(grown_now, lambda found: found[figure] >= by, within=_patience(world))


def _patience(world: World) -> float:
    """Seconds until what was submitted has been counted: one delivery, with one more attempt where there are some."""
    interval = world.system.retry_interval if isinstance(world.system, FollowsMessages) else 0.0
    return interval + world.limits.delivery


async def waiting(world: World, component: str) -> float:
    """How many messages wait as a component tells it, when it is none any more or the delivery limit is up.

    Raises:
        AssertionError: it does not tell.
    """
    watches = await operator(world)

    async def told() -> float:
        figures = await watches.figures_of(component)
        check(WAITING in figures, f"the {component} does not tell how many messages wait")
        return figures[WAITING]

    return await clock.seen(told, lambda found: not found, within=world.limits.delivery)
