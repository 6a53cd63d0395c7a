"""Bots: prompts reach them, answers reach who asked; and the stand-in for their interfaces."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from support.core import clock
from support.environments.embedded.chat import ChatDeployment
from tests.reference.chat_client import Http
from tests.reference.conftest import Newcomer

pytestmark = pytest.mark.asyncio(loop_scope="session")
BOTS = ["ChatGPT", "Leonid"]


@pytest_asyncio.fixture(loop_scope="session")
async def stub(chat: ChatDeployment) -> AsyncIterator[Http]:
    client = Http(chat.addresses["bot API"])
    yield client
    await client.raw("DELETE", "/stub")
    await client.close()


@pytest.mark.parametrize("bot", BOTS)
async def test_each_of_several_users_gets_the_answer_to_their_own_prompt(
    newcomer: Newcomer, stub: Http, bot: str
) -> None:
    people = [await newcomer(label) for label in ("lisa", "avi", "era")]
    for person in people:
        await person.come_online()
    await stub.post("/stub/behaviour", {"hold_until": 3})
    for person in people:
        await person.send(bot, f"prompt of {person.name}")
    for person in people:
        answer = {"sender": bot, "content": f"You said: prompt of {person.name}"}
        assert await person.hears("ai_response_received", **answer)
        assert sum(event == "ai_response_received" for event, _ in person.heard) == 1


@pytest.mark.parametrize("bot", BOTS)
async def test_a_bot_that_fails_is_excused(newcomer: Newcomer, stub: Http, bot: str) -> None:
    lisa = await newcomer("lisa")
    await lisa.come_online()
    await stub.post("/stub/behaviour", {"fail": 500})
    await lisa.send(bot, "anybody there?")
    assert await clock.until(lambda: any(event == "ai_response_received" for event, _ in lisa.heard), within=10)
    said = next(payload for event, payload in lisa.heard if event == "ai_response_received")
    assert said["sender"] == bot
    assert "try to write" in said["content"]


async def test_the_stand_in_speaks_both_of_openais_interfaces(stub: Http) -> None:
    _, completion = await stub.post("/v1/completions", {"model": "m", "prompt": "hi"})
    assert completion["choices"][0]["text"] == "You said: hi"
    said = {"model": "m", "messages": [{"role": "system", "content": "be kind"}, {"role": "user", "content": "hello"}]}
    _, chat_completion = await stub.post("/v1/chat/completions", said)
    assert chat_completion["choices"][0]["message"]["content"] == "You said: hello"


async def test_the_stand_in_withholds_its_answers_when_told_to(stub: Http) -> None:
    await stub.post("/stub/behaviour", {"withhold": True})
    _, completion = await stub.post("/v1/completions", {"model": "m", "prompt": "hi"})
    assert completion["choices"] == []
    said = {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
    _, chat_completion = await stub.post("/v1/chat/completions", said)
    assert chat_completion["choices"] == []


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/completions", {"model": "m"}),
        ("/v1/chat/completions", {"model": "m", "messages": []}),
        ("/receive_prompt", [1]),
        ("/stub/behaviour", {"mood": 3}),
        ("/stub/behaviour", {"delay": "long"}),
    ],
)
async def test_the_stand_in_answers_what_is_wrong_as_openai_does(stub: Http, path: str, body: object) -> None:
    status, answer = await stub.post(path, body)
    assert status == 400
    assert answer["error"]["type"] == "invalid_request_error"
