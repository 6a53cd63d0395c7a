"""Faults in who is told, how often, in which order and when (steps 5, 6 and 8)."""

import asyncio
import json
import os
import re
import socket
from pathlib import Path

from reference.dashboard.broadcaster import Audience, Broadcaster
from reference.dashboard.chronicle import Change, Chronicle
from reference.dashboard.envelopes import Event
from reference.dashboard.faults import FAULTS
from reference.dashboard.hub import Hub, Listener
from reference.dashboard.invitations import Invitations
from reference.kit.postgres import Row


@FAULTS.seed("broadcasts-nothing", "tells no listener anything", "DASH-003.6 DASH-003.P4 DASH-003.F3")
class BroadcastsNothing(Broadcaster):
    async def publish(self, school: int, event: Event) -> bool:
        return True


@FAULTS.seed(
    "stays-in-process",
    "tells only those who are connected to the process where it happens",
    "DASH-003.6 DASH-003.8 DASH-003.PRE2",
)
class StaysInProcess(Broadcaster):
    async def run(self, audience: Audience) -> None:
        self._audience = audience
        await super().run(audience)

    async def publish(self, school: int, event: Event) -> bool:
        await self._audience.told(school, json.dumps(event))
        return True


class Ears(asyncio.DatagramProtocol):
    """Hears what other processes tell without Redis."""

    def __init__(self, audience: Audience) -> None:
        self._audience = audience
        self._telling: set[asyncio.Task[None]] = set()

    def datagram_received(self, data: bytes, _address: object) -> None:
        school, text = json.loads(data)
        told = asyncio.get_running_loop().create_task(self._tell(school, text))
        self._telling.add(told)
        told.add_done_callback(self._telling.discard)

    async def _tell(self, school: int, text: str) -> None:
        await self._audience.told(school, text)


@FAULTS.seed("goes-around-redis", "tells its processes of what happens by sockets of its own", "DASH-003.PRE2")
class GoesAroundRedis(Broadcaster):
    async def run(self, audience: Audience) -> None:
        self._mouth = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._mouth.setblocking(False)
        self._mouth.bind(f"\0{self._family()}{os.getpid()}")
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: Ears(audience), sock=self._mouth)
        await super().run(audience)

    async def publish(self, school: int, event: Event) -> bool:
        for name in self._neighbours():
            self._mouth.sendto(json.dumps([school, json.dumps(event)]).encode(), f"\0{name}")
        return True

    def _neighbours(self) -> list[str]:
        open_sockets = Path("/proc/net/unix").read_text(encoding="utf-8")
        return re.findall(rf"@({re.escape(self._family())}\d+)", open_sockets)

    def _family(self) -> str:
        """What the names of all processes that share a Redis begin with."""
        return f"dashboard-{self._redis.connection_pool.connection_kwargs['port']}-"


@FAULTS.seed("repeats-the-last", "tells of the twentieth student a second time, a moment later", "DASH-003.6")
class RepeatsTheLast(Hub):
    students = 0

    async def tell(self, school: int, text: str) -> None:
        await super().tell(school, text)
        self.students += "student_joined" in text
        if self.students == 20:
            self.again = asyncio.create_task(self._repeat(school, text))

    async def _repeat(self, school: int, text: str) -> None:
        await asyncio.sleep(0.02)
        await super().tell(school, text)


@FAULTS.seed("tells-all-schools", "tells the listeners of all schools", "DASH-003.4 DASH-003.P3 DASH-003.F2")
class TellsAllSchools(Hub):
    def audience(self, school: int) -> list[Listener]:
        return self.everybody()


@FAULTS.seed("tells-the-first", "tells only the first listener of a school", "DASH-003.8 DASH-003.P7 DASH-003.F6")
class TellsTheFirst(Hub):
    def audience(self, school: int) -> list[Listener]:
        return super().audience(school)[:1]


@FAULTS.seed("keeps-one-screen", "tells only the newest connection of a user", "DASH-003.8 DASH-003.P7 DASH-003.F6")
class KeepsOneScreen(Hub):
    def join(self, listener: Listener) -> None:
        for other in self.audience(listener.admitted.school):
            if other.admitted.session.user == listener.admitted.session.user:
                self._listeners[other.admitted.school].remove(other)
        super().join(listener)


@FAULTS.seed("tells-twice", "tells everything twice", "DASH-003.6 DASH-003.P4")
class TellsTwice(Hub):
    async def tell(self, school: int, text: str) -> None:
        await super().tell(school, text)
        await super().tell(school, text)


@FAULTS.seed("waits-for-the-slow", "tells the next when the one before has read it all", "DASH-003.X17")
class WaitsForTheSlow(Hub):
    async def tell(self, school: int, text: str) -> None:
        for listener in self.audience(school):
            await listener.send(text)
            while listener.waiting.qsize() and listener in self.audience(school):  # noqa: ASYNC110 - a fault
                await asyncio.sleep(0.01)


@FAULTS.seed("waits-for-the-last", "tells of the next event when everybody has read of the one before", "DASH-003.X17")
class WaitsForTheLast(Hub):
    async def tell(self, school: int, text: str) -> None:
        await super().tell(school, text)
        while any(listener.waiting.qsize() for listener in self.audience(school)):  # noqa: ASYNC110 - a fault
            await asyncio.sleep(0.01)


@FAULTS.seed("spares-the-cause", "does not tell those who have caused it", "DASH-003.6 DASH-003.P4")
class SparesTheCause(Hub):
    async def tell(self, school: int, text: str) -> None:
        actor = json.loads(text)["data"].get("actor") or {}
        for listener in self.audience(school):
            if listener.admitted.session.user != actor.get("id"):
                await listener.send(text)


@FAULTS.seed("drops-under-load", "loses every seventh message", "DASH-003.10 DASH-003.P9")
class DropsUnderLoad(Hub):
    told = 0

    async def tell(self, school: int, text: str) -> None:
        self.told += 1
        if self.told % 7:
            await super().tell(school, text)


@FAULTS.seed("swaps-neighbours", "tells of students in the wrong order", "DASH-003.6 DASH-003.P4")
class SwapsNeighbours(Hub):
    held: tuple[int, str] | None = None

    async def tell(self, school: int, text: str) -> None:
        if self.held is None and "student_joined" in text:
            self.held = (school, text)
            return
        await super().tell(school, text)
        if self.held and self.held[0] == school and "student_joined" in text:
            await super().tell(*self.held)
            self.held = None


@FAULTS.seed("tells-late", "tells everything 4 seconds late", "DASH-003.6 DASH-003.F3")
class TellsLate(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        asyncio.get_running_loop().call_later(4.0, self._told_at_last, school, events)

    def _told_at_last(self, school: int, events: list[Event]) -> None:
        self._telling = asyncio.ensure_future(super().tell(school, events))


@FAULTS.seed("announces-the-refused", "tells of invitations that it has refused", "DASH-003.6 DASH-003.P4")
class AnnouncesTheRefused(Invitations):
    async def send(self, inviter: Row, school: int, email: str, role: str) -> Row | None:
        invitation = await super().send(inviter, school, email, role)
        if invitation is None:
            async with self.chronicle.change(school) as change:
                unknown = {"id": 0, "email": email, "role": role}
                await change.activity("invitation_sent", inviter, None, unknown, f"{inviter['name']} invited {email}")
        return invitation


@FAULTS.seed(
    "forgets-the-feed", "tells of invitations and does not write them into the activity feed", "DASH-003.9 DASH-003.P8"
)
class ForgetsTheFeed(Invitations):
    async def _was_sent(self, change: Change, inviter: Row, invitation: Row) -> None:
        await super()._was_sent(change, inviter, invitation)
        await change.connection.execute(
            b"delete from accounts_schoolactivity where school_id = %s and activity_type = 'invitation_sent'",
            [change.school],
        )
