"""Phrases about chat bots and the people who ask them."""

from support.scenario.needs import stand_in
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import bot_questions
from support.scenario.tasks.bot_replies import answered, answered_alike, excused
from support.scenario.world import World


@given("{bot} is out of order", needs=stand_in, alone=True)
async def is_out_of_order(world: World, bot: str) -> None:
    """The bot's own interface fails whatever it is asked.

    Example: Given ChatGPT is out of order
    """
    await world.steered_bots.fail(bot)


@given("{bot} leaves every question unanswered", needs=stand_in, alone=True)
async def leaves_unanswered(world: World, bot: str) -> None:
    """The bot's own interface takes whatever it is asked, and says nothing more.

    Example: Given ChatGPT leaves every question unanswered
    """
    await world.steered_bots.hang(bot)


@given("{bot} answers without a word", needs=stand_in, alone=True)
async def answers_without_a_word(world: World, bot: str) -> None:
    """The bot's own interface takes whatever it is asked, and its answers have no words.

    Example: Given ChatGPT answers without a word
    """
    await world.steered_bots.mute(bot)


@given("{bot} withholds its answers", needs=stand_in, alone=True)
async def withholds_answers(world: World, bot: str) -> None:
    """The bot's own interface takes whatever it is asked, and what it gives holds no answer, as when a filter keeps it.

    Example: Given ChatGPT withholds its answers
    """
    await world.steered_bots.withhold(bot)


@given("{bot} answers when all {int} have asked, the last one first", needs=stand_in, alone=True)
async def answers_together(world: World, bot: str, count: int) -> None:
    """The bot holds its answers until so many questions have come, then gives them in reverse.

    Example: Given ChatGPT answers when all 3 have asked, the last one first
    """
    await world.steered_bots.hold_until(bot, count)


@when("{bot} is in order again", needs=stand_in, alone=True)
async def is_in_order(world: World, bot: str) -> None:
    """The bot's own interface answers as usual from now on.

    Example: When ChatGPT is in order again
    """
    await world.steered_bots.mend(bot)


@given("{user} has asked {bot} {string}", needs=stand_in)
@when("{user} asks {bot} {string}, and goes on", needs=stand_in)
async def has_asked(world: World, role: str, bot: str, question: str) -> None:
    """Has written to a bot, which has the question now; the system may take it only with the answer, or never.

    Example: Given user A has asked ChatGPT "What is the capital of Peru?"
    """
    await bot_questions.ask_and_go_on(world, await world.actor(role), bot, world.own_words(question))


@when("{user} asks {bot} {string}")
async def asks(world: World, role: str, bot: str, question: str) -> None:
    """Writes to a bot as to another user.

    Example: When user A asks ChatGPT "What is the capital of Peru?"
    """
    actor = await world.actor(role)
    await actor.do(actor.ask(bot, world.own_words(question)))


@when("{users} ask {bot} at the same time, each something else")
async def ask_at_once(world: World, roles: list[str], bot: str) -> None:
    """All write to the bot before any has an answer.

    Example: When user A, user B and user C ask ChatGPT at the same time, each something else
    """
    questions = {role: world.own_words(f"What does {role} want?") for role in roles}
    await bot_questions.ask_at_once(world, questions, bot)


@then("{bot} is asked {string} once", needs=stand_in)
async def is_asked(world: World, bot: str, question: str) -> None:
    """The question has reached the bot, as it was written, one time.

    Example: Then ChatGPT is asked "What is the capital of Peru?" once
    """
    await world.bots.was_asked_once(bot, world.own_words(question), within=world.limits.delivery)


@then("{bot} is asked {string} {int} times", needs=stand_in)
async def is_asked_often(world: World, bot: str, question: str, times: int) -> None:
    """The question has reached the bot, as it was written, so many times.

    Example: Then ChatGPT is asked "What time is it?" 3 times
    """
    await world.bots.was_asked(bot, world.own_words(question), times, within=world.limits.delivery)


@then("{bot} is never asked {string}", needs=stand_in)
async def is_never_asked(world: World, bot: str, text: str) -> None:
    """These words, which were meant for another receiver, have not reached the bot, nor has anything with them in it.

    Example: Then ChatGPT is never asked "For your ears only"
    """
    await world.bots.was_never_asked(bot, text)


@then("{user} receives the answer of {bot} to {string}")
async def receives_answer(world: World, role: str, bot: str, question: str) -> None:
    """What the bot answered to this question arrives within the delivery limit; of a real bot, any answer.

    Example: Then user A receives the answer of ChatGPT to "What is the capital of Peru?"
    """
    await answered(world, await world.actor(role), bot, world.own_words(question))


@then("{users} each receive the answer of {bot} to their own question")
async def receive_own_answers(world: World, roles: list[str], bot: str) -> None:
    """Each of those who asked at the same time gets what the bot answered to them; of a real bot, any answer.

    Example: Then user A, user B and user C each receive the answer of ChatGPT to their own question
    """
    for actor in await world.actors(roles):
        await answered(world, actor, bot, world.own_words(f"What does {actor.role} want?"))


@then("{users} are answered in the same words by {bot}")
async def are_answered_alike(world: World, roles: list[str], bot: str) -> None:
    """Each gets an answer within the delivery limit, and all of them the same, whatever it is.

    Example: Then user A and user B are answered in the same words by ChatGPT
    """
    await answered_alike(await world.actors(roles), bot)


@then("{user} is told by {bot} that it cannot answer")
async def is_told_that_bot_cannot(world: World, role: str, bot: str) -> None:
    """A word in the bot's name arrives, and it is not an answer, nor about another bot, nor for developers alone.

    Example: Then user A is told by ChatGPT that it cannot answer
    """
    await excused(await world.actor(role), bot)
