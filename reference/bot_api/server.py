"""The bots' interfaces: OpenAI's completions and chat completions, and Leonid's own; and `/stub` to control them."""

import json
import time
from typing import Any

from aiohttp import web

from reference.bot_api.behaviour import Behaviour, Unserved
from reference.kit.serving import application

CHATGPT = "ChatGPT"
LEONID = "Leonid"


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
                web.post("/stub/behaviour", self._behave),
                web.delete("/stub", self._reset),
            ]
        )
        return app

    async def _complete(self, request: web.Request) -> web.Response:
        body = await _fields(request, model=str, prompt=str)
        choice = {"text": await self._answer(CHATGPT, body["prompt"]), "index": 0, "finish_reason": "stop"}
        return web.json_response({"object": "text_completion", "model": body["model"], "choices": [choice]})

    async def _chat(self, request: web.Request) -> web.Response:
        body = await _fields(request, model=str, messages=list)
        said = [message.get("content") for message in body["messages"] if isinstance(message, dict)]
        if not said or not isinstance(said[-1], str):
            raise Unserved(400, "'messages' must end with one that has a text as its 'content'")
        message = {"role": "assistant", "content": await self._answer(CHATGPT, said[-1])}
        choice = {"message": message, "index": 0, "finish_reason": "stop"}
        return web.json_response({"object": "chat.completion", "model": body["model"], "choices": [choice]})

    async def _receive_prompt(self, request: web.Request) -> web.Response:
        body = await _fields(request, user_data=str, user_prompt=str)
        return web.Response(text=await self._answer(LEONID, body["user_prompt"]))

    async def _user_disconnection(self, request: web.Request) -> web.Response:
        await _fields(request, user_data=str)
        return web.Response(text="OK")

    async def _answer(self, bot: str, prompt: str) -> str:
        self._prompts.append({"bot": bot, "prompt": prompt, "at": time.time()})
        await self._behaviours[bot].before_answer()
        return f"You said: {prompt}"

    async def _list_prompts(self, _request: web.Request) -> web.Response:
        return web.json_response(self._prompts)

    async def _behave(self, request: web.Request) -> web.Response:
        """Both bots, or the one that the query names."""
        bots = [request.query["bot"]] if "bot" in request.query else list(self._behaviours)
        if unknown := set(bots) - {*self._behaviours}:
            raise Unserved(400, f"no such bot: {unknown.pop()!r}")
        for bot in bots:
            self._behaviours[bot].change(await _fields(request))
        return web.json_response({"result": "success"})

    async def _reset(self, _request: web.Request) -> web.Response:
        self._prompts.clear()
        for bot, behaviour in self._behaviours.items():
            behaviour.release()
            self._behaviours[bot] = Behaviour()
        return web.json_response({"result": "success"})


@web.middleware
async def _errors_like_openai(request: web.Request, handler: Any) -> web.StreamResponse:
    try:
        answer: web.StreamResponse = await handler(request)
    except Unserved as trouble:
        kind = "invalid_request_error" if trouble.status < 500 else "server_error"
        error = {"message": str(trouble), "type": kind, "param": None, "code": None}
        return web.json_response({"error": error}, status=trouble.status)
    return answer


async def _fields(request: web.Request, **required: type) -> dict[str, Any]:
    """The body, which must be an object with these fields of these types."""
    try:
        body = await request.json()
    except json.JSONDecodeError:
        raise Unserved(400, "the body is not JSON") from None
    if not isinstance(body, dict):
        raise Unserved(400, "the body must be an object")
    for name, kind in required.items():
        if not isinstance(body.get(name), kind):
            raise Unserved(400, f"{name!r} must be given, as a {kind.__name__}")
    return body
