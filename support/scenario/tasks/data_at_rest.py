"""Looks at what is kept of messages, senders and passwords."""

import re

from support.core.checks import check
from support.core.errors import NotCapable
from support.drivers.capabilities.delivery import Receipt, StoresLetters, SubmitsMessages
from support.scenario.actor import Actor
from support.scenario.tasks import message_delivery
from support.scenario.world import Scene


def store(scene: Scene) -> StoresLetters:
    """The system, as one whose stores we may look into.

    Raises:
        NotCapable: we may not.
    """
    if not isinstance(scene.system, StoresLetters):
        raise NotCapable(f"this is not a system that {StoresLetters.__doc__}")
    return scene.system


async def opened(scene: Scene, receipt: Receipt) -> tuple[str, int]:
    """The text of a stored message as the system's key opens it, and the bits of that key.

    Raises:
        AssertionError: it is stored in plain text, or the key does not open it.
    """
    stored = await store(scene).at_rest(receipt.message)
    check(receipt.letter.text not in (None, stored.text), "the message is stored in plain text")
    return store(scene).opened(receipt.message, stored)


async def texts_at_rest(scene: Scene, role: str) -> list[str]:
    """What is stored in place of the texts of somebody's messages."""
    return [(await store(scene).at_rest(receipt.message)).text for receipt in message_delivery.accepted(scene, role)]


async def senders(scene: Scene, role: str) -> tuple[str, str]:
    """What is stored in place of a sender's number, and what should be."""
    actor = await scene.actor(role)
    stored = await store(scene).at_rest(message_delivery.accepted(scene, role)[-1].message)
    return stored.sender, store(scene).hashed(actor.able(SubmitsMessages).number)


async def readable(scene: Scene, role: str) -> dict[str, list[str]]:
    """What of somebody's messages and number can be read in the database, and where."""
    number = (await scene.actor(role)).able(SubmitsMessages).number
    texts = [receipt.letter.text for receipt in message_delivery.accepted(scene, role) if receipt.letter.text]
    found = {words: await where(scene, words) for words in [number, *texts]}
    return {words: places for words, places in found.items() if places}


async def where(scene: Scene, words: str) -> list[str]:
    """Where in the database these words stand."""
    return await store(scene).found_anywhere(words)


async def password_method(scene: Scene, actor: Actor) -> tuple[str, int]:
    """By which method somebody's password is stored, and at which cost."""
    stored = await store(scene).password_of(actor.account.login)
    found = re.fullmatch(r"\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}", stored)
    return ("bcrypt", int(found[1])) if found else ("another method", 0)
