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
    given = answer.field("contacts"), answer.field("online_clients_list")
    return answer.field("result") == "success" or any(what is not None for what in given)


STATUSES = Statuses(words=reason, grants=_grants)
