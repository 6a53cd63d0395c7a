"""What the stand-in for a language model was asked, by a system that takes its turns one at a time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp
import pytest

from reference.bot_api.server import CHATGPT, BotApi
from support.drivers.kit import llm_stub
from tests.serving import served

#: Seconds between two turns, and in which a turn has to come.
PACE, WITHIN = 0.2, 0.4
WORDS = ["one", "two", "three", "four"]

Asking = Callable[[list[str]], Awaitable[None]]


@pytest.fixture
async def stub() -> AsyncIterator[tuple[llm_stub.LlmStub, Asking]]:
    async with served(BotApi().app()) as server, aiohttp.ClientSession(str(server.make_url("/"))) as model:

        async def ask(prompts: list[str]) -> None:
            for prompt in prompts:
                await asyncio.sleep(PACE)
                await model.post("/v1/completions", json={"model": "any", "prompt": prompt})

        yield llm_stub.LlmStub(str(server.make_url("")).rstrip("/")), ask


async def test_several_prompts_may_take_their_turns(stub: tuple[llm_stub.LlmStub, Asking]) -> None:
    bots, ask = stub
    await asyncio.gather(ask(WORDS), bots.was_asked_each_once(CHATGPT, WORDS, within=WITHIN))


@pytest.mark.parametrize(
    ("asked", "times"), [(["one", "three", "four"], 0), (["one", "two", "two", "three", "four"], 2)]
)
async def test_a_prompt_that_never_comes_or_comes_twice_is_named(
    stub: tuple[llm_stub.LlmStub, Asking], asked: list[str], times: int
) -> None:
    bots, ask = stub
    turns = asyncio.create_task(ask(asked))
    with pytest.raises(AssertionError, match=f'ChatGPT was asked "two" {times} times, not once'):
        await bots.was_asked_each_once(CHATGPT, WORDS, within=WITHIN)
    await turns


@pytest.mark.parametrize("asked", [["two"], ["two"] * 3])
async def test_a_prompt_that_comes_too_seldom_or_too_often_is_named(
    stub: tuple[llm_stub.LlmStub, Asking], asked: list[str]
) -> None:
    bots, ask = stub
    turns = asyncio.create_task(ask(asked))
    with pytest.raises(AssertionError, match=f'ChatGPT was asked "two" {len(asked)} times, not 2'):
        await bots.was_asked(CHATGPT, "two", 2, within=2 * WITHIN)
    await turns


async def test_a_prompt_whose_mask_is_missing_is_not_waited_for(stub: tuple[llm_stub.LlmStub, Asking]) -> None:
    bots, ask = stub
    await ask(["It is P-123456, please"])
    with pytest.raises(AssertionError, match="0 times, not once; the last that it was asked is"):
        await asyncio.wait_for(bots.was_asked_once(CHATGPT, "It is {{POLICY}}, please", within=60), timeout=10)


async def test_a_prompt_with_its_mask_is_waited_for(stub: tuple[llm_stub.LlmStub, Asking]) -> None:
    bots, ask = stub
    masked = "It is {{POLICY}}, please"
    await asyncio.gather(ask(["one", masked]), bots.was_asked_once(CHATGPT, masked, within=2 * WITHIN))


async def test_only_the_words_of_one_scenario_are_forgotten(stub: tuple[llm_stub.LlmStub, Asking]) -> None:
    bots, ask = stub
    await ask(["mine (a1)", "theirs (b2)"])
    await bots.forget("a1")
    assert [asked["prompt"] for asked in await bots.prompts()] == ["theirs (b2)"]
