"""What a pilot user does with a training system: look around, talk, and go the whole way. Each leaves a record."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar, cast

from support.core import clock
from support.core.checks import check
from support.core.events import Acknowledged, Arrival, BotAnswer, Declined, Disconnected, Feedback
from support.core.inbox import Received
from support.core.wording import in_words
from support.drivers.capabilities.training import CompletesSessions, KeepsRecords, StoresMessages, TakesItsTime, Trains
from support.scenario.actor import Actor
from support.scenario.tasks import bot_replies
from support.scenario.tasks.attempt_log import Record, Tried
from support.scenario.world import World

A = TypeVar("A", bound=Arrival)

#: What a pilot user says in a training, one after the other.
LINES = (
    "I understand how frustrating this is, and I am happy to help you.",
    "Please tell me in detail, step by step, what happened.",
    "Thank you. I will assist you, and we will resolve it together.",
    "Let me explain what happens next, and how we support you.",
    "I appreciate your patience. Is there anything else I can help you with?",
)


#: What feedback comes to that judges nothing, because the other side had nothing to say but an apology.
NO_POINTS = "no points for what was said: an apology is no answer"


async def together(world: World, roles: list[str], action: Callable[[Actor], Awaitable[Record]]) -> None:
    """Have people do something at the same time, and keep each one's record."""
    people = await world.actors(roles)
    world.records += await asyncio.gather(*(action(actor) for actor in people))


async def look_around(actor: Actor, training: str, times: int) -> Record:
    """Use each way into the system, again and again: its state, its trainings, their documents, new sessions."""
    record, system = Record(actor.role), actor.ability(Trains)
    for _ in range(times):
        await record.of("ask whether the system is well", _is_well(system))
        record.trainings = await record.of("list the trainings", system.trainings(), [])
        record.documents = await record.of("read the documents", system.documents(training), [])
        session = await record.of("open a session", system.start(training))
        record.sessions += [session.number] if session else []
    return record


async def _is_well(system: Trains) -> None:
    check(await system.well(), "the system says that it is not well")


async def train(actor: Actor, trainings: Iterable[str], pause: float = 0.0) -> Record:
    """Go through trainings: open a session, read the documents, and converse.

    Args:
        actor: who.
        trainings: which.
        pause: seconds before each thing said.
    """
    record, system = Record(actor.role), actor.ability(Trains)
    for training in trainings:
        session = await record.of("open a session", system.start(training))
        if session is None:
            continue
        record.sessions.append(session.number)
        record.documents += await record.of("read the documents", system.documents(training), [])
        await record.of("join the session", actor.connect())
        for line in LINES:
            await clock.pause(pause)
            await record.of("say something", _take_turn(record, actor, line))
    return record


async def say_everywhere(actor: Actor, line: str) -> Record:
    """Open a session in every training that is listed, join it, and say something there."""
    record, system = Record(actor.role), actor.ability(Trains)
    record.trainings = await record.of("list the trainings", system.trainings(), [])
    for training in record.trainings:
        session = await record.of(f"open a session in {training}", system.start(training))
        if session is None:
            continue
        record.sessions.append(session.number)
        await record.of(f"join the session in {training}", actor.connect())
        await record.of(f"say something in {training}", _take_turn(record, actor, line))
    return record


async def train_to_the_end(actor: Actor, trainings: Iterable[str]) -> Record:
    """Go through trainings, and complete the session of each."""
    whole = Record(actor.role)
    for training in trainings:
        part = await train(actor, [training])
        if await part.of("complete the session", actor.ability(CompletesSessions).complete()) is not None:
            shown = await part.of("see the session", actor.ability(Trains).session())
            whole.completed += bool(shown and shown.completed)
        whole.tried += part.tried
        whole.sessions += part.sessions
        whole.documents += part.documents
        whole.said += part.said
        whole.points += part.points
    return whole


async def _take_turn(record: Record, actor: Actor, line: str) -> None:
    """Say something, and take the reply and the points for it; none is what one gets with an apology.

    Raises:
        AssertionError: there was no answer.
    """
    record.said += 1
    feedback = await say(actor, line)
    record.points.append(feedback.points)
    check(feedback.points > 0, NO_POINTS)


async def say(actor: Actor, line: str) -> Feedback:
    """Say something to the trainer, and wait for the reply and then the feedback; those of before do not count.

    Raises:
        AssertionError: one of them did not come; says what came instead.
    """
    actor.inbox.settle(belongs_to_a_turn)
    await actor.ask("the trainer", line)
    await actor.inbox.expect(BotAnswer, within=actor.limits.delivery, called="a reply")
    return await feedback(actor)


async def whole_turn(actor: Actor) -> Feedback:
    """Wait for an acknowledgement, a reply and feedback, each up to the delivery limit: in this order.

    Raises:
        AssertionError: one does not come, or not in its turn; says what came.
    """
    kinds = {"an acknowledgement": Acknowledged, "a reply": BotAnswer, "feedback": Feedback}
    within, inbox = actor.limits.delivery, actor.inbox
    came = [await inbox.expect(kind, within=within, called=called) for called, kind in kinds.items()]
    in_order = came == sorted(came, key=inbox.received.index)
    check(in_order, f"{actor.role} got, in another order: {in_words([one.what for one in came])}")
    return cast(Feedback, came[-1].what)


async def feedback(actor: Actor) -> Feedback:
    """Wait for feedback, up to the delivery limit."""
    return cast(Feedback, (await actor.inbox.expect(Feedback, within=actor.limits.delivery, called="feedback")).what)


async def talk(world: World, actor: Actor, bot: str, line: str, *, unless: type[Arrival] | None = Declined) -> None:
    """Say something to a bot, and be answered: the reply is one to this line, and the feedback gives points.

    Args:
        world: of their scenario.
        actor: who.
        bot: to whom.
        line: what.
        unless: what ends the waiting for the reply; None where a refusal of something else may still be under way.

    Raises:
        AssertionError: it is declined, or not answered; says what came instead.
    """
    line = world.own_words(line)
    actor.inbox.settle(belongs_to_a_turn)
    await actor.ask(bot, line)
    await bot_replies.answered(world, actor, bot, line, unless=unless)
    check((await feedback(actor)).points > 0, f"{actor.role} got a reply from {bot}, and {NO_POINTS}")


async def talk_at_last(world: World, actor: Actor, bot: str, line: str, *, within: float) -> None:
    """Say something to a bot again and again, until one is answered.

    Raises:
        AssertionError: not within `within` seconds; says why the last time.
    """
    deadline = clock.now() + within
    while True:
        try:
            return await talk(world, actor, bot, line)
        except AssertionError as failure:
            check(clock.now() < deadline, f"after {within:g} s still: {failure}")
        await clock.pause(0.1)


async def flood(actor: Actor, lines: list[str]) -> Record:
    """Say many things at once, and wait until each has its feedback or a refusal, or the delivery limit is up.

    What arrives stays in the inbox for later steps to speak of.
    """
    record, before, began = Record(actor.role), len(actor.inbox.received), clock.now()
    what = f"{actor.role}: say something"
    await actor.attempt(_say_all(actor, lines))

    def came(*kinds: type[Arrival]) -> list[Received]:
        return [item for item in actor.inbox.received[before:] if isinstance(item.what, kinds)]

    def over() -> bool:
        refusals, turns = came(Declined, Disconnected), min(len(came(BotAnswer)), len(came(Feedback)))
        return len(refusals) + turns >= len(lines)

    await clock.until(over, within=actor.limits.delivery)
    record.said, record.points = len(lines), [cast(Feedback, item.what).points for item in came(Feedback)]
    judged = iter(record.points)
    for item in came(BotAnswer):
        record.tried.append(Tried(what, item.at - began, None if next(judged, 1) else NO_POINTS))
    record.tried += [Tried(what, item.at - began, str(item.what)) for item in came(Declined, Disconnected)]
    missing, silence = len(lines) - len(record.tried), f"no reply within {actor.limits.delivery:g} s"
    record.tried += [Tried(what, actor.limits.delivery, silence)] * missing
    return record


async def say_in_turn(actor: Actor, lines: list[str]) -> Record:
    """Say many things, each when the one before has its feedback or a refusal; none more when one has neither."""
    record = Record(actor.role)
    for line in lines:
        turn = await flood(actor, [line])
        record.said += turn.said
        record.points += turn.points
        record.tried += turn.tried
        if not turn.points:
            break
    return record


async def _say_all(actor: Actor, lines: list[str]) -> None:
    await asyncio.gather(*(actor.ask("the trainer", line) for line in lines))


async def kept_conversation(actor: Actor) -> list[str]:
    """What was said in the present session, by turns, as the system has kept it."""
    return [f"{who}: {text}" for who, text in await actor.do(actor.ability(KeepsRecords).conversation())]


def heard_conversation(actor: Actor) -> list[str]:
    """The same, as it was said and heard by this person.

    Raises:
        AssertionError: something that was said has got no reply.
    """
    turns = _with_each(actor, BotAnswer, "replies")
    return [line for text, reply in turns for line in (f"{actor.role}: {text}", f"{reply.bot}: {reply.text}")]


async def kept_points(actor: Actor) -> list[str]:
    """The points for what was said in the present session, as the system has kept them."""
    given = await actor.do(actor.ability(KeepsRecords).points())
    return [f'{points} points for "{text}"' for text, points in given]


def heard_points(actor: Actor) -> list[str]:
    """The same, as they were told to this person.

    Raises:
        AssertionError: something that was said has got no feedback.
    """
    return [f'{one.points} points for "{text}"' for text, one in _with_each(actor, Feedback, "times feedback")]


def _with_each(actor: Actor, kind: type[A], called: str) -> list[tuple[str, A]]:
    """What a user said, each with the arrival of this kind that came of it.

    Raises:
        AssertionError: there are more of one than of the other.
    """
    said = actor.ability(KeepsRecords).said
    came = [item.what for item in actor.inbox.received if isinstance(item.what, kind)]
    check(len(came) == len(said), f"{actor.role} said {len(said)} things, and got {len(came)} {called}")
    return list(zip(said, came, strict=True))


async def stored(world: World, words: str) -> int:
    """In how many messages that the system has stored these words stand."""
    return await world.ability(StoresMessages).stored(words)


def lasting(world: World, minutes: float) -> float:
    """Seconds that so many minutes of a training last here, 60 each in a soak; the transcript says so."""
    minute = world.ability(TakesItsTime).minute
    seconds = minutes * (60 if world.in_real_time else minute)
    world.transcript.did(f"specified {minutes:g} minutes, run as {seconds:g} s")
    return seconds


def belongs_to_a_turn(what: Arrival) -> bool:
    """Whether something is what comes of a message."""
    return isinstance(what, Acknowledged | BotAnswer | Feedback | Declined)
