"""What people try on a walk that must be refused: credentials that are not good, and what is not theirs to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from support.drivers.capabilities.collaboration import BelongsToCompany
from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.messaging import ListsContacts, SendsMessages
from support.drivers.capabilities.school import RunsSchool
from support.drivers.capabilities.sessions import ChecksAdministrators, PresentsTokens, SignsIn, SignsInByCode
from support.drivers.capabilities.training import Trains
from support.verification.exploration.model import ENDED, Model, Whereabouts
from support.verification.exploration.moves import AttemptOfOne, Move, MustBeRefused
from support.verification.exploration.topic import Topic

_PASSWORDS = ("a wrong password", "a blank password", "the right password in capitals", "{other}'s password")
_TOKENS = (
    "a garbled token",
    "a blank token",
    "no token",
    "a meaningless token",
    "a token signed by a stranger",
    "an unsigned token",
    "{other}'s token",
)


@dataclass(frozen=True)
class IsRefused(MustBeRefused, AttemptOfOne):
    """What is tried and must be refused; the kinds of it say what."""

    other: str
    way: str


@dataclass(frozen=True)
class SignsInWrongly(IsRefused):
    """With a password that is not the user's: twice at most, for more may lock the account."""

    says = "{who} tries to sign in with {way}"
    weight = 2
    needs = (SignsIn,)
    unless = (SignsInByCode,)

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for one, other in _in_turn(people):
            yield from (cls(one, other, way.format(other=other)) for way in _PASSWORDS)

    def fits(self, model: Model) -> bool:
        """An attempt may disturb a session that there is: the document does not say."""
        few = model.failed_sign_ins.get(self.who, 0) < 2
        return few and model.whereabouts(self.who) in (*ENDED, Whereabouts.NEW)

    def happen(self, model: Model) -> None:
        super().happen(model)
        model.failed_sign_ins[self.who] = model.failed_sign_ins.get(self.who, 0) + 1


@dataclass(frozen=True)
class SendsWrongly(IsRefused):
    """With a token that is not good, or not the sender's. In a company a connection knows its user, not a message."""

    says = '{who} tries to send "Can you hear me?" to {other} with {way}'
    weight = 2
    needs = (SendsMessages, ListsContacts, PresentsTokens)
    unless = (BelongsToCompany,)

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for one, other in _in_turn(people):
            yield from (cls(one, other, way.format(other=other)) for way in _TOKENS)

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who, self.other)


@dataclass(frozen=True)
class SpeaksForAnother(IsRefused):
    """In the name of another user, `way`."""

    says = '{who} tries to send "Trust me" to {other} in the name of {way}'
    weight = 2
    needs = (SendsMessages, ListsContacts, PresentsTokens)
    unless = (BelongsToCompany,)

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for number, one in enumerate(people):
            other, named = people[(number + 1) % len(people)], people[(number + 2) % len(people)]
            if len({one, other, named}) == 3:
                yield cls(one, other, named)

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who, self.other)


@dataclass(frozen=True)
class ReadsForeignContacts(IsRefused):
    """The contact list with another user's token, or another user's. In a company all have the same one."""

    says = "{who} tries to read the contact list {way}"
    weight = 1
    needs: ClassVar[tuple[type, ...]] = (ListsContacts, PresentsTokens)
    unless: ClassVar[tuple[type, ...]] = (BelongsToCompany,)
    ways: ClassVar[tuple[str, ...]] = ("with {other}'s token", "of {other}")

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for one, other in _in_turn(people):
            yield from (cls(one, other, way.format(other=other)) for way in cls.ways)

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who, self.other)


@dataclass(frozen=True)
class ReadsContactsWrongly(ReadsForeignContacts):
    """The contact list with a token that is not good."""

    weight = 1
    unless = ()
    ways = tuple(f"with {way}" for way in _TOKENS if "{other}" not in way)


@dataclass(frozen=True)
class ConnectsWrongly(IsRefused):
    """A live connection with a token that is not good, by a user whose session is there and who is not connected.

    Nobody signs in to train: there a session is joined by its number.
    """

    says = "{who} tries to connect with {way}"
    weight = 5
    needs = (Connects, PresentsTokens)
    unless: ClassVar[tuple[type, ...]] = (Trains,)

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        ways = [way for way in _TOKENS if "{other}" not in way]
        yield from (cls(one, one, way) for one in people for way in ways)

    def fits(self, model: Model) -> bool:
        return model.whereabouts(self.who) is Whereabouts.AWAY


@dataclass(frozen=True)
class ConnectsAsAnother(ConnectsWrongly):
    """With the token of a user who is online. In a company or a school a token alone says whose connection it is."""

    weight = 3
    unless = (Trains, BelongsToCompany, RunsSchool)

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(one, other, f"{other}'s token") for one, other in _in_turn(people))

    def fits(self, model: Model) -> bool:
        return super().fits(model) and model.is_online(self.other)


@dataclass(frozen=True)
class EndsAnothersSession(IsRefused):
    """What only the administrator may, in one's own name or with a password that is not the administrator's."""

    says = "{who} tries to end the session of {other}{way}"
    weight = 2
    needs = (ChecksAdministrators,)

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for one, other in _in_turn(people):
            yield from (
                cls(one, other, way) for way in ("", *(f" as the administrator, with {way}" for way in _PASSWORDS[:3]))
            )

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who, self.other)


def _in_turn(people: Sequence[str]) -> list[tuple[str, str]]:
    """Each with the next."""
    return [(one, people[(number + 1) % len(people)]) for number, one in enumerate(people)] if len(people) > 1 else []


TOPIC = Topic(
    (
        SignsInWrongly,
        SendsWrongly,
        SpeaksForAnother,
        ReadsForeignContacts,
        ReadsContactsWrongly,
        ConnectsWrongly,
        ConnectsAsAnother,
        EndsAnothersSession,
    )
)
