"""What people can do in a system that takes messages in, queues them and delivers them."""

from dataclasses import dataclass, field
from typing import Literal

from typing_extensions import Protocol, runtime_checkable

from support.drivers.kit.read_only import reads_only

Status = Literal["queued", "delivered", "failed"]

#: How many of the newest messages are looked at for one that is not among fewer: others submit meanwhile.
FARTHER = (100, 400, 1600)


@dataclass(frozen=True)
class Letter:
    """What a user wants to submit; None for what is not given at all."""

    text: str | None
    number: str | None = None
    """The sender's phone number; the person's own if None."""


@dataclass(frozen=True)
class Receipt:
    """The system's word that it has taken a message, and whose it takes it for."""

    message: str
    owner: str
    status: str
    letter: Letter


@dataclass(frozen=True)
class Shown:
    """A message as the system shows it to a user; `text` is None where there is no text to see."""

    message: str
    owner: str
    sender: str
    text: str | None
    status: str
    attempts: int


@dataclass(frozen=True)
class ShownProfile:
    """Whose account a profile is of, in the scenario's words, and whether it is an administrator's."""

    owner: str
    administers: bool


@dataclass(frozen=True)
class DeliveryRecord:
    """What has become of a message: its status, the attempts made, and how often each step of its way was recorded."""

    status: str
    attempts: int
    registered: int
    delivered: int
    has_time: bool
    """Whether it is on record when it was delivered."""
    delivered_at: str = field(default="", compare=False)
    """When it was delivered, in a form whose order is that of time."""


@dataclass(frozen=True)
class AtRest:
    """How a message is stored: who sent it and what it says, as they stand there."""

    sender: str
    text: str


@dataclass(frozen=True)
class Health:
    """What a component says of itself and of what it needs: each part, and whether it is well."""

    well: bool
    parts: dict[str, bool] = field(default_factory=dict)


@runtime_checkable
class SubmitsMessages(Protocol):
    """takes messages in for delivery"""

    number: str
    """The person's own phone number."""

    async def submit(
        self, letter: Letter, *, by: str = "proxy", showing: str = "", as_: str = "", unnamed: bool = False
    ) -> Receipt:
        """Submit by a proxy, showing one's own certificate or another, perhaps in a user's name or in none."""
        ...


@runtime_checkable
class ReadsMessages(Protocol):
    """shows people what has become of their messages"""

    async def have_account(self) -> None: ...
    @reads_only
    async def messages(self, status: str | None = None, skip: int = 0, limit: int = 100) -> list[Shown]: ...
    @reads_only
    async def profile(self) -> ShownProfile: ...


@runtime_checkable
class Administers(Protocol):
    """is run by administrators"""

    async def create_account(self, whose: str) -> None: ...
    async def certify(self, whose: str) -> None: ...
    async def revoke(self, whose: str) -> None: ...
    @reads_only
    async def figures(self) -> dict[str, int]: ...
    @reads_only
    async def certificate_of(self, whose: str) -> str: ...
    async def use(self, privilege: str, whose: str) -> None: ...


@runtime_checkable
class HasAccountRoles(Protocol):
    """has accounts of several roles"""

    async def have_account_as(self, account_role: str) -> None: ...


@runtime_checkable
class TellsLifetimes(Protocol):
    """tells how long a token lasts"""

    @reads_only
    def lifetimes(self) -> tuple[float, float]:
        """Seconds that the present token lasts: as the system said when it gave it, and by the token itself."""
        ...


@runtime_checkable
class WorksInside(Protocol):
    """has components that report to each other"""

    async def register(self, letter: Letter, *, showing: str = "", message: str = "") -> Receipt: ...
    async def report(self, message: str, status: str, attempts: int = 1, *, showing: str = "") -> None: ...


@runtime_checkable
class Watches(Protocol):
    """tells its operators how it is"""

    @reads_only
    async def health(self, component: str) -> Health: ...
    @reads_only
    async def runs_on(self, component: str) -> str: ...
    @reads_only
    async def figures_of(self, component: str) -> dict[str, float]: ...
    @reads_only
    async def database_answers(self) -> float: ...
    @reads_only
    async def kept_in_database(self) -> frozenset[str]: ...
    @reads_only
    async def queue_answers(self) -> bool: ...
    @reads_only
    async def connections(self) -> tuple[int, int]: ...


@runtime_checkable
class HasComponents(Protocol):
    """has components that can be looked at one by one"""

    @property
    def components(self) -> list[str]: ...


@runtime_checkable
class FollowsMessages(Protocol):
    """lets us see what becomes of messages, and how many wait"""

    retry_interval: float

    @reads_only
    async def delivery_records(self, messages: list[str]) -> dict[str, DeliveryRecord]: ...
    @reads_only
    async def waiting(self) -> int: ...
    @reads_only
    async def untouched(self) -> int: ...


@runtime_checkable
class LeavesMessages(Protocol):
    """takes messages in that may be under way when their scenario is over"""

    submitted: list[str]
    """All that were accepted in this run, oldest first."""


@runtime_checkable
class AuditsSignIns(Protocol):
    """keeps a record of attempts to sign in where we can look"""

    @reads_only
    async def failed_sign_ins(self, login: str) -> int: ...


@runtime_checkable
class StoresLetters(Protocol):
    """stores messages, senders and passwords where we can look"""

    @reads_only
    async def at_rest(self, message: str) -> AtRest: ...
    @reads_only
    async def found_anywhere(self, words: str) -> list[str]: ...
    @reads_only
    async def password_of(self, login: str) -> str: ...
    @reads_only
    def opened(self, message: str, at_rest: AtRest) -> tuple[str, int]: ...
    @reads_only
    def hashed(self, number: str) -> str: ...
