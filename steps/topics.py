"""Topics: subscribing, publishing, what a topic keeps, last wills, and sessions that outlast a connection."""

from support.drivers.capabilities.topics import KeepsSessions, LeavesWills, LosesConfirmations
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import publications
from support.scenario.world import World

#: How often a message is to arrive if a phrase does not say.
USUALLY = "at least once"


@given("{users} is/are subscribed to {topic}")
async def are_subscribed(world: World, roles: list[str], topic: str) -> None:
    """Online, and subscribed; what the topic keeps is part of the set-up.

    Example: Given user B is subscribed to the topic "weather/oslo"
    """
    await publications.have_subscribed(world, roles, topic)


@when("{user} subscribes to {topic}")
async def subscribes(world: World, role: str, topic: str) -> None:
    """Wants to be told what is published there from now on, and what the topic keeps.

    Example: When user B subscribes to the topic "weather/oslo"
    """
    actor = await world.there(role)
    await actor.do(publications.topics_of(actor).subscribe(topic))


@when("{user} unsubscribes from {topic}")
async def unsubscribes(world: World, role: str, topic: str) -> None:
    """Wants to be told nothing more of what is published there.

    Example: When user B unsubscribes from the topic "weather/oslo"
    """
    actor = await world.actor(role)
    await actor.do(publications.topics_of(actor).unsubscribe(topic))


@when("{user} publishes {string} on {topic}")
async def publishes(world: World, role: str, text: str, topic: str) -> None:
    """Publishes one message that is to arrive at least once, and waits until the system has taken it.

    Example: When user A publishes "Rain at noon" on the topic "weather/oslo"
    """
    await publications.publish(world, role, text, topic, USUALLY)


@when("{user} publishes {string} on {topic} {quality}")
async def publishes_with_quality(world: World, role: str, text: str, topic: str, quality: str) -> None:
    """Publishes one message that is to arrive so often, and waits until the system has taken it.

    Example: When user A publishes "Paid" on the topic "orders" exactly once
    """
    await publications.publish(world, role, text, topic, quality)


@given("{user} has published {string} on {topic}, to be kept")
async def has_published_to_keep(world: World, role: str, text: str, topic: str) -> None:
    """The topic keeps the message for those who subscribe later, in place of the one before.

    Example: Given user A has published "Sunny" on the topic "weather/oslo", to be kept
    """
    await publications.publish(world, role, text, topic, USUALLY, kept=True)


@when("{user} publishes {string} on {topic}, to be kept")
async def publishes_to_keep(world: World, role: str, text: str, topic: str) -> None:
    """The topic keeps the message for those who subscribe later, in place of the one before.

    Example: When user A publishes "Sunny" on the topic "weather/oslo", to be kept
    """
    await publications.publish(world, role, text, topic, USUALLY, kept=True)


@when("{user} takes away what {topic} keeps")
async def takes_away(world: World, role: str, topic: str) -> None:
    """The topic keeps nothing any more.

    Example: When user A takes away what the topic "weather/oslo" keeps
    """
    await publications.publish(world, role, "", topic, USUALLY, kept=True)


@when("{user} publishes {int} messages on {topic} {quality}, without a pause")
async def publishes_many(world: World, role: str, count: int, topic: str, quality: str) -> None:
    """Publishes numbered messages back to back, not waiting for the system in between.

    Example: When user A publishes 50 messages on the topic "orders" exactly once, without a pause
    """
    await publications.publish_at_once(world, role, count, topic, quality)


@when("{user} publishes {string} on {topic} {quality}, and loses the connection at once")
async def publishes_in_vain(world: World, role: str, text: str, topic: str, quality: str) -> None:
    """The client does not hear that the message has been taken, and says it again when it is online again.

    Example: When user A publishes "Paid" on the topic "orders" exactly once, and loses the connection at once
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(LosesConfirmations).publish_in_vain(text, topic, quality))


@when("{user} publishes {int} messages on {topic} {quality}, while {user} is cut off and comes back")
async def publishes_to_who_comes_back(
    world: World, role: str, count: int, topic: str, quality: str, listener: str
) -> None:
    """Publishes numbered messages, in the midst of which a subscriber's connection is lost and got back.

    Example: When user A publishes 9 messages on the topic "orders" exactly once, while user B is cut off and comes back
    """
    await publications.publish_meanwhile(world, role, count, topic, quality, listener)


@given("{user} has the last will {string} on {topic}")
async def has_will(world: World, role: str, text: str, topic: str) -> None:
    """Online; when the client is cut off, the system publishes this in its name.

    Example: Given user A has the last will "Gone" on the topic "doors/front"
    """
    actor = await world.actor(role)
    actor.ability(LeavesWills).leave_will(text, topic)
    await world.come_online([role])


@given("{user} has the last will {string} on {topic}, to be kept")
async def has_lasting_will(world: World, role: str, text: str, topic: str) -> None:
    """Online; when the client is cut off, the system publishes this in its name, and the topic keeps it.

    Example: Given user A has the last will "Gone" on the topic "doors/front", to be kept
    """
    actor = await world.actor(role)
    actor.ability(LeavesWills).leave_will(text, topic, kept=True)
    await world.come_online([role])


@when("{user} begins a new session")
async def begins_anew(world: World, role: str) -> None:
    """The client connects and wants nothing of its former session.

    Example: When user B begins a new session
    """
    actor = await world.actor(role)
    await actor.do(actor.ability(KeepsSessions).begin_anew())


@then("{string} on {topic} reaches {users}")
async def reaches(world: World, text: str, topic: str, roles: list[str]) -> None:
    """The message arrives, as a new one of this topic, within the delivery limit.

    Example: Then "Rain at noon" on the topic "weather/oslo" reaches user B
    """
    await publications.received(world, roles, text, topic)


@then("{string} on {topic} reaches {user} at least once")
async def reaches_repeatedly(world: World, text: str, topic: str, role: str) -> None:
    """The message arrives within the delivery limit; that it comes again counts for nothing.

    Example: Then "Paid" on the topic "orders" reaches user B at least once
    """
    await publications.received_repeatedly(world, role, text, topic)


@then("{user} receives all {int} messages on {topic} in the order published")
async def receives_all_on(world: World, role: str, count: int, topic: str) -> None:
    """The numbered messages of "publishes … messages on …" arrive, in order.

    Example: Then user B receives all 50 messages on the topic "orders" in the order published
    """
    await publications.received_in_order(world, role, count, topic)


@then("{user} finds {string} kept on {topic}")
async def finds_kept(world: World, role: str, text: str, topic: str) -> None:
    """The message arrives, as one that the topic has kept, within the delivery limit.

    Example: Then user B finds "Sunny" kept on the topic "weather/oslo"
    """
    await publications.received(world, [role], text, topic, kept=True)
