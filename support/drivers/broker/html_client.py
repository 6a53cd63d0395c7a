"""Reading the portal's pages without a browser: a session, a form and HTML, for many at once (contract 2.7)."""

import asyncio
import html
import re

from support.core.people import Account
from support.core.transcript import Lifeline
from support.drivers.broker.selectors import LOGIN_PATH, PATHS, login_form
from support.drivers.capabilities import Rejected
from support.drivers.clients.http import Answer, Http
from support.drivers.kit.statuses import Statuses

#: What only the login page has.
_PASSWORD = re.compile(r'type=["\']?password')


_STATUSES = Statuses(lambda answer: f"a page was answered by {answer.status}")


class PageReader:
    """A user who reads, in a session of their own.

    Args:
        address: base URL of the portal.
        patience: seconds a page may take.
        account: whose session it is.
        lifeline: theirs, where it is recorded.
        turns: how many may sign in at the same time: passwords are slow to verify, and that is not what is measured.
    """

    def __init__(
        self,
        address: str,
        patience: float,
        account: Account,
        lifeline: Lifeline,
        turns: asyncio.Semaphore | None = None,
    ) -> None:
        self._http = Http(address, patience, keeps=True, cookies=True)
        self._account = account
        self._turns = turns or asyncio.Semaphore()
        self._lifeline = lifeline

    async def sign_in(self) -> None:
        """Fill in the login page.

        Raises:
            Rejected: the portal shows it again.
        """
        async with self._turns:
            page = await self._page("GET", LOGIN_PATH)
            path, form = login_form(page.text, self._account.login, self._account.password)
            _see_signed_in(await self._page("POST", path, form))

    async def read(self, page: str) -> None:
        """Open one of the portal's pages; the profile has to be one's own.

        Raises:
            Rejected: the portal shows something else.
        """
        shown = await self._page("GET", PATHS[page])
        _see_signed_in(shown)
        if page == "the profile" and self._account.login not in html.unescape(shown.text):
            raise Rejected("the profile is another user's")

    async def close(self) -> None:
        """Forget the session."""
        await self._http.close()

    async def _page(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        return _STATUSES.judged(await self._http.request(self._lifeline, method, path, form=form))


def _see_signed_in(page: Answer) -> None:
    if _PASSWORD.search(page.text):
        raise Rejected("the portal asks to sign in")
