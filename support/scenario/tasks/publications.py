"""What is published on topics, and what of it reaches whom."""

import asyncio

from support.core import clock
from support.core.checks import check
from support.core.events import Published
from support.core.wording import first_difference
from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.topics import PublishesOnTopics
from support.scenario.actor import Actor
from support.scenario.tasks.conversations import numbered
from support.scenario.world import World


def topics_of(actor: Actor) -> PublishesOnTopics:
    """The verbs of a user who publishes and subscribes."""
    return actor.ability(PublishesOnTopics)


async def have_subscribed(world: World, roles: list[str], topic: str) -> None:
    """Have users be online and subscribed, and account for what the topic keeps."""
    for actor in [await world.there(role) for role in roles]:
        await actor.do(topics_of(actor).subscribe(topic))
        await actor.do(actor.ability(Connects).settle())
        actor.inbox.settle(Published)


async def publish(world: World, role: str, text: str, topic: str, quality: str, *, kept: bool = False) -> None:
    """Publish one message; a user who has not been spoken of yet comes online for it."""
    actor = await world.there(role)
    actor.inbox.said.add(text)
    await actor.do(topics_of(actor).publish(text, topic, quality, kept=kept))


async def publish_at_once(world: World, role: str, count: int, topic: str, quality: str) -> None:
    """Publish numbered messages back to back."""
    actor = await world.there(role)
    await actor.do(asyncio.gather(*(topics_of(actor).publish(text, topic, quality) for text in numbered(count))))


async def publish_meanwhile(world: World, role: str, count: int, topic: str, quality: str, listener: str) -> None:
    """Publish numbered messages one after the other, and break a subscriber's connection when a third has arrived."""
    actor, subscriber = await world.actors([role, listener])

    async def publish_in_turn() -> None:
        for text in numbered(count):
            await actor.do(topics_of(actor).publish(text, topic, quality))

    async def come_back() -> None:
        await clock.until(lambda: len(subscriber.inbox.received) > count // 3, within=world.limits.delivery)
        await subscriber.go_away()
        await world.come_online([listener])

    await asyncio.gather(publish_in_turn(), come_back())


async def received(world: World, roles: list[str], text: str, topic: str, *, kept: bool = False) -> None:
    """See that a message reaches users, as a new one or as one that the topic has kept."""
    for actor in await world.actors(roles):
        await actor.receives(Published(text, topic, kept))


async def received_repeatedly(world: World, role: str, text: str, topic: str) -> None:
    """See that a message reaches a user, and account for its repetitions."""
    actor = await world.actor(role)
    await actor.receives(Published(text, topic))
    await actor.do(actor.ability(Connects).settle())
    actor.inbox.settle(Published(text, topic))


async def received_in_order(world: World, role: str, count: int, topic: str) -> None:
    """See that numbered messages reach a user, in their order."""
    actor = await world.actor(role)
    for text in numbered(count):
        await actor.receives(Published(text, topic))
    told = [one.what for one in actor.inbox.received if isinstance(one.what, Published)]
    texts = [what.text for what in told if what.topic == topic]
    wrong = first_difference(list(dict.fromkeys(texts)), numbered(count))
    check(not wrong, f"{role} received the messages not in the order published: {wrong}")
