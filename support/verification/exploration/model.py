"""What people are owed: who is online, what was sent to whom in which order, what is told, and what is refused.

The model promises only what the documents demand. Of what they leave open it makes possible news or an uncertain
whereabouts, and then it promises nothing: a false alarm is worse than a miss.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar, cast

from support.drivers.capabilities.collaboration import HasPlaces
from support.drivers.capabilities.connections import Recovers
from support.drivers.capabilities.messaging import ListsContacts
from support.drivers.capabilities.sessions import PresentsTokens
from support.verification.exploration.abilities import Abilities
from support.verification.exploration.lines import agreeing

P = TypeVar("P")


class Whereabouts(Enum):
    """How a user stands with the system."""

    NEW = "has not been online yet"
    ONLINE = "is online"
    AWAY = "has gone without a word; the session lives"
    OUT = "has signed out; the connection may be open still"
    LOST = "was logged out by the system, which has ended the connection"
    BARRED = "may come online no more"
    UNCERTAIN = "has a session that was ended; whether that puts them offline, the document does not say"


#: Whereabouts in which messages are cached.
OFFLINE = (Whereabouts.NEW, Whereabouts.AWAY, Whereabouts.OUT, Whereabouts.LOST)
#: Whereabouts in which the token of the session that was opens nothing.
ENDED = (Whereabouts.OUT, Whereabouts.LOST, Whereabouts.UNCERTAIN)

#: Word that may reach a listener and need not: who listens, who it is about, whether it says "online".
PossibleNews = tuple[str, str, bool]


@dataclass
class Participant:
    """A user of a walk, with so many open connections, who has come online so many times.

    `was_signed_out` if they have come online anew since a session of theirs was ended.
    """

    name: str
    whereabouts: Whereabouts = Whereabouts.NEW
    connections: int = 1
    visits: int = 0
    was_signed_out: bool = False


@dataclass(frozen=True)
class OwedMessage:
    """What the receiver is owed once they are online.

    `count` of more than one were sent without a pause: numbered, unless `judged` is another phrase for what the
    receiver gets of them.
    """

    sender: str
    receiver: str
    text: str
    count: int = 1
    judged: str = "receives all {count} messages of {sender} in the order sent"

    @property
    def all_of_it(self) -> str:
        """The phrase for all that was sent."""
        return f"{self.receiver} {self.judged.format(count=self.count, sender=self.sender)}"


@dataclass(frozen=True)
class OwedNews:
    """Word of a user's coming or going that is owed to these listeners, once."""

    listeners: tuple[str, ...]
    about: str
    online: bool


@dataclass(frozen=True)
class OwedWord:
    """Word of what has happened that is owed to these listeners, once, in the words of a phrase."""

    listeners: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Due:
    """A judgement that is due, in a phrase, before anything else is done by or to these people."""

    phrase: str
    people: frozenset[str]


@dataclass
class Model:
    """All that a walk has led to so far.

    `abilities` are those of the system; `down` is the process that is away at present; `told` is what listeners were
    told once and may not be told again unasked; `said` are the words that were used, `said_to` whom; `asked` are the
    questions to bots; `parts` is what topics keep of their own.
    """

    participants: dict[str, Participant]
    abilities: Abilities
    messages: list[OwedMessage] = field(default_factory=list)
    news: list[OwedNews] = field(default_factory=list)
    words: list[OwedWord] = field(default_factory=list)
    dues: list[Due] = field(default_factory=list)
    down: str = ""
    possible_news: set[PossibleNews] = field(default_factory=set)
    told: set[PossibleNews] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    said_to: set[str] = field(default_factory=set)
    talked: set[frozenset[str]] = field(default_factory=set)
    """The pairs of people who have written to each other."""
    asked: dict[str, str] = field(default_factory=dict)
    private: str = ""
    """The last message between users that no bot may be asked."""
    unsettled: set[str] = field(default_factory=set)
    """People whom something has reached that no phrase accounts for."""
    quiet: set[str] = field(default_factory=set)
    """People of whom silence was claimed, which holds to the end: nothing may reach them that is not accounted for."""
    cut_off: set[str] = field(default_factory=set)
    """People who may have been disconnected when none was to say so: it could be taken for a later time."""
    failed_sign_ins: dict[str, int] = field(default_factory=dict)
    parts: dict[type, object] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[str], online: Iterable[str], abilities: Abilities) -> "Model":
        """People of whom some are online from the beginning."""
        there = set(online)
        whereabouts = {name: Whereabouts.ONLINE if name in there else Whereabouts.NEW for name in people}
        return cls({name: Participant(name, where) for name, where in whereabouts.items()}, abilities)

    def part(self, kind: type[P]) -> P:
        """What a topic keeps in the model, made of the people when it is asked for first."""
        if kind not in self.parts:
            self.parts[kind] = kind(tuple(self.participants))  # type: ignore[call-arg]
        return cast(P, self.parts[kind])

    def can(self, *capabilities: type) -> bool:
        """Whether the system has all these capabilities."""
        return all(map(self.abilities.can, capabilities))

    @property
    def keeps_for_the_absent(self) -> bool:
        """Whether what is sent to who is away comes when they do; where there are places, it is read there."""
        return not self.can(HasPlaces)

    @property
    def sessions_outlast_connections(self) -> bool:
        """Whether a connection that is lost can be got back; then others are not told that it is lost."""
        return self.can(Recovers)

    @property
    def connections_share_a_session(self) -> bool:
        """Whether a user signs out of all connections at once: by the token that each was opened with."""
        return self.can(PresentsTokens)

    def whereabouts(self, name: str) -> Whereabouts:
        return self.participants[name].whereabouts

    def having(self, *whereabouts: Whereabouts) -> list[str]:
        """The people who stand so, in order."""
        return [name for name, one in self.participants.items() if one.whereabouts in whereabouts]

    @property
    def online(self) -> list[str]:
        return self.having(Whereabouts.ONLINE)

    def is_online(self, *names: str) -> bool:
        return all(self.whereabouts(name) is Whereabouts.ONLINE for name in names)

    def is_offline(self, name: str) -> bool:
        """Whether what is sent to a user is cached, for certain."""
        return self.whereabouts(name) in OFFLINE

    def cached_for(self, name: str) -> list[OwedMessage]:
        """What waits for a user, oldest first."""
        waits = self.is_offline(name)
        return [one for one in self.messages if waits and one.receiver == name]

    @property
    def caches_nothing(self) -> bool:
        return not any(map(self.cached_for, self.participants))

    def say(self, message: OwedMessage) -> None:
        """A message has been taken."""
        self.messages.append(message)
        self.said.add(message.text)
        self.said_to.add(message.receiver)
        self.talked.add(frozenset((message.sender, message.receiver)))

    def due(self, who: str, *judgements: str) -> None:
        """These are due of a user before anything else is done by or to them: "is refused"."""
        self.dues += [Due(f"{who} {one}", frozenset((who,))) for one in judgements]

    # -- coming and going -----------------------------------------------------------------------------------------

    def listeners(self, about: str, online: bool) -> tuple[str, ...]:
        """Those who are owed word of a user, for certain and not yet by possible news."""
        if not self.can(ListsContacts) or (not online and self.sessions_outlast_connections):
            return ()
        return tuple(name for name in self.online if name != about and (name, about, online) not in self.possible_news)

    def overhears(self, about: str, online: bool) -> set[PossibleNews]:
        """What may reach those whose connection is open though they are not online."""
        loose = self.having(Whereabouts.OUT, Whereabouts.UNCERTAIN)
        return {(name, about, online) for name in loose if name != about}

    def may_spread(self, possible_news: set[PossibleNews]) -> bool:
        """Whether no possible news would say again what a judgement has claimed to be said once."""
        owed = {(name, one.about, one.online) for one in self.news for name in one.listeners}
        return not possible_news & (self.told | owed)

    def tell(self, about: str, online: bool) -> None:
        """A user has come or gone: all who are online are owed word of it."""
        if listeners := self.listeners(about, online):
            self.news.append(OwedNews(listeners, about, online))

    def owe(self, listeners: Iterable[str], words: str) -> None:
        """Something has happened: these people are owed word of it, as far as they are online."""
        there = tuple(name for name in listeners if self.is_online(name))
        if there:
            self.words.append(OwedWord(there, words))

    def owes(self, words: str) -> bool:
        """Whether word of the same is owed already: two at once could not be told from one that comes twice."""
        return any(one.words == words for one in self.words)

    def log_everybody_out(self) -> None:
        """The system has ended every session and every connection."""
        before, everybody = self.online, list(self.participants)
        sure = self.surely_disconnected
        self.cut_off |= set(self.having(Whereabouts.OUT, Whereabouts.UNCERTAIN))
        self.possible_news |= {(name, about, False) for name in everybody for about in everybody if name != about}
        self.told.clear()  # a scenario judges all silences before something is done to its system
        keeps = self.sessions_outlast_connections or not self.can(ListsContacts)
        for name in [*before, *self.having(Whereabouts.UNCERTAIN)]:
            self.participants[name].whereabouts = Whereabouts.AWAY if keeps else Whereabouts.LOST
        for one in self.participants.values():
            one.connections = 1
        if sure:
            self.dues.append(Due(f"{agreeing(sure, 'is', 'are')} disconnected", frozenset(sure)))

    @property
    def surely_disconnected(self) -> list[str]:
        """Those who are disconnected when the system ends every connection, and were not before."""
        return [name for name in self.online if name not in self.cut_off]
