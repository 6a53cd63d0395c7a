"""One person's window of a browser: what can be done in it, and the record of where it goes."""

import base64
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from support.core.transcript import HEARD, SENT, Lifeline
from support.drivers.clients import foreign_site
from support.drivers.clients.http import Unreachable
from support.drivers.clients.secrets_on_page import shows_secret

if TYPE_CHECKING:  # it takes half a second to import, and may not be installed
    from playwright.async_api import CDPSession, Dialog, Locator, Page, Request, Response

#: What is wanted where an answer leads on to another page.
LED_ON = "see the page it leads to"
#: Waits until the browser has drawn what a press has changed.
_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
#: Why a form would not let itself be sent: the first of its fields that the browser finds wrong.
_FORMS_OWN_REFUSAL = """button => {
  if (button.disabled || button.getAttribute("aria-disabled") == "true") return "it cannot be pressed"
  const form = button.form
  if (!form || form.noValidate || button.formNoValidate) return ""
  const wrong = [...form.elements].find(field => field.willValidate && !field.validity.valid)
  return wrong ? `${wrong.labels?.[0]?.innerText.trim() || wrong.name}: ${wrong.validationMessage}` : ""
}"""
#: What pages cannot be judged without, wherever it comes from.
_LOOKS = ("stylesheet", "script")
#: What the browser says of a request that it has given up, as for a page that is left.
_GONE_ON = "net::ERR_ABORTED"
T = TypeVar("T")
#: Takes a window back that is not needed any more.
GiveBack = Callable[["Window"], Awaitable[None]]


@dataclass(frozen=True)
class ScreenSize:
    """What a user looks at a page with: width and height in CSS pixels, and whether by touch."""

    width: int
    height: int
    touch: bool = False


DESKTOP = ScreenSize(1280, 800)


@dataclass(frozen=True)
class Reply:
    """What comes back past the pages: its status, where it leads to if it leads on, and its text."""

    status: int
    leads_to: str
    text: str


class Window:
    """One person's window. `page` is Playwright's; where it goes is recorded, what is typed is not.

    What a page asks ("Are you sure?") is agreed to. `lost` are the other sites whose style sheets or scripts its pages
    want and this machine does not reach, each with the reason.
    """

    def __init__(self, page: "Page", wire: "CDPSession", address: str, screen: ScreenSize, give_back: GiveBack) -> None:
        self.page = page
        self.address = address
        self.screen = screen
        self.status = 0
        self.lost: set[str] = set()
        self._give_back = give_back
        self._wire = wire
        self._lifeline: Lifeline | None = None
        self._headers: Mapping[str, str] = {}
        self._is_new = False
        page.on("request", self._asked)
        page.on("response", self._answered)
        page.on("requestfailed", self._failed)
        page.on("dialog", self._agree)

    async def hand_to(self, lifeline: Lifeline, headers: dict[str, str]) -> None:
        """Whose it is from now on, and what their requests say in addition."""
        self._lifeline, self._headers = lifeline, headers
        self._is_new = False
        self.lost = set()
        await self.page.set_extra_http_headers(headers)

    async def close(self) -> None:
        """Give it back; it is not to be used any more."""
        self._lifeline = None
        await self._give_back(self)

    async def wipe(self) -> None:
        """Forget everything that a page has left here."""
        with suppress(Exception):  # a page of another site, or of none, that does not open its storage
            await self.page.evaluate("sessionStorage.clear()")  # of the tab alone: some browsers clear it with no order
        await self.page.goto("about:blank")
        await self.page.context.clear_cookies()
        await self._wire.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "all"})

    async def go(self, path: str) -> None:
        """Open an address below the base address.

        Raises:
            Unreachable: no server answers there, or not in time.
        """
        await _in_time(self.page.goto(path), f"open {path}")

    async def fill(self, field: "Locator", text: str, words: str) -> None:
        """Write into a field.

        Args:
            field: which.
            text: what to write.
            words: what the field is for.

        Raises:
            Unreachable: there is none that could be written into.
        """
        await _in_time(field.fill(text), f"fill in {words}")

    async def choose(self, field: "Locator", choice: str) -> None:
        """Choose from a list what it shows, or what it would send, in whatever capitals.

        Args:
            field: the list.
            choice: what to choose.

        Raises:
            Unreachable: there is no such list, or no such choice.
        """
        all_of_it = "all => all.map(one => [one.value, one.label.trim()])"
        options: list[list[str]] = await _in_time(field.locator("option").evaluate_all(all_of_it), f"choose {choice}")
        value = next((one[0] for one in options if choice.lower() in map(str.lower, one)), None)
        if value is None:
            there = ", ".join(label for _, label in options) or "nothing"
            raise Unreachable(f"cannot choose {choice}: there is {there} to choose from")
        await _in_time(field.select_option(value), f"choose {choice}")

    async def click(self, what: "Locator", words: str) -> None:
        """Press something that changes this page, and wait until the page is drawn again.

        Args:
            what: which.
            words: what it is.

        Raises:
            Unreachable: there is nothing that could be pressed.
        """
        await _in_time(what.click(), f"press {words}")
        await _in_time(self.page.evaluate(_DRAWN), f"see what {words} changes")

    async def press(self, what: "Locator", words: str) -> str:
        """Press something that leads to another page, and wait until that is there.

        Args:
            what: which.
            words: what it is for.

        Returns:
            Why the form does not let itself be sent, in the browser's words: nothing has been sent then, and this page
            stays; empty if it was sent.

        Raises:
            Unreachable: there is nothing that could be pressed, or the page does not come.
        """
        refusal: str = await _in_time(what.evaluate(_FORMS_OWN_REFUSAL), f"press what would {words}")
        if refusal:
            await _in_time(what.click(force=True), f"press what would {words}")
        else:
            await self.led_on_by(what.click, words)
        return refusal

    async def led_on_by(self, action: Callable[[], Awaitable[object]], words: str) -> None:
        """Do something that leads to another page, and wait until that is there.

        Raises:
            Unreachable: it cannot be done, or the page does not come.
        """
        await _in_time(self._led_on_by(action), f"{words}")

    async def _led_on_by(self, action: Callable[[], Awaitable[object]]) -> None:
        async with self.page.expect_navigation():
            await action()

    async def lure(self, path: str, form: Mapping[str, str]) -> None:
        """Visit a page of another site, which has the browser send a form to this one.

        The browser decides what it shows of the session then, as it does with a real page.

        Args:
            path: where the form goes, below the base address.
            form: what it holds.

        Raises:
            Unreachable: no server answers there, or not in time.
        """
        page = foreign_site.page_that_sends(form, f"{self.address}{path}")
        await self.page.route(foreign_site.ADDRESS, lambda route: route.fulfill(content_type="text/html", body=page))
        try:
            await _in_time(self._lured(path), f"visit {path} from another site")
        finally:
            await self.page.unroute(foreign_site.ADDRESS)

    async def _lured(self, path: str) -> None:
        async with self.page.expect_response(lambda answer: urlsplit(answer.url).path == path):
            await self.page.goto(foreign_site.ADDRESS)
        await self.page.wait_for_load_state()

    async def get(self, path: str) -> Reply:
        """Read a page without showing it, as this person, and follow no redirection.

        Raises:
            Unreachable: no server answers there, or not in time.
        """
        return await self._past_the_pages("GET", path)

    async def post(self, path: str, form: dict[str, str | float | bool]) -> Reply:
        """Send a form that no page has shown, as this person, and follow no redirection.

        Raises:
            Unreachable: no server answers there, or not in time.
        """
        return await self._past_the_pages("POST", path, form)

    async def _past_the_pages(self, method: str, path: str, form: dict[str, str | float | bool] | None = None) -> Reply:
        self._record(SENT, f"{method} {path} (past the pages)")
        send, headers = self.page.context.request.fetch, dict(self._headers)
        asked = send(path, method=method, form=form, headers=headers, max_redirects=0)
        answer = await _in_time(asked, f"ask for {path}")
        self._record(HEARD, str(answer.status))
        return Reply(answer.status, urlsplit(answer.headers.get("location", "")).path, await answer.text())

    async def picture(self) -> bytes | None:
        """What is to be seen now, as PNG; None if no other page has come since the last picture, or it shows a secret.

        None as well if the browser is too busy: a picture decides nothing, and the next look tries again.
        """
        from playwright.async_api import Error

        if not self._is_new or self._lifeline is None:
            return None
        try:
            if await shows_secret(self.page, self._lifeline.transcript.redactor):
                return None
            shot = await self._wire.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
        except Error:
            return None
        self._is_new = False
        return base64.b64decode(shot["data"])

    def _asked(self, request: "Request") -> None:
        if request.is_navigation_request():
            if request.redirected_from and self._lifeline:
                self._lifeline.aims(LED_ON)
            self._record(SENT, f"{request.method} {_where(request.url)}")

    def _answered(self, response: "Response") -> None:
        if response.request.is_navigation_request():
            self.status, self._is_new = response.status, True
            self._record(HEARD, f"{response.status} {_where(response.url)}")

    def _failed(self, request: "Request") -> None:
        site = urlsplit(request.url).netloc
        is_strange = site != urlsplit(self.address).netloc
        if request.resource_type in _LOOKS and is_strange and request.failure != _GONE_ON:
            self.lost.add(f"{site} ({request.failure})")

    async def _agree(self, dialog: "Dialog") -> None:
        self._record(HEARD, f"asks: {dialog.message} (yes)")
        await dialog.accept()

    def _record(self, direction: str, what: str) -> None:
        if self._lifeline is not None:
            self._lifeline.record(direction, "browser", what)


async def _in_time(action: Awaitable[T], what: str) -> T:
    from playwright.async_api import Error

    try:
        return await action
    except Error as error:
        raise Unreachable(f"cannot {what}: {error.message.splitlines()[0]}") from error


def _where(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
