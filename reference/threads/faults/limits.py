"""Faults in limits on requests, events, connections."""

import asyncio

from reference.threads.connections import Connections
from reference.threads.faults import seed
from reference.threads.limits import Limit
from reference.threads.person import Person
from reference.threads.refusals import Rejected


@seed("nothing-is-limited", "takes any number of requests and events", "TFS-ERR-6")
class NothingIsLimited(Limit):
    def take(self, who: object) -> None:
        pass


@seed("limits-hold-for-everybody", "refuses everybody when one has asked too much", "TFS-ERR-6 TFS-ERR-7")
class LimitsHoldForEverybody(Limit):
    def take(self, who: object) -> None:
        super().take("everybody")


@seed("limits-never-end", "refuses who has asked too much for ever", "TFS-ERR-6")
class LimitsNeverEnd(Limit):
    def __init__(self, most: int, window: float) -> None:
        super().__init__(most, 1e9)


@seed("connections-are-not-limited", "lets a user open any number of connections", "TFS-ERR-6")
class ConnectionsAreNotLimited(Connections):
    def check_limits(self, person: Person) -> None:
        pass


@seed("too-many-connections-end-all", "ends all connections of a user who opens too many", "TFS-ERR-6")
class TooManyConnectionsEndAll(Connections):
    def check_limits(self, person: Person) -> None:
        try:
            super().check_limits(person)
        except Rejected:
            for socket in self.sockets.of_user(person.id):
                asyncio.get_running_loop().call_soon(asyncio.ensure_future, self.sockets.close([socket]))
            raise
