"""Phrases about users who change their passwords, and who write their names in other ways."""

from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities.sessions import ChangesPasswords, SignsInByName
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import attempt_log, forgery, named_accounts, passwords
from support.scenario.world import World
from support.vocabulary.invalid_credentials import SPELLINGS, Forgery


@given("{user} has a name {kind_of_name}")
async def has_name(world: World, role: str, kind: str) -> None:
    """An account whose name is written in that way; not signed in.

    Example: Given user B has a name with a blank in it
    """
    await named_accounts.name(world, role, kind)


@given("{user} has a password of {int} characters")
async def has_long_password(world: World, role: str, letters: int) -> None:
    """An account whose password is as long as that; not signed in.

    Example: Given user A has a password of 100 characters
    """
    await named_accounts.lengthen_password(world, role, letters)


@when("{user} changes the password")
async def changes_password(world: World, role: str) -> None:
    """Has another password from now on; a `Then` says how it ended.

    Example: When user A changes the password
    """
    actor = await world.actor(role)
    await actor.attempt(passwords.change(actor))


@when("{user} tries to change the password with {password}")
async def changes_password_wrongly(world: World, role: str, password: Forgery) -> None:
    """Asks for another password, and shows as the present one what must not work.

    Example: When user A tries to change the password with a wrong password
    """
    actor, owner = await world.actors([role, password.owner or role])
    shown = forgery.password_of(owner, password) or ""
    await actor.attempt(
        actor.ability(ChangesPasswords).change_password(shown, f"{actor.account.password} and more"), access=True
    )


@when("{user} signs in by their name {spelling}")
async def signs_in_by_name(world: World, role: str, spelling: str) -> None:
    """Signs in with the right password, and the name written in another way; a `Then` says how it ended.

    Example: When user A signs in by their name in capitals
    """
    actor = await world.actor(role)
    name, password = SPELLINGS[spelling](actor.account.login), actor.account.password
    await actor.attempt(actor.ability(SignsInByName).sign_in_as(name, password))


@when("{user} tries to sign in with a wrong password, by their own name and by one that no user has")
async def guesses_names(world: World, role: str) -> None:
    """Tries both, as a stranger would to learn which users there are; a `Then` says how it ended.

    Example: When user A tries to sign in with a wrong password, by their own name and by one that no user has
    """
    world.records.append(await passwords.guess(await world.actor(role)))


@then("{user} is refused in the same words each time")
async def is_refused_alike(world: World, role: str) -> None:
    """What they have tried one after the other was refused, and nothing in the words tells one time from another.

    Example: Then user A is refused in the same words each time
    """
    (record,) = attempt_log.of(world.records, [role])
    check(all(one.refused for one in record.tried), f"not all was refused: {record.tried}")
    words = {one.trouble for one in record.tried}
    check(len(words) == 1, f"{role} was refused in different words: {in_words(words)}")


@given("{user} is signed in by the account of the administrator")
async def is_administrator(world: World, role: str) -> None:
    """In a session of the administrator's own, as a user has one.

    Example: Given user A is signed in by the account of the administrator
    """
    actor = await named_accounts.be_administrator(world, role)
    await actor.do(actor.have_session())


@then("{user} is signed in as themselves, or not at all")
async def is_signed_in_as_themselves(world: World, role: str) -> None:
    """The last attempt to sign in was refused, or has given a session in this user's own name.

    Example: Then user A is signed in as themselves, or not at all
    """
    actor = await world.actor(role)
    if actor.outcome is not None and actor.outcome.refusal is not None:
        await actor.was_refused()
    else:
        actor.was_signed_in()
