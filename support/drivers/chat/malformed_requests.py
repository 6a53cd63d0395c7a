"""Requests whose form is wrong, in every way, derived from what a proper one has in it (contracts/chat.md 2, 3.2)."""

from collections.abc import Awaitable, Callable
from typing import Any

from support.drivers.capabilities import Failed, Rejected
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.wrong_forms import wrong_forms

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
#: What the server says when it has broken over an event: that is no refusal.
_BROKEN = "Internal server error"


class MalformedRequests:
    """What one person can request in a wrong form.

    Args:
        http: their requests.
        refusals: sends an event on their connection, and says in which words it is refused.
        proper: what belongs into each field, for this person.
    """

    def __init__(
        self,
        http: HttpSession,
        refusals: Callable[[str, str, Any], Awaitable[list[str]]],
        proper: Callable[[], dict[str, str]],
    ) -> None:
        self._http = http
        self._refusals = refusals
        self._proper = proper

    def malformed(self) -> list[str]:
        """The names of all there are."""
        return [*self._all()]

    async def send_malformed(self, what: str) -> None:
        """Send one of them.

        Raises:
            Rejected: it is refused; `Failed` if the server breaks over it.
        """
        name, payload = self._all()[what]
        if name in REQUESTS:
            await self._http.request(f"send {what}", "POST", name, payload, anonymous=True)
            return
        for words in await self._refusals(f"send {what}", name, payload):
            raise Failed(words) if words == _BROKEN else Rejected(words)

    def _all(self) -> dict[str, tuple[str, Any]]:
        proper = self._proper()
        return {
            f"{name} {how}": (name, payload)
            for name, fields in (EVENTS | REQUESTS).items()
            for how, payload in wrong_forms({field: proper.get(field, "unknown") for field in fields}, _ANYTHING)
        }
