"""Faults that show under load."""

import asyncio
from typing import ClassVar

from reference.kit.postgres import Row
from reference.threads.connections import Connections
from reference.threads.faults import seed
from reference.threads.messages import Draft, Messages
from reference.threads.person import Person
from reference.threads.refusals import Rejected
from reference.threads.sessions import Sessions


@seed("is-slow", "takes most of a second over every request", "TFS-PERF-1 TFS-SCN-6 FR-006 FR-009")
class IsSlow(Sessions):
    async def person(self, token: str) -> Person:
        await asyncio.sleep(0.8)
        return await super().person(token)


class MindsCrowds(Sessions):
    """Does not take every request alike: how many are open makes a difference."""

    open_requests = 0

    async def person(self, token: str) -> Person:
        self.open_requests += 1
        try:
            await self.bear()
            return await super().person(token)
        finally:
            self.open_requests -= 1

    async def bear(self) -> None:
        """What a request has to bear for the others."""
        raise NotImplementedError


@seed("slows-down-under-load", "takes the longer over requests the more are open", "TFS-SCN-6 FR-009 FR-006")
class SlowsDownUnderLoad(MindsCrowds):
    async def bear(self) -> None:
        await asyncio.sleep(0.05 * self.open_requests)


@seed("turns-crowds-away", "answers no more than fifty requests at the same time", "TFS-PERF-2")
class TurnsCrowdsAway(MindsCrowds):
    async def bear(self) -> None:
        await asyncio.sleep(0.2)
        if self.open_requests > 50:
            raise Rejected(503, "Too many requests at the same time")


@seed("hoards-memory", "keeps some megabytes for every message for ever", "TFS-PERF-7 TFS-SCN-6 FR-006 NFR-004")
class HoardsMemory(Messages):
    hoard: ClassVar[list[bytearray]] = []

    async def send(self, person: Person, draft: Draft, socket: str | None = None) -> Row:
        self.hoard.append(bytearray(b"x" * (20 * 2**20)))
        return await super().send(person, draft, socket)


@seed("burns-the-processor", "computes in vain as soon as a user is connected", "TFS-PERF-7 TFS-SCN-6 FR-006 NFR-004")
class BurnsTheProcessor(Connections):
    burning: ClassVar[list[asyncio.Task[None]]] = []

    async def let_in(self, socket: str, person: Person) -> None:
        if not self.burning:
            self.burning.append(asyncio.create_task(self.burn()))
        await super().let_in(socket, person)

    async def burn(self) -> None:
        while True:
            sum(range(20_000))
            await asyncio.sleep(0)
