"""What can be wrong with pace, with many users at a time, and with getting over trouble."""

import asyncio
from http import HTTPStatus

from aiohttp import web

from reference.training.channel import Channel
from reference.training.chat import Chat
from reference.training.content import Scenario
from reference.training.database import DatabaseLost
from reference.training.faults import FAULTS
from reference.training.rest import Rejected, Rest
from reference.training.sessions import Session
from reference.training.turns import Turn, Turns

#: Seconds beyond the documents' limit of three.
TOO_LONG = 3.5


@FAULTS.seed("lists-slowly", "takes too long to list documents", "CT-API-3 CT-NFR-1")
class ListsSlowly(Rest):
    async def list_documents(self, request: web.Request) -> web.Response:
        await asyncio.sleep(TOO_LONG)
        return await super().list_documents(request)


@FAULTS.seed("replies-slowly", "takes too long to reply", "CT-WS-4 CT-NFR-2 CT-X-1")
class RepliesSlowly(Turns):
    async def answer(self, session: Session, scenario: Scenario, message_id: int, text: str) -> Turn:
        await asyncio.sleep(TOO_LONG)
        return await super().answer(session, scenario, message_id, text)


@FAULTS.seed("serves-one-at-a-time", "serves one user at a time", "CT-WS-3 CT-NFR-3")
class ServesOneAtATime(Turns):
    async def answer(self, session: Session, scenario: Scenario, message_id: int, text: str) -> Turn:
        self.turn = getattr(self, "turn", asyncio.Lock())
        async with self.turn:
            return await super().answer(session, scenario, message_id, text)


@FAULTS.seed("fails-now-and-then", "fails one request in five", "CT-NFR-5 CT-API-2")
class FailsNowAndThen(Rest):
    asked = 0

    async def list_scenarios(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.asked % 5 == 0:
            raise Rejected(HTTPStatus.INTERNAL_SERVER_ERROR, "Failed to fetch scenarios")
        return await super().list_scenarios(request)


@FAULTS.seed("drops-the-idle", "ends connections on which nothing is said for a while", "CT-UX-1")
class DropsTheIdle(Chat):
    async def serve(self, channel: Channel, session: Session) -> None:
        await self.greet(channel, session)
        while True:
            try:
                message = await channel.socket.receive(timeout=0.15)
            except TimeoutError:
                return
            if channel.socket.closed:
                return
            await self.hear(channel, session, message)


@FAULTS.seed("waits-for-the-database", "keeps everybody waiting while the database is locked", "CT-X-3")
class WaitsForTheDatabase(Rest):
    async def health(self, request: web.Request) -> web.Response:
        await self.sessions.database.write("UPDATE sessions SET status = status WHERE id = 0")
        return await super().health(request)


@FAULTS.seed("never-recovers", "never recovers from a loss of the database", "CT-INT-3 CT-API-5 CT-WS-5")
class NeverRecovers(Turns):
    lost = False

    async def take(self, session: Session, content: object) -> tuple[int, str]:
        if self.lost:
            raise DatabaseLost
        try:
            return await super().take(session, content)
        except DatabaseLost:
            self.lost = True
            raise


@FAULTS.seed("hangs-up-on-loss", "ends the connection when the database is lost", "CT-INT-3 CT-UX-5 CT-X-2")
class HangsUpOnLoss(Chat):
    async def present(self, session: Session) -> tuple[Session, Scenario]:
        try:
            return await super().present(session)
        except DatabaseLost:
            for socket in self.sockets:
                await socket.close()
            raise


@FAULTS.seed("lets-nobody-back", "does not let anybody back into a session once they were gone", "CT-WS-5 CT-FR-4")
class LetsNobodyBack(Chat):
    async def admitted(self, number: str) -> Session | None:
        self.known = getattr(self, "known", set[str]())
        if number in self.known:
            return None
        self.known.add(number)
        return await super().admitted(number)
