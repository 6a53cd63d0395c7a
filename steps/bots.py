"""Phrases about chat bots and the people who ask them."""

from support.scenario.needs import stand_in
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import bot_questions
from support.scenario.tasks.bot_replies import answered, excused
from support.scenario.world import Scene


@given("{bot} is out of order", needs=stand_in)
async def is_out_of_order(scene: Scene, bot: str) -> None:
    """The bot's own interface fails whatever it is asked.

    Example: Given ChatGPT is out of order
    """
    await scene.bots.fail(bot)


@given("{bot} answers when all {int} have asked, the last one first", needs=stand_in)
async def answers_together(scene: Scene, bot: str, count: int) -> None:
    """The bot holds its answers until so many questions have come, then gives them in reverse.

    Example: Given ChatGPT answers when all 3 have asked, the last one first
    """
    await scene.bots.hold_until(bot, count)


@when("{user} asks {bot} {string}")
async def asks(scene: Scene, role: str, bot: str, question: str) -> None:
    """Writes to a bot as to anybody else.

    Example: When user A asks ChatGPT "What is the capital of Peru?"
    """
    actor = await scene.actor(role)
    await actor.do(actor.ask(bot, scene.own_words(question)))


@when("{users} ask {bot} at the same time, each something else")
async def ask_at_once(scene: Scene, roles: list[str], bot: str) -> None:
    """All write to the bot before any has an answer.

    Example: When user A, user B and user C ask ChatGPT at the same time, each something else
    """
    questions = {role: scene.own_words(f"What does {role} want?") for role in roles}
    await bot_questions.ask_at_once(scene, questions, bot)


@then("{bot} is asked {string} once", needs=stand_in)
async def is_asked(scene: Scene, bot: str, question: str) -> None:
    """The question has reached the bot, as it was written, one time.

    Example: Then ChatGPT is asked "What is the capital of Peru?" once
    """
    await scene.bots.was_asked_once(bot, scene.own_words(question), within=scene.bars.delivery)


@then("{bot} is never asked {string}", needs=stand_in)
async def is_never_asked(scene: Scene, bot: str, text: str) -> None:
    """These words, which were meant for somebody else, have not reached the bot, nor has anything with them in it.

    Example: Then ChatGPT is never asked "For your ears only"
    """
    await scene.bots.was_never_asked(bot, text)


@then("{user} receives the answer of {bot} to {string}")
async def receives_answer(scene: Scene, role: str, bot: str, question: str) -> None:
    """What the bot answered to this question arrives within the delivery bar; of a real bot, any answer.

    Example: Then user A receives the answer of ChatGPT to "What is the capital of Peru?"
    """
    await answered(scene, await scene.actor(role), bot, scene.own_words(question))


@then("{users} each receive the answer of {bot} to their own question")
async def receive_own_answers(scene: Scene, roles: list[str], bot: str) -> None:
    """Each of those who asked at the same time gets what the bot answered to them; of a real bot, any answer.

    Example: Then user A, user B and user C each receive the answer of ChatGPT to their own question
    """
    for actor in await scene.actors(roles):
        await answered(scene, actor, bot, scene.own_words(f"What does {actor.role} want?"))


@then("{user} is told by {bot} that it cannot answer")
async def is_told_that_bot_cannot(scene: Scene, role: str, bot: str) -> None:
    """A word in the bot's name arrives, and it is not an answer, nor for developers alone.

    Example: Then user A is told by ChatGPT that it cannot answer
    """
    await excused(await scene.actor(role), bot)
