"""What a person can do in a system, as small protocols by topic. A driver's client implements those its system has.

Actors and tasks call these verbs and nothing else; where a client does not implement one, a scenario that needs it is
"not run", with the protocol's sentence as the reason. People are named as in the scenario, never by account.
"""


class Refused(Exception):  # noqa: N818 - an answer, not an error: scenarios ask for it
    """The system said no. The message is the system's own reason."""


class Unavailable(Refused):
    """The system said that it cannot serve now, and why."""
