"""Phrases about what administrators do and see at a web portal, and other users do not."""

from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import portal as at_portal
from support.scenario.tasks import portal_pages
from support.scenario.world import World


@given("{user} has looked at the overview at the portal", alone=True)
async def has_looked_at_overview(world: World, role: str) -> None:
    """Signs in, opens it, and notes what it counts.

    Example: Given the administrator has looked at the overview at the portal
    """
    await portal_pages.note_overview(world, role)


@when("{user} tries to open every page for administrators at the portal")
async def opens_admin_pages(world: World, role: str) -> None:
    """Goes to each by its address, whatever has come of the one before.

    Example: When user A tries to open every page for administrators at the portal
    """
    await at_portal.try_admin_pages(world, role)


@when("{user} tries to use every form for administrators at the portal")
async def uses_admin_forms(world: World, role: str) -> None:
    """Sends what each of the forms would send, without having been shown it.

    Example: When user A tries to use every form for administrators at the portal
    """
    await at_portal.try_admin_forms(world, role)


@given("{user} has created an account for {user} at the portal")
@when("{user} creates an account for {user} at the portal")
@when("{user} tries to create an account for {user} at the portal")
async def creates_account(world: World, role: str, whose: str) -> None:
    """Fills in the form for new users.

    Example: When the administrator creates an account for user A at the portal
    """
    (actor, portal), owner = await at_portal.at(world, role), await world.actor(whose)
    await actor.attempt(portal.create_account(whose, owner.account.password))


@when("{user} tries to create an account for {user} at the portal with a short password")
async def creates_weak_account(world: World, role: str, whose: str) -> None:
    """Fills in the form for new users with a password of seven characters.

    Example: When the administrator tries to create an account for user A at the portal with a short password
    """
    (actor, portal), owner = await at_portal.at(world, role), await world.actor(whose)
    await actor.attempt(portal.create_account(whose, owner.account.password[:7]))


@when("a page of another site has {user} create an account for {user}", may_fail=True)
async def is_lured(world: World, role: str, whose: str) -> None:
    """The browser of a user who is signed in sends a form that the portal has not shown.

    Example: When a page of another site has the administrator create an account for user A
    """
    (actor, portal), owner = await at_portal.at(world, role), await world.actor(whose)
    await actor.attempt(portal.be_lured(whose, owner.account.password))


@when("{user} generates a certificate for {string} at the portal")
async def generates_certificate(world: World, role: str, client: str) -> None:
    """Fills in the form for a new certificate, for a new client of this scenario alone.

    Example: When the administrator generates a certificate for "acme" at the portal
    """
    actor, portal = await at_portal.at(world, role)
    await actor.attempt(portal.generate_certificate(world.own_name(client)))


@when("{user} revokes the certificate of {user} at the portal")
async def revokes_certificate(world: World, role: str, whose: str) -> None:
    """Fills in the form that revokes a certificate, for a user who is a client.

    Example: When the administrator revokes the certificate of user A at the portal
    """
    (actor, portal), _ = await at_portal.at(world, role), await world.actor(whose)
    await actor.attempt(portal.revoke_certificate(portal.client_of(whose)))


@then("{user} can create an account for {user} at the portal")
async def can_create_account(world: World, role: str, whose: str) -> None:
    """The form for new users works, and the new user can sign in.

    Example: But the administrator can create an account for user A at the portal
    """
    (actor, portal), owner = await at_portal.at(world, role), await world.actor(whose)
    await actor.do(portal.create_account(whose, owner.account.password))
    await at_portal.sign_in(world, whose)
    await at_portal.seen(world, role)


@then("{user} is refused each of them")
async def is_refused_each(world: World, role: str) -> None:
    """The system said no to everything that was tried one after the other.

    Example: Then user A is refused each of them
    """
    actor, _ = await at_portal.seen(world, role)
    at_portal.was_refused_each(actor)


@then("{user} can open every page for administrators at the portal")
async def can_open_admin_pages(world: World, role: str) -> None:
    """Going to each by its address works, now.

    Example: But the administrator can open every page for administrators at the portal
    """
    await at_portal.try_admin_pages(world, role)
    actor, _ = await at_portal.seen(world, role)
    at_portal.was_allowed_each(actor)


@then("the portal shows {user} all messages of {users}, in plain words", alone=True)
async def shows_all_messages(world: World, role: str, owners: list[str]) -> None:
    """Somewhere in the list of everybody's messages: each once, with its client, its status and what it says.

    Example: Then the portal shows the administrator all messages of user A and user B, in plain words
    """
    own = await at_portal.own_of(world, owners)
    shown = await at_portal.found(world, role, own)
    at_portal.same(role, map(at_portal.as_on_a_page, shown), map(at_portal.as_on_a_page, own))


@then("the portal shows {user} how many messages and clients there are")
async def shows_figures(world: World, role: str) -> None:
    """The overview counts what there was when the user looked first, and what the scenario has made since, exactly.

    Of every status, in all, and the clients.

    Example: Then the portal shows the administrator how many messages and clients there are
    """
    await portal_pages.overview_has_grown(world, role)


@then("the portal shows {user} the certificate of {string} as {validity}")
async def shows_certificate(world: World, role: str, client: str, validity: str) -> None:
    """In the list of certificates, as it is when it is opened anew.

    Example: Then the portal shows the administrator the certificate of "acme" as active
    """
    await at_portal.lists_certificate(world, role, world.own_name(client), validity)


@then("the portal shows {user} the certificate of {user} as {validity}")
async def shows_certificate_of(world: World, role: str, whose: str, validity: str) -> None:
    """In the list of certificates, as it is when it is opened anew.

    Example: Then the portal shows the administrator the certificate of user A as revoked
    """
    _, portal = await at_portal.at(world, role)
    await at_portal.lists_certificate(world, role, portal.client_of(whose), validity)


@then("the portal hands {user} the certificate of {string} and its key")
async def is_handed_out(world: World, role: str, client: str) -> None:
    """What is handed out is in the client's name and valid now, and the key fits it.

    Example: Then the portal hands the administrator the certificate of "acme" and its key
    """
    actor, _ = await at_portal.seen(world, role)
    at_portal.worked(actor)
    at_portal.certified(actor, world.own_name(client))
