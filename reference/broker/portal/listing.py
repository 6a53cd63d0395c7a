"""Which messages a page shows: one status or all, so many at a time."""

from dataclasses import dataclass

from aiohttp import web

from reference.broker.portal.guard import Visit
from reference.broker.portal.main_server import Row
from reference.kit.parts import part

STATUSES = ("queued", "delivered", "failed")
#: Pages that anybody will turn; more would overflow what the database counts in.
_LAST = 10**6


@dataclass(frozen=True)
class Listed:
    """One page of messages, and whether there is another after it."""

    messages: list[Row]
    page: int
    status: str
    more: bool


@part
class Listing:
    """Pages of messages, newest first."""

    size: int  # messages on a page

    async def page(self, visit: Visit, request: web.Request) -> Listed:
        """What the query of a request asks for.

        Raises:
            HTTPBadRequest: it asks for a page or a status that there is not.
        """
        number, status = self.number(request), self.status(request)
        query = {"skip": (number - 1) * self.size, "limit": self.size + 1}  # one more, to know whether there is more
        found = await self.messages(visit, query | ({"status_filter": status} if status else {}))
        return Listed(found[: self.size], number, status, more=len(found) > self.size)

    async def messages(self, visit: Visit, query: Row) -> list[Row]:
        """The messages that the main server lets this person see."""
        found: list[Row] = await visit.ask("GET", "/portal/messages", query=query)
        return found

    def number(self, request: web.Request) -> int:
        """The page asked for, from 1."""
        text = request.query.get("page") or "1"
        if not text.isdecimal() or not 1 <= int(text[:9]) <= _LAST:
            raise web.HTTPBadRequest
        return int(text)

    def status(self, request: web.Request) -> str:
        """The status asked for; empty for all."""
        status = request.query.get("status_filter", "")
        if status and status not in STATUSES:
            raise web.HTTPBadRequest
        return status
