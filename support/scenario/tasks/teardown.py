"""What a scenario waits for before its people part: nothing of it is to come up later."""

from collections.abc import Mapping, Sequence

from support.config.profile import Limits
from support.core import clock
from support.core.events import Presence
from support.drivers.capabilities.connections import EndsSilentConnections
from support.scenario.actor import Actor


async def outwait(cast: Mapping[str, Actor], listeners: Sequence[Actor], limits: Limits, news: Presence) -> None:
    """Wait until no second word of a user's going is due any more, or it has come.

    A system may say it again when the clock of the signs of life runs out, which is the keep-alive and the sweep limit
    after the last of them. Who has given one since the first word is back, and is not waited for; nor is a user who was
    silent for the keep-alive limit before the first word, for then it was told because that clock had run out.

    Args:
        cast: the scenario's people, by name.
        listeners: who has been told, and is not to be told again.
        limits: what the system is held to.
        news: what has been told once.
    """
    gone = cast.get(news.who)
    if gone is None or news.online or not isinstance(gone.client, EndsSilentConnections):
        return
    last_sign = gone.client.last_sign_of_life
    heard = [one.at for actor in cast.values() for one in actor.inbox.received if one.what == news]
    if heard and last_sign <= min(heard) < last_sign + limits.keep_alive:
        rest = last_sign + limits.keep_alive + limits.sweep + limits.delivery - clock.now()
        await clock.until(lambda: any(one.inbox.unexpected(news) for one in listeners), within=rest)
