"""Messages that are submitted, queued and delivered: each accepted message is delivered once, whatever happens."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from support.drivers.capabilities.delivery import Administers, FollowsMessages, ReadsMessages, SubmitsMessages
from support.verification.exploration.lines import WalkLine, listed
from support.verification.exploration.model import Due, Model
from support.verification.exploration.moves import AttemptOfOne, Choices, Move, MustBeRefused
from support.verification.exploration.topic import Topic
from support.verification.exploration.words import PLAIN, SPECIAL

#: What is not accepted -> the phrase for it.
_WRONG = (
    "an empty message",
    "a blank message",
    "a message without words",
    "a message of 1001 characters",
    'a message from the number "4915112345678"',
    'a message from the number "+49151CALLME"',
    "a message with no certificate",
    "a message with an expired certificate",
    "a message with a certificate that is not valid yet",
    "a message with a certificate for servers",
    "a message with a certificate of a foreign authority",
    "a message with a self-signed certificate",
)
_PROXIES = ("", " by the second proxy")


@dataclass
class Queue:
    """How many messages each user has had accepted, and whose certificate is revoked."""

    people: tuple[str, ...]
    accepted: dict[str, int] = field(default_factory=dict)
    under_way: bool = False
    revoked: list[str] = field(default_factory=list)
    retrying: bool = False
    """Whether the workers are cut off, so that what they take up is tried in vain."""
    tried: bool = False
    """Whether that has been seen, so that they may be back."""
    in_order: bool = True
    """Whether each that was accepted is delivered: none has failed for good."""
    have_tried: set[str] = field(default_factory=set)
    """Users who may have had a message accepted while not every proxy refused their certificate yet."""

    def take(self, who: str, count: int = 1) -> None:
        self.accepted[who] = self.accepted.get(who, 0) + count
        self.under_way = True

    def delivered(self) -> list[WalkLine]:
        """That all is; then nothing is under way."""
        count, self.under_way = sum(self.accepted.values()), False
        which = f"each of the {count} messages" if count > 1 else "every message that was accepted"
        return [WalkLine("then", f"{which} is delivered once")]


@dataclass(frozen=True)
class ByClient(AttemptOfOne):
    """What a client submits; also while the workers are away, for then it is queued."""

    needs: ClassVar[tuple[type, ...]] = (SubmitsMessages, FollowsMessages)
    always: ClassVar[bool] = True

    def fits(self, model: Model) -> bool:
        taken = model.down in ("", "every worker") and not model.part(Queue).retrying
        return taken and self.who not in model.part(Queue).revoked


@dataclass(frozen=True)
class Submits(ByClient):
    """One message, by one of the proxies."""

    says = '{who} submits "{text}"{by}'
    weight = 14
    by: str = ""
    kind: str = ""
    text: str = ""

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, by) for by in _PROXIES for who in people)
        yield from (cls(people[number % len(people)], "", kind) for number, kind in enumerate(SPECIAL))

    @property
    def plain(self) -> Move:
        return replace(self, kind="")

    def worded(self, model: Model) -> "Submits":
        return replace(self, text=SPECIAL.get(self.kind) or next(text for text in PLAIN if text not in model.said))

    def fits(self, model: Model) -> bool:
        return super().fits(model) and self.text not in model.said

    def happen(self, model: Model) -> None:
        model.said.add(self.text)
        model.part(Queue).take(self.who)
        everybody = frozenset(model.participants)  # the next receipt would be the last
        model.dues.append(Due(f"{self.who} gets a receipt in their own name", everybody))


@dataclass(frozen=True)
class SubmitsMany(ByClient):
    """Several, at the same time or not, by one proxy or both."""

    says = "{who} submits {count} messages{way}"
    choices: ClassVar[Choices] = ((6,), ("", " at the same time", " at the same time by both proxies"))
    weight = 6
    count: int = 6
    way: str = ""

    def happen(self, model: Model) -> None:
        model.part(Queue).take(self.who, self.count)


@dataclass(frozen=True)
class SubmitsWrongly(MustBeRefused, ByClient):
    """What is no message, or comes with what is no certificate of the user's."""

    says = "{who} tries to submit {what}"
    choices = (_WRONG,)
    weight = 5
    what: str = ""


@dataclass(frozen=True)
class IsRevoked(AttemptOfOne):
    """A certificate is revoked, and opens nothing any more."""

    says = "the administrator revokes the certificate of {who}"
    needs = (SubmitsMessages, Administers)
    weight = 2

    def fits(self, model: Model) -> bool:
        return self.who not in model.part(Queue).revoked

    def happen(self, model: Model) -> None:
        model.part(Queue).revoked.append(self.who)
        model.part(Queue).have_tried.add(self.who)
        model.due(self.who, "can no longer submit messages")


@dataclass(frozen=True)
class IsCertifiedAnew(IsRevoked):
    """A user has a certificate again."""

    says = "the administrator generates a new certificate for {who}"
    weight = 4

    def fits(self, model: Model) -> bool:
        return self.who in model.part(Queue).revoked

    def happen(self, model: Model) -> None:
        model.part(Queue).revoked.remove(self.who)


@dataclass(frozen=True)
class DeliveryFault(Move):
    """Something is done to a process on the way, and is over at once; what was accepted before is not lost.

    Nothing is under way then, for an outage may take all attempts to deliver; or it waits for workers who are away.
    """

    needs: ClassVar[tuple[type, ...]] = (SubmitsMessages, FollowsMessages)
    weight = 2
    always: ClassVar[bool] = True
    disturbs_all = True
    holds: str
    way: str

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls("Redis", "is lost and comes back") for _ in range(2))
        yield cls("the database", "is lost and comes back")
        servers = ("main server", "proxy")
        yield from (cls(server, way) for way in ("crashes and is started again", "is restarted") for server in servers)

    @property
    def process(self) -> str:
        return self.holds

    @property
    def phrase(self) -> str:
        return f"{self.named} {self.way}"

    @property
    def named(self) -> str:
        """The process as a phrase names it."""
        of_itself = ("Redis", "the database", "every worker", "worker 1")
        return self.holds if self.holds in of_itself else f"the {self.holds}"

    def fits(self, model: Model) -> bool:
        return model.down in ("", "every worker") and not model.part(Queue).retrying

    def happen(self, model: Model) -> None:
        """Nothing is owed less than before."""


@dataclass(frozen=True)
class WorkersGo(DeliveryFault):
    """No worker takes anything up, until they are back."""

    weight = 6
    always = False
    disturbs_all = False

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls("every worker", way) for way in ("is killed", "is stopped", "hangs"))

    def happen(self, model: Model) -> None:
        model.down = self.holds


@dataclass(frozen=True)
class WorkersAreBack(DeliveryFault):
    """What has waited is worked off."""

    weight = 12
    always = False
    disturbs_all = False
    in_outage = True

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield cls("every worker", "is back")

    def fits(self, model: Model) -> bool:
        queue = model.part(Queue)
        return model.down == self.holds and (queue.tried or not queue.retrying)

    def happen(self, model: Model) -> None:
        model.down = ""
        model.part(Queue).retrying = False


def settled(model: Model, people: Collection[str]) -> list[WalkLine]:
    """Judge that all is delivered which was accepted."""
    queue = model.part(Queue)
    return queue.delivered() if queue.under_way and queue.in_order and not model.down and people else []


def standing(model: Model, last: bool) -> Iterator[WalkLine]:
    """Judge who sees what was accepted, what the administrator reads of it, and who can go on."""
    queue = model.part(Queue)
    submitters = [name for name in queue.people if queue.accepted.get(name)]
    if not submitters:
        return
    if model.can(ReadsMessages):
        sure = [name for name in submitters if name not in queue.have_tried]
        yield from (WalkLine("then", f"{name} sees their own messages, all of them and no others") for name in sure)
    if model.can(Administers):
        yield WalkLine("then", f"the administrator reads the messages of {listed(submitters)} as submitted")
    if last and (can := [name for name in queue.people if name not in queue.revoked]):
        yield WalkLine("then", f"{listed(can)} can submit messages")


TOPIC = Topic(
    (
        Submits, SubmitsMany, SubmitsWrongly, IsRevoked, IsCertifiedAnew, DeliveryFault, WorkersGo, WorkersAreBack,
    ),
    settled,
    standing,
)  # fmt: skip
