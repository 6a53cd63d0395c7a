"""Requests whose form is wrong, in every way, derived from what a proper one has in it (contracts/chat.md 2, 3.2)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from support.drivers.capabilities import Failed, Rejected
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.wrong_forms import cut_off, wrong_forms

#: Every event that a client may send, and every body that is asked for -> what a proper one has in it.
EVENTS = {
    "join": ("room", "client", "jwt"),
    "client_sends_message": ("sender", "jwt", "conversation_room", "content"),
    "connection_alive": ("client",),
    "client_disconnection": ("client", "jwt"),
}
REQUESTS = {
    "/log_in": ("username", "password"),
    "/admin/get_info": ("username", "password"),
    "/admin/kill_token": ("username", "password", "user_token_terminate"),
}
#: What may be anything, so that something else than text in its place is no mistake of form (contract 3.4).
_ANYTHING = ("content",)
_AIM = "request something in a wrong form"
#: What the server says when it has broken over an event: that is no refusal.
_BROKEN = "Internal server error"
#: The event that is answered by the administrator's word rather than in its acknowledgement (contract 3.3).
_REFUSED_BY_WORD = "client_sends_message"


class MalformedRequests:
    """What one person can request in a wrong form.

    Args:
        http: their requests.
        exchange: sends an event on their connection, and gives the argument of its acknowledgement.
        refusals: sends an event on their connection, and says in which words it is refused.
        proper: what belongs into each field, for this person.
    """

    def __init__(
        self,
        http: HttpSession,
        exchange: Callable[[str, str, Any], Awaitable[Any]],
        refusals: Callable[[str, str, Any], Awaitable[list[str]]],
        proper: Callable[[], dict[str, str]],
    ) -> None:
        self._http = http
        self._exchange = exchange
        self._refusals = refusals
        self._proper = proper

    async def send_malformed(self) -> dict[str, asyncio.Future[None]]:
        """Send each of them, and wait until each is answered or has had its time; how each has ended, by its name.

        All are under way at the same time: many may stay without an answer. The administrator's word names no request,
        so what it may refuse, and was taken, is sent once more by itself.

        Returns:
            Futures that are done: they raise `Rejected` if it was refused, `Failed` if the server broke over it, and
            `Unreachable` if there was no answer.
        """
        mistakes = self._all()
        ended: dict[str, asyncio.Future[None]] = {
            what: asyncio.ensure_future(self._send(*asked)) for what, asked in mistakes.items()
        }
        for one in ended.values():  # asyncio would complain of those whose scenario is given up meanwhile
            one.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.wait(ended.values())
        for what, (name, payload) in mistakes.items():
            if name == _REFUSED_BY_WORD and ended[what].exception() is None:
                ended[what] = asyncio.ensure_future(self._send_alone(name, payload))
                await asyncio.wait([ended[what]])
        return ended

    async def _send(self, name: str, payload: Any) -> None:
        if name in REQUESTS:
            await self._http.request(_AIM, "POST", name, payload, anonymous=True)
            return
        answer = await self._exchange(_AIM, name, payload)
        if isinstance(answer, dict) and "error" in answer:
            raise _refusal(str(answer["error"]))

    async def _send_alone(self, name: str, payload: Any) -> None:
        for words in await self._refusals(_AIM, name, payload):
            raise _refusal(words)

    def _all(self) -> dict[str, tuple[str, Any]]:
        known = self._proper()
        proper = {
            name: {field: known.get(field, "unknown") for field in fields}
            for name, fields in (EVENTS | REQUESTS).items()
        }
        return {
            f"{name} {how}": (name, payload)
            for name, whole in proper.items()
            for how, payload in wrong_forms(whole, _ANYTHING)
        } | {f"{name} that is cut off": (name, cut_off(proper[name])) for name in REQUESTS}


def _refusal(words: str) -> Rejected:
    return Failed(words) if words == _BROKEN else Rejected(words)
