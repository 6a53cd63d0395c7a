"""Those who talk to each other: what reaches them, who is seen and heard, and what no longer opens anything."""

from collections.abc import Collection, Iterator
from itertools import groupby, pairwise

from support.drivers.capabilities.connections import Connects, ConnectsOften
from support.drivers.capabilities.messaging import CachesMessages, ListsContacts
from support.verification.exploration.lines import WalkLine, agreeing, listed
from support.verification.exploration.model import ENDED, Model, OwedMessage, OwedNews, Whereabouts
from support.verification.exploration.topic import Topic


def settled(model: Model, people: Collection[str]) -> list[WalkLine]:
    """Judge the messages, news and word that are owed to these people, and news of them."""
    arriving = [one for one in model.messages if one.receiver in people and model.is_online(one.receiver)]
    model.messages = [one for one in model.messages if one not in arriving]
    told = [one for one in model.news if {one.about, *one.listeners} & set(people)]
    model.news = [one for one in model.news if one not in told]
    words = [one for one in model.words if set(one.listeners) & set(people)]
    model.words = [one for one in model.words if one not in words]
    happened = (WalkLine("then", f"{agreeing(one.listeners, 'is', 'are')} told once that {one.words}") for one in words)
    return [*_received(arriving), *(_told(model, one) for one in told), *happened]


def standing(model: Model, last: bool) -> Iterator[WalkLine]:
    """Judge silence, who is seen, who is heard, and what no longer opens anything."""
    online = model.online
    if quiet := [name for name in online if name not in model.unsettled]:
        model.quiet |= set(quiet)
        yield WalkLine("then", f"{agreeing(quiet, 'receives', 'receive')} nothing else")
    if model.can(CachesMessages):
        yield from _cached(model)
    if not model.can(ListsContacts):
        return
    if online:
        yield from _seen(model)
    yield from _heard(model)
    yield from _opened(model)
    if last:
        yield from _kept_apart(model)


def _received(messages: list[OwedMessage]) -> Iterator[WalkLine]:
    pairs = dict.fromkeys((one.receiver, one.sender) for one in messages)
    for receiver, sender in pairs:
        own = [one for one in messages if (one.receiver, one.sender) == (receiver, sender)]
        for many, run in groupby(own, key=lambda one: one.count > 1):
            texts = tuple(run)
            if many:
                yield from (WalkLine("then", one.all_of_it) for one in texts)
            elif len(texts) == 1:
                yield WalkLine("then", f'{receiver} receives "{texts[0].text}" from {sender}')
            else:
                title = f"{receiver} receives the messages of {sender} in the order sent"
                text = f"{receiver} receives from {sender}, in this order"
                yield WalkLine("then", text, tuple(one.text for one in texts), title)


def _told(model: Model, news: OwedNews) -> WalkLine:
    model.told |= {(name, news.about, news.online) for name in news.listeners}
    whether = "online" if news.online else "offline"
    return WalkLine("then", f"{agreeing(news.listeners, 'is', 'are')} told once that {news.about} is {whether}")


def _cached(model: Model) -> Iterator[WalkLine]:
    for name in model.participants:
        cached = model.cached_for(name)
        if len(cached) == 1 and cached[0].count == 1:
            yield WalkLine("then", f'"{cached[0].text}" from {cached[0].sender} is cached for {name}')
        elif not cached and model.whereabouts(name) is not Whereabouts.UNCERTAIN and name in model.said_to:
            yield WalkLine("then", f"nothing is cached for {name}")


def _seen(model: Model) -> Iterator[WalkLine]:
    online, looker = model.online, model.online[0]
    offline = [name for name in model.participants if model.is_offline(name)]
    yield WalkLine("then", f"{looker} sees {listed(online)} as online")
    if offline:
        yield WalkLine("then", f"{looker} sees {listed(offline)} as offline")


def _heard(model: Model) -> Iterator[WalkLine]:
    online = model.online
    if len(online) < 2:
        return
    around = [*pairwise(online), (online[-1], online[0])]
    for sender, receiver in around:
        model.talked.add(frozenset((sender, receiver)))
        yield WalkLine("then", f"{sender} can send messages to {receiver}")
    for name, other in around:
        if model.participants[name].connections > 1 and model.can(ConnectsOften):
            yield WalkLine("then", f"{name} hears {other} on every connection")
            yield WalkLine("then", f"{name} is heard by {other} on every connection")


def _opened(model: Model) -> Iterator[WalkLine]:
    if model.online:
        yield WalkLine("then", f"{listed(model.online)} can read the contact list")
    if ended := model.having(*ENDED):
        yield WalkLine("then", f"{listed(ended)} can no longer read the contact list")


def _kept_apart(model: Model) -> Iterator[WalkLine]:
    """That those who have signed out are heard no more, nor hear; and that bots hear what is for them alone."""
    online = model.online
    for name in model.having(Whereabouts.OUT) if online and model.can(Connects) else ():
        yield WalkLine("then", f"{name} can no longer send messages to {online[0]}")
        several = model.participants[name].connections > 1 and model.can(ConnectsOften)
        if several and not model.sessions_outlast_connections:  # else they have ended with the session
            yield WalkLine("then", f"{name} hears {online[0]} on no connection")
    for bot in model.asked if model.private else ():
        yield WalkLine("then", f'{bot} is never asked "{model.private}"')


TOPIC = Topic((), settled, standing)
