"""One event loop for the whole run, in one background thread.

Clients stay alive between steps: their readers drain sockets, answer pings and send heartbeats while a step
computes and while behave prints.
"""

import asyncio
import atexit
import threading
from collections.abc import Coroutine
from importlib.util import find_spec
from typing import Any, TypeVar

from support.core import clock

T = TypeVar("T")

#: Seconds between two looks at whether the loop serves, and how late a look has to be for the loop to have stood still.
_LOOK, STANDSTILL = 0.1, 1.0

#: Seconds that work has to end in when it is interrupted.
FAREWELL = 3.0


def new_loop() -> asyncio.AbstractEventLoop:
    """The faster loop where there is one: under load it carries a quarter more."""
    if find_spec("uvloop"):
        import uvloop

        return uvloop.new_event_loop()
    return asyncio.new_event_loop()


class Overdue(TimeoutError):  # noqa: N818 - said of work, not of an error in it
    """Work was not done within the time that it was given."""


class Background:
    """The run's event loop. `run` is called from behave's thread, everything else lives on the loop."""

    def __init__(self) -> None:
        self._loop = new_loop()
        self._standstills: list[tuple[float, float]] = []  # when each ended, and how long it was
        self._due = clock.now()
        self._loop.call_soon(self._look)
        self._thread = threading.Thread(target=self._loop.run_forever, name="earshot-loop", daemon=True)
        self._thread.start()
        atexit.register(self._end_thread)  # a thread that still runs when the interpreter goes can crash it

    def run(self, work: Coroutine[Any, Any, T], within: float | None = None) -> T:
        """Run `work` on the loop and wait for its result.

        Args:
            work: the coroutine to run.
            within: seconds until it is cancelled; None waits for ever.

        Raises:
            Overdue: it was not done within that time; a `TimeoutError` of the work's own passes as it is.
        """

        ended = threading.Event()

        async def guarded() -> T:
            try:
                async with asyncio.timeout(within) as limit:
                    return await work
            except TimeoutError as error:
                if not limit.expired():
                    raise
                raise Overdue(f"not done within {within:g} s") from error
            finally:
                ended.set()

        future = asyncio.run_coroutine_threadsafe(guarded(), self._loop)
        try:
            return future.result()
        except KeyboardInterrupt:
            future.cancel()
            ended.wait(FAREWELL)  # it may have something to say: what was measured so far
            raise

    def stood_still(self, since: float) -> float:
        """How long the loop served nobody, as happens on a machine that has no time for it.

        Args:
            since: a moment of `clock.now()`.

        Returns:
            Seconds, of the longest standstill since then; 0 if none was longer than `STANDSTILL`.
        """
        now = clock.now()
        known = [*self._standstills, (now, now - self._due)]
        return max((late for ended, late in known if ended >= since and late >= STANDSTILL), default=0.0)

    def close(self) -> None:
        """Cancel what still runs, then end the loop and its thread."""
        if self._thread.is_alive():
            self.run(_cancel_others())
            self._end_thread()
            self._loop.close()
        atexit.unregister(self._end_thread)

    def _end_thread(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(FAREWELL)

    def _look(self) -> None:
        now = clock.now()
        if now - self._due >= STANDSTILL:
            self._standstills.append((now, now - self._due))
        self._due = now + _LOOK
        self._loop.call_later(_LOOK, self._look)


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
