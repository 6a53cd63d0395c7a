"""Every request that wants a session, derived from all that a deployment knows."""

from collections.abc import Awaitable, Callable
from functools import partial

from support.drivers.capabilities import Rejected
from support.drivers.threads.client_part import ClientPart
from support.drivers.threads.options import NOTHING, OPEN_TO_ALL, REQUESTS


class ProtectedRequests(ClientPart):
    """Where a token has to be shown (contract 2.2 to 2.7)."""

    def requests_with(self, token: str | None) -> dict[str, Callable[[], Awaitable[None]]]:
        """Every request that wants a session, each to be made with a token that must not do.

        What is refused for any other reason has looked at more than the token, and counts as granted.
        """
        known = [what for what in REQUESTS if what not in OPEN_TO_ALL and self._backend.has(what)]
        return {what: partial(self._request_with, what, token) for what in known}

    async def _request_with(self, what: str, token: str | None) -> None:
        body: dict[str, str] | None = {} if self._backend.options.request(what).startswith(("POST", "PUT")) else None
        try:
            await self._session.answer(what, body, anonymous=token is None, token=token, **NOTHING)
        except Rejected as refusal:
            if refusal.status == 401:
                raise
