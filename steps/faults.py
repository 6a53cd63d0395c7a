"""Phrases about faults: restarts, databases lost and back."""

from support.core.checks import check
from support.core.events import Disconnected
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import outages
from support.scenario.world import World
from support.vocabulary.terms.faults import RESTARTS


@when("the {server} {restart}")
async def server_restarts(world: World, server: str, restart: str) -> None:
    """The server ends, kindly or not, and is started again; goes on when it serves.

    Example: When the chat server crashes and is started again
    """
    await world.outages.restart(server, graceful=RESTARTS[restart])


@given("{database} {outage}")
@when("{database} {outage}")
async def database_is_lost(world: World, database: str, outage: str) -> None:
    """A database becomes unavailable; it is put back at the scenario's end at the latest.

    Example: When Postgres hangs
    """
    await world.outages.inject_fault(database, outage)


@given("the {server} {outage}")
@when("the {server} {outage}")
async def server_is_lost(world: World, server: str, outage: str) -> None:
    """A server becomes unavailable; it is put back at the scenario's end at the latest.

    Example: Given the main server is stopped
    """
    await world.outages.inject_fault(server, outage)


@given("{worker} {outage}")
@when("{worker} {outage}")
async def worker_is_lost(world: World, worker: str, outage: str) -> None:
    """Workers become unavailable or, cut off, do not get through; put back at the scenario's end at the latest.

    Example: Given every worker is stopped
    """
    await world.outages.inject_fault(worker, outage)


@when("{database} is back")
async def database_is_back(world: World, database: str) -> None:
    """Ends the outage, and waits until the system serves.

    Example: When Redis is back
    """
    await world.outages.bring_back(database)


@when("{database} is back after a while")
async def database_is_back_after_a_while(world: World, database: str) -> None:
    """Ends the outage once a user was told that a request failed, or the outage limit is over; waits until the system
    serves.

    Example: When SQLite is back after a while
    """
    await outages.are_met(world)
    await world.outages.bring_back(database)


@when("the {server} is back")
async def server_is_back(world: World, server: str) -> None:
    """Ends the outage, and waits until the system serves.

    Example: When the main server is back
    """
    await world.outages.bring_back(server)


@when("{worker} is back")
async def worker_is_back(world: World, worker: str) -> None:
    """Ends the outage, whether or not the rest of the system serves; what has waited is worked off from now on.

    Example: When every worker is back
    """
    await world.outages.end_outage(worker)


@given("{database} has been lost and has come back")
@when("{database} is lost and comes back")
async def database_is_lost_for_a_while(world: World, database: str) -> None:
    """The database is killed, and started again once the system has noticed; goes on when the system serves.

    Example: When Redis is lost and comes back
    """
    await world.outages.lose_for_a_while(database)


@when("{database} is lost for a long time and comes back")
async def database_is_lost_for_long(world: World, database: str) -> None:
    """The database is killed, and started again when the outage limit is over; goes on when the system serves.

    Example: When Redis is lost for a long time and comes back
    """
    await world.outages.lose_for_long(database)


@when("{database} hangs for a moment")
async def database_hangs_for_a_moment(world: World, database: str) -> None:
    """The database does not answer for a second, and then goes on; what is done next falls into that second.

    Example: When SQLite hangs for a moment
    """
    await world.outages.hang_for_a_moment(database, world.cleanups)


@when("{database} is out of reach for a while")
async def database_is_out_of_reach(world: World, database: str) -> None:
    """The database is cut off and keeps what it has, and can be reached again once the system has noticed; goes on when
    the system serves.

    Example: When Redis is out of reach for a while
    """
    await world.outages.lose_for_a_while(database, "is cut off")


@then("{users} is/are told that {database} is unavailable")
async def are_told_of_outage(world: World, roles: list[str], database: str) -> None:
    """The system says so in the form for it, in its refusal or as it logs the user out: the database's name, that it is
    not to be had, and nothing of the inside of the server.

    Example: Then user A is told that Redis is unavailable
    """
    for actor in await world.actors(roles):
        await outages.told_of(actor, database)


@then("{users} is/are told that the server comes back")
async def are_told_of_return(world: World, roles: list[str]) -> None:
    """The system has ended their connections, or ends them within the outage limit, and says that it is for a while.

    Example: Then user A and user B are told that the server comes back
    """
    for actor in await world.actors(roles):
        end = await actor.was_disconnected(within=world.limits.outage)
        said = end.what.comes_back if isinstance(end.what, Disconnected) else None
        check(said, f"{actor.role} was told {'nothing' if said is None else 'that it is for good'}")


@then("{users} is/are disconnected")
async def are_disconnected(world: World, roles: list[str]) -> None:
    """The system has ended their connections, or ends them within the outage limit.

    Example: Then user A and user B are disconnected
    """
    for actor in await world.actors(roles):
        await actor.was_disconnected(within=world.limits.outage)
