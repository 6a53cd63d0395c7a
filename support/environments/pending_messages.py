"""Messages that their scenario has left under way: waited for before the next one counts or breaks anything."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from support.core import clock
from support.drivers.capabilities.delivery import FollowsMessages, LeavesMessages

#: Seconds that each message may need beside the others.
_EACH = 0.1


class PendingMessages:
    """Of one system: which messages may be under way, and whose scenario has submitted them."""

    def __init__(self) -> None:
        self.others = False
        """Whether other processes of the run have messages there, which may fill all places of the workers."""
        self._places: dict[str, str] = {}
        self._given_up: set[str] = set()
        self._in_vain: set[str] = set()

    def add(self, messages: Iterable[str], place: str, in_vain: Iterable[str] = ()) -> None:
        """Keep what a scenario has submitted, which may not have been delivered yet.

        Args:
            messages: their ids.
            place: the scenario's.
            in_vain: those that it has waited for itself, to no end.
        """
        self._places |= dict.fromkeys(messages, place)
        self._in_vain |= self._places.keys() & set(in_vain)

    async def settle(self, system: Any, within: float) -> bool:
        """Wait until nothing is under way any more; for what never ends once only.

        Args:
            system: the driver.
            within: seconds that one delivery may take.

        Returns:
            Whether anything has come to stay that was not there before.
        """
        if not (self._places and isinstance(system, FollowsMessages) and isinstance(system, LeavesMessages)):
            return False
        await self._look(system)
        hopeless = self._given_up | self._in_vain
        limit = within + _EACH * len(self._places.keys() - hopeless)
        await clock.seen(lambda: self._look(system), lambda left: left <= hopeless, within=limit)
        fresh = self._places.keys() - self._given_up
        self._given_up = set(self._places)
        return bool(fresh)

    def forget(self) -> None:
        """Nothing is under way any more: the queue has been emptied."""
        for kept in (self._places, self._given_up, self._in_vain):
            kept.clear()

    def __str__(self) -> str:
        """How many there are of which scenario; empty if there are none."""
        counted = Counter(self._places.values())
        return "; ".join(f"{count} of the scenario at {place} are under way still" for place, count in counted.items())

    async def _look(self, system: FollowsMessages) -> set[str]:
        """Let go what has been delivered, or has failed; what is left."""
        if self._places:
            records = await system.delivery_records(list(self._places))
            over = [id for id, record in records.items() if record.status != "queued"]
            for id in over:
                self._places.pop(id, None)
        return set(self._places)
