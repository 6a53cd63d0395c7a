"""Looks at what is kept of messages, senders and passwords."""

import itertools
import re

from support.core.checks import check
from support.drivers.capabilities.delivery import Receipt, StoresLetters, SubmitsMessages
from support.scenario.actor import Actor
from support.scenario.tasks import message_delivery
from support.scenario.world import World

#: Letters that stored texts may begin with alike, and that two may have in common at one place behind that.
_OPENING, _CHANCE = 24, 8


def store(world: World) -> StoresLetters:
    """The system, as one whose stores we may look into.

    Raises:
        NotSupported: we may not.
    """
    return world.ability(StoresLetters)


async def opened(world: World, receipt: Receipt) -> tuple[str, int]:
    """The text of a stored message as the system's key opens it, and the bits of that key.

    Raises:
        AssertionError: it is stored in plain text, or the key does not open it.
    """
    stored = await store(world).at_rest(receipt.message)
    check(receipt.letter.text not in (None, stored.text), "the message is stored in plain text")
    return store(world).opened(receipt.message, stored)


async def texts_at_rest(world: World, role: str) -> list[str]:
    """What is stored in place of the texts of a user's messages."""
    return [(await store(world).at_rest(receipt.message)).text for receipt in message_delivery.accepted(world, role)]


async def senders(world: World, role: str) -> tuple[str, str]:
    """What is stored in place of a sender's number, and what should be."""
    actor = await world.actor(role)
    stored = await store(world).at_rest(message_delivery.accepted(world, role)[-1].message)
    return stored.sender, store(world).hashed(actor.ability(SubmitsMessages).number)


async def readable(world: World, role: str) -> dict[str, list[str]]:
    """What of a user's messages and number can be read in the database, and where."""
    number = (await world.actor(role)).ability(SubmitsMessages).number
    texts = [receipt.letter.text for receipt in message_delivery.accepted(world, role) if receipt.letter.text]
    found = {words: await where(world, words) for words in [number, *texts]}
    return {words: places for words, places in found.items() if places}


async def where(world: World, words: str) -> list[str]:
    """Where in the database these words stand."""
    return await store(world).found_anywhere(words)


async def password_method(world: World, actor: Actor) -> tuple[str, int]:
    """By which method a user's password is stored, and at which cost."""
    stored = await store(world).password_of(actor.account.login)
    found = re.fullmatch(r"\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}", stored)
    return ("bcrypt", int(found[1])) if found else ("another method", 0)


def likeness(stored: list[str]) -> str:
    """What two of several stored texts have in common at one place, if it is too long to be chance; else nothing.

    What they begin with does not count: it may say how they are encrypted, and when.
    """
    for one, other in itertools.combinations(stored, 2):
        both = zip(one[_OPENING:], other[_OPENING:], strict=False)
        alike = "".join(letter if letter == counterpart else " " for letter, counterpart in both)
        longest = max(alike.split(), key=len, default="")
        if len(longest) >= _CHANCE:
            return longest
    return ""
