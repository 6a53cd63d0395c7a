"""Phrases about what is kept and must not be readable: messages, senders and passwords at rest."""

from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities.delivery import AuditsSignIns
from support.scenario.step_decorators import then
from support.scenario.tasks import data_at_rest, logs, message_delivery
from support.scenario.world import World


@then("the message of {user} is stored encrypted, with a key of {int} bits")
async def is_stored_encrypted(world: World, role: str, bits: int) -> None:
    """What is stored is not the text, and the system's own key, of this length, makes the text of it again.

    Example: Then the message of user A is stored encrypted, with a key of 256 bits
    """
    for receipt in message_delivery.accepted(world, role):
        text, length = await data_at_rest.opened(world, receipt)
        check(
            (text, length) == (receipt.letter.text, bits),
            f"a key of {length} bits opens it, not of {bits}, as {text!r}",
        )


@then("no two messages of {user} are stored alike")
async def are_stored_differently(world: World, role: str) -> None:
    """Though they say the same: equal texts must not be told from what is stored.

    Example: And no two messages of user A are stored alike
    """
    stored = await data_at_rest.texts_at_rest(world, role)
    check(len(set(stored)) == len(stored) > 1, f"{len(stored)} messages are stored in {len(set(stored))} ways")
    alike = data_at_rest.likeness(stored)
    check(not alike, f"two messages have this in common as they are stored: {alike}")


@then("the sender of the message of {user} is stored as a hash")
async def sender_is_hashed(world: World, role: str) -> None:
    """It is the SHA-256 of the salted number, as it has to be.

    Example: Then the sender of the message of user A is stored as a hash
    """
    stored, hashed = await data_at_rest.senders(world, role)
    check(stored == hashed, f"the sender is stored as {stored}, not as {hashed}")


@then("neither the words nor the number of {user} can be read in the database")
async def stand_nowhere(world: World, role: str) -> None:
    """In no column of it, neither the texts of this user's messages nor the phone number.

    Example: And neither the words nor the number of user A can be read in the database
    """
    found = await data_at_rest.readable(world, role)
    check(not found, f"these can be read in the database: {in_words(found)}")


@then("the password of {user} is stored by bcrypt, at {int} rounds")
async def password_is_hashed(world: World, role: str, rounds: int) -> None:
    """What is stored says by which method, and how expensive it makes guessing.

    Example: Then the password of user A is stored by bcrypt, at 12 rounds
    """
    method, cost = await data_at_rest.password_method(world, await world.actor(role))
    check((method, cost) == ("bcrypt", rounds), f"it is stored by {method}, at {cost} rounds")


@then("the password of {user} cannot be read in the database")
async def password_stands_nowhere(world: World, role: str) -> None:
    """In no column of it.

    Example: And the password of user A cannot be read in the database
    """
    found = await data_at_rest.where(world, (await world.actor(role)).account.password)
    check(not found, f"it stands in {in_words(found)}")


@then("no secret of {user} is written to a log")
async def no_secret_in_logs(world: World, role: str) -> None:
    """No server of the deployment has written this user's password or token into its log since the scenario began.

    Whatever was wrongly typed counts too, if the right password is a part of it.

    Example: And no secret of user A is written to a log
    """
    found = logs.holding(world, logs.secrets_of(await world.actor(role)))
    check(not found, f"a secret of {role} stands in {in_words(found)}")


@then("{string} is not written to a log")
async def stands_in_no_log(world: World, text: str) -> None:
    """No server of the deployment has written this into its log since the scenario began.

    Example: Then "Guess who I am" is not written to a log
    """
    found = logs.holding(world, {text})
    check(not found, f"{text!r} stands in {in_words(found)}")


@then("the audit log has {int} failed attempt/attempts to sign in as {user}")
async def has_failed_attempts(world: World, count: int, role: str) -> None:
    """What the system keeps for the operator to look at, beside its log files.

    Example: Then the audit log has 1 failed attempt to sign in as user A
    """
    actor = await world.actor(role)
    found = await world.ability(AuditsSignIns).failed_sign_ins(actor.account.login)
    check(found == count, f"the audit log has {found} of {role}")
