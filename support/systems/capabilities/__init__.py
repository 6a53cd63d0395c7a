"""What a person can do in a system, as small protocols by topic. A driver's client implements those its system has.

Actors and tasks call these verbs and nothing else; where a client does not implement one, a scenario that needs it is
"not run", with the protocol's sentence as the reason. People are named as in the scenario, never by account.
"""


class Refused(Exception):  # noqa: N818 - an answer, not an error: scenarios ask for it
    """The system said no. The message is the system's own reason."""


class Unavailable(Refused):
    """The system said that it cannot serve now, and why."""


class Failed(Unavailable):
    """The system broke over what it was asked, which is no word of its own on why."""


#: The HTTP status by which a server says that it cannot serve now (RFC 9110, 15.6.4); any other 5xx is a failure.
SAYS_UNAVAILABLE = 503


def cannot_serve(status: int, said: str) -> Unavailable:
    """What an HTTP status from 500 on means.

    Args:
        status: the status.
        said: what the server said with it.
    """
    return Unavailable(said) if status == SAYS_UNAVAILABLE else Failed(f"status {status}: {said}")
