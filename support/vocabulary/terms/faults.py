"""The words for what can be done to a process."""

import enum

from support.vocabulary.terms.broker import DATABASE

#: What the scenarios call the databases, and how a message of the server has to call them, in any case of letters.
DATABASES = {"Postgres": "postgres", "Redis": "redis", "SQLite": "database", DATABASE: "database"}


#: How a message says, in whatever words, that something is not to be had now.
AWAY = r"unavailable|not available|un?reachable|cannot be reached|no connection|\blost\b|\bdown\b|out of order"

#: What the scenarios call the servers that users talk to: the names of their controls.
SERVERS = (
    *("chat server", "dashboard server", "main server", "second proxy", "proxy", "portal", "threads server"),
    "message broker",
)


class Fault(enum.Enum):
    """What can be done to a process, and lasts until it is restored."""

    STOPPED = enum.auto()
    KILLED = enum.auto()
    PAUSED = enum.auto()
    CUT_OFF = enum.auto()


OUTAGES = {
    "is stopped": Fault.STOPPED,
    "is killed": Fault.KILLED,
    "hangs": Fault.PAUSED,
    "is cut off": Fault.CUT_OFF,
}

#: restart -> whether the process is given the time to end by itself
RESTARTS = {"is restarted": True, "crashes and is started again": False}
