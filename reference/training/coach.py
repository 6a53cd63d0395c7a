"""Who plays the other side: an LLM behind an OpenAI-compatible interface, or built-in replies if there is none."""

import asyncio
from dataclasses import dataclass, field

import aiohttp

from reference.kit.parts import part
from reference.training.database import Row

APOLOGY = "I'm sorry, I'm having trouble answering right now. Please try again in a moment."

#: In customer service: a word that the user wrote -> what is said to it.
REPLIES = {
    "password": "I looked in my spam folder and there is no e-mail. Can you see it with my order history?",
    "help": "Thank you, that would be great. What do you need to know from me?",
    "assist": "Thank you, that would be great. What do you need to know from me?",
}
OTHER_REPLY = "And how long will it take until the e-mail arrives?"
ELSEWHERE = "Thank you for explaining. Could you tell me more about what happens next?"


@dataclass(frozen=True)
class Reply:
    """What the other side says; `failed` if it is an apology because nothing could be said."""

    text: str
    model: str
    tokens: float
    failed: bool = False


@dataclass
class Llm:
    """Where the LLM is and how it is asked.

    Args:
        address: base URL before `/v1`; None for built-in replies.
        key: for its makers; never shown.
        model: which one.
        patience: seconds to wait for an answer.
        attempts: how often to ask before giving up.
        pause: seconds between two attempts.
    """

    address: str | None = None
    key: str = field(default="", repr=False)
    model: str = "gpt-4o-mini"
    patience: float = 10.0
    attempts: int = 3
    pause: float = 1.0


@part
class Coach:
    """Plays the other side of a scenario."""

    llm: Llm

    def __post_init__(self) -> None:
        self._client: aiohttp.ClientSession | None = None

    async def reply(self, title: str, history: list[Row]) -> Reply:
        """The answer to the last message of `history`, in a scenario with this title. Never raises."""
        if self.llm.address is None:
            text = self.built_in(title, history[-1]["content"])
            return Reply(text, "mock", len(text.split()) * 1.5)
        for attempt in range(self.llm.attempts):
            try:
                return await self.ask(title, history)
            except (aiohttp.ClientError, TimeoutError, OSError, LookupError, TypeError, ValueError):
                await asyncio.sleep(self.llm.pause if attempt + 1 < self.llm.attempts else 0)
        return Reply(APOLOGY, self.llm.model, 0, failed=True)

    def built_in(self, title: str, text: str) -> str:
        """What is said without an LLM (contract 3.9)."""
        if "customer service" not in title.lower():
            return ELSEWHERE
        return next((reply for word, reply in REPLIES.items() if word in text.lower()), OTHER_REPLY)

    async def ask(self, title: str, history: list[Row]) -> Reply:
        """Ask the LLM once.

        Raises:
            ClientError, TimeoutError, OSError: there was no answer, or a refusal.
            LookupError, TypeError, ValueError: the answer was not one.
        """
        if self._client is None:
            self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.llm.patience))
        body = {"model": self.llm.model, "messages": self.prompt(title, history)}
        headers = {"Authorization": f"Bearer {self.llm.key}"}
        address = f"{self.llm.address}/v1/chat/completions"
        async with self._client.post(address, json=body, headers=headers) as response:
            response.raise_for_status()
            answer = await response.json()
        text = answer["choices"][0]["message"]["content"]
        if not isinstance(text, str) or not text:
            raise ValueError("the LLM said nothing")
        return Reply(text, self.llm.model, answer.get("usage", {}).get("total_tokens", 0))

    def prompt(self, title: str, history: list[Row]) -> list[dict[str, str]]:
        """What the LLM is told: its part, and the last six messages of this session alone."""
        part = {"role": "system", "content": f"You play the other side in a training: {title}. Stay in your part."}
        return [part, *({"role": row["role"], "content": row["content"]} for row in history[-6:])]

    async def close(self) -> None:
        """Close the connections to the LLM."""
        if self._client is not None:
            await self._client.close()
