"""Faults in what listeners and messages cost (steps 8, 10 and 11)."""

import asyncio
import json
import os

from reference.dashboard.broadcaster import Broadcaster
from reference.dashboard.envelopes import Event
from reference.dashboard.faults import FAULTS
from reference.dashboard.hub import Hub, Listener


@FAULTS.seed("keeps-what-it-told", "keeps every message in memory for ever", "DASH-003.10 DASH-003.P10 DASH-003.F8")
class KeepsWhatItTold(Hub):
    size = 400_000

    def __init__(self) -> None:
        super().__init__()
        self._archive: list[bytes] = []

    async def tell(self, school: int, text: str) -> None:
        await super().tell(school, text)
        self._archive.append(os.urandom(self.size))


@FAULTS.seed("swells-under-load", "needs ever more memory while it tells", "DASH-003.10 DASH-003.P9 DASH-003.F8")
class SwellsUnderLoad(KeepsWhatItTold):
    size = 8_000_000


@FAULTS.seed(
    "leaves-descriptors-open",
    "leaves a file open for every listener that ever was",
    "DASH-003.10 DASH-003.11 DASH-003.P10 DASH-003.F8",
)
class LeavesDescriptorsOpen(Hub):
    def join(self, listener: Listener) -> None:
        super().join(listener)
        os.open(os.devnull, os.O_RDONLY)


@FAULTS.seed("keeps-what-it-told-in-redis", "leaves every message in Redis", "DASH-003.11 DASH-003.P10 DASH-003.F8")
class KeepsInRedis(Broadcaster):
    async def publish(self, school: int, event: Event) -> bool:
        await self._redis.rpush(f"told:{self.channel(school)}", json.dumps(event))
        return await super().publish(school, event)


@FAULTS.seed(
    "stalls-on-everyone",
    "takes a moment over every single listener before it tells the next",
    "DASH-003.10 DASH-003.P9 DASH-003.F8",
)
class StallsOnEveryone(Hub):
    async def tell(self, school: int, text: str) -> None:
        for listener in self.audience(school):
            await asyncio.sleep(0.05)
            await listener.send(text)


@FAULTS.seed("tells-ten-at-most", "tells ten listeners of a school and no more", "DASH-003.10 DASH-003.P9")
class TellsTenAtMost(Hub):
    def audience(self, school: int) -> list[Listener]:
        return super().audience(school)[:10]


@FAULTS.seed("ends-all-with-one", "stops telling a school's other listeners when one goes", "DASH-003.8 DASH-003.P7")
class EndsAllWithOne(Hub):
    def leave(self, listener: Listener) -> None:
        super().leave(listener)
        self._listeners.pop(listener.admitted.school, None)


@FAULTS.seed("forgets-empty-schools", "does not tell of a school any more once its last listener left", "DASH-003.11")
class ForgetsEmptySchools(Hub):
    def __init__(self) -> None:
        super().__init__()
        self._forgotten: set[int] = set()

    def leave(self, listener: Listener) -> None:
        super().leave(listener)
        if not self.audience(listener.admitted.school):
            self._forgotten.add(listener.admitted.school)

    async def tell(self, school: int, text: str) -> None:
        if school not in self._forgotten:
            await super().tell(school, text)
