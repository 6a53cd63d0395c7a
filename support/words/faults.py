"""The words for what can befall a process, and what undoes it: the names of `Control`'s methods."""

#: What the scenarios call the databases, and how a message of the server has to call them, in any case of letters.
DATABASES = {"Postgres": "postgres", "Redis": "redis", "SQLite": "database"}

#: What the scenarios call the servers that users talk to: the names of their controls.
SERVERS = ("chat server", "dashboard server", "main server", "second proxy", "proxy", "portal", "threads server")

#: outage -> (what makes it, what ends it)
OUTAGES = {
    "is stopped": ("stop", "start"),
    "is killed": ("kill", "start"),
    "hangs": ("pause", "resume"),
    "is cut off": ("cut", "heal"),
}

#: restart -> whether the process is given the time to end by itself
RESTARTS = {"is restarted": True, "crashes and is started again": False}
