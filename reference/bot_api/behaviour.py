"""How the stand-in behaves: at once and well, unless it is told otherwise."""

import asyncio

from pydantic import BaseModel, ConfigDict


class Unserved(Exception):  # noqa: N818 - an answer, not a breakdown
    """The request gets an error for an answer.

    Args:
        status: of HTTP.
        message: for people.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Wishes(BaseModel):
    """How the stand-in is to behave."""

    model_config = ConfigDict(extra="forbid", strict=True)

    delay: float = 0.0  # seconds before each answer
    hold_until: int = 0  # how many prompts must have come before any is answered, the last one first
    fail: int | None = None  # an HTTP status for all answers
    mute: bool = False  # whether answers have no words
    withhold: bool = False  # whether what is given holds no answer at all


class Behaviour:
    """What happens between a prompt and its answer."""

    def __init__(self) -> None:
        self._wishes = Wishes()
        self._held: list[asyncio.Event] = []

    def change(self, wishes: Wishes) -> None:
        """Behave otherwise from now on; what is not named stays as it is."""
        self._wishes = self._wishes.model_copy(update=wishes.model_dump(exclude_unset=True))

    async def answer(self, prompt: str) -> str | None:
        """What is said to a prompt, once as long is waited as told; None if that is withheld.

        Raises:
            Unserved: it was told to fail.
        """
        if self._wishes.fail is not None:
            raise Unserved(self._wishes.fail, "the stand-in was told to fail")
        await asyncio.sleep(self._wishes.delay)
        if self._wishes.hold_until:
            await self._hold()
        if self._wishes.withhold:
            return None
        return "" if self._wishes.mute else f"You said: {prompt}"

    def release(self) -> None:
        """Let all held answers go at once."""
        for turn in self._held:
            turn.set()

    async def _hold(self) -> None:
        """Wait until enough prompts have come and all later ones are answered."""
        turn = asyncio.Event()
        self._held.append(turn)
        if len(self._held) >= self._wishes.hold_until:
            self._held.pop().set()
        await turn.wait()
        await asyncio.sleep(_APART)
        if self._held:
            self._held.pop().set()


#: Seconds between two answers that were held: enough for the one before to be on its way.
_APART = 0.01
