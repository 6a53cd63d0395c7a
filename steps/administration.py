"""Phrases about accounts and what they open: one's own messages, the profile, refreshed sessions, administration."""

from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities.delivery import Administers, HasAccountRoles, ReadsMessages, TellsLifetimes
from support.drivers.capabilities.sessions import RefreshesSessions
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import forgery, message_delivery, monitoring
from support.scenario.tasks.monitoring import ADMINISTRATOR
from support.scenario.world import World
from support.vocabulary.invalid_credentials import Forgery


@given("{user} is signed in as {account_role}")
async def is_signed_in_as(world: World, role: str, account_role: str) -> None:
    """In a session of one's own, by an account of that role.

    Example: Given user B is signed in as a user manager
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(HasAccountRoles).have_account_as(account_role))
    await actor.do(actor.sign_in())


@when("{user} refreshes the session")
async def refreshes(world: World, role: str) -> None:
    """Exchanges the refresh token for a new token; a `Then` says how it ended.

    Example: When user A refreshes the session
    """
    actor = await world.actor(role)
    holder = actor.ability(RefreshesSessions)
    await actor.attempt(holder.refresh(holder.refresh_token))


@then("{user} is told how long the token lasts")
async def is_told_lifetime(world: World, role: str) -> None:
    """What was said when the token was given is what the token says, in seconds.

    Example: And user A is told how long the token lasts
    """
    told, real = (await world.actor(role)).ability(TellsLifetimes).lifetimes()
    check(abs(told - real) < world.limits.response, f"the token lasts {real:g} s, and {role} was told {told:g}")


@when("{user} tries to refresh the session with {token}")
async def refreshes_wrongly(world: World, role: str, token: Forgery) -> None:
    """Asks for a new token with what must not give one; a flawed token is made from the refresh token.

    Example: When user A tries to refresh the session with user A's token
    """
    actor = await world.actor(role)
    holder = actor.ability(RefreshesSessions)
    good = (await world.actor(token.owner)).token if token.owner else holder.refresh_token
    await actor.attempt(holder.refresh(token.made_from(good)), access=True)


@when("{user} tries to read their messages with {token}")
async def reads_wrongly(world: World, role: str, token: Forgery) -> None:
    """Asks for one's own messages with a token that must not work.

    Example: When user A tries to read their messages with an unsigned token
    """
    actor, owner = await world.actors([role, token.owner or role])
    with actor.presenting(forgery.token_of(owner, token)):
        await actor.attempt(actor.ability(ReadsMessages).messages())


@when("{user} reads their messages")
@when("{user} tries to read their messages")
async def reads(world: World, role: str) -> None:
    """Asks for one's own messages; a `Then` says how it ended.

    Example: When user A tries to read their messages
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(ReadsMessages).messages(), access=True)


@then("{users} can read their messages")
async def can_read(world: World, roles: list[str]) -> None:
    """The users' own tokens open their messages, and no others.

    Example: But user A can read their messages
    """
    for actor in await world.actors(roles):
        await monitoring.reads_own(actor)


@then("{user} can read their messages after refreshing the session")
async def can_read_refreshed(world: World, role: str) -> None:
    """The refresh token is exchanged for a new token, and that opens the messages.

    Example: But user A can read their messages after refreshing the session
    """
    actor = await world.actor(role)
    holder = actor.ability(RefreshesSessions)
    await actor.do(holder.refresh(holder.refresh_token))
    await monitoring.reads_own(actor)


@then("{users} can no longer read their messages")
async def can_read_no_more(world: World, roles: list[str]) -> None:
    """The tokens of the former sessions no longer open their messages.

    Example: Then user A can no longer read their messages
    """
    for actor in await world.actors(roles):
        await actor.attempt(actor.ability(ReadsMessages).messages())
        await actor.was_refused(access=True)


@then("{user} sees their own messages, all of them and no others")
async def sees_own(world: World, role: str) -> None:
    """What is shown is exactly what this user has submitted, each once, however many pages it takes.

    Example: Then user A sees their own messages, all of them and no others
    """
    shown = [one.message for one in await message_delivery.shown_to(world, await world.actor(role))]
    own = [receipt.message for receipt in message_delivery.accepted(world, role)]
    check(sorted(shown) == sorted(own), f"{role} sees {len(shown)} messages, {len(set(shown) & set(own))} their own")


@then("{user} sees {int} {status} message/messages when asking for those")
async def sees_of_status(world: World, role: str, count: int, status: str) -> None:
    """Asked for a status, within the delivery limit what is shown are so many of the user's own, all of that status.

    Example: Then user A sees 2 queued messages when asking for those
    """
    shown = await message_delivery.comes_to_show(world, await world.actor(role), status, count)
    found = [(one.owner, one.status) for one in shown]
    check(found == [(role, status)] * count, f"{role} sees {in_words(found)}")
    check(len({one.message for one in shown}) == count, f"{role} sees one of them more than once: {in_words(shown)}")


@then("{user} sees that their messages are encrypted")
async def sees_encrypted(world: World, role: str) -> None:
    """All messages of this user are to be seen, and of none of them the text.

    Example: Then user A sees that their messages are encrypted
    """
    shown = await message_delivery.shown_to(world, await world.actor(role))
    texts, own = [one.text for one in shown], {receipt.message for receipt in message_delivery.accepted(world, role)}
    check({one.message for one in shown} == own, f"{role} sees {len(shown)} messages, and has submitted {len(own)}")
    check(set(texts) == {"[encrypted]"}, f"in place of the texts {role} sees {in_words(texts)}, not [encrypted]")


@then("the administrator reads the message/messages of {users} as submitted")
async def administrator_reads(world: World, roles: list[str]) -> None:
    """To an administrator each message of these users is shown, with its text, to the last letter.

    Example: Then the administrator reads the message of user A as submitted
    """
    receipts = [receipt for role in roles for receipt in message_delivery.accepted(world, role)]
    shown = await monitoring.all_messages(world, {receipt.message for receipt in receipts})
    for receipt in receipts:
        expected = (receipt.owner, receipt.letter.text)
        check(shown.get(receipt.message) == expected, f"it is not shown as {in_words(expected)}")


@then("{user} sees their own profile")
async def sees_profile(world: World, role: str) -> None:
    """The profile is in this user's own name, and says rightly whether they are an administrator.

    Example: Then user A sees their own profile
    """
    actor = await world.actor(role)
    shown = await actor.do(actor.ability(ReadsMessages).profile())
    check(shown.owner == role, f"{role} sees the profile of {shown.owner}")
    said = "an administrator" if shown.administers else "no administrator"
    check(shown.administers == (role == ADMINISTRATOR), f"the profile says that {role} is {said}")


@when("the administrator creates an account for {user}")
async def creates_account(world: World, role: str) -> None:
    """An account for a user who had none; a `Then` says whether it works.

    Example: When the administrator creates an account for user B
    """
    administrator, actor = await monitoring.administrator(world), await world.actor(role)
    await administrator.do(administrator.ability(Administers).create_account(actor.role))


@when("{user} tries to {privilege} for {user}")
async def tries_privilege(world: World, role: str, privilege: str, whose: str) -> None:
    """Does what only administrators may, to a user.

    Example: When user A tries to create an account for user B
    """
    actor, other = await world.actors([role, whose])
    await actor.attempt(actor.ability(Administers).use(privilege, other.role), access=True)


@when("{user} tries to {privilege}")
async def tries_general_privilege(world: World, role: str, privilege: str) -> None:
    """Does what only administrators may.

    Example: When user A tries to read the figures of the system
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(Administers).use(privilege, actor.role), access=True)


@when("{user} tries to {privilege} with {token}")
async def tries_privilege_wrongly(world: World, role: str, privilege: str, token: Forgery) -> None:
    """Does what only administrators may, with a token that must not work.

    Example: When the administrator tries to list all accounts with an unsigned token
    """
    actor, owner = await world.actors([role, token.owner or role])
    with actor.presenting(forgery.token_of(owner, token)):
        await actor.attempt(actor.ability(Administers).use(privilege, actor.role))


@then("the administrator can {privilege} for {user}")
async def can_privilege(world: World, privilege: str, role: str) -> None:
    """An administrator may, and does.

    Example: But the administrator can create an account for user B
    """
    administrator, actor = await monitoring.administrator(world), await world.actor(role)
    await administrator.do(administrator.ability(Administers).use(privilege, actor.role))


@then("the administrator can {privilege}")
async def can_general_privilege(world: World, privilege: str) -> None:
    """An administrator may, and does.

    Example: But the administrator can read the figures of the system
    """
    administrator = await monitoring.administrator(world)
    await administrator.do(administrator.ability(Administers).use(privilege, administrator.role))


@given("the administrator has looked at the figures of the system", alone=True)
async def has_looked(world: World) -> None:
    """Notes what the system counts now.

    Example: Given the administrator has looked at the figures of the system
    """
    await monitoring.note_figures(world)


@then("the figures of the system show {int} more messages, all {status}")
async def figures_show(world: World, count: int, status: str) -> None:
    """Since the administrator looked, so many have come, and so many have become this.

    Example: Then the figures of the system show 3 more messages, all delivered
    """
    grown = await monitoring.figures_grown(world, f"{status} messages", count)
    wanted = {"messages": count, "messages of the last day": count, f"{status} messages": count}
    check(grown == wanted, f"the figures have grown: {in_words(grown)}{message_delivery.left_by_others(world)}")


@then("the figures of the system show {int} more active client/clients", afresh=True)
async def figures_show_clients(world: World, count: int) -> None:
    """Since the administrator looked, so many clients have been given a certificate.

    Example: Then the figures of the system show 1 more active client
    """
    grown = await monitoring.figures_grown(world, "active clients", count)
    check(grown["active clients"] == count, f"the figures have grown: {in_words(grown)}")
