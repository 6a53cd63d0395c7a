"""Faults in what is told of mistakes."""

import asyncio
from typing import Any

from aiohttp import web

from reference.threads.announcer import Announcer
from reference.threads.api_messages import MessagesApi
from reference.threads.api_rooms import ChatroomsApi
from reference.threads.events import Events
from reference.threads.faults.registry import seed
from reference.threads.messages import Messages
from reference.threads.person import Person
from reference.threads.refusals import Refused
from reference.threads.uploads import Uploads


@seed("errors-are-swallowed", "does not say what was wrong with an event", "TFS-EVT-11", "TFS-ERR-4")
class ErrorsAreSwallowed(Announcer):
    async def error(self, socket: str, refusal: Refused, event: str | None) -> None:
        if event in (None, "connect"):
            await super().error(socket, refusal, event)


@seed("errors-reach-everybody", "tells everybody of everybody's errors", "TFS-EVT-11", "TFS-ERR-4", "TFS-ERR-7")
class ErrorsReachEverybody(Announcer):
    async def error(self, socket: str, refusal: Refused, event: str | None) -> None:
        for one in {socket, *self.sockets.everybody()}:
            await super().error(one, refusal, event)


@seed("errors-name-no-reason", "says the same of all that is wrong", "TFS-EVT-11", "TFS-ERR-4", "TFS-ERR-5")
class ErrorsNameNoReason(Announcer):
    async def error(self, socket: str, refusal: Refused, event: str | None) -> None:
        await super().error(socket, Refused(500, "Something went wrong"), event)


@seed("nonsense-ends-the-connection", "ends a connection that sends nonsense", "TFS-ERR-4", "TFS-EVT-11", "TFS-ERR-5")
class NonsenseEndsTheConnection(Announcer):
    async def error(self, socket: str, refusal: Refused, event: str | None) -> None:
        await super().error(socket, refusal, event)
        if event and refusal.status == 400:
            await self.sockets.close([socket])


@seed("unknown-events-are-ignored", "says nothing to events that it does not know", "TFS-ERR-4", "TFS-EVT-11")
class UnknownEventsAreIgnored(Events):
    def handler(self, name: str) -> Any:
        try:
            return super().handler(name)
        except Refused:
            return self.ignore

    async def ignore(self, socket: str, person: Person, payload: Any) -> None:
        pass


class _Broken(ChatroomsApi):
    """Answers a mistake of the client as if it were the server's."""

    mistakes: tuple[int, ...] = ()

    def refusal(self, request: web.Request, refusal: Refused) -> web.Response:
        broken = Refused(500, "Internal server error")
        return super().refusal(request, broken if refusal.status in self.mistakes else refusal)


@seed("invalid-requests-break", "answers an invalid request with an internal error", "TFS-ERR-3", "TFS-ERR-5")
class InvalidRequestsBreak(_Broken):
    mistakes = (400,)


@seed("missing-things-break", "answers with an internal error when a thing is not there", "TFS-ERR-3")
class MissingThingsBreak(_Broken):
    mistakes = (404,)


@seed("invalid-messages-break", "answers an invalid message with an internal error", "TFS-ERR-5", "TFS-API-06")
class InvalidMessagesBreak(MessagesApi):
    def refusal(self, request: web.Request, refusal: Refused) -> web.Response:
        return super().refusal(request, Refused(500, "Internal") if refusal.status == 400 else refusal)


@seed("message-length-is-not-limited", "takes messages of any length", "TFS-ERR-5", "TFS-API-06")
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

    async def error(self, socket: str, refusal: Refused, event: str | None) -> None:
        async with self.jam:
            await asyncio.sleep(2.0)
            await super().error(socket, refusal, event)


@seed("parallel-chunks-are-mixed-up", "counts chunks that come at the same time as one", "TFS-ERR-7", "TFS-SCN-3")
class ParallelChunksAreMixedUp(Uploads):
    def _queue(self, number: str) -> asyncio.Lock:
        return asyncio.Lock()

    async def keep(self, number: str, index: int, content: bytes) -> None:
        await super().keep(number, index, content)
        await asyncio.sleep(0.2)
