"""How the stand-in behaves: at once and well, unless it is told otherwise."""

import asyncio
from typing import Any


class Unserved(Exception):  # noqa: N818 - an answer, not a breakdown
    """The request gets an error for an answer.

    Args:
        status: of HTTP.
        message: for people.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Behaviour:
    """What happens between a prompt and its answer."""

    def __init__(self) -> None:
        self._delay = 0.0
        self._hold_until = 0
        self._fail: int | None = None
        self._held: list[asyncio.Event] = []

    def change(self, wishes: dict[str, Any]) -> None:
        """Behave otherwise from now on; what is not named stays as it is.

        Args:
            wishes: `delay`: seconds before each answer; `hold_until`: how many prompts must have come before any is
                answered, the last one first; `fail`: an HTTP status for all answers, or None.

        Raises:
            Unserved: a wish is unknown or of the wrong type.
        """
        for wish, value in wishes.items():
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if wish not in ("delay", "hold_until", "fail") or not (number or (wish == "fail" and value is None)):
                raise Unserved(400, f"no such behaviour: {wish}={value!r}")
        self._delay = float(wishes.get("delay", self._delay))
        self._hold_until = int(wishes.get("hold_until", self._hold_until))
        self._fail = wishes.get("fail", self._fail)

    async def before_answer(self) -> None:
        """Wait as told. Raises `Unserved` when told to fail."""
        if self._fail is not None:
            raise Unserved(self._fail, "the stand-in was told to fail")
        await asyncio.sleep(self._delay)
        if self._hold_until:
            await self._hold()

    def release(self) -> None:
        """Let all held answers go at once."""
        for turn in self._held:
            turn.set()

    async def _hold(self) -> None:
        """Wait until enough prompts have come and all later ones are answered."""
        turn = asyncio.Event()
        self._held.append(turn)
        if len(self._held) >= self._hold_until:
            self._held.pop().set()
        await turn.wait()
        await asyncio.sleep(_APART)
        if self._held:
            self._held.pop().set()


#: Seconds between two answers that were held: enough for the one before to be on its way.
_APART = 0.01
