"""Phrases about mistakes: what is asked for wrongly or too often, and on which ground it is refused."""

from typing import Any

from support.core.checks import check
from support.core.events import Declined
from support.core.wording import counted
from support.drivers.capabilities.probing import TakesRequests
from support.scenario.step_decorators import then, when
from support.scenario.tasks import attempt_log, forgery, repeated_requests
from support.scenario.tasks.silence import no_more
from support.scenario.world import World
from support.vocabulary.invalid_credentials import Forgery


@when("{user} requests {mistake}", may_fail=True)
async def requests_wrongly(world: World, role: str, mistake: str) -> None:
    """Asks for what cannot be; a `Then` says how it ended.

    Example: When user A requests a message without words
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(TakesRequests).request_wrongly(mistake))


@when("{users} request {mistake} {int} times, all at once", may_fail=True, afresh=True)
async def request_wrongly_at_once(world: World, roles: list[str], mistake: str, times: int) -> None:
    """Several people make the same mistake again and again, not waiting for each other.

    Example: When user A and user B request a message without words 10 times, all at once
    """
    await repeated_requests.err_together(world, roles, mistake, times)


@when("{user} makes these mistakes, one after the other", columns=("mistake",), may_fail=True)
async def makes_mistakes(world: World, role: str, table: Any) -> None:
    """Requests what is mistaken, of one kind after another, from a table with the column `mistake`.

    Example: When user A makes these mistakes, one after the other
    """
    world.records.append(
        await repeated_requests.err_in_turn(await world.actor(role), [row["mistake"] for row in table])
    )


@when("{user} makes each mistake in the form of a request", may_fail=True)
async def makes_mistakes_of_form(world: World, role: str) -> None:
    """Makes every request that the system knows in every wrong form: something left out, or of the wrong kind.

    Example: When user A makes each mistake in the form of a request
    """
    world.records.append(await repeated_requests.err_in_form(await world.actor(role)))


@when("{user} makes every request that there is with {token}", may_fail=True)
async def makes_every_request(world: World, role: str, token: Forgery) -> None:
    """Requests all that a session opens, one after the other, with a token that must not work.

    Example: When user A makes every request that there is with no token
    """
    actor, owner = await world.actors([role, token.owner or role])
    world.records.append(await repeated_requests.make_every_request(actor, forgery.token_of(owner, token)))


@when("{user} makes {int} requests without a pause", afresh=True)
async def makes_requests(world: World, role: str, count: int) -> None:
    """Makes harmless requests, all at once.

    Example: When user A makes 300 requests without a pause
    """
    world.records.append(await repeated_requests.ask_at_once(await world.actor(role), count))


@when("{user} makes {int} requests, one after the other", afresh=True)
async def makes_requests_in_turn(world: World, role: str, count: int) -> None:
    """Makes harmless requests, each when the one before is answered.

    Example: When user A makes 5 requests, one after the other
    """
    world.records.append(await repeated_requests.ask_in_turn(await world.actor(role), count))


@then("{user} is refused because {ground}")
async def is_refused_because(world: World, role: str, ground: str) -> None:
    """The system said no to the user's last attempt, and on which ground.

    Example: Then user A is refused because that does not exist
    """
    said = (await (await world.actor(role)).refusal()).refusal or ""
    check(said.startswith(ground), f"{role} was not refused because {ground}, but: {said}")


@then("{users} is/are told of no mistake", silence=True)
async def are_told_of_no_mistake(world: World, roles: list[str]) -> None:
    """No word that something is wrong has reached them unasked, and none does: it is for the user who has done it.

    Example: And user A and user B are told of no mistake
    """
    await no_more(world, roles, Declined)


@then("{users} is/are refused {int} times because {ground}")
async def are_refused_each(world: World, roles: list[str], times: int, ground: str) -> None:
    """So many of their attempts were refused, all of them on this ground.

    Example: Then user A and user B are refused 10 times because that is a mistake
    """
    for record in attempt_log.of(world.records, roles):
        refusals = [one.trouble for one in record.tried if one.trouble]
        fitting = [said for said in refusals if said.startswith(ground)]
        told = f"{len(refusals)} of {len(record.tried)} attempts of {record.who} were refused: {counted(refusals)}"
        check(len(fitting) == len(refusals) == times, told)


@then("each mistake of {user} is refused, and the server fails at none")
async def mistakes_are_refused(world: World, role: str) -> None:
    """The system said no to everything that was tried one after the other; that it could not serve is no refusal.

    Example: Then each mistake of user A is refused, and the server fails at none
    """
    (record,) = attempt_log.of(world.records, [role])
    wrong = [f"{one.what}: {one.trouble or 'it was granted'}" for one in record.tried if not one.refused]
    check(record.tried and not wrong, "; ".join(wrong) or f"{role} has made no mistake")


@then("one attempt of {user} succeeds, and each other is refused")
async def one_succeeds(world: World, role: str) -> None:
    """Of what was tried at once, the system has granted one, and has said no to all else.

    Example: Then one attempt of user A succeeds, and each other is refused
    """
    (record,) = attempt_log.of(world.records, [role])
    granted = [one for one in record.tried if one.trouble is None]
    wrong = [str(one.trouble) for one in record.tried if one.trouble and not one.refused]
    check(len(granted) == 1 and not wrong, f"{len(granted)} of {len(record.tried)} were granted; {'; '.join(wrong)}")


@then("some of the requests of {user} are refused because {ground}, and the others answered")
async def are_partly_refused(world: World, role: str, ground: str) -> None:
    """The requests beyond the limit are refused, on this ground and no other.

    Example: Then some of the requests of user A are refused because that is too much, and the others answered
    """
    (record,) = attempt_log.of(world.records, [role])
    refusals = [one.trouble for one in record.tried if one.trouble]
    check(0 < len(refusals) < len(record.tried), f"{len(refusals)} of {len(record.tried)} were refused")
    check(all(said.startswith(ground) for said in refusals), f"{role} got: {counted(refusals)}")


@then("{users} get/gets an answer to every request")
async def are_answered(world: World, roles: list[str]) -> None:
    """None of their harmless requests was refused, whatever others have done.

    Example: And user B gets an answer to every request
    """
    for record in attempt_log.of(world.records, roles):
        refusals = [one.trouble for one in record.tried if one.trouble]
        check(record.tried, f"{record.who} has requested nothing")
        check(not refusals, f"{record.who} got: {counted(refusals)}")


@then("{user} is answered again within {int} seconds")
async def is_answered_again(world: World, role: str, seconds: int) -> None:
    """A harmless request is answered, if not at once then before long.

    Example: And user A is answered again within 10 seconds
    """
    await repeated_requests.ask_until_answered(await world.actor(role), within=seconds)


@then("{user} is turned away each time, the last time without waiting")
async def is_turned_away(world: World, role: str) -> None:
    """The system says each time that it cannot serve, the last time at once: within the limit `turning_away`.

    Example: Then user A is turned away each time, the last time without waiting
    """
    (record,) = attempt_log.of(world.records, [role])
    got = [one.trouble or "an answer" for one in record.tried]
    check(got and all("cannot serve" in said for said in got), f"{role} got: {counted(got)}")
    last, limit = record.tried[-1].seconds, world.limits.turning_away
    check(last <= limit, f"the last answer took {last:.2f} s, more than {limit:g} s")
