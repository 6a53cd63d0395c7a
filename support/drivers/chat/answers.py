"""What the chat server's HTTP answers mean."""

from support.drivers.clients.http import Answer
from support.drivers.kit.statuses import Statuses


def reason(answer: Answer) -> str:
    """The server's own words for a refusal: errors are HTTP 200 with a field as often as not (contract 2)."""
    for name in ("error", "result"):
        if answer.field(name):
            return str(answer.field(name))
    return answer.summary()


def _grants(answer: Answer) -> bool:
    return answer.field("result") == "success" or answer.field("contacts") is not None


STATUSES = Statuses(words=reason, grants=_grants)
