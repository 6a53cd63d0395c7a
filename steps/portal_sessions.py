"""Phrases about sessions at a web portal: signing in and out, and what outlasts that or does not."""

from support.core.checks import fail
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import portal as at_portal
from support.scenario.world import World
from support.vocabulary.invalid_credentials import Forgery


@given("{users} is/are signed in at the portal")
async def are_signed_in(world: World, roles: list[str]) -> None:
    """Signed in, each in a window of their own.

    Example: Given user A and user B are signed in at the portal
    """
    await at_portal.all_be_signed_in(world, roles)


@when("{user} signs in at the portal in a second browser as well")
async def signs_in_twice(world: World, role: str) -> None:
    """Signed in once more, in a browser that has nothing of the first session.

    Example: When user A signs in at the portal in a second browser as well
    """
    _, portal = await at_portal.at(world, role)
    await portal.keep_copy()
    await at_portal.be_signed_in(world, role)


@given("a thief has a copy of the session of {user}")
async def session_is_copied(world: World, role: str) -> None:
    """The session at the portal as the browser holds it, kept for later.

    Example: Given a thief has a copy of the session of user A
    """
    _, portal = await at_portal.at(world, role)
    await portal.keep_copy()


@when("{user} signs in at the portal")
async def signs_in(world: World, role: str) -> None:
    """Fills in the login page with the right password; a `Then` says how it ended.

    Example: When user A signs in at the portal
    """
    actor, portal = await at_portal.at(world, role)
    await actor.attempt(portal.sign_in(actor.account.password))


@when("{user} tries to sign in at the portal with {password}")
async def signs_in_wrongly(world: World, role: str, password: Forgery) -> None:
    """Fills in the login page with a password that must not work.

    Example: When user A tries to sign in at the portal with user B's password
    """
    actor, portal = await at_portal.at(world, role)
    owner, _ = await at_portal.with_account(world, password.owner or role)
    await actor.attempt(portal.sign_in(password.made_from(owner.account.password) or ""), access=True)


@when("{user} signs out of the portal")
async def signs_out(world: World, role: str) -> None:
    """Presses what signs out, in the menu.

    Example: When user A signs out of the portal
    """
    actor, portal = await at_portal.at(world, role)
    await actor.attempt(portal.sign_out())


@when("{user} keeps using the portal for longer than a session lasts")
async def keeps_using(world: World, role: str) -> None:
    """Opens the messages again and again, after short and long pauses by turns, all within the limit `short_session`.

    Example: When user A keeps using the portal for longer than a session lasts
    """
    await at_portal.keep_using(world, role)


@when("a thief alters the session of {user}")
async def alters_session(world: World, role: str) -> None:
    """Puts another name in it where the name can be read, else another letter.

    Example: When a thief alters the session of user A
    """
    _, portal = await at_portal.at(world, role)
    await portal.alter_session()


@then("the portal asks {user} to sign in")
async def is_asked_to_sign_in(world: World, role: str) -> None:
    """The login page is shown where one's own pages were.

    Example: Then the portal asks user A to sign in
    """
    await at_portal.asks_to_sign_in(world, role)


@then("the portal shows {user} the login page")
async def is_shown_the_login_page(world: World, role: str) -> None:
    """It is what the last attempt has led to.

    Example: Then the portal shows user A the login page
    """
    _, portal = await at_portal.seen(world, role)
    if not await portal.is_asked_to_sign_in():
        fail(f"{role} is not shown the login page, but: {await portal.text()}")


@then("the portal opens nothing to {user}")
async def opens_nothing(world: World, role: str) -> None:
    """None of one's own pages is shown, whether the login page is in its place or a refusal.

    Example: Then the portal opens nothing to user A
    """
    await at_portal.opens_nothing(world, role)


@then("the portal opens nothing to the thief of the session of {user}")
async def copy_opens_nothing(world: World, role: str) -> None:
    """The copy, used in place of the session, does not open one's pages.

    Example: Then the portal opens nothing to the thief of the session of user A
    """
    _, portal = await at_portal.at(world, role)
    await portal.use_copy()
    await at_portal.opens_nothing(world, role)


@then("the thief of the session of {user} can open {page} at the portal")
@then("{user} can open {page} at the portal in the first browser too")
async def copy_opens(world: World, role: str, page: str) -> None:
    """The former session, or the copied one, opens a page.

    Example: But the thief of the session of user A can open the messages at the portal
    """
    actor, portal = await at_portal.at(world, role)
    await portal.use_copy()
    await actor.do(portal.open(page))
    await at_portal.seen(world, role)


@then("{user} can sign in at the portal")
async def can_sign_in(world: World, role: str) -> None:
    """Signing in with the right password works.

    Example: But user A can sign in at the portal
    """
    await at_portal.sign_in(world, role)
    await at_portal.seen(world, role)


@then("{user} cannot sign in at the portal")
async def cannot_sign_in(world: World, role: str) -> None:
    """Signing in does not work: there is no such account.

    Example: Then user A cannot sign in at the portal
    """
    actor, portal = await at_portal.at(world, role)
    await actor.attempt(portal.sign_in(actor.account.password))
    await actor.was_refused()
