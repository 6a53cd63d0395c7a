"""The session that a user's window holds at the portal, in cookies (contract 2.7)."""

from typing import Any

from support.core.transcript import Transcript
from support.drivers.broker.page_objects import Pages


class PortalSession:
    """The cookies of one person's window, and a copy of them.

    Args:
        pages: theirs.
        transcript: which is not to show them.
    """

    def __init__(self, pages: Pages, transcript: Transcript) -> None:
        self._pages = pages
        self._transcript = transcript
        self._copy: list[Any] = []

    async def learn(self) -> None:
        """Have the cookies masked wherever they turn up."""
        for cookie in await self._cookies():
            self._transcript.redactor.learn(cookie["value"])

    async def keep_copy(self) -> None:
        """Copy the session."""
        self._copy = await self._cookies()

    async def use_copy(self) -> None:
        """Put the copy of the session back into the browser."""
        await self._pages.window.page.context.add_cookies(self._copy)

    async def alter(self, login: str) -> None:
        """Put another name into the session where this one can be read, else another letter in its middle."""
        altered = [cookie | {"value": _altered(cookie["value"], login)} for cookie in await self._cookies()]
        await self._pages.window.page.context.add_cookies(altered)

    async def _cookies(self) -> list[Any]:
        cookies: list[Any] = await self._pages.window.page.context.cookies()
        return cookies


def _altered(session: str, login: str) -> str:
    if login in session:
        return session.replace(login, f"x{login[1:]}")
    half = len(session) // 2
    letter = "A" if session[half] != "A" else "B"
    return f"{session[:half]}{letter}{session[half + 1 :]}"
