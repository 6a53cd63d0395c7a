"""The pages of the portal in a person's window: going there, judging what comes, and reading it."""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from support.core.checks import fail
from support.core.transcript import Lifeline
from support.core.wording import in_words
from support.drivers.broker import locators, selectors
from support.drivers.broker.http_client import STATUSES
from support.drivers.broker.notices import NOTICES, told
from support.drivers.capabilities import Rejected
from support.drivers.clients.browser import Browser
from support.drivers.clients.window import DESKTOP, Reply, ScreenSize, Window

if TYPE_CHECKING:  # it takes half a second to import, and may not be installed
    from playwright.async_api import Locator

#: Characters of a page that a refusal shows.
_SHOWN = 200


class Pages:
    """What one person's window shows; `praise` and `complaint` are what the page has said of what was done last.

    Args:
        address: base URL of the portal.
        browser: that the window is one of.
        lifeline: whose it is, and where it is recorded.
    """

    def __init__(self, address: str, browser: Browser, lifeline: Lifeline) -> None:
        self._address = address
        self._browser = browser
        self._lifeline = lifeline
        self._screen = DESKTOP
        self._window: Window | None = None
        self.praise = self.complaint = ""

    async def renew(self, screen: ScreenSize | None = None) -> None:
        """Open another window, which knows of no session; the one before is closed.

        Args:
            screen: what to look with; the same as before if None.

        Raises:
            NotSupported: there is no browser.
        """
        await self.close()
        self._screen = screen or self._screen
        self._window = await self._browser.window(self._lifeline, self._address, screen=self._screen)

    @property
    def window(self) -> Window:
        """The window that is open.

        Raises:
            Rejected: none is.
        """
        if self._window is None:
            raise Rejected("no page of the portal is open")
        return self._window

    @property
    def screen(self) -> ScreenSize:
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
            Rejected: the portal shows something else, or says no.
        """
        if self._window is None:
            await self.renew()
        self._lifeline.aims(aim)
        await self.window.go(path)
        await self.judge()
        if await self.asks_to_sign_in() and path != selectors.LOGIN_PATH:
            raise Rejected(self.complaint or "the portal asks to sign in")
        if not self.is_at(path):
            raise Rejected(self.complaint or f"{self.window.status}, and the portal is at {self._path()}")

    async def press(self, aim: str, what: "Locator") -> None:
        """Press what leads to another page.

        Args:
            aim: what is wanted with it, in plain words.
            what: what to press.

        Raises:
            Rejected: the portal says no, or the form does so by itself.
        """
        self._lifeline.aims(aim)
        if refusal := await self.window.press(what, aim):
            self.praise, self.complaint = "", refusal
            raise Rejected(f"the form is not sent: {refusal}")
        await self.judge()

    async def choose(self, aim: str, field: "Locator", choice: str) -> None:
        """Choose from a list, and see what comes of that: at once, or when the form that it stands in is sent.

        Raises:
            Rejected: the portal says no.
        """
        form = self.window.page.locator("form").filter(has=field)
        if await locators.sends(form).is_visible():
            await self.window.choose(field, choice)
            return await self.press(aim, locators.sends(form))
        self._lifeline.aims(aim)
        await self.window.led_on_by(lambda: self.window.choose(field, choice), aim)
        await self.judge()

    async def ask(self, aim: str, path: str, form: dict[str, str | float | bool] | None = None) -> Reply:
        """Read an address, or send it a form, as this person and past the pages.

        Args:
            aim: what is wanted with it, in plain words.
            path: the address, below the portal's.
            form: what to send.

        Raises:
            Unreachable: no server answers there, or not in time.
        """
        self._lifeline.aims(aim)
        return await (self.window.get(path) if form is None else self.window.post(path, form))

    async def be_lured(self, aim: str, path: str, form: dict[str, str]) -> None:
        """Visit a page of another site, which has the browser send a form to the portal.

        Args:
            aim: what that site wants with it, in plain words.
            path: the address, below the portal's.
            form: what it sends.

        Raises:
            Rejected: the portal does not take it.
            Unavailable: the portal says that it cannot.
        """
        self._lifeline.aims(aim)
        await self.window.lure(path, form)
        await self.judge()

    async def judge(self) -> None:
        """See what the window shows now, and keep what it says of what was done: it may not say so for long.

        Raises:
            Rejected: the portal says no. The message is what the page says of it.
            Unavailable: the portal says that it cannot; `Failed` if it has failed.
        """
        status = self.window.status
        self.praise, self.complaint = told(await self.window.page.evaluate(NOTICES))
        if status >= 400:
            text = await self.text()
            said = text if status >= 500 else self.complaint or f"{status} at {self._path()}: {text[:_SHOWN]}"
            raise STATUSES.refused(status, said)

    async def asks_to_sign_in(self) -> bool:
        """Whether the window shows the login page, wherever that is."""
        page = self.window.page  # its first locator costs as much as the page: Playwright gives it a library of its own
        return await page.evaluate(selectors.SPEAKS_OF_A_PASSWORD) and await locators.login_form(page).is_visible()

    async def reach(self, what: "Locator", words: str, *, in_menu: bool = True) -> None:
        """Unfold what hides something: one fold after the other, until it is to be seen.

        Args:
            what: what is wanted.
            words: what it is.
            in_menu: whether it is somewhere in the menu; else in the page itself.

        Raises:
            Rejected: it is not to be seen then either.
            Unreachable: something cannot be unfolded.
        """
        folds, pressed = locators.folds(self.window.page, in_menu=in_menu), set[int]()
        while not await what.is_visible():
            fold = await self._folded(folds, pressed)
            if fold is None:
                raise Rejected(f"{'the menu' if in_menu else 'the page'} does not show {words}")
            pressed.add(fold)
            await self.window.click(folds.nth(fold), "what unfolds it")

    @staticmethod
    async def _folded(folds: "Locator", pressed: set[int]) -> int | None:
        """The next one that can be seen, is not open and has not been pressed."""
        for number in range(await folds.count()):
            fold = folds.nth(number)
            is_open = await fold.get_attribute("aria-expanded") == "true"
            if number not in pressed and not is_open and await fold.is_visible():
                return number
        return None

    @property
    def is_blank(self) -> bool:
        """Whether no page has been opened yet in the window that is open."""
        return self.window.page.url == "about:blank"

    def is_at(self, path: str) -> bool:
        """Whether the window shows what is at an address."""
        return self._path() == path

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

    async def rows(self, *wanted: str) -> list[dict[str, str]]:
        """The rows of the table that tells what is wanted, each cell by the name of its column (`markup.COLUMNS`).

        Raises:
            AssertionError: there are tables, and none tells that.
        """
        tables: list[list[dict[str, str]]] = await self.window.page.evaluate(selectors.TABLES)
        rows = selectors.understood(tables, wanted)
        if rows is None:
            there = "; ".join(", ".join(table[0]) for table in tables if table)
            fail(f"no table of {self._path()} has columns for {in_words(list(wanted))}: they are called {there}")
        return rows

    async def keepable(self) -> list[str]:
        """All that the page holds in words, fields and links."""
        held: list[str] = await self.window.page.evaluate(selectors.KEEPABLE)
        return held

    async def measures(self) -> Any:
        """How wide the page is and how small its smallest text, in pixels."""
        return await self.window.page.evaluate(selectors.MEASURES)

    def _path(self) -> str:
        return urlsplit(self.window.page.url).path
