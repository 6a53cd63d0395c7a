"""A real browser, driven by Playwright: one for a system, started when first needed, with a window for each person.

Playwright's helper process ends the browser when the suite dies, however it dies, and removes what it kept on disk.
"""

import asyncio
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from support.core.errors import NotSupported
from support.core.tools import node
from support.core.tools.chromium import ARGUMENTS, Chromium
from support.core.transcript import Lifeline
from support.drivers.clients.window import DESKTOP, ScreenSize, Window
from support.drivers.kit.read_only import let_through

if TYPE_CHECKING:  # it takes half a second to import, and may not be installed
    from playwright.async_api import Browser as Started
    from playwright.async_api import BrowserType, Playwright

#: What a browser may be called on the machine's PATH, best first: the shell does with half the processor time.
COMMANDS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
#: One site, one renderer: without these the browser's processes cost more than the pages.
FRUGAL = (
    "--disable-features=site-per-process,IsolateOrigins,PaintHolding",
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
)
_ATTEMPTS = 3
NO_PLAYWRIGHT = "there is nothing to drive a browser with: pip install 'earshot[portal]'"
NO_BROWSER = "there is no browser on this machine: `make setup` brings one, or install chromium-headless-shell"


class Browser:
    """The browser of a system.

    A window that is closed is wiped and kept for the next person: a new one would cost several pages' worth of time.

    Args:
        patience: seconds a page may take for anything it is asked.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._playwright: Playwright | None = None
        self._chromium: Started | None = None
        self._starting = asyncio.Lock()
        self._free: list[Window] = []

    async def window(
        self,
        lifeline: Lifeline,
        address: str,
        *,
        screen: ScreenSize = DESKTOP,
        headers: dict[str, str] | None = None,
    ) -> Window:
        """A window of a user's own: with no cookie or store of another's.

        Args:
            lifeline: whose, and where it is recorded.
            address: base URL of what is looked at.
            screen: what it is looked at with.
            headers: additions to every request.

        Raises:
            NotSupported: there is no browser; says what to install. Or the system is protected: what a page has its
                browser send is not ours to foresee.
        """
        let_through(address, "open a browser window", changes=True)
        chromium = await self._started()
        fitting = (window for window in self._free if (window.address, window.screen) == (address, screen))
        if window := next(fitting, None):
            self._free.remove(window)
        else:
            window = await self._new(chromium, address, screen)
        await window.hand_to(lifeline, headers or {})
        return window

    async def take_back(self, window: Window) -> None:
        """Wipe a window that is not needed any more, and keep it; throw it away if it cannot be wiped."""
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

    async def _new(self, chromium: "Started", address: str, screen: ScreenSize) -> Window:
        context = await chromium.new_context(
            base_url=address,
            viewport={"width": screen.width, "height": screen.height},
            is_mobile=screen.touch,
            has_touch=screen.touch,
            reduced_motion="reduce",
        )
        context.set_default_timeout(self._patience * 1000)
        page = await context.new_page()
        return Window(page, await context.new_cdp_session(page), address, screen, self.take_back)

    async def _started(self) -> "Started":
        async with self._starting:
            if self._chromium is None or not self._chromium.is_connected():
                await self.close()
                self._chromium = await self._start()
            return self._chromium

    async def _start(self) -> "Started":
        try:
            from playwright.async_api import Error, async_playwright
        except ImportError:
            raise NotSupported(NO_PLAYWRIGHT) from None
        node.help_playwright()
        self._playwright = await async_playwright().start()
        for _ in range(_ATTEMPTS):
            try:
                return await self._launch(self._playwright.chromium)
            except Error as error:  # on a busy machine it may end as it starts
                trouble = error
        raise NotSupported(f"the browser does not start: {trouble.message.splitlines()[0]}") from trouble

    async def _launch(self, chromium: "BrowserType") -> "Started":
        program, brought = on_path() or shutil.which(chromium.executable_path), Chromium()
        if program is None and brought.is_here:
            return await chromium.launch(
                executable_path=brought.program, env=brought.environment, args=(*FRUGAL, *ARGUMENTS)
            )
        if program is None:
            raise NotSupported(NO_BROWSER)
        return await chromium.launch(executable_path=program, chromium_sandbox=os.geteuid() != 0, args=FRUGAL)


def is_here() -> bool:
    """Whether there is any browser to start: one of the machine's, Playwright's own, or the one that was brought."""
    if on_path() or Chromium().is_here:
        return True
    with suppress(Exception):  # there is no Playwright, or it does not start: then no browser does
        from playwright.sync_api import sync_playwright

        node.help_playwright()
        with sync_playwright() as playwright:
            return Path(playwright.chromium.executable_path).exists()
    return False


def on_path() -> str | None:
    """The browser that this machine has, None if it has none."""
    return next(filter(None, map(shutil.which, COMMANDS)), None)
