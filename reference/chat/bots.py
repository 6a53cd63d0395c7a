"""Chat bots: prompts go to their own interfaces, answers to the user who asked."""

import asyncio
import logging
import secrets
from collections.abc import Coroutine
from typing import Any, Literal

import aiohttp
import jwt

from reference.chat.sockets import Sockets

log = logging.getLogger(__name__)

CHATGPT = "ChatGPT"
LEONID = "Leonid"
BOTS = (CHATGPT, LEONID)

_EXCUSES = {
    CHATGPT: "<ChatGPT is unavailable right now - please try to write to it later>",
    LEONID: "<Leonid is asleep right now, we can't wake him up - please try to write him later>",
}
_TROUBLES = (aiohttp.ClientError, TimeoutError, KeyError, IndexError, TypeError, ValueError)
_LEONIDS_TOKEN = "%Leonid_Test_Token%"


class Bots:
    """The way to ChatGPT and Leonid.

    Args:
        sockets: the way to the users.
        api: base URL of both interfaces.
        endpoint: which of OpenAI's.
        key: for OpenAI.
        limit: seconds that an answer may take.
    """

    def __init__(
        self, sockets: Sockets, api: str, endpoint: Literal["completions", "chat"], key: str, limit: float
    ) -> None:
        self.sockets = sockets
        self._api = api.rstrip("/")
        self._endpoint = endpoint
        self._key = key
        self._timeout = aiohttp.ClientTimeout(total=limit)
        self._http: aiohttp.ClientSession | None = None
        self._background: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Give up what is under way."""
        for task in self._background:
            task.cancel()
        if self._http is not None:
            await self._http.close()

    def ask(self, bot: str, user: str, prompt: Any) -> None:
        """Pass a prompt on; the answer comes to the user by itself."""
        self.in_background(self.converse(bot, user, str(prompt)))

    async def converse(self, bot: str, user: str, prompt: str) -> None:
        """Get a bot's answer, or an excuse for it, to the user who asked."""
        try:
            answer = await self.answer(bot, user, prompt)
        except _TROUBLES as error:
            log.warning("%s does not answer: %s", bot, type(error).__name__)
            answer = _EXCUSES[bot]
        await self.reply(bot, user, answer)

    async def reply(self, bot: str, user: str, answer: str) -> None:
        """Send an answer to all connections of a user."""
        await self.sockets.tell_user(user, "ai_response_received", {"sender": bot, "content": answer})

    async def answer(self, bot: str, user: str, prompt: str) -> str:
        """What a bot answers. Raises one of several exceptions if it does not."""
        return await (self._ask_chatgpt(prompt) if bot == CHATGPT else self._ask_leonid(user, prompt))

    def user_left(self, user: str) -> None:
        """Tell Leonid that a user's session has ended, as he wishes to know; it is no matter if he does not hear."""
        self.in_background(self._tell_leonid(user))

    def in_background(self, work: Coroutine[Any, Any, None]) -> None:
        """Do something while the user goes on."""
        task = asyncio.create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def _ask_chatgpt(self, prompt: str) -> str:
        if self._endpoint == "completions":
            answer = await self._post("/v1/completions", _completion(prompt), Authorization=f"Bearer {self._key}")
            text = (await answer.json())["choices"][0]["text"]
        else:
            answer = await self._post("/v1/chat/completions", _chat(prompt), Authorization=f"Bearer {self._key}")
            text = (await answer.json())["choices"][0]["message"]["content"]
        return str(text).replace("\n", "")

    async def _ask_leonid(self, user: str, prompt: str) -> str:
        answer = await self._post("/receive_prompt", {"user_data": _introduction(user), "user_prompt": prompt})
        return await answer.text()

    async def _tell_leonid(self, user: str) -> None:
        try:
            await self._post("/user_disconnection", {"user_data": _introduction(user)})
        except _TROUBLES:
            log.info("Leonid did not hear that %s has left", user)

    async def _post(self, path: str, body: dict[str, Any], **headers: str) -> aiohttp.ClientResponse:
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=self._timeout, raise_for_status=True)
        answer = await self._http.post(self._api + path, json=body, headers=headers)
        await answer.read()
        return answer


def _completion(prompt: str) -> dict[str, Any]:
    return {
        "model": "text-davinci-002",
        "prompt": prompt,
        "temperature": 0.4,
        "max_tokens": 256,
        "top_p": 1,
        "frequency_penalty": 0,
        "presence_penalty": 0,
    }


def _chat(prompt: str) -> dict[str, Any]:
    return {
        "model": "gpt-4o-mini",
        "messages": [{"role": "user", "content": prompt}],
        "temperature": 0.4,
        "max_tokens": 256,
    }


def _introduction(user: str) -> str:
    """Who asks, as Leonid wants it: a JWT that he cannot verify."""
    claims = {"user_name": user, "user_token": _LEONIDS_TOKEN}
    return jwt.encode(claims, secrets.token_bytes(32), algorithm="HS256")
