"""The pages of the portal in a person's window: going there, judging what comes, and reading it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from support.systems.broker import markup
from support.systems.capabilities import Refused, Unavailable
from support.transcript import Transcript
from support.transports.browser import Browser
from support.transports.window import DESKTOP, Reply, Screen, Window

#: With it a window asks for a session that ends sooner than the portal's others; a portal may not know it.
_SHORTER = "X-Session-Max-Age"


class Pages:
    """What one person's window shows.

    Args:
        address: base URL of the portal.
        browser: that the window is one of.
        who: whose it is.
        transcript: of the scenario.
    """

    def __init__(self, address: str, browser: Browser, who: str, transcript: Transcript) -> None:
        self._address = address
        self._browser = browser
        self._who = who
        self._transcript = transcript
        self._screen = DESKTOP
        self._window: Window | None = None

    async def renew(self, screen: Screen | None = None, lifetime: float | None = None) -> None:
        """Open another window, which knows of no session; the one before is closed.

        Args:
            screen: what to look with; the same as before if None.
            lifetime: seconds without a request after which its session is to be over.

        Raises:
            NotCapable: there is no browser.
        """
        await self.close()
        self._screen = screen or self._screen
        headers = {} if lifetime is None else {_SHORTER: str(lifetime)}
        self._window = await self._browser.window(
            self._who, self._transcript, self._address, screen=self._screen, headers=headers
        )

    @property
    def window(self) -> Window:
        """The window that is open.

        Raises:
            Refused: none is.
        """
        if self._window is None:
            raise Refused("no page of the portal is open")
        return self._window

    @property
    def screen(self) -> Screen:
        """What the window is looked at with."""
        return self._screen

    async def close(self) -> None:
        """Close the window, if one is open, and forget its session."""
        if self._window is not None:
            await self._window.close()
            self._window = None

    async def go(self, aim: str, path: str) -> None:
        """Go to a page by its address.

        Args:
            aim: what is wanted with it, in plain words.
            path: the address, below the portal's.

        Raises:
            Refused: the portal shows something else, or says no.
        """
        if self._window is None:
            await self.renew()
        self._transcript.aims(self._who, aim)
        await self.window.go(path)
        await self.judge(lambda: self.is_at(path))

    async def press(self, aim: str, what: str, wanted: Callable[[], bool] = lambda: True) -> None:
        """Press what leads to another page.

        Args:
            aim: what is wanted with it, in plain words.
            what: Playwright's selector of it.
            wanted: whether the page that comes is as it should be.

        Raises:
            Refused: the portal says no, or it is not.
        """
        self._transcript.aims(self._who, aim)
        await self.window.press(what)
        await self.judge(wanted)

    async def ask(self, aim: str, path: str, form: dict[str, str | float | bool] | None = None) -> Reply:
        """Read an address, or send it a form, as this person and past the pages.

        Args:
            aim: what is wanted with it, in plain words.
            path: the address, below the portal's.
            form: what to send.

        Raises:
            Unreachable: nobody answers there, or not in time.
        """
        self._transcript.aims(self._who, aim)
        return await (self.window.get(path) if form is None else self.window.post(path, form))

    async def be_lured(self, aim: str, path: str, form: dict[str, str]) -> None:
        """Visit a page of another site, which has the browser send a form to the portal.

        Args:
            aim: what that site wants with it, in plain words.
            path: the address, below the portal's.
            form: what it sends.

        Raises:
            Refused: the portal does not take it.
            Unavailable: the portal says that it cannot.
        """
        self._transcript.aims(self._who, aim)
        await self.window.lure(path, form)
        await self.judge(lambda: True)

    async def judge(self, wanted: Callable[[], bool]) -> None:
        """See what the window shows now.

        Raises:
            Refused: the portal says no, or it is not what was wanted. The message is what the page says of it.
            Unavailable: the portal says that it cannot.
        """
        status = self.window.status
        if status >= 500:
            raise Unavailable(await self.text())
        if status >= 400 or not wanted():
            raise Refused(await self.words(markup.COMPLAINT) or f"{status}, and the portal is at {self._path()}")

    async def reach(self, what: str) -> None:
        """Unfold the menu if it hides something.

        Raises:
            Refused: it is not to be seen then either.
            Unreachable: the menu cannot be unfolded.
        """
        page = self.window.page
        if not await page.is_visible(what) and await page.is_visible(markup.TOGGLER):
            await self.window.click(markup.TOGGLER)
        if not await page.is_visible(what):
            raise Refused(f"the menu does not show {what}")

    @property
    def is_blank(self) -> bool:
        """Whether no page has been opened yet in the window that is open."""
        return self.window.page.url == "about:blank"

    def is_at(self, path: str) -> bool:
        """Whether the window shows what is at an address."""
        return self._path() == path

    async def learn_session(self) -> None:
        """Have the session's cookies masked wherever they turn up."""
        for cookie in await self.window.page.context.cookies():
            self._transcript.redactor.learn(cookie["value"])

    async def text(self) -> str:
        """All that the page says, beside its menu."""
        return await self.words("main") or await self.words("body")

    async def words(self, selector: str) -> str:
        """The text of the first thing that a selector finds, empty if there is none."""
        found = self.window.page.locator(selector).first
        return (await found.inner_text()).strip() if await found.count() else ""

    async def attribute(self, selector: str, name: str) -> str:
        """An attribute of the first thing that a selector finds, empty if there is none."""
        found = self.window.page.locator(selector).first
        return (await found.get_attribute(name) or "") if await found.count() else ""

    async def rows(self) -> list[dict[str, str]]:
        """The rows of the page's table, each cell under the words of its column."""
        rows: list[dict[str, str]] = await self.window.page.evaluate(markup.ROWS)
        return rows

    async def measures(self) -> Any:
        """How wide the page is and how small its smallest text, in pixels."""
        return await self.window.page.evaluate(markup.MEASURES)

    def _path(self) -> str:
        return urlsplit(self.window.page.url).path
