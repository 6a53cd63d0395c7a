"""A real browser, driven by Playwright: one for a stage, started when first needed, with a window for each person.

Playwright's helper process ends the browser when the suite dies, however it dies, and removes what it kept on disk.
"""

import asyncio
import base64
import os
import shutil
from collections.abc import Awaitable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from support.errors import NotCapable
from support.transcript import HEARD, SENT, Transcript
from support.transports.http import Unreachable

if TYPE_CHECKING:  # it takes half a second to import, and may not be installed
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import CDPSession, Page, Playwright, Request, Response

#: What a browser may be called on the machine's PATH, best first: the shell does with half the processor time.
COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: One site, one renderer: without these the browser's processes cost more than the pages.
FRUGAL = (
    "--disable-features=site-per-process,IsolateOrigins,PaintHolding",
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
)
#: What is wanted where an answer leads on to another page.
LED_ON = "see the page it leads to"
T = TypeVar("T")

NO_PLAYWRIGHT = "there is nothing to drive a browser with: pip install 'earshot[portal]'"
NO_BROWSER = "there is no browser on this machine: install chromium-headless-shell (or: playwright install chromium)"


@dataclass(frozen=True)
class Screen:
    """What somebody looks at a page with: width and height in CSS pixels, and whether by touch."""

    width: int
    height: int
    touch: bool = False


DESKTOP = Screen(1280, 800)


@dataclass(frozen=True)
class Reply:
    """What comes back past the pages: its status, where it leads to if it leads on, and its text."""

    status: int
    leads_to: str
    text: str


class Browser:
    """The browser of a stage.

    A window that is closed is wiped and kept for the next person: a new one would cost several pages' worth of time.

    Args:
        patience: seconds a page may take for anything it is asked.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None
        self._starting = asyncio.Lock()
        self._free: list[Window] = []

    async def window(
        self,
        who: str,
        transcript: Transcript,
        address: str,
        *,
        screen: Screen = DESKTOP,
        headers: dict[str, str] | None = None,
    ) -> "Window":
        """A window of somebody's own: with no cookie or store of anybody else's.

        Args:
            who: whose, for the record.
            transcript: the record.
            address: base URL of what is looked at.
            screen: what it is looked at with.
            headers: additions to every request.

        Raises:
            NotCapable: there is no browser; says what to install.
        """
        chromium = await self._started()
        fitting = (window for window in self._free if (window.address, window.screen) == (address, screen))
        if window := next(fitting, None):
            self._free.remove(window)
        else:
            window = await self._new(chromium, address, screen)
        await window.hand_to(who, transcript, headers or {})
        return window

    async def take_back(self, window: "Window") -> None:
        """Wipe a window that nobody needs any more, and keep it; throw it away if it cannot be wiped."""
        try:
            await window.wipe()
        except Exception:  # the page may have crashed, or the browser be gone
            with suppress(Exception):
                await window.page.context.close()
        else:
            self._free.append(window)

    async def close(self) -> None:
        """End the browser with all its windows, if it was started."""
        with suppress(Exception):  # it may have crashed or been ended by Ctrl-C: gone it is in any case
            if self._chromium is not None:
                await self._chromium.close()
        with suppress(Exception):
            if self._playwright is not None:
                await self._playwright.stop()
        self._chromium = self._playwright = None
        self._free = []

    async def _new(self, chromium: "Chromium", address: str, screen: Screen) -> "Window":
        context = await chromium.new_context(
            base_url=address,
            viewport={"width": screen.width, "height": screen.height},
            is_mobile=screen.touch,
            has_touch=screen.touch,
            reduced_motion="reduce",
        )
        context.set_default_timeout(self._patience * 1000)
        page = await context.new_page()
        return Window(self, page, await context.new_cdp_session(page), address, screen)

    async def _started(self) -> "Chromium":
        async with self._starting:
            if self._chromium is None or not self._chromium.is_connected():
                await self.close()
                self._chromium = await self._start()
            return self._chromium

    async def _start(self) -> "Chromium":
        try:
            from playwright.async_api import Error, async_playwright
        except ImportError:
            raise NotCapable(NO_PLAYWRIGHT) from None
        self._playwright = await async_playwright().start()
        chromium = self._playwright.chromium
        program = on_path() or shutil.which(chromium.executable_path)
        if program is None:
            raise NotCapable(NO_BROWSER)
        try:
            return await chromium.launch(
                executable_path=program, chromium_sandbox=os.geteuid() != 0, args=FRUGAL
            )
        except Error as error:
            raise NotCapable(f"the browser does not start: {error.message.splitlines()[0]}") from error


class Window:
    """One person's window. `page` is Playwright's; where it goes is recorded, what is typed is not."""

    def __init__(self, browser: Browser, page: "Page", wire: "CDPSession", address: str, screen: Screen) -> None:
        self.page = page
        self.address = address
        self.screen = screen
        self.status = 0
        self._browser = browser
        self._wire = wire
        self._who = ""
        self._transcript: Transcript | None = None
        self._headers: Mapping[str, str] = {}
        self._is_new = False
        page.on("request", self._asked)
        page.on("response", self._answered)

    async def hand_to(self, who: str, transcript: Transcript, headers: dict[str, str]) -> None:
        """Whose it is from now on, and what their requests say in addition."""
        self._who, self._transcript, self._headers = who, transcript, headers
        self._is_new = False
        await self.page.set_extra_http_headers(headers)

    async def close(self) -> None:
        """Give it back; it is not to be used any more."""
        self._transcript = None
        await self._browser.take_back(self)

    async def wipe(self) -> None:
        """Forget everything that a page has left here."""
        await self.page.goto("about:blank")
        await self.page.context.clear_cookies()
        await self._wire.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "all"})

    async def go(self, path: str) -> None:
        """Open an address below the base address.

        Raises:
            Unreachable: nobody answers there, or not in time.
        """
        await _in_time(self.page.goto(path), f"to open {path}")

    async def fill(self, what: str, text: str) -> None:
        """Write into a field.

        Args:
            what: Playwright's selector of it.
            text: what to write.

        Raises:
            Unreachable: there is none that could be written into.
        """
        await _in_time(self.page.fill(what, text), f"to fill in {what}")

    async def choose(self, what: str, value: str) -> None:
        """Choose from a list.

        Args:
            what: Playwright's selector of it.
            value: what to choose.

        Raises:
            Unreachable: there is no such list, or no such value.
        """
        await _in_time(self.page.select_option(what, value), f"to choose from {what}")

    async def click(self, what: str) -> None:
        """Press something that changes this page.

        Args:
            what: Playwright's selector of it.

        Raises:
            Unreachable: there is nothing that could be pressed.
        """
        await _in_time(self.page.click(what), f"to press {what}")

    async def press(self, what: str) -> None:
        """Press something that leads to another page, and wait until that is there.

        Args:
            what: Playwright's selector of it.

        Raises:
            Unreachable: there is nothing that could be pressed, or the page does not come.
        """
        await _in_time(self._pressed(what), f"to press {what}")

    async def _pressed(self, what: str) -> None:
        async with self.page.expect_navigation():
            await self.page.click(what)

    async def get(self, path: str) -> Reply:
        """Read a page without showing it, as this person, and follow no redirection.

        Raises:
            Unreachable: nobody answers there, or not in time.
        """
        return await self._past_the_pages("GET", path)

    async def post(self, path: str, form: dict[str, str | float | bool]) -> Reply:
        """Send a form that no page has shown, as this person, and follow no redirection.

        Raises:
            Unreachable: nobody answers there, or not in time.
        """
        return await self._past_the_pages("POST", path, form)

    async def _past_the_pages(self, method: str, path: str, form: dict[str, str | float | bool] | None = None) -> Reply:
        self._record(SENT, f"{method} {path} (past the pages)")
        send, headers = self.page.context.request.fetch, dict(self._headers)
        asked = send(path, method=method, form=form, headers=headers, max_redirects=0)
        answer = await _in_time(asked, f"to ask for {path}")
        self._record(HEARD, str(answer.status))
        return Reply(answer.status, urlsplit(answer.headers.get("location", "")).path, await answer.text())

    async def picture(self) -> bytes | None:
        """What is to be seen now, as PNG; None if no other page has come since the last picture."""
        if not self._is_new:
            return None
        self._is_new = False
        shot = await self._wire.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
        return base64.b64decode(shot["data"])

    def _asked(self, request: "Request") -> None:
        if request.is_navigation_request():
            if request.redirected_from and self._transcript:
                self._transcript.aims(self._who, LED_ON)
            self._record(SENT, f"{request.method} {_where(request.url)}")

    def _answered(self, response: "Response") -> None:
        if response.request.is_navigation_request():
            self.status, self._is_new = response.status, True
            self._record(HEARD, f"{response.status} {_where(response.url)}")

    def _record(self, direction: str, what: str) -> None:
        if self._transcript is not None:
            self._transcript.record(self._who, direction, "browser", what)


async def _in_time(deed: Awaitable[T], what: str) -> T:
    from playwright.async_api import Error

    try:
        return await deed
    except Error as error:
        raise Unreachable(f"nothing comes of it {what}: {error.message.splitlines()[0]}") from error


def on_path() -> str | None:
    """The browser that this machine has, None if it has none."""
    return next(filter(None, map(shutil.which, COMMANDS)), None)


def _where(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
