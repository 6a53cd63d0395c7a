"""Phrases about who may: accounts, signing in and out, tokens, and what they open."""

from support.core.checks import check
from support.core.events import Declined
from support.drivers.capabilities.sessions import HidesSessions
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import forgery, reconfiguration
from support.scenario.tasks.across_processes import connect_everywhere
from support.scenario.tasks.server_knowledge import end_session, try_to_end_session
from support.scenario.tasks.silence import no_more
from support.scenario.world import World
from support.vocabulary.invalid_credentials import Forgery


@given("{users} has an account")
@given("{users} have accounts")
async def have_accounts(world: World, roles: list[str]) -> None:
    """Accounts, not signed in.

    Example: Given user A and user B have accounts
    """
    await world.actors(roles)


@given("{users} is/are signed in")
async def are_signed_in(world: World, roles: list[str]) -> None:
    """In a session of their own, not yet connected.

    Example: Given user A and user B are signed in
    """
    for actor in await world.actors(roles):
        await actor.do(actor.have_session())


@given("{user} is online in a session that ends soon")
async def online_in_short_session(world: World, role: str) -> None:
    """Online, in a session that lasts only as long as the limit `short_session`: by a setting, if the profile has one.

    Example: Given user A is online in a session that ends soon
    """
    await reconfiguration.have_short_sessions(world)
    actor = await world.actor(role, lifetime=world.limits.short_session)
    await actor.do(actor.come_online())


@when("the session of {user} has run out")
async def session_has_run_out(world: World, role: str) -> None:
    """Waits until the lifetime of the session is over.

    Example: When the session of user A has run out
    """
    actor = await world.actor(role)
    await actor.outlive_session()


@when("{user} signs in")
@when("{user} tries to sign in")
async def signs_in(world: World, role: str) -> None:
    """Signs in with the right password; a `Then` says how it ended.

    Example: When user A tries to sign in
    """
    actor = await world.actor(role)
    await actor.attempt(actor.sign_in())


@when("{user} tries to sign in with {password}")
async def signs_in_wrongly(world: World, role: str, password: Forgery) -> None:
    """Signs in with a password that must not work.

    Example: When user A tries to sign in with user B's password
    """
    actor, owner = await world.actors([role, password.owner or role])
    await actor.attempt(actor.sign_in(forgery.password_of(owner, password)), access=True)


@when("{user} tries {int} times to sign in with {password}")
async def signs_in_wrongly_often(world: World, role: str, times: int, password: Forgery) -> None:
    """Signs in again and again with a password that must not work, and never does.

    Example: When user A tries 5 times to sign in with a wrong password
    """
    actor, owner = await world.actors([role, password.owner or role])
    for number in range(1, times + 1):
        outcome = await actor.attempt(actor.sign_in(forgery.password_of(owner, password)))
        check(outcome.refusal is not None, f"{role} was signed in, at attempt {number}")


@given("{user} has signed out")
@when("{user} signs out")
async def signs_out(world: World, role: str) -> None:
    """Ends the session, as the user's own wish.

    Example: When user A signs out
    """
    actor = await world.actor(role)
    await actor.do(actor.sign_out())


@when("the administrator ends the session of {user}")
async def session_is_withdrawn(world: World, role: str) -> None:
    """The server withdraws the user's token.

    Example: When the administrator ends the session of user A
    """
    await end_session(world, await world.actor(role))


@when("{user} tries to end the session of {user}")
async def tries_to_end_session(world: World, role: str, other: str) -> None:
    """Asks for what only the administrator may, in one's own name.

    Example: When user B tries to end the session of user A
    """
    intruder, actor = await world.actors([role, other])
    await try_to_end_session(world, intruder, actor)


@when("{user} tries to end the session of {user} as the administrator, with {password}")
async def tries_to_end_session_as(world: World, role: str, other: str, password: Forgery) -> None:
    """Claims to be the administrator, with a password that must not work.

    Example: When user B tries to end the session of user A as the administrator, with a wrong password
    """
    intruder, actor = await world.actors([role, other])
    await try_to_end_session(world, intruder, actor, password)


@when("{user} tries to connect")
async def connects(world: World, role: str) -> None:
    """Opens a live connection with what is the user's own; a `Then` says how it ended.

    Example: When the school owner tries to connect
    """
    actor = await world.actor(role)
    await actor.attempt(actor.connect())


@when("{user} tries to connect with {token}")
async def connects_wrongly(world: World, role: str, token: Forgery) -> None:
    """Opens a live connection with a token that must not work.

    Example: When user A tries to connect with a blank token
    """
    actor, owner = await world.actors([role, token.owner or role])
    with actor.presenting(forgery.token_of(owner, token)):
        await actor.attempt(actor.connect())


@when("{user} tries to read the contact list with {token}")
async def reads_contacts_wrongly(world: World, role: str, token: Forgery) -> None:
    """Asks for the contact list with a token that must not work.

    Example: When user A tries to read the contact list with no token
    """
    actor, owner = await world.actors([role, token.owner or role])
    with actor.presenting(forgery.token_of(owner, token)):
        await actor.attempt(actor.contacts())


@when("{user} tries to read the contact list of {user}")
async def reads_foreign_contacts(world: World, role: str, other: str) -> None:
    """Asks for another user's contact list, with the user's own token.

    Example: When user A tries to read the contact list of user B
    """
    actor = await world.actor(role)
    await actor.attempt(actor.contacts(of=other), access=True)


@when("{user} tries to send {string} to {user} with {token}")
async def sends_wrongly(world: World, role: str, text: str, receiver: str, token: Forgery) -> None:
    """Sends a message with a token that must not work.

    Example: When user A tries to send "Hello" to user B with an unsigned token
    """
    actor, owner = await world.actors([role, token.owner or role])
    with actor.presenting(forgery.token_of(owner, token)):
        await actor.attempt(actor.send(text, await world.actor(receiver)))


@when("{user} tries to send {string} to {user} in the name of {user}")
async def sends_in_foreign_name(world: World, role: str, text: str, receiver: str, name: str) -> None:
    """Sends a message as if it were from another user, with the user's own token.

    Example: When user C tries to send "Trust me" to user A in the name of user B
    """
    actor = await world.actor(role)
    await actor.attempt(actor.send(text, await world.actor(receiver), as_=name), access=True)


@then("{user} is signed in")
async def is_signed_in(world: World, role: str) -> None:
    """The last attempt to sign in gave a session, in this user's own name.

    Example: Then user A is signed in
    """
    actor = await world.actor(role)
    actor.was_signed_in()


@then("the browser of {user} hides the session from scripts")
async def session_is_hidden(world: World, role: str) -> None:
    """What the browser keeps of the session is marked so that no script on a page can read it.

    Example: Then the browser of the school owner hides the session from scripts
    """
    actor = await world.actor(role)
    check(await actor.ability(HidesSessions).hides_session(), f"a script can read the session of {role}")


@then("{user} is refused")
async def is_refused(world: World, role: str) -> None:
    """The system said no to the user's last attempt, at once or by a word that follows.

    Example: Then user A is refused
    """
    actor = await world.actor(role)
    await actor.was_refused()


@then("{users} is/are told of no refusal", silence=True)
async def are_told_of_no_refusal(world: World, roles: list[str]) -> None:
    """No word of the system has reached them that something was not accepted, nor does one.

    Example: And user A and user B are told of no refusal
    """
    await no_more(world, roles, Declined)


@then("{user} can sign in")
async def can_sign_in(world: World, role: str) -> None:
    """Signing in with the right password works.

    Example: But user A can sign in
    """
    actor = await world.actor(role)
    await actor.do(actor.sign_in())


@then("{user} can connect")
async def can_connect(world: World, role: str) -> None:
    """The user's own token opens a live connection.

    Example: But user A can connect
    """
    actor = await world.actor(role)
    await actor.do(actor.connect())


@then("{user} can connect at the first attempt", first_attempt=True)
async def can_connect_at_once(world: World, role: str) -> None:
    """The user's own token opens a live connection, and no one has tried to get one since the outage ended.

    Where the server is seen to have several processes, it does so at each of them.

    Example: Then the school owner can connect at the first attempt
    """
    actor = await world.actor(role)
    await actor.do(connect_everywhere(actor))


@then("{users} can read the contact list")
async def can_read_contacts(world: World, roles: list[str]) -> None:
    """The user's own token opens the contact list.

    Example: But user B can read the contact list
    """
    for actor in await world.actors(roles):
        await actor.do(actor.contacts())


@then("{users} can no longer read the contact list")
async def cannot_read_contacts(world: World, roles: list[str]) -> None:
    """The token of the former session no longer opens the contact list.

    Example: Then user A can no longer read the contact list
    """
    for actor in await world.actors(roles):
        await actor.attempt(actor.contacts())
        await actor.was_refused(access=True)


@then("{user} can no longer connect")
async def cannot_connect(world: World, role: str) -> None:
    """The token of the former session no longer opens a live connection.

    Example: Then user A can no longer connect
    """
    actor = await world.actor(role)
    await actor.attempt(actor.connect())
    await actor.was_refused(access=True)
