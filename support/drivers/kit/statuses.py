"""What the status of an HTTP answer means. There is one rule for every system; drivers only name what differs."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum

from support.drivers.capabilities import Failed, Rejected, Unavailable
from support.drivers.clients.http import Answer


class Meaning(Enum):
    """What an answer says of what was asked."""

    TAKEN = "taken"
    REJECTED = "rejected"
    UNAVAILABLE = "unavailable"
    DEFECT = "defect"


#: The status by which a server says that it cannot serve now (RFC 9110, 15.6.4).
SAYS_UNAVAILABLE = 503
#: Codes by which a server closes a WebSocket for reasons of its own (RFC 6455, 7.4.2).
_OWN_CLOSE_CODES = range(4000, 5000)


def words_of(answer: Answer) -> str:
    """A server's own words, by the fields that most have for them; the status and what came where it has none."""
    named = (answer.field(name) for name in ("detail", "error", "message"))
    return str(next(filter(None, named), None) or answer.summary())


@dataclass(frozen=True)
class Statuses:
    """The rule, as one system needs it: up to 299 taken, up to 499 rejected, 503 unavailable, all else a defect.

    Args:
        words: what the system says with a refusal.
        unavailable: statuses, or close codes, by which it says that it cannot serve now.
        grants: whether an answer that is taken by its status is granted; some systems refuse with HTTP 200.
    """

    words: Callable[[Answer], str] = words_of
    unavailable: Collection[int] = (SAYS_UNAVAILABLE,)
    grants: Callable[[Answer], bool] = lambda _: True

    def meaning(self, status: int) -> Meaning:
        """What a status says by itself."""
        if status in self.unavailable:
            return Meaning.UNAVAILABLE
        if status < 300:
            return Meaning.TAKEN
        return Meaning.REJECTED if status < 500 or status in _OWN_CLOSE_CODES else Meaning.DEFECT

    def judged(self, answer: Answer) -> Answer:
        """The same answer.

        Raises:
            Rejected: it is a refusal.
            Unavailable: the system says that it cannot serve now; `Failed` if it has failed.
        """
        if self.meaning(answer.status) is Meaning.TAKEN and self.grants(answer):
            return answer
        raise self.refusal(answer)

    def refusal(self, answer: Answer) -> Rejected:
        """What an answer means that is not what was asked for, be it to a handshake."""
        return self.refused(answer.status, self.words(answer))

    def refused(self, status: int, said: str) -> Rejected:
        """What a status means that is not what was asked for, with what was said."""
        match self.meaning(status):
            case Meaning.UNAVAILABLE:
                return Unavailable(said, status)
            case Meaning.DEFECT:
                return Failed(said if str(status) in said else f"status {status}: {said}", status)
        return Rejected(said, status)
