"""What a pilot user does with a training system: look around, talk, and go the whole way. Each leaves a record."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import cast

from support import clock
from support.actors import Actor
from support.arrivals import Acknowledged, Arrival, BotAnswer, Declined, Disconnected, Feedback
from support.checks import check
from support.errors import NotCapable
from support.inbox import Received
from support.scene import Scene
from support.systems.capabilities.training import CompletesSessions, KeepsRecords, StoresMessages, TakesItsTime, Trains
from support.tasks.records import Record, Tried

#: What a pilot user says in a training, one after the other.
LINES = (
    "I understand how frustrating this is, and I am happy to help you.",
    "Please tell me in detail, step by step, what happened.",
    "Thank you. I will assist you, and we will resolve it together.",
    "Let me explain what happens next, and how we support you.",
    "I appreciate your patience. Is there anything else I can help you with?",
)


async def together(scene: Scene, roles: list[str], deed: Callable[[Actor], Awaitable[Record]]) -> None:
    """Have people do something at the same time, and keep each one's record."""
    people = await scene.actors(roles)
    scene.records += await asyncio.gather(*(deed(actor) for actor in people))


async def look_around(actor: Actor, training: str, times: int) -> Record:
    """Use each way into the system, again and again: its state, its trainings, their documents, new sessions."""
    record, system = Record(actor.role), actor.able(Trains)
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
    record, system = Record(actor.role), actor.able(Trains)
    for training in trainings:
        session = await record.of("open a session", system.start(training))
        if session is None:
            continue
        record.sessions.append(session.number)
        record.documents += await record.of("read the documents", system.documents(training), [])
        await record.of("join the session", actor.connect())
        for line in LINES:
            await clock.pause(pause)
            record.points += await record.of("say something", _points_for(actor, line), [])
    return record


async def train_to_the_end(actor: Actor, trainings: Iterable[str]) -> Record:
    """Go through trainings, and complete the session of each."""
    whole = Record(actor.role)
    for training in trainings:
        part = await train(actor, [training])
        if await part.of("complete the session", actor.able(CompletesSessions).complete()) is not None:
            whole.completed += 1
        whole.tried += part.tried
        whole.sessions += part.sessions
        whole.documents += part.documents
        whole.points += part.points
    return whole


async def _points_for(actor: Actor, line: str) -> list[int]:
    """Say something, and take the reply and the points for it."""
    return [(await say(actor, line)).points]


async def say(actor: Actor, line: str) -> Feedback:
    """Say something to the trainer, and wait for the reply and then the feedback; those of before do not count.

    Raises:
        AssertionError: one of them did not come; says what came instead.
    """
    actor.inbox.settle(_belongs_to_a_turn)
    await actor.ask("the trainer", line)
    await actor.inbox.expect(BotAnswer, within=actor.bars.delivery, called="a reply")
    return await feedback(actor)


async def feedback(actor: Actor) -> Feedback:
    """Wait for feedback, up to the delivery bar."""
    return cast(Feedback, (await actor.inbox.expect(Feedback, within=actor.bars.delivery, called="feedback")).what)


async def say_until_heard(actor: Actor, line: str, *, within: float) -> None:
    """Say something again and again, until it gets its reply and its feedback.

    Raises:
        AssertionError: not within `within` seconds; says why the last time.
    """
    deadline = clock.now() + within
    while True:
        actor.inbox.settle(_belongs_to_a_turn)
        await actor.ask("the trainer", line)
        answer = (await actor.inbox.expect(_replies_or_refuses, within=actor.bars.delivery, called="a reply")).what
        if isinstance(answer, BotAnswer):
            await feedback(actor)
            return
        check(clock.now() < deadline, f"{actor.role} still gets a {answer} after {within:g} s")
        await clock.pause(0.1)


async def flood(actor: Actor, lines: list[str]) -> Record:
    """Say many things at once, and wait until each has its feedback or a refusal, or the delivery bar is up.

    What arrives stays in the inbox for later steps to speak of.
    """
    record, before, began = Record(actor.role), len(actor.inbox.received), clock.now()
    await asyncio.gather(*(actor.ask("the trainer", line) for line in lines))

    def came(*kinds: type[Arrival]) -> list[Received]:
        return [item for item in actor.inbox.received[before:] if isinstance(item.what, kinds)]

    await clock.until(lambda: len(came(Feedback, Declined, Disconnected)) >= len(lines), within=actor.bars.delivery)
    for item in came(BotAnswer, Declined, Disconnected):
        trouble = None if isinstance(item.what, BotAnswer) else str(item.what)
        record.tried.append(Tried(f"{actor.role}: say something", item.at - began, trouble))
    missing = len(lines) - len(record.tried)
    record.tried += [Tried(f"{actor.role}: say something", actor.bars.delivery, "no reply")] * missing
    return record


async def kept(actor: Actor) -> tuple[list[str], list[int]]:
    """What the system has kept of the present session: what was said, by turns, and the points for it."""
    records = actor.able(KeepsRecords)
    lines = await actor.do(records.conversation())
    return [f"{who}: {text}" for who, text in lines], await actor.do(records.points())


def heard(actor: Actor) -> tuple[list[str], list[int]]:
    """The same, as it was said and heard by this person."""
    arrived = [item.what for item in actor.inbox.received]
    replies = [what for what in arrived if isinstance(what, BotAnswer)]
    turns = zip(actor.able(KeepsRecords).said, replies, strict=False)
    lines = [line for said, reply in turns for line in (f"{actor.role}: {said}", f"{reply.bot}: {reply.text}")]
    return lines, [what.points for what in arrived if isinstance(what, Feedback)]


async def stored(scene: Scene, words: str) -> int:
    """In how many messages that the system has stored these words stand."""
    if not isinstance(scene.system, StoresMessages):
        raise NotCapable(f"this is not a system that {StoresMessages.__doc__}")
    return await scene.system.stored(words)


def lasting(scene: Scene, minutes: float) -> float:
    """Seconds that so many minutes of a training last here, 60 each in a soak; the transcript says so."""
    if not isinstance(scene.system, TakesItsTime):
        raise NotCapable(f"this is not a system that {TakesItsTime.__doc__}")
    seconds = minutes * (60 if scene.in_real_time else scene.system.minute)
    scene.transcript.did(f"specified {minutes:g} minutes, run as {seconds:g} s")
    return seconds


def _belongs_to_a_turn(what: Arrival) -> bool:
    return isinstance(what, Acknowledged | BotAnswer | Feedback | Declined)


def _replies_or_refuses(what: Arrival) -> bool:
    return isinstance(what, BotAnswer | Declined)
