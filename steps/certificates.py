"""Phrases about certificates: showing good and bad ones, having them generated and revoked, and internal requests."""

from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities.delivery import Administers, Letter, SubmitsMessages, WorksInside
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import internal_requests, message_delivery, monitoring, submission_checks
from support.scenario.world import World


@when("{user} tries to submit a message with {certificate}")
async def submits_with(world: World, role: str, certificate: str) -> None:
    """Submits a message and shows another certificate than one's own, or none.

    Example: When user A tries to submit a message with an expired certificate
    """
    await message_delivery.submit(world, await world.actor(role), Letter("Let me in"), showing=certificate)


@when("{user} submits a message with nothing but their certificate")
async def submits_unnamed(world: World, role: str) -> None:
    """Submits a message with one's own certificate, and says nothing else of who one is; a `Then` says how it ended.

    Example: When user A submits a message with nothing but their certificate
    """
    await message_delivery.submit(world, await world.actor(role), Letter("You know who I am"), unnamed=True)


@when("every proxy has had time to look at the list of revoked certificates again")
async def list_is_read_again(world: World) -> None:
    """The revocation limit passes: what is on the list no longer would be let in by now.

    Example: When every proxy has had time to look at the list of revoked certificates again
    """
    await submission_checks.list_was_read(world)


@when("{user} tries to submit a message with {certificate} in the name of {user}")
async def submits_in_foreign_name(world: World, role: str, certificate: str, name: str) -> None:
    """Submits a message with a certificate, and claims to be another user.

    Example: When user A tries to submit a message with no certificate in the name of user B
    """
    actor, other = await world.actors([role, name])
    submitting = actor.ability(SubmitsMessages).submit(Letter("It is me"), showing=certificate, as_=other.role)
    await actor.attempt(submitting, access=True)


@when("{user} tries to register a message at the main server with {certificate}")
async def registers_with(world: World, role: str, certificate: str) -> None:
    """Does what only proxies may, showing this certificate.

    Example: When user A tries to register a message at the main server with no certificate
    """
    actor = await world.actor(role)
    await actor.attempt(
        actor.ability(WorksInside).register(Letter("By the back door"), showing=certificate), access=True
    )


@when("{user} tries to report their message as delivered with {certificate}")
async def reports_with(world: World, role: str, certificate: str) -> None:
    """Does what only workers may, showing this certificate, to a message that is registered by then.

    Example: When user A tries to report their message as delivered with user A's certificate
    """
    actor = await world.actor(role)
    await internal_requests.register(world, actor, "Not yet delivered")
    message = message_delivery.accepted(world, role)[-1].message
    await actor.attempt(actor.ability(WorksInside).report(message, "delivered", showing=certificate), access=True)


@given("the administrator has revoked the certificate of {user}")
@when("the administrator revokes the certificate of {user}")
async def revokes(world: World, role: str) -> None:
    """The certificate that the user has is not to be accepted any more.

    Example: When the administrator revokes the certificate of user A
    """
    administrator, actor = await monitoring.administrator(world), await world.actor(role)
    await administrator.do(administrator.ability(Administers).revoke(actor.role))


@given("the administrator has generated a new certificate for {user}")
@when("the administrator generates a new certificate for {user}")
async def certifies(world: World, role: str) -> None:
    """The user has a new certificate from now on.

    Example: When the administrator generates a new certificate for user A
    """
    administrator = await monitoring.administrator(world)
    await administrator.do(administrator.ability(Administers).certify(role))


@then("the certificate of {user} is listed as {certificate_state}")
async def is_listed_as(world: World, role: str, state: str) -> None:
    """To an administrator, among all certificates there are; with the time of its revocation if it is revoked.

    Example: Then the certificate of user A is listed as revoked
    """
    administrator, actor = await monitoring.administrator(world), await world.actor(role)
    found = await administrator.do(administrator.ability(Administers).certificate_of(actor.role))
    check(found == state, f"it is listed as {found or 'nothing'}")


@then("the main server still lets proxies and workers in")
async def lets_components_in(world: World) -> None:
    """A message is registered with a proxy's certificate, and reported as delivered with a worker's.

    Example: But the main server still lets proxies and workers in
    """
    await internal_requests.internal_requests_work(world, await world.actor("user Z"))


@then("no message of {user} is known")
async def none_known(world: World, role: str) -> None:
    """Of all that is shown to an administrator, nothing is of this user.

    Example: And no message of user A is known
    """
    administrator = await monitoring.administrator(world)
    found = [shown for shown in await message_delivery.shown_to(world, administrator, most=30) if shown.owner == role]
    check(not found, f"these are known: {in_words(found)}")
