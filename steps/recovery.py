"""Phrases about coming back: lost connections, sessions that are renewed, and what is tried again."""

from support.credentials import Forgery
from support.scene import Scene
from support.stepping import then, when
from support.systems import capabilities as can
from support.tasks import recovery


@when("the link to the {server} is lost and comes back")
async def link_is_lost(scene: Scene, server: str) -> None:
    """The network between users and the server breaks every connection, takes no new ones for a while, and heals.

    Example: When the link to the threads server is lost and comes back
    """
    await scene.lose_link_for_a_while(server)


@when("{user} renews the session")
async def renews(scene: Scene, role: str) -> None:
    """Gets a new session in place of the present one, without signing in; a `Then` says how it ended.

    Example: When user A renews the session
    """
    actor = await scene.actor(role)
    client = actor.able(can.RenewsSessions)
    await actor.attempt(client.renew(client.renewal))


@when("{user} tries to renew the session with {token}")
async def renews_wrongly(scene: Scene, role: str, token: Forgery) -> None:
    """Asks for a new session with what must not give one.

    Example: When user A tries to renew the session with a garbled token
    """
    actor, owner = await scene.actors([role, token.owner or role])
    renewal = token.made_from(owner.able(can.RenewsSessions).renewal or "")
    await actor.attempt(actor.able(can.RenewsSessions).renew(renewal))


@when("{user} tries to renew the session a second time with the same token")
async def renews_twice(scene: Scene, role: str) -> None:
    """Shows a token again that has already given a new session.

    Example: When user A tries to renew the session a second time with the same token
    """
    actor = await scene.actor(role)
    client = actor.able(can.RenewsSessions)
    await actor.attempt(client.renew(client.used_renewals[-1]))


@then("{user} can renew the session again")
async def can_renew(scene: Scene, role: str) -> None:
    """What the renewal has given renews the session once more.

    Example: And user A can renew the session again
    """
    actor = await scene.actor(role)
    client = actor.able(can.RenewsSessions)
    await actor.do(client.renew(client.renewal))


@then("{users} is/are connected again within {int} seconds")
async def are_connected_again(scene: Scene, roles: list[str], seconds: int) -> None:
    """Their clients get the lost connection back, in the session they had.

    Example: Then user A and user B are connected again within 30 seconds
    """
    await recovery.all_recover(scene, roles, seconds)


@then("{user} is told of {int} new attempts, each after a longer pause")
async def is_told_of_attempts(scene: Scene, role: str, count: int) -> None:
    """The system says each time that it tries again, and after which pause, within the outage bar.

    Example: Then user A is told of 3 new attempts, each after a longer pause
    """
    await recovery.told_of_attempts(await scene.actor(role), count)


@then("the {server} says that it is not ready, until {database} is back")
async def says_not_ready(scene: Scene, server: str, database: str) -> None:
    """Its own word on its health is true while the database is away, and when it is back.

    Example: Then the threads server says that it is not ready, until Postgres is back
    """
    assert not await recovery.is_well(scene), f"the {server} says that it is ready without {database}"
    await scene.bring_back(database)
    assert await recovery.is_well(scene), f"{database} is back, and the {server} says that it is not ready"
