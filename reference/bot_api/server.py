"""The bots' interfaces: OpenAI's completions and chat completions, and Leonid's own; and `/stub` to control them."""

import json
import time
from typing import Annotated, Any

from aiohttp import web
from pydantic import BaseModel, Field, ValidationError

from reference.bot_api.behaviour import Behaviour, Unserved, Wishes
from reference.kit.errors import answering
from reference.kit.forms import NotJson, filled_in, problems
from reference.kit.serving import application

CHATGPT = "ChatGPT"
LEONID = "Leonid"


class Completion(BaseModel):
    """A prompt for OpenAI's completions."""

    model: str
    prompt: str


class Said(BaseModel):
    """A message in a chat."""

    content: str


class ChatCompletion(BaseModel):
    """A chat to go on with."""

    model: str
    messages: Annotated[list[Said], Field(min_length=1)]


class Departure(BaseModel):
    """Who has left Leonid."""

    user_data: str


class Prompt(Departure):
    """A prompt for Leonid."""

    user_prompt: str


class BotApi:
    """Answers prompts as it is told to behave, and remembers them."""

    def __init__(self) -> None:
        self._behaviours = {bot: Behaviour() for bot in (CHATGPT, LEONID)}
        self._prompts: list[dict[str, Any]] = []

    def app(self) -> web.Application:
        """The web application."""
        app = application(_errors_like_openai)
        app.add_routes(
            [
                web.post("/v1/completions", self._complete),
                web.post("/v1/chat/completions", self._chat),
                web.post("/receive_prompt", self._receive_prompt),
                web.post("/user_disconnection", self._user_disconnection),
                web.get("/stub/prompts", self._list_prompts),
                web.delete("/stub/prompts", self._forget),
                web.post("/stub/behaviour", self._behave),
                web.delete("/stub", self._reset),
            ]
        )
        return app

    async def _complete(self, request: web.Request) -> web.Response:
        asked = await filled_in(Completion, request)
        text = await self._answer(CHATGPT, asked.prompt)
        return _completion("text_completion", asked.model, text, {"text": text})

    async def _chat(self, request: web.Request) -> web.Response:
        asked = await filled_in(ChatCompletion, request)
        text = await self._answer(CHATGPT, asked.messages[-1].content)
        return _completion("chat.completion", asked.model, text, {"message": {"role": "assistant", "content": text}})

    async def _receive_prompt(self, request: web.Request) -> web.Response:
        return web.Response(text=await self._answer(LEONID, (await filled_in(Prompt, request)).user_prompt) or "")

    async def _user_disconnection(self, request: web.Request) -> web.Response:
        await filled_in(Departure, request)
        return web.Response(text="OK")

    async def _answer(self, bot: str, prompt: str) -> str | None:
        self._prompts.append({"bot": bot, "prompt": prompt, "at": time.time()})
        return await self._behaviours[bot].answer(prompt)

    async def _list_prompts(self, _request: web.Request) -> web.Response:
        return web.json_response(self._prompts)

    async def _forget(self, request: web.Request) -> web.Response:
        """The prompts with the words that the query names."""
        self._prompts = [one for one in self._prompts if request.query["words"] not in one["prompt"]]
        return web.json_response({"result": "success"})

    async def _behave(self, request: web.Request) -> web.Response:
        """Both bots, or the one that the query names."""
        bots = [request.query["bot"]] if "bot" in request.query else list(self._behaviours)
        if unknown := set(bots) - {*self._behaviours}:
            raise Unserved(400, f"no such bot: {unknown.pop()!r}")
        for bot in bots:
            self._behaviours[bot].change(await filled_in(Wishes, request))
        return web.json_response({"result": "success"})

    async def _reset(self, _request: web.Request) -> web.Response:
        self._prompts.clear()
        for bot, behaviour in self._behaviours.items():
            behaviour.release()
            self._behaviours[bot] = Behaviour()
        return web.json_response({"result": "success"})


def _plain(value: Any) -> str:
    """JSON in UTF-8, with letters and not with escapes for them, as LLMs give it; half a sign is no letter."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.encode(errors="ignore").decode() == text else json.dumps(value)


def _completion(kind: str, model: str, text: str | None, said: dict[str, Any]) -> web.Response:
    """An answer as OpenAI gives it; with nothing to choose from if there is no text."""
    choices = [] if text is None else [{**said, "index": 0, "finish_reason": "stop"}]
    return web.json_response({"object": kind, "model": model, "choices": choices}, dumps=_plain)


def _told(status: int, message: str) -> web.Response:
    kind = "invalid_request_error" if status < 500 else "server_error"
    return web.json_response({"error": {"message": message, "type": kind, "param": None, "code": None}}, status=status)


def _invalid(_request: web.Request, error: NotJson | ValidationError) -> web.Response:
    return _told(400, "; ".join(f"{problem['loc'][-1]}: {problem['msg']}" for problem in problems(error)))


_errors_like_openai = answering(
    {
        Unserved: lambda _request, trouble: _told(trouble.status, str(trouble)),
        NotJson: _invalid,
        ValidationError: _invalid,
    }
)
