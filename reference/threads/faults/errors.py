"""Faults in what is told of mistakes."""

import asyncio
import json
from typing import Any, ClassVar

from aiohttp import web

from reference.threads import forms, names
from reference.threads.announcer import Announcer
from reference.threads.api import PREFIX, Api
from reference.threads.api_accounts import AccountsApi
from reference.threads.api_companies import CompaniesApi
from reference.threads.api_health import HealthApi
from reference.threads.api_messages import MessagesApi
from reference.threads.api_rooms import ChatroomsApi, ThreadsApi
from reference.threads.connections import Connections
from reference.threads.events import Events
from reference.threads.faults import seed
from reference.threads.messages import Messages
from reference.threads.person import Person
from reference.threads.refusals import Rejected
from reference.threads.uploads import Uploads


@seed("errors-are-swallowed", "does not say what was wrong with an event", "TFS-EVT-11 TFS-ERR-4")
class ErrorsAreSwallowed(Announcer):
    async def error(self, socket: str, refusal: Rejected, event: str | None) -> None:
        if event in (None, "connect"):
            await super().error(socket, refusal, event)


@seed("errors-reach-everybody", "tells everybody of everybody's errors", "TFS-EVT-11 TFS-ERR-4 TFS-ERR-7")
class ErrorsReachEverybody(Announcer):
    async def error(self, socket: str, refusal: Rejected, event: str | None) -> None:
        for one in {socket, *self.sockets.everybody()}:
            await super().error(one, refusal, event)


@seed("errors-name-no-reason", "says the same of all that is wrong", "TFS-X-CAUSE TFS-EVT-11 TFS-ERR-4 TFS-ERR-5")
class ErrorsNameNoReason(Announcer):
    async def error(self, socket: str, refusal: Rejected, event: str | None) -> None:
        await super().error(socket, Rejected(500, "Something went wrong"), event)


@seed("nonsense-ends-the-connection", "ends a connection that sends nonsense", "TFS-ERR-4 TFS-EVT-11 TFS-ERR-5")
class NonsenseEndsTheConnection(Announcer):
    async def error(self, socket: str, refusal: Rejected, event: str | None) -> None:
        await super().error(socket, refusal, event)
        if event and refusal.status == 400:
            await self.sockets.close([socket])


@seed("unknown-events-are-ignored", "says nothing to events that it does not know", "TFS-ERR-4 TFS-EVT-11")
class UnknownEventsAreIgnored(Events):
    def handler(self, name: str) -> Any:
        try:
            return super().handler(name)
        except Rejected:
            return self.ignore

    async def ignore(self, socket: str, person: Person, payload: Any) -> None:
        pass


class _Broken(Api):
    """Answers a mistake of the client as if it were the server's."""

    mistake: ClassVar[int]

    def refusal(self, request: web.Request, refusal: Rejected) -> web.Response:
        broken = Rejected(500, "Internal server error")
        return super().refusal(request, broken if refusal.status == self.mistake else refusal)


def _broken(part: type[Api], mistake: int) -> type[Api]:
    """A part of the interface that answers one kind of mistake so."""
    return type(f"Broken{part.__name__}", (_Broken, part), {"mistake": mistake})


@seed(
    "invalid-requests-break",
    "answers an invalid request with an internal error",
    "TFS-ERR-3 TFS-ERR-5",
    along=(_broken(AccountsApi, 400), _broken(CompaniesApi, 400)),
)
class InvalidRequestsBreak(_Broken, ChatroomsApi):
    mistake = 400


@seed(
    "missing-things-break",
    "answers with an internal error when a thing is not there",
    "TFS-ERR-3",
    along=(_broken(ThreadsApi, 404), _broken(MessagesApi, 404)),
)
class MissingThingsBreak(_Broken, ChatroomsApi):
    mistake = 404


@seed("unknown-addresses-are-taken", "answers to requests that nothing is there for", "TFS-ERR-3")
class UnknownAddressesAreTaken(HealthApi):
    def routes(self) -> list[web.RouteDef]:
        return [*super().routes(), web.get(f"{PREFIX}/{{anything:.*}}", self._served(self.live))]


@seed("invalid-messages-break", "answers an invalid message with an internal error", "TFS-ERR-5 TFS-API-06 TFS-PERF-9")
class InvalidMessagesBreak(_Broken, MessagesApi):
    mistake = 400


@seed("invalid-thread-ids-break", "answers an invalid id of a thread with an internal error", "TFS-ERR-5")
class InvalidThreadIdsBreak(_Broken, ThreadsApi):
    mistake = 400


@seed("requests-that-are-cut-off-break", "breaks over a profile in a request that is cut off", "TFS-ERR-5")
class RequestsThatAreCutOffBreak(AccountsApi):
    async def change_profile(self, person: Person, request: web.Request) -> Any:
        json.loads(await request.text())
        return await super().change_profile(person, request)


@seed("no-room-in-particular-is-empty", "answers who names no room as if it was an empty one", "TFS-ERR-5")
class NoRoomInParticularIsEmpty(MessagesApi):
    async def _history(self, person: Person, asked: forms.Page) -> Any:
        if asked.chatroom_id or asked.thread_id:
            return await super()._history(person, asked)
        return {"messages": [], "total": 0, "count": 0, "hasMore": False}


@seed("too-large-requests-break", "answers too large a request with an internal error", "TFS-ERR-6")
class TooLargeRequestsBreak(_Broken, MessagesApi):
    mistake = 413


@seed("drop-outs-take-others-along", "ends the other connections of a company when one breaks off", "TFS-ERR-4")
class DropOutsTakeOthersAlong(Connections):
    async def disconnected(self, socket: str, reason: str) -> None:
        person = self.sockets.person(socket)
        await super().disconnected(socket, reason)
        if person is not None:
            await self.sockets.close(self.sockets.inside(names.company(person.company)))


@seed("message-length-is-not-limited", "takes messages of any length", "TFS-ERR-5 TFS-API-06")
class MessageLengthIsNotLimited(Messages):
    def check_length(self, content: str) -> None:
        pass


@seed("long-messages-are-cut", "cuts messages that are too long", "TFS-ERR-5")
class LongMessagesAreCut(Messages):
    async def send(self, person: Person, draft: Any, socket: str | None = None) -> Any:
        short = type(draft)(draft.chatroom, draft.thread, draft.content[: self.limit], draft.kind, draft.reply_to)
        return await super().send(person, short, socket)


@seed("one-error-jams-the-rest", "answers one event at a time after an error, each some seconds late", "TFS-ERR-7")
class OneErrorJamsTheRest(Announcer):
    jam = asyncio.Lock()

    async def error(self, socket: str, refusal: Rejected, event: str | None) -> None:
        async with self.jam:
            await asyncio.sleep(2.0)
            await super().error(socket, refusal, event)


@seed(
    "parallel-chunks-are-mixed-up", "counts chunks that come at the same time as one", "TFS-API-10 TFS-ERR-7 TFS-SCN-3"
)
class ParallelChunksAreMixedUp(Uploads):
    def _queue(self, number: str) -> asyncio.Lock:
        return asyncio.Lock()

    async def keep(self, number: str, index: int, content: bytes) -> None:
        await super().keep(number, index, content)
        await asyncio.sleep(0.2)


@seed("many-mistakes-break-requests", "breaks down over mistakes once there were many", "TFS-ERR-7")
class ManyMistakesBreakRequests(MessagesApi):
    mistakes = 0

    def refusal(self, request: web.Request, refusal: Rejected) -> web.Response:
        self.mistakes += 1
        return super().refusal(request, refusal if self.mistakes < 40 else Rejected(500, "Internal server error"))
