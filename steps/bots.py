"""Phrases about chat bots and the people who ask them."""

from support.arrivals import BotAnswer
from support.bots import answer_to
from support.scene import Scene
from support.stepping import given, then, when
from support.tasks import asking


@given("{bot} is out of order")
async def is_out_of_order(scene: Scene, bot: str) -> None:
    """The bot's own interface fails whatever it is asked.

    Example: Given ChatGPT is out of order
    """
    await scene.bots.fail()


@given("{bot} answers when all {int} have asked, the last one first")
async def answers_together(scene: Scene, bot: str, count: int) -> None:
    """The bot holds its answers until so many questions have come, then gives them in reverse.

    Example: Given ChatGPT answers when all 3 have asked, the last one first
    """
    await scene.bots.hold_until(count)


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
    await asking.ask_at_once(scene, questions, bot)


@then("{bot} is asked {string} once")
async def is_asked(scene: Scene, bot: str, question: str) -> None:
    """The question has reached the bot, as it was written, one time.

    Example: Then ChatGPT is asked "What is the capital of Peru?" once
    """
    await scene.bots.was_asked_once(bot, scene.own_words(question), within=scene.bars.delivery)


@then("{bot} is never asked {string}")
async def is_never_asked(scene: Scene, bot: str, text: str) -> None:
    """These words, which were meant for somebody else, have not reached the bot, nor has anything with them in it.

    Example: Then ChatGPT is never asked "For your ears only"
    """
    await scene.bots.was_never_asked(bot, text)


@then("{user} receives the answer of {bot} to {string}")
async def receives_answer(scene: Scene, role: str, bot: str, question: str) -> None:
    """What the bot answered to this question arrives within the delivery bar.

    Example: Then user A receives the answer of ChatGPT to "What is the capital of Peru?"
    """
    actor = await scene.actor(role)
    await actor.receives(BotAnswer(bot, answer_to(scene.own_words(question))))


@then("{users} each receive the answer of {bot} to their own question")
async def receive_own_answers(scene: Scene, roles: list[str], bot: str) -> None:
    """Each of those who asked at the same time gets what the bot answered to them.

    Example: Then user A, user B and user C each receive the answer of ChatGPT to their own question
    """
    for actor in await scene.actors(roles):
        question = scene.own_words(f"What does {actor.role} want?")
        await actor.receives(BotAnswer(bot, answer_to(question)))


@then("{user} is told by {bot} that it cannot answer")
async def is_told_that_bot_cannot(scene: Scene, role: str, bot: str) -> None:
    """A word in the bot's name arrives, and it is not an answer.

    Example: Then user A is told by ChatGPT that it cannot answer
    """
    actor = await scene.actor(role)
    await actor.receives_excuse(bot)
