"""Expectations of our stand-in are not put to real bots, and an excuse is one that people understand."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.core.events import BotAnswer
from support.core.inbox import Inbox
from support.scenario.tasks import bot_replies
from support.scenario.world import World

#: Seconds.
FAST = {"delivery": 0.01, "response": 0.01, "outage": 0.01}


def actor() -> Any:
    return SimpleNamespace(role="user A", inbox=Inbox("user A"), limits=SimpleNamespace(**FAST))


def world(stand_in: object | None) -> World:
    return cast(World, SimpleNamespace(sut=SimpleNamespace(bots=stand_in)))


async def test_any_answer_of_a_real_bot_counts() -> None:
    one = actor()
    one.inbox.put(BotAnswer("Leonid", "Lima, I believe."))
    await bot_replies.answered(world(None), one, "Leonid", "What is the capital of Peru?")


@pytest.mark.parametrize("answer", [BotAnswer("ChatGPT", "Lima"), BotAnswer("Leonid", " ")])
async def test_no_words_and_words_of_another_bot_do_not(answer: BotAnswer) -> None:
    one = actor()
    one.inbox.put(answer)
    with pytest.raises(AssertionError, match="an answer of Leonid"):
        await bot_replies.answered(world(None), one, "Leonid", "What is the capital of Peru?")


async def test_of_our_stand_in_only_its_own_answer_counts() -> None:
    one = actor()
    one.inbox.put(BotAnswer("Leonid", "Lima, I believe."))
    with pytest.raises(AssertionError, match="You said: Why"):
        await bot_replies.answered(world(object()), one, "Leonid", "Why?")


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("You said: try the country", "does not say that Leonid cannot answer"),
        ("Leonid is unavailable: openai.error.APIError: 500", "that is an exception"),
    ],
)
async def test_an_excuse_is_one_for_people(word: str, why: str) -> None:
    one = actor()
    one.inbox.put(BotAnswer("Leonid", word))
    with pytest.raises(AssertionError, match=why):
        await bot_replies.excused(one, "Leonid")
