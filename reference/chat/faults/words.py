"""Faults in words of a kind: live (STP 3.1), cached (STP 3.5), and passed on to a bot (STP 8.1)."""

from dataclasses import replace

from reference.chat.bots import Bots
from reference.chat.delivery import Delivery
from reference.chat.faults import seed
from reference.chat.mailbox import Mailbox, Message
from reference.chat.rooms import SEPARATOR
from reference.kit.damages import DAMAGES, Damage

#: Beside those of all systems: what is the chat server's own.
OWN: dict[str, tuple[str, Damage]] = {
    "separator": ("cuts at the sign between the names of a room", lambda text: text.split(SEPARATOR)[0]),
}
KNOWN = DAMAGES | OWN


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


for _name, (_does, _damage) in KNOWN.items():
    seed(f"live-{_name}", f"{_does} in what it delivers", "STP-3.1")(live(_damage))
#: What can befall words on these ways that does not on the other.
for _name in ("foreign-letters", "long", "other-planes", "outer-blanks", "lines"):
    _does, _damage = KNOWN[_name]
    seed(f"cached-{_name}", f"{_does} in what it caches", "STP-3.5")(cached(_damage))
    if _name != "outer-blanks":
        seed(f"prompt-{_name}", f"{_does} in what it asks a bot", "STP-8.1")(prompts(_damage))
