"""Phrases about coming back: lost connections, sessions that are renewed, and what is tried again."""

from support.core.checks import check
from support.drivers.capabilities.sessions import (
    LetsExpire,
    ProlongsSessions,
    RefreshesSessions,
    RotatesRefreshTokens,
    SignsInByCode,
    SignsInElsewhere,
)
from support.scenario.step_decorators import then, when
from support.scenario.tasks import recovery
from support.scenario.tasks.repeated_requests import all_at_once
from support.scenario.world import World


@when("{user} tries to refresh the session a second time with the same token")
async def refreshes_twice(world: World, role: str) -> None:
    """Shows a token again that has already given a new session.

    Example: When user A tries to refresh the session a second time with the same token
    """
    actor = await world.actor(role)
    used = actor.ability(RotatesRefreshTokens).used_refresh_tokens
    check(used, f"{role} has not refreshed the session yet")
    await actor.attempt(actor.ability(RefreshesSessions).refresh(used[-1]))


@when("{user} tries to sign in a second time with the same code")
async def signs_in_twice(world: World, role: str) -> None:
    """Shows the code again that has given the last session, and asks for no other before.

    Example: When the school owner tries to sign in a second time with the same code
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(SignsInByCode).sign_in_with_used_code())


@when("{user} refreshes the session to last longer, and the time of the former one is up")
async def outlives_former_session(world: World, role: str) -> None:
    """Shows the new token on the connection that there is, and waits until the lifetime of the old one is over.

    Example: When user A refreshes the session to last longer, and the time of the former one is up
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(ProlongsSessions).refresh_for_longer())
    await actor.outlive_session()


@when("{user} asks for a login code")
@when("{user} asks for another login code")
async def asks_for_code(world: World, role: str) -> None:
    """Has a code sent by mail, and does not show it.

    Example: When the school owner asks for a login code
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(SignsInByCode).ask_for_code())


@when("{user} tries to sign in with the {which} code mailed")
async def signs_in_with_code(world: World, role: str, which: str) -> None:
    """Shows a code that came by mail, and asks for no other before.

    Example: When the school owner tries to sign in with the first code mailed
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(SignsInByCode).sign_in_with_code(which))


@when("{user} shows the last code mailed {int} times at once", may_fail=True)
async def shows_code_at_once(world: World, role: str, times: int) -> None:
    """Signs in with one code on several devices, not waiting for any answer.

    Example: When the school owner shows the last code mailed 2 times at once
    """
    actor = await world.actor(role)
    world.records.append(await all_at_once(actor, "sign in", times, actor.ability(SignsInByCode).sign_in_at_once))


@when("the {expiring} of {user} expires")
async def expires(world: World, what: str, role: str) -> None:
    """Its time is up, without anybody waiting for that.

    Example: When the login code of the school owner expires
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(LetsExpire).expire(what))


@when("{user} signs in on another device, and out again")
async def signs_in_elsewhere(world: World, role: str) -> None:
    """Has a second session for a moment, beside the one that there is.

    Example: When the school owner signs in on another device, and out again
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(SignsInElsewhere).sign_in_elsewhere_and_out(actor.account.password))


@then("{users} is/are connected again within {int} seconds")
async def are_connected_again(world: World, roles: list[str], seconds: int) -> None:
    """Their clients get the lost connection back, in the session they had.

    Example: Then user A and user B are connected again within 30 seconds
    """
    await recovery.all_recover(world, roles, seconds)


@then("{user} is told of {int} new attempts, each after a longer pause")
async def is_told_of_attempts(world: World, role: str, count: int) -> None:
    """The system says each time that it tries again, and after which pause, within the outage limit.

    Example: Then user A is told of 3 new attempts, each after a longer pause
    """
    await recovery.told_of_attempts(await world.actor(role), count)


@then("{user} is told of 1 new attempt")
async def is_told_of_one_attempt(world: World, role: str) -> None:
    """The system says that it tries again, once and no more, within the outage limit.

    Example: Then user A is told of 1 new attempt
    """
    await recovery.told_of_attempts(await world.actor(role), 1)
