"""All topics together: the moves that there are, and what a walk has to be judged by."""

from collections.abc import Collection, Iterator

from support.verification.exploration.lines import WalkLine
from support.verification.exploration.model import Model
from support.verification.exploration.moves import Move
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics import (
    attempts,
    availability,
    bots,
    changes_in_places,
    comings,
    contacts,
    conversation,
    deliveries,
    delivery_outages,
    files,
    former_sessions,
    invitations,
    messages,
    outages,
    outsiders,
    place_members,
    places,
    retries,
    school,
    school_records,
    school_settings,
    sessions,
    subscriptions,
    training,
)

#: The simplest first; what is judged first is what is owed.
TOPICS: tuple[Topic, ...] = (
    messages.TOPIC,
    comings.TOPIC,
    places.TOPIC,
    place_members.TOPIC,
    changes_in_places.TOPIC,
    availability.TOPIC,
    files.TOPIC,
    school.TOPIC,
    school_settings.TOPIC,
    school_records.TOPIC,
    invitations.TOPIC,
    outsiders.TOPIC,
    training.TOPIC,
    deliveries.TOPIC,
    retries.TOPIC,
    delivery_outages.TOPIC,
    conversation.TOPIC,
    attempts.TOPIC,
    former_sessions.TOPIC,
    contacts.TOPIC,
    sessions.TOPIC,
    subscriptions.TOPIC,
    bots.TOPIC,
    outages.TOPIC,
)
#: All kinds of moves, the simplest first.
KINDS: tuple[type[Move], ...] = tuple(kind for topic in TOPICS for kind in topic.kinds)


def due(model: Model, people: Collection[str]) -> list[WalkLine]:
    """Judge what has to be judged before these people do anything else."""
    lines = [WalkLine("then", one.phrase) for one in model.dues if one.people & set(people)]
    model.dues = [one for one in model.dues if not one.people & set(people)]
    return lines


def settled(model: Model, people: Collection[str]) -> list[WalkLine]:
    """Judge all that these people are owed, and what others are owed because of them; then it is owed no more."""
    return [*due(model, people), *(line for topic in TOPICS for line in topic.settled(model, people))]


def standing(model: Model, *, last: bool) -> Iterator[WalkLine]:
    """Judge how things stand: silence, who is seen, who is heard, and what no longer opens anything.

    Args:
        last: whether nothing is done after it, so that a judgement may leave something behind.
    """
    for topic in () if model.down else TOPICS:
        yield from topic.standing(model, last)
