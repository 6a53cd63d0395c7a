"""Faults in talking to bots (STP 8)."""

import asyncio
from typing import Any, ClassVar

import aiohttp

from reference.chat.bots import BOTS, Bots
from reference.chat.events import Events
from reference.chat.faults import seed
from reference.chat.mailbox import Message


@seed("bot-never-asked", "does not pass prompts on to a bot", "STP-8.1")
class BotNeverAsked(Bots):
    async def answer(self, bot: str, user: str, prompt: str) -> str:
        return f"You said: {prompt}"


@seed("bot-asked-twice", "passes each prompt on to a bot twice", "STP-8.1")
class BotAskedTwice(Bots):
    async def answer(self, bot: str, user: str, prompt: str) -> str:
        await super().answer(bot, user, prompt)
        return await super().answer(bot, user, prompt)


@seed("bot-prompt-altered", "adds the user's name to a prompt", "STP-8.1")
class BotPromptAltered(Bots):
    async def answer(self, bot: str, user: str, prompt: str) -> str:
        return await super().answer(bot, user, f"{user}: {prompt}")


@seed("bots-mixed-up", "asks one bot what is meant for the other", "STP-8.1")
class BotsMixedUp(Bots):
    async def answer(self, bot: str, user: str, prompt: str) -> str:
        return await super().answer(BOTS[bot == BOTS[0]], user, prompt)


@seed("bots-listen-in", "passes on to the bots what users write to each other", "STP-8.1 STP-3.3")
class BotsListenIn(Events):
    async def accept(self, socket: str, message: Message) -> None:
        if message.recipient not in BOTS:
            for bot in BOTS:
                await self.bots.answer(bot, message.sender, message.content)
        await super().accept(socket, message)


@seed("bot-answer-lost", "does not pass on what a bot answers", "STP-8.2")
class BotAnswerLost(Bots):
    async def reply(self, bot: str, user: str, answer: str) -> None:
        pass


@seed("bot-answer-doubled", "passes each answer of a bot on twice", "STP-8.2")
class BotAnswerDoubled(Bots):
    async def reply(self, bot: str, user: str, answer: str) -> None:
        await super().reply(bot, user, answer)
        await super().reply(bot, user, answer)


@seed("bot-answer-to-everybody", "passes the answer of a bot on to everybody", "STP-8.2")
class BotAnswerToEverybody(Bots):
    async def reply(self, bot: str, user: str, answer: str) -> None:
        await self.sockets.tell_all("ai_response_received", {"sender": bot, "content": answer})


@seed("bot-answer-cut", "passes only the first words of an answer on", "STP-8.2")
class BotAnswerCut(Bots):
    async def reply(self, bot: str, user: str, answer: str) -> None:
        await super().reply(bot, user, answer[:9])


@seed("bot-answer-in-other-name", "passes the answer of one bot on in the name of the other", "STP-8.2")
class BotAnswerInOtherName(Bots):
    async def reply(self, bot: str, user: str, answer: str) -> None:
        await super().reply(BOTS[bot == BOTS[0]], user, answer)


@seed("bot-failure-untold", "does not tell the user that a bot cannot answer", "STP-8.2")
class BotFailureUntold(Bots):
    async def reply(self, bot: str, user: str, answer: str) -> None:
        if not answer.startswith("<"):
            await super().reply(bot, user, answer)


@seed("bot-asked-again", "asks a bot once more when its answer has been passed on", "STP-8.1")
class BotAskedAgain(Bots):
    async def converse(self, bot: str, user: str, prompt: str) -> None:
        await super().converse(bot, user, prompt)
        await asyncio.sleep(0.05)
        await self.answer(bot, user, prompt)


@seed("bot-failure-in-full", "tells the user that a bot cannot answer, and which error of its own that was", "STP-8.2")
class BotFailureInFull(Bots):
    async def reply(self, bot: str, user: str, answer: str) -> None:
        inner = "\naiohttp.client_exceptions.ClientResponseError: 500, url='http://bots/v1'"
        await super().reply(bot, user, answer + inner if answer.startswith("<") else answer)


@seed("bots-fail-together", "asks no bot any more while one of them cannot answer", "STP-8.2")
class BotsFailTogether(Bots):
    async def answer(self, bot: str, user: str, prompt: str) -> str:
        await super().answer(BOTS[bot == BOTS[0]], user, "Are you there?")
        return await super().answer(bot, user, prompt)


@seed("bot-answers-swapped", "passes the answer of a bot on to the user who asked last", "STP-8.3")
class BotAnswersSwapped(Bots):
    def ask(self, bot: str, user: str, prompt: Any) -> None:
        self.last = user
        super().ask(bot, user, prompt)

    async def reply(self, bot: str, user: str, answer: str) -> None:
        await super().reply(bot, self.last, answer)


@seed("bot-answer-two-hundred", "passes on no more than the first two hundred signs of an answer", "STP-8.2")
class BotAnswerShort(Bots):
    async def answer(self, bot: str, user: str, prompt: str) -> str:
        return (await super().answer(bot, user, prompt))[:200]


@seed("bots-answer-from-memory", "answers what was asked before without asking the bot again", "STP-8.1")
class BotsAnswerFromMemory(Bots):
    known: ClassVar[dict[tuple[str, str], str]] = {}

    async def answer(self, bot: str, user: str, prompt: str) -> str:
        if (bot, prompt) not in self.known:
            self.known[bot, prompt] = await super().answer(bot, user, prompt)
        return self.known[bot, prompt]


@seed("bot-failure-of-another", "says of the other bot that it cannot answer when one cannot", "STP-8.2")
class BotFailureOfAnother(Bots):
    async def reply(self, bot: str, user: str, answer: str) -> None:
        other = BOTS[bot == BOTS[0]]
        await super().reply(bot, user, answer.replace(bot, other) if answer.startswith("<") else answer)


@seed("waits-for-bots-for-ever", "waits for an answer of a bot as long as the bot likes", "STP-8.2")
class WaitsForBotsForEver(Bots):
    def __init__(self, *settings: Any) -> None:
        super().__init__(*settings)
        self._timeout = aiohttp.ClientTimeout(total=None)


class Latin(aiohttp.ClientResponse):
    """An answer that is read in Latin-1, though it comes in UTF-8."""

    async def json(self, **_how: Any) -> Any:
        return await super().json(encoding="latin-1")


@seed("bots-heard-in-latin", "reads what ChatGPT answers in Latin-1", "STP-8.2")
class BotsHeardInLatin(Bots):
    async def _post(self, path: str, body: dict[str, Any], **headers: str) -> aiohttp.ClientResponse:
        if self._http is None:
            self._http = aiohttp.ClientSession(raise_for_status=True, response_class=Latin)
        return await super()._post(path, body, **headers)


@seed("bot-answer-overtaken", "passes on the answer to what a user has asked last, and to nothing before", "STP-8.3")
class BotAnswerOvertaken(Bots):
    newest: ClassVar[dict[str, str]] = {}

    async def converse(self, bot: str, user: str, prompt: str) -> None:
        self.newest[user] = prompt
        answer = await self.answer(bot, user, prompt)
        if self.newest[user] == prompt:
            await self.reply(bot, user, answer)


@seed("bot-withholding-untold", "takes an answer that ChatGPT withholds for one without a word", "STP-8.2")
class BotWithholdingUntold(Bots):
    async def answer(self, bot: str, user: str, prompt: str) -> str:
        try:
            return await super().answer(bot, user, prompt)
        except IndexError:
            return ""
