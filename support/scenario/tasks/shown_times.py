"""The times that a system shows: those of now, whatever the clock of its server says."""

from datetime import UTC, datetime, timedelta

from support.core.checks import check
from support.drivers.capabilities.probing import ShowsTimes
from support.scenario.actor import Actor

#: How far clocks may be apart, and a scenario may be old: less than any two time zones are.
_MARGIN = timedelta(minutes=10)


async def are_true(actor: Actor) -> None:
    """See that what a user is shown to have happened in this scenario has happened now.

    Raises:
        AssertionError: nothing has, or at another time.
    """
    times = await actor.do(actor.ability(ShowsTimes).times())
    check(times, f"{actor.role} is shown nothing that has happened")
    now = datetime.now(UTC)
    wrong = [text for text in times if abs(_moment(text) - now) > _MARGIN]
    check(not wrong, f"it is {now:%Y-%m-%d %H:%M} in UTC, and {actor.role} is shown what happened at {wrong[:3]}")


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
