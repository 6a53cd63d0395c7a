"""What has reached one person, and the questions a scenario may ask about it.

`expect` waits for a thing; `unexpected` lists all that no step has accounted for, which is what silence is judged by.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from support.core import clock
from support.core.clean_text import middle_out
from support.core.events import Arrival
from support.core.wording import LONGEST

#: Arrivals that a failure names; all of them are in the message chart.
TOLD = 5

#: What to look for: a kind of arrival, one very arrival, or whatever a predicate holds for.
Wanted = type[Arrival] | Arrival | Callable[[Arrival], bool]


@dataclass
class Received:
    """One arrival: `at` on `clock.now()`; `claimed` once a step has accounted for it."""

    at: float
    what: Arrival
    claimed: bool = False


class Inbox:
    """Everything that has reached `owner`, in order. The driver's reader fills it at once, on the event loop.

    Args:
        owner: whose inbox it is.
        began: since when to count, on `clock.now()`: the scenario's beginning, as in its chart. From now on by default.
        said: what was said in the scenario, by anybody: what holds it and comes late is of this scenario.
    """

    def __init__(self, owner: str, began: float | None = None, said: set[str] | None = None) -> None:
        self.owner = owner
        self._began = clock.now() if began is None else began
        self.received: list[Received] = []
        self.said = set() if said is None else said
        self.ended: float | None = None
        """When listening for the owner ended, on `clock.now()`."""
        self._news = asyncio.Event()
        self._earlier: Inbox | None = None

    def put(self, what: Arrival) -> None:
        """Add an arrival and wake the waiter; what an earlier scenario has caused is put where it belongs."""
        owner = (self._whose(what) if self._earlier else None) or self
        owner.received.append(Received(clock.now(), what))
        owner._news.set()

    def follow(self, earlier: "Inbox") -> None:
        """Go on for the same account where the inbox of an earlier scenario ends, which still gets what is its own."""
        self._earlier = earlier

    def end(self) -> None:
        """Note that nothing is heard for the owner any more, nor for whom the owner has gone on for."""
        inbox: Inbox | None = self
        while inbox:
            inbox.ended = inbox.ended or clock.now()
            inbox = inbox._earlier

    def close(self) -> None:
        """Leave what comes from now on to the one who goes on for the owner: all claims have been judged."""
        self.said, self._earlier = set(), None

    def _whose(self, what: Arrival) -> "Inbox | None":
        """The inbox of the latest scenario in which something was said that the arrival holds, if there is one."""
        text, inbox = getattr(what, "text", None), self
        while inbox and not (isinstance(text, str) and any(said in text for said in inbox.said)):
            inbox = inbox._earlier  # type: ignore[assignment]
        return inbox

    def settle(self, known: Wanted) -> None:
        """Account for all of this that has arrived so far: it belongs to the set-up."""
        for item in self.unexpected(known):
            item.claimed = True

    def unexpected(self, unwanted: Wanted = Arrival) -> list[Received]:
        """What has arrived of this and no step has accounted for."""
        return [item for item in self.received if not item.claimed and _is(item.what, unwanted)]

    async def expect(self, wanted: Wanted, *, within: float, called: str = "", since: float = 0.0) -> Received:
        """Wait for an arrival that no step has accounted for yet, and account for it.

        Args:
            wanted: what to wait for.
            within: seconds to wait at most.
            called: how to name it in the failure; an arrival's own words by default.
            since: what came before does not count, on `clock.now()`.

        Raises:
            AssertionError: it did not come in time; says what did come instead.
        """
        deadline = clock.now() + within
        awake = True
        while True:
            self._news.clear()
            for item in self.unexpected(wanted):
                if item.at >= since:
                    item.claimed = True
                    return item
            if not awake:
                raise AssertionError(
                    f"{self.owner} did not get {called or wanted} within {within:g} s; {self.contents()}"
                )
            awake = await _woken(self._news, deadline - clock.now())
            if not awake:
                # what was there in time counts, even if this process was too busy to take it in
                await clock.pause(min(clock.now() - deadline, within))

    def contents(self, of: Wanted = Arrival) -> str:
        """What arrived of this and is not accounted for, in words, with the time."""
        items = self.unexpected(of)
        if not items:
            return "nothing else arrived"
        told = [f"{middle_out(str(item.what), LONGEST)} at {item.at - self._began:.3f} s" for item in items[:TOLD]]
        return f"arrived instead: {'; '.join(told)}" + (f"; and {len(items) - TOLD} more" if len(items) > TOLD else "")


def _is(what: Arrival, wanted: Wanted) -> bool:
    if isinstance(wanted, type):
        return isinstance(what, wanted)
    return what == wanted if isinstance(wanted, Arrival) else wanted(what)


async def _woken(event: asyncio.Event, within: float) -> bool:
    """Whether `event` was set within that many seconds; counted as time spent on the clock."""
    began = clock.now()
    try:
        await asyncio.wait_for(event.wait(), max(within, 0))
    except TimeoutError:
        return False
    finally:
        clock.waited += clock.now() - began
    return True
