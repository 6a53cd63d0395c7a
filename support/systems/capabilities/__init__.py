"""What a person can do in a system, as small protocols by topic. A driver's client implements those its system has.

Actors and tasks call these verbs and nothing else; where a client does not implement one, a scenario that needs it is
"not run", with the protocol's sentence as the reason. People are named as in the scenario, never by account.
"""


class Refused(Exception):  # noqa: N818 - an answer, not an error: scenarios ask for it
    """The system said no.

    Args:
        reason: the system's own.
        status: the number that came with it, where the wire has numbers.
    """

    def __init__(self, reason: str = "", status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status

    def __str__(self) -> str:
        return str(self.args[0]).strip() or (f"status {self.status}" if self.status else "no reason was given")


class Unavailable(Refused):
    """The system said that it cannot serve now, and why."""
