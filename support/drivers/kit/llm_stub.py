"""The stand-in for the bots' own interfaces: what it was asked, and how it is to behave."""

import re
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

import aiohttp

from support.core import clock
from support.core.checks import check
from support.core.errors import EnvironmentFailure
from support.drivers.clients.connectors import connector
from support.drivers.clients.http import in_words

#: Seconds in which a bot that was asked may be asked the same again: the way to it keeps no order.
_AGAIN = 0.2
#: So many prompts do not come.
_NEVER = 10**9
#: Characters of a prompt that a failure shows.
_SHOWN = 200
#: Stands where words are to be hidden, such as {{CARD}}.
_MASK = re.compile(r"\{\{\w+\}\}")


def answer_to(prompt: str) -> str:
    """What the stand-in answers to a prompt."""
    return f"You said: {prompt}"


class LlmStub:
    """Control over the bot API stub of a deployment (`reference.bot_api`).

    Args:
        address: its base URL.
    """

    def __init__(self, address: str) -> None:
        self._address = address

    async def fail(self, bot: str) -> None:
        """Answer everything that `bot` is asked with a server error from now on."""
        await self._call("POST", f"/stub/behaviour?bot={bot}", {"fail": 500})

    async def mute(self, bot: str) -> None:
        """Answer what `bot` is asked without a word from now on."""
        await self._call("POST", f"/stub/behaviour?bot={bot}", {"mute": True})

    async def withhold(self, bot: str) -> None:
        """Answer what `bot` is asked with something that holds no answer from now on."""
        await self._call("POST", f"/stub/behaviour?bot={bot}", {"withhold": True})

    async def hang(self, bot: str) -> None:
        """Take what `bot` is asked from now on, and hold every answer back."""
        await self.hold_until(bot, _NEVER)

    async def mend(self, bot: str) -> None:
        """Answer what `bot` is asked as usual again."""
        await self._call("POST", f"/stub/behaviour?bot={bot}", {"fail": None, "mute": False, "withhold": False})

    async def hold_until(self, bot: str, count: int) -> None:
        """Hold the answers of `bot` until it has `count` prompts, then give them, the last one first."""
        await self._call("POST", f"/stub/behaviour?bot={bot}", {"hold_until": count})

    async def reset(self) -> None:
        """Forget all prompts and behave as usual."""
        await self._call("DELETE", "/stub")

    async def forget(self, words: str) -> None:
        """Forget the prompts that have these words in them; others may still be asked for theirs."""
        await self._call("DELETE", f"/stub/prompts?{urlencode({'words': words})}")

    async def was_asked_once(self, bot: str, prompt: str, within: float) -> None:
        """See that `prompt` reached `bot`, one time, and does not reach it again soon after.

        Raises:
            AssertionError: not within `within` seconds, or more than once.
        """
        await self.was_asked_each_once(bot, [prompt], within)

    async def was_asked(self, bot: str, prompt: str, times: int, within: float) -> None:
        """See that `prompt` reaches `bot` so many times within so many seconds, and not once more soon after.

        Raises:
            AssertionError: it does not; says how often it was asked.
        """
        await clock.seen(partial(self._times_asked, bot, prompt), lambda asked: asked >= times, within=within)
        await clock.pause(_AGAIN)
        asked = await self._times_asked(bot, prompt)
        check(asked == times, f'{bot} was asked "{prompt}" {asked} times, not {times}{await self._last_asked(bot)}')

    async def was_asked_each_once(self, bot: str, prompts: Sequence[str], within: float) -> None:
        """See that each of several prompts reached `bot`, one time: see `was_asked_once`.

        Args:
            within: seconds in which the first has reached it, and each other after the one before: a system may take
                turns one at a time, and pause between them.
        """
        for prompt in prompts:
            if not await clock.seen(partial(self._is_decided, bot, prompt), bool, within=within):
                break
        await clock.pause(_AGAIN)
        for prompt in prompts:
            times = await self._times_asked(bot, prompt)
            check(times == 1, f'{bot} was asked "{prompt}" {times} times, not once{await self._last_asked(bot)}')

    async def _is_decided(self, bot: str, prompt: str) -> bool:
        """Whether `bot` was asked that, or the same with other words where a mask was to stand: then it never comes."""
        alike = re.compile(".+".join(map(re.escape, _MASK.split(prompt))), re.DOTALL)
        return any(map(alike.fullmatch, await self._asked(bot)))

    async def _times_asked(self, bot: str, prompt: str) -> int:
        return (await self._asked(bot)).count(prompt)

    async def _asked(self, bot: str) -> list[str]:
        return [entry["prompt"] for entry in await self.prompts() if entry["bot"] == bot]

    async def _last_asked(self, bot: str) -> str:
        """What `bot` was asked last, for a failure's words."""
        asked = await self._asked(bot)
        return f'; the last that it was asked is "{asked[-1][:_SHOWN]}"' if asked else "; it was asked nothing"

    async def was_never_asked(self, bot: str, text: str) -> None:
        """See that nothing `bot` was asked has `text` in it.

        Raises:
            AssertionError: something has.
        """
        heard = next((prompt for prompt in await self._asked(bot) if text in prompt), None)
        check(heard is None, f'{bot} was asked "{heard}", which was not meant for it')

    async def prompts(self) -> list[dict[str, str]]:
        return await self._call("GET", "/stub/prompts")

    async def _call(self, method: str, path: str, body: dict[str, int | None] | None = None) -> list[dict[str, str]]:
        unsaid = ("Content-Type",) if body is None else ()  # else a kind would be named of no body
        try:
            async with (
                aiohttp.ClientSession(connector=connector()) as session,
                session.request(method, self._address + path, json=body, skip_auto_headers=unsaid) as response,
            ):
                response.raise_for_status()
                return await response.json() if method == "GET" else []
        except (aiohttp.ClientError, OSError, ValueError) as error:
            words = f"the stand-in for the bots at {self._address} does not do what it is told: {in_words(error)}"
            raise EnvironmentFailure(words) from error
