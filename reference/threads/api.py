"""What all HTTP handlers share: who asks, how much, and how answers and refusals look (contract 2.1)."""

import logging
import math
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from aiohttp import web

from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads import retries
from reference.threads.access import identifier
from reference.threads.accounts import Accounts
from reference.threads.announcer import Announcer
from reference.threads.chatrooms import Chatrooms
from reference.threads.companies import Companies, Invitations
from reference.threads.connections import Connections
from reference.threads.database import Database
from reference.threads.files import Files
from reference.threads.forms import Form, Page, filled_in
from reference.threads.limits import Limit
from reference.threads.messages import Messages
from reference.threads.person import Person
from reference.threads.plain import now, plain
from reference.threads.refusals import Rejected, invalid, unauthorized
from reference.threads.sessions import Sessions
from reference.threads.threads import Threads
from reference.threads.uploads import Uploads

log = logging.getLogger(__name__)

PREFIX = "/api/v1"
F = TypeVar("F", bound=Form)
Open = Callable[[web.Request], Awaitable[Any]]
Closed = Callable[[Person, web.Request], Awaitable[Any]]


@dataclass(frozen=True)
class Inside:
    """The parts of the server that handlers call."""

    database: Database
    accounts: Accounts
    sessions: Sessions
    companies: Companies
    invitations: Invitations
    chatrooms: Chatrooms
    threads: Threads
    messages: Messages
    uploads: Uploads
    files: Files
    announcer: Announcer
    connections: Connections
    requests: Limit
    strangers: Limit


@part
class Api:
    """Base of the handlers."""

    inside: Inside  # the parts of the server

    #: Whether the deployed system wraps these answers twice (contract 2.1).
    wrapped = False

    def routes(self) -> list[web.RouteDef]:
        """Where the handlers are reached."""
        raise NotImplementedError

    def open(self, handle: Open, status: int = 200) -> Any:
        """A handler for anybody."""

        async def answer(request: web.Request) -> web.StreamResponse:
            retries.operation.set(handle.__name__)
            return await self.answered(request, self._for_strangers(handle, request), status)

        return answer

    def closed(self, handle: Closed, status: int = 200) -> Any:
        """A handler for who is signed in."""

        async def answer(request: web.Request) -> web.StreamResponse:
            retries.operation.set(handle.__name__)
            return await self.answered(request, self._for_people(handle, request), status)

        return answer

    async def _for_strangers(self, handle: Open, request: web.Request) -> Any:
        self.inside.strangers.take((request.remote, handle.__name__))
        return await handle(request)

    async def _for_people(self, handle: Closed, request: web.Request) -> Any:
        token = self.token(request)
        user = self.inside.sessions.tokens.claims(token, "access")["sub"]
        retries.on_behalf_of.set(user)
        self.inside.requests.take((user, handle.__name__))
        return await handle(await self.inside.sessions.person(token), request)

    def token(self, request: web.Request) -> str:
        """The token shown. Raises `Rejected` if there is none."""
        kind, _, token = request.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or not token:
            raise unauthorized("Unauthorized")
        return token

    async def answered(self, request: web.Request, handling: Awaitable[Any], status: int) -> web.StreamResponse:
        """The end of a request, whichever it is."""
        try:
            data = await handling
        except Rejected as refusal:
            return self.refusal(request, refusal)
        except psycopg.DataError:
            return self.refusal(request, invalid("Validation failed", "a value cannot be stored"))
        except web.HTTPRequestEntityTooLarge:
            return self.refusal(request, Rejected(413, "Request body is too large"))
        except Exception:
            log.exception("%s %s failed", request.method, request.path)
            return self.refusal(request, Rejected(500, "Internal server error"))
        return data if isinstance(data, web.StreamResponse) else self.success(data, status)

    def success(self, data: Any, status: int) -> web.Response:
        """An answer that says yes."""
        if status == 204:
            return web.Response(status=204)
        shown = plain(data)
        if self.wrapped:
            shown = {"success": True, "message": "OK", "data": shown}
        return web.json_response({"status": "success", "timestamp": now(), "data": shown}, status=status)

    def refusal(self, request: web.Request, refusal: Rejected) -> web.Response:
        """An answer that says no."""
        error: dict[str, Any] = {"code": refusal.code, "message": str(refusal)}
        if refusal.details:
            error["details"] = refusal.details
        body = {"status": "error", "timestamp": now(), "error": error, "path": request.path_qs}
        headers = {} if refusal.retry_after is None else {"Retry-After": str(max(1, math.ceil(refusal.retry_after)))}
        return web.json_response(body, status=refusal.status, headers=headers)


async def body(form: type[F], request: web.Request) -> F:
    """What a request carries. Raises `Rejected` if it is not what the form says."""
    try:
        sent = await request.json()
    except ValueError:
        raise invalid("Body is not valid JSON but content-type is set to 'application/json'") from None
    return filled_in(form, sent)


def query(form: type[F], request: web.Request) -> F:
    """What stands in a request's query. Raises `Rejected` if it is not what the form says."""
    return filled_in(form, dict(request.query))


def one_page(items: list[Row], asked: Page) -> tuple[list[Row], Row]:
    """What comes after the item whose id is the last index, and whether and where there is more."""
    ids = [str(item["id"]) for item in items]
    start = ids.index(asked.last_index) + 1 if asked.last_index in ids else 0
    end = start + asked.limit
    more = len(items) > end
    return items[start:end], {"hasNext": more} | ({"nextIndex": ids[end - 1]} if more else {})


def number(request: web.Request, name: str = "id") -> UUID:
    """An id in the path. Raises `Rejected` if it is none."""
    return identifier(request.match_info[name])
