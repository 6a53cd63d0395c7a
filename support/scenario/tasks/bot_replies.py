"""What people hear from bots: answers, and words in their stead."""

import re
from typing import cast

from support.core.checks import check
from support.core.events import Arrival, BotAnswer
from support.drivers.kit.llm_stub import answer_to
from support.scenario.actor import Actor
from support.scenario.world import World
from support.vocabulary.parameters import BOTS
from support.vocabulary.terms.leaks import leak

#: How a user says that they cannot answer now.
_EXCUSE = r"\b(?:unavailable|not available|asleep|can(?:not|'t)|trouble|difficulty|difficulties|try again)\b"


async def answered(world: World, actor: Actor, bot: str, question: str, *, unless: type[Arrival] | None = None) -> None:
    """See that a user gets what a bot has answered to a question, within the delivery limit.

    What our own stand-in answers is known; a real bot's answer may be any that has words.

    Args:
        world: of their scenario.
        actor: who asked.
        bot: whom.
        question: what.
        unless: what ends the waiting for the answer.

    Raises:
        AssertionError: they do not; says what arrived instead.
    """
    ours = world.sut.bots is not None
    wanted = BotAnswer(bot, answer_to(question)) if ours else None

    def ends(what: Arrival) -> bool:
        return (unless is not None and isinstance(what, unless)) or (what == wanted if wanted else is_answer(what, bot))

    came = await actor.inbox.expect(ends, within=actor.limits.delivery, called=str(wanted or f"an answer of {bot}"))
    check(isinstance(came.what, BotAnswer), f"{actor.role} got no answer of {bot} but a {came.what}")


async def answered_whole(world: World, actor: Actor, bot: str, question: str) -> None:
    """See that all of what a bot has answered to a question reaches a user, but for the breaks between its lines.

    Raises:
        AssertionError: it does not within the delivery limit; says what arrived instead.
    """
    wanted = BotAnswer(bot, answer_to(question)) if world.sut.bots is not None else None

    def is_it(what: Arrival) -> bool:
        if wanted is None:
            return is_answer(what, bot)
        return isinstance(what, BotAnswer) and what.bot == bot and _in_one_line(what.text) == _in_one_line(wanted.text)

    await actor.inbox.expect(is_it, within=actor.limits.delivery, called=str(wanted or f"an answer of {bot}"))


def _in_one_line(text: str) -> str:
    return text.replace("\n", "")


async def answered_on_each(world: World, actor: Actor, bot: str, question: str) -> None:
    """See that what a bot has answered to a question reaches each connection of a user, within the delivery limit.

    Raises:
        AssertionError: it does not; says what arrived instead.
    """
    wanted = BotAnswer(bot, answer_to(question)) if world.sut.bots is not None else BotAnswer
    for inbox in actor.inboxes:
        await inbox.expect(wanted, within=actor.limits.delivery, called=f"the answer of {bot}")


async def answered_alike(actors: list[Actor], bot: str) -> None:
    """See that people get an answer of a bot each, within the delivery limit, in the same words.

    Raises:
        AssertionError: they do not; says what arrived instead.
    """
    answers = {}
    for actor in actors:
        within, called = actor.limits.delivery, f"an answer of {bot}"
        came = await actor.inbox.expect(lambda what: is_answer(what, bot), within=within, called=called)
        answers[actor.role] = cast(BotAnswer, came.what).text
    check(len(set(answers.values())) == 1, f"they got different answers: {answers}")


async def excused(actor: Actor, bot: str) -> None:
    """See that a user is told in a bot's name that it cannot answer, once it is lost, or has been silent for that long.

    Raises:
        AssertionError: they are not, or are shown the inside of the server; says what they were told.
    """
    patience = actor.limits.outage + actor.limits.response
    word = await actor.inbox.expect(BotAnswer, within=patience, called=f"a word from {bot}")
    answer = cast(BotAnswer, word.what)
    told = f'{actor.role} was told "{answer.text}"'
    check(answer.bot == bot, f"{actor.role} got a word from {answer.bot}, not {bot}")
    check(re.search(_EXCUSE, answer.text), f"{told}, which does not say that {bot} cannot answer")
    other = next((name for name in BOTS if name != bot and name in answer.text), None)
    check(other is None, f"{told}, which speaks of {other} and not of {bot}")
    inside = leak(answer.text)
    check(inside is None, f"{told}: that is {inside}, which is not for users")


def is_answer(what: Arrival, bot: str) -> bool:
    """Whether something that arrived is an answer of a real bot."""
    return isinstance(what, BotAnswer) and what.bot == bot and bool(what.text.strip())
