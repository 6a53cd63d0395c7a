"""What can be wrong only when there is much to do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from reference.broker.faults import FAULTS
from reference.broker.main.database import Database
from reference.broker.proxy.intake import Intake
from reference.broker.proxy.outbox import Entry
from reference.broker.refusals import Rejected
from reference.kit.postgres import Connection


@FAULTS.seed("loses-every-tenth", "loses every tenth message that it acknowledges", "TC-L-001 TC-L-002 TC-L-004")
class LosesEveryTenth(Intake):
    _seen = 0

    async def accept(self, entry: Entry) -> int:
        self._seen += 1
        return await super().accept(entry) if self._seen % 10 else 0


@FAULTS.seed("refuses-every-third", "refuses every third message", "TC-L-001 TC-L-002 TC-L-003")
class RefusesEveryThird(Intake):
    _seen = 0

    async def accept(self, entry: Entry) -> int:
        self._seen += 1
        if self._seen % 3 == 0:
            raise Rejected(503, "Busy")
        return await super().accept(entry)


@FAULTS.seed("refuses-bursts", "refuses messages that come at the same time", "TC-L-003 TC-P-010 TC-I-003")
class RefusesBursts(Intake):
    _busy: ClassVar[int] = 0

    async def accept(self, entry: Entry) -> int:
        RefusesBursts._busy += 1
        try:
            if RefusesBursts._busy > 2:
                raise Rejected(503, "Busy")
            return await super().accept(entry)
        finally:
            RefusesBursts._busy -= 1


@FAULTS.seed("takes-turns", "takes messages slowly, one after the other", "TC-L-002 TC-L-003")
class TakesTurns(Intake):
    _turn: ClassVar[asyncio.Lock] = asyncio.Lock()

    async def accept(self, entry: Entry) -> int:
        async with self._turn:
            await asyncio.sleep(1.0)
            return await super().accept(entry)


@FAULTS.seed("tires", "answers later with every message", "TC-L-001 TC-L-004")
class Tires(Intake):
    _seen = 0

    async def accept(self, entry: Entry) -> int:
        self._seen += 1
        await asyncio.sleep(min(6.0, 0.05 * self._seen))
        return await super().accept(entry)


@FAULTS.seed("has-one-slow-connection", "works with its database slowly, one after the other", "TC-L-007 TC-L-011")
class HasOneSlowConnection(Database):
    _turn: ClassVar[asyncio.Lock] = asyncio.Lock()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        async with self._turn:
            await asyncio.sleep(0.15)
            async with super().transaction() as connection:
                yield connection


@FAULTS.seed("never-gives-connections-back", "runs out of connections to its database", "TC-L-007 TC-L-011")
class NeverGivesConnectionsBack(Database):
    _room: ClassVar[asyncio.Semaphore] = asyncio.Semaphore(120)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        if self._room.locked():
            raise Rejected(503, "Database unavailable")
        await self._room.acquire()
        async with super().transaction() as connection:
            yield connection
