"""Faults in words of a kind: live (STP 3.1), cached (STP 3.5), and passed on to a bot (STP 8.1)."""

import html
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from reference.chat.bots import Bots
from reference.chat.delivery import Delivery
from reference.chat.faults import seed
from reference.chat.mailbox import Mailbox, Message
from reference.chat.rooms import SEPARATOR

Damage = Callable[[str], str]


def _as_number(text: str) -> str:
    return str(int(text)) if text.isdecimal() else text


def _marks_left_out(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _one_plane(text: str) -> str:
    return "".join(sign if ord(sign) <= 0xFFFF else "?" for sign in text)


#: name -> what it does, in words, and how.
DAMAGES: dict[str, tuple[str, Damage]] = {
    "foreign-letters": ("loses all letters but those of ASCII", lambda text: text.encode("ascii", "ignore").decode()),
    "long": ("cuts after a thousand signs", lambda text: text[:1000]),
    "other-planes": ("loses the signs beyond the basic plane", _one_plane),
    "direction": ("loses the signs that say in which direction to read", _marks_left_out),
    "combining": ("puts letters and their marks together", lambda text: unicodedata.normalize("NFC", text)),
    "outer-blanks": ("strips the blanks around", lambda text: text.strip()),
    "inner-blanks": ("makes one of several blanks", lambda text: re.sub("  +", " ", text)),
    "lines": ("joins the lines", lambda text: " ".join(text.splitlines())),
    "markup": ("makes HTML entities of markup", html.escape),
    "entities": ("reads HTML entities", html.unescape),
    "quotes": ("doubles quotes", lambda text: text.replace("'", "''")),
    "numbers": ("takes what looks like a number for one", _as_number),
    "null": ("takes what looks like nothing for nothing", lambda text: "" if text == "null" else text),
    "separator": ("cuts at the sign between the names of a room", lambda text: text.split(SEPARATOR)[0]),
}


def live(damage: Damage) -> type:
    """Delivery that does such a thing to what is said."""

    class Damaging(Delivery):
        async def emit(self, message: Message) -> None:
            await super().emit(replace(message, content=damage(str(message.content))))

    return Damaging


def cached(damage: Damage) -> type:
    """A mailbox that does such a thing to what it keeps."""

    class Damaging(Mailbox):
        async def append(self, message: Message) -> None:
            await super().append(replace(message, content=damage(str(message.content))))

    return Damaging


def prompts(damage: Damage) -> type:
    """The way to the bots, where such a thing is done to what they are asked."""

    class Damaging(Bots):
        async def answer(self, bot: str, user: str, prompt: str) -> str:
            return await super().answer(bot, user, damage(prompt))

    return Damaging


for _name, (_does, _damage) in DAMAGES.items():
    seed(f"live-{_name}", f"{_does} in what it delivers", "STP-3.1")(live(_damage))
#: What can befall words on these ways that does not on the other.
for _name in ("foreign-letters", "long", "other-planes", "outer-blanks", "lines"):
    _does, _damage = DAMAGES[_name]
    seed(f"cached-{_name}", f"{_does} in what it caches", "STP-3.5")(cached(_damage))
    if _name != "outer-blanks":
        seed(f"prompt-{_name}", f"{_does} in what it asks a bot", "STP-8.1")(prompts(_damage))
