"""Signs of life: users who give them, for themselves or for others, or give none."""

from support.core import clock
from support.core.checks import check
from support.drivers.capabilities.connections import EndsSilentConnections, KeepsAlive
from support.scenario.actor import Actor


def fall_silent(actor: Actor) -> None:
    """Give no more signs of life, and stay connected."""
    actor.ability(KeepsAlive).fall_silent()


def signal_for(actor: Actor, other: str) -> None:
    """Give signs of life in another user's name, on top of one's own."""
    actor.ability(KeepsAlive).signal_every(actor.limits.keep_alive / 3, as_=other)


async def signal_just_in_time(actor: Actor, limits: float) -> None:
    """Give signs of life at 70 % of the keep-alive limit, for that many limits."""
    actor.ability(KeepsAlive).signal_every(actor.limits.keep_alive * 0.7)
    await clock.pause(actor.limits.keep_alive * limits)


async def signal_unevenly(actor: Actor) -> None:
    """Give signs of life after 40 % and 70 % of the keep-alive limit by turns, for more than two limits."""
    for part in (0.4, 0.7) * 2:
        actor.ability(KeepsAlive).signal_every(actor.limits.keep_alive * 0.7)
        await clock.pause(actor.limits.keep_alive * part)


async def sign_in_between_silences(actor: Actor) -> None:
    """Give no signs of life for 70 % of the keep-alive limit, sign in, and give none for 80 %."""
    fall_silent(actor)
    await clock.pause(actor.limits.keep_alive * 0.7)
    await actor.do(actor.sign_in())
    await clock.pause(actor.limits.keep_alive * 0.8)


async def was_disconnected_at_limit(actor: Actor) -> None:
    """See that the connection ends once the keep-alive limit is up, and not before."""
    limits, silent = actor.limits, actor.ability(EndsSilentConnections)
    gone = await actor.was_disconnected(within=limits.keep_alive + limits.sweep + limits.delivery)
    silence = gone.at - silent.last_sign_of_life
    check(
        silence >= limits.keep_alive,
        f"{actor.role} was disconnected {silence:.3f} s after the last sign of life, "
        f"before the limit of {limits.keep_alive:g} s",
    )
