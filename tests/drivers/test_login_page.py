"""What of the portal is taken for its login page, and that no other page is searched for one."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web

from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.broker import locators
from support.drivers.broker.page_objects import Pages
from support.drivers.clients import browser as browsers
from support.drivers.clients.browser import NO_BROWSER, Browser
from tests.serving import served

pytestmark = [
    pytest.mark.skipif(not browsers.is_here(), reason=NO_BROWSER),
    pytest.mark.asyncio(loop_scope="module"),
]

_BUTTON = "<button>Sign in</button>"
_PAGES = {
    "/login": f"<form><label>Password <input type=password></label>{_BUTTON}</form>",
    "/phrase": f"<form><input placeholder='Your passphrase'>{_BUTTON}</form>",
    "/shadow": f"""<div></div><script>document.querySelector("div").attachShadow({{mode: "open"}}).innerHTML =
        `<form><input type=password aria-label="${{"Pass" + "word"}}">{_BUTTON}</form>`</script>""",
    "/told": f"<p>Your password was changed.</p><form><input name=q>{_BUTTON}</form>",
    "/list": "<form><button>Log out</button></form><table><tr><td>Lunch at noon?</td></tr></table>",
}


async def _page(request: web.Request) -> web.Response:
    return web.Response(text=_PAGES[request.path], content_type="text/html")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def pages() -> AsyncIterator[Pages]:
    app, browser = web.Application(), Browser(5.0)
    app.add_routes([web.get(path, _page) for path in _PAGES])
    async with served(app) as server:
        pages = Pages(str(server.make_url("")).rstrip("/"), browser, Transcript(Redactor()).of("user A"))
        await pages.renew()
        yield pages
        await browser.close()


@pytest.mark.parametrize("path", _PAGES)
async def test_a_form_that_asks_for_a_password_is_the_login_page(pages: Pages, path: str) -> None:
    await pages.window.go(path)
    assert await pages.asks_to_sign_in() == (path in ("/login", "/phrase", "/shadow"))


async def test_a_page_without_a_word_of_it_is_not_searched(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    def search(*_: Any) -> Any:
        raise AssertionError("it was searched")

    monkeypatch.setattr(locators, "login_form", search)
    await pages.window.go("/list")
    assert not await pages.asks_to_sign_in()
