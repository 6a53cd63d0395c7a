"""Faults in serving several connections of one user."""

from dataclasses import replace
from typing import Any

from reference.kit.postgres import Row
from reference.threads.connections import Connections
from reference.threads.faults import seed
from reference.threads.messages import Draft, Messages
from reference.threads.person import Person
from reference.threads.sockets import Sockets


def is_further(sockets: Sockets, socket: str) -> bool:
    """Whether a connection is not the first of its user."""
    person = sockets.person(socket)
    return person is not None and sockets.of_user(person.id)[0] != socket


@seed("further-connections-hear-nothing", "delivers messages to a user's first connection alone", "TFS-EVT-01")
class FurtherConnectionsHearNothing(Sockets):
    async def send(self, socket: str, name: str, payload: Any) -> None:
        if not (name == "message_received" and is_further(self, socket)):
            await super().send(socket, name, payload)


@seed("further-connections-are-not-heard", "passes nothing on that comes from a user's second connection", "TFS-EVT-01")
class FurtherConnectionsAreNotHeard(Messages):
    async def send(self, person: Person, draft: Draft, socket: str | None = None) -> Row:
        if socket and is_further(self.announcer.sockets, socket):
            return {}
        return await super().send(person, draft, socket)


@seed(
    "connections-end-with-the-first-token",
    "ends a connection at the end of the first token that it has shown",
    "TFS-EVT-02",
)
class ConnectionsEndWithTheFirstToken(Connections):
    def bind(self, socket: str, person: Person) -> None:
        first = self.sockets.person(socket)
        super().bind(socket, replace(person, expires=first.expires) if first else person)


@seed("closing-one-makes-available", "takes a user for available when one of their connections ends", "TFS-X-DEVICES")
class ClosingOneMakesAvailable(Connections):
    async def disconnected(self, socket: str, reason: str) -> None:
        person = self.sockets.person(socket)
        await super().disconnected(socket, reason)
        if person:
            self.announcer.statuses.say(person.id, "online", None)


@seed("connecting-makes-available", "takes a user for available who connects once more", "TFS-X-DEVICES")
class ConnectingMakesAvailable(Connections):
    async def let_in(self, socket: str, person: Person) -> None:
        self.announcer.statuses.say(person.id, "online", None)
        await super().let_in(socket, person)


@seed(
    "tells-the-sending-connection-alone",
    "shows what a user sends on the first of their connections alone",
    "TFS-X-DEVICES",
)
class TellsTheSendingConnectionAlone(Sockets):
    async def send(self, socket: str, name: str, payload: Any) -> None:
        person = self.person(socket)
        own = person is not None and name == "message_received" and payload["sender"]["userId"] == person.id
        if not (own and is_further(self, socket)):
            await super().send(socket, name, payload)
