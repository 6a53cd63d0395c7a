"""The browser: everybody's window is their own, nothing typed is recorded, and nothing outlives the suite."""

import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest
import pytest_asyncio
from aiohttp import web

from support.core import clock
from support.core.errors import NotSupported
from support.core.redaction import Redactor
from support.core.tools.chromium import Chromium
from support.core.transcript import Transcript
from support.drivers.clients import browser as browsers
from support.drivers.clients.browser import NO_BROWSER, Browser
from support.drivers.clients.http import Unreachable
from support.drivers.clients.window import ScreenSize, Window
from tests.serving import served

needs_browser = pytest.mark.skipif(not browsers.is_here(), reason=NO_BROWSER)
on_one_loop = pytest.mark.asyncio(loop_scope="module")

_FORM = '<form method="post" action="/sent"><input name="secret"><button type="submit">Send</button></form>'
_KEEPS_SESSION_OPEN = """
import asyncio
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.browser import Browser
async def main():
    browser = Browser(5.0)
    await browser.window(Transcript(Redactor()).of("user A"), "http://127.0.0.1:9")
    print("open", flush=True)
    await asyncio.Event().wait()
asyncio.run(main())
"""


async def _page(request: web.Request) -> web.Response:
    said = f"cookie {request.cookies.get('mark', 'none')}, width {request.headers.get('X-Mark', 'none')}"
    answer = web.Response(text=f"<p>{said}</p>{_FORM}", content_type="text/html")
    answer.set_cookie("mark", "yes")
    return answer


async def _sent(request: web.Request) -> web.Response:
    raise web.HTTPForbidden(text=(await request.post()).get("secret", ""))


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def site() -> AsyncIterator[str]:
    app = web.Application()
    app.add_routes([web.get("/", _page), web.post("/sent", _sent)])
    async with served(app) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    browser = Browser(5.0)
    yield browser
    await browser.close()


@pytest.fixture
def transcript() -> Transcript:
    return Transcript(Redactor())


async def _shown(window: Window) -> str:
    await window.go("/")
    return await window.page.inner_text("p")


@on_one_loop
@needs_browser
async def test_windows_share_nothing(browser: Browser, site: str, transcript: Transcript) -> None:
    one = await browser.window(transcript.of("user A"), site, headers={"X-Mark": "wide"})
    other = await browser.window(transcript.of("user B"), site)
    assert await _shown(one) == "cookie none, width wide"
    assert await _shown(one) == "cookie yes, width wide"
    assert await _shown(other) == "cookie none, width none"
    await one.close()
    await other.close()


@on_one_loop
@needs_browser
async def test_a_window_that_is_used_again_remembers_nothing(
    browser: Browser, site: str, transcript: Transcript
) -> None:
    one = await browser.window(
        transcript.of("user A"), site, screen=ScreenSize(400, 800, touch=True), headers={"X-Mark": "a"}
    )
    await _shown(one)
    await one.page.evaluate("localStorage.setItem('mark', 'yes'); sessionStorage.setItem('mark', 'yes')")
    page = one.page
    await one.close()
    again = await browser.window(transcript.of("user B"), site, screen=ScreenSize(400, 800, touch=True))
    assert again.page is page
    assert await _shown(again) == "cookie none, width none"
    assert await again.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    await again.close()


@on_one_loop
@needs_browser
async def test_where_it_goes_is_recorded_and_what_is_typed_is_not(
    browser: Browser, site: str, transcript: Transcript
) -> None:
    window = await browser.window(transcript.of("user A"), site)
    await window.go("/")
    await window.fill(window.page.locator("[name=secret]"), "between us", "a secret")
    assert await window.press(window.page.locator("[type=submit]"), "send it") == ""
    assert window.status == 403
    assert await window.page.inner_text("body") == "between us"
    assert (await window.post("/sent", {"secret": "this too"})).status == 403
    await window.close()
    said = [(exchange.direction, exchange.what) for exchange in transcript.exchanges]
    assert said[:4] == [("->", "GET /"), ("<-", "200 /"), ("->", "POST /sent"), ("<-", "403 /sent")]
    assert "between us" not in str(transcript)
    assert "this too" not in str(transcript)


@on_one_loop
@needs_browser
async def test_what_is_asked_past_the_pages_is_asked_as_this_person(
    browser: Browser, site: str, transcript: Transcript
) -> None:
    window = await browser.window(transcript.of("user A"), site, headers={"X-Mark": "mine"})
    assert "cookie none, width mine" in (await window.get("/")).text
    assert await _shown(window) == "cookie yes, width mine"
    await window.close()


@on_one_loop
@needs_browser
async def test_there_is_one_picture_of_each_page(browser: Browser, site: str, transcript: Transcript) -> None:
    window = await browser.window(transcript.of("user A"), site)
    assert await window.picture() is None
    await window.go("/")
    assert (await window.picture() or b"").startswith(b"\x89PNG")
    assert await window.picture() is None
    await window.close()


@on_one_loop
@needs_browser
@pytest.mark.parametrize(
    "said", ["<p>hush-hush 1</p>", "<input value='hush-hush 1'>", "<textarea>hush-hush 1</textarea>"]
)
async def test_there_is_no_picture_of_a_page_that_shows_a_secret(
    browser: Browser, site: str, transcript: Transcript, said: str
) -> None:
    transcript.redactor.learn("hush-hush 1")
    window = await browser.window(transcript.of("user A"), site)
    await window.go("/")
    await window.page.evaluate("said => { document.body.innerHTML = said }", said)
    assert await window.picture() is None
    dots = "<input type='password' value='hush-hush 1'><input type='hidden' value='hush-hush 1'>"
    await window.page.evaluate("said => { document.body.innerHTML = said }", dots)
    assert (await window.picture() or b"").startswith(b"\x89PNG")
    await window.close()


@on_one_loop
@needs_browser
async def test_a_picture_that_cannot_be_taken_decides_nothing_and_is_taken_later(
    browser: Browser, site: str, transcript: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    from playwright.async_api import Error

    async def too_busy(*_: object) -> None:
        raise Error("Protocol error (Page.captureScreenshot): Unable to capture screenshot")

    window = await browser.window(transcript.of("user A"), site)
    await window.go("/")
    with monkeypatch.context() as trouble:
        trouble.setattr(window._wire, "send", too_busy)
        assert await window.picture() is None
    assert (await window.picture() or b"").startswith(b"\x89PNG")
    await window.close()


@on_one_loop
@needs_browser
async def test_nobody_there_is_unreachable(browser: Browser, transcript: Transcript) -> None:
    window = await browser.window(transcript.of("user A"), "http://127.0.0.1:9")
    with pytest.raises(Unreachable, match="cannot open /"):
        await window.go("/")
    with pytest.raises(Unreachable, match="cannot ask for /"):
        await window.get("/")
    await window.close()


@on_one_loop
@needs_browser
async def test_what_is_not_on_the_page_is_unreachable(browser: Browser, site: str, transcript: Transcript) -> None:
    window = await browser.window(transcript.of("user A"), site, screen=ScreenSize(300, 300))
    await window.go("/")
    window.page.set_default_timeout(100)
    no = window.page.locator("#no")
    for action in (window.fill(no, "x", "it"), window.choose(no, "it"), window.click(no, "it"), window.press(no, "it")):
        with pytest.raises(Unreachable, match=r"\bit\b"):
            await action


@on_one_loop
@needs_browser
async def test_a_browser_that_has_died_is_started_again(site: str, transcript: Transcript) -> None:
    others, browser = set(_family(psutil.Process())), Browser(5.0)
    window = await browser.window(transcript.of("user A"), site)
    started = set(_family(psutil.Process())) - others
    programs = [process for process in started if "--no-startup-window" in process.cmdline()]
    assert programs
    for program in programs:  # more than one, if a script has started it
        program.kill()
    assert await clock.until(lambda: not browser._chromium.is_connected(), within=5.0)  # type: ignore[union-attr]
    await window.close()
    assert await _shown(await browser.window(transcript.of("user A"), site)) == "cookie none, width none"
    await browser.close()
    await browser.close()


@needs_browser
@needs_browser
@pytest.mark.parametrize(("ends", "starts"), [(1, True), (3, False)])
async def test_a_browser_that_ends_as_it_starts_is_started_again_a_few_times(
    ends: int, starts: bool, transcript: Transcript, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = browsers.on_path() or Chromium().program
    shaky = tmp_path / "chromium"
    seen = tmp_path / "starts"
    shaky.write_text(f'#!/bin/sh\necho >> "{seen}"\n[ $(wc -l < "{seen}") -gt {ends} ] && exec "{real}" "$@"\n')
    shaky.chmod(0o755)
    monkeypatch.setattr(browsers, "on_path", lambda: str(shaky))
    browser = Browser(5.0)
    try:
        if starts:
            await browser.window(transcript.of("user A"), "http://127.0.0.1:9")
        else:
            with pytest.raises(NotSupported, match="the browser does not start"):
                await browser.window(transcript.of("user A"), "http://127.0.0.1:9")
    finally:
        await browser.close()
    assert len(seen.read_text()) == min(ends + 1, 3)


@pytest.mark.parametrize("deadly", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_outlives_the_suite(deadly: signal.Signals) -> None:
    suite = subprocess.Popen([sys.executable, "-c", _KEEPS_SESSION_OPEN], stdout=subprocess.PIPE, text=True)
    assert suite.stdout is not None
    assert suite.stdout.readline() == "open\n"
    family = _family(psutil.Process(suite.pid))
    words = [word for process in family for word in process.cmdline()]
    profiles = {word.partition("=")[2] for word in words if word.startswith("--user-data-dir=")}
    assert profiles
    suite.send_signal(deadly)
    suite.communicate()
    _, alive = psutil.wait_procs(family, timeout=10.0)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
    assert not [profile for profile in profiles if Path(profile).exists()]


@on_one_loop
async def test_without_a_browser_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, transcript: Transcript, tmp_path: Path
) -> None:
    monkeypatch.setattr(browsers.shutil, "which", lambda _: None)
    monkeypatch.setattr(browsers, "Chromium", lambda: Chromium(tmp_path))
    browser = Browser(5.0)
    with pytest.raises(NotSupported, match="install chromium"):
        await browser.window(transcript.of("user A"), "http://127.0.0.1:9")
    await browser.close()


@on_one_loop
async def test_without_playwright_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, transcript: Transcript
) -> None:
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    with pytest.raises(NotSupported, match="pip install 'earshot\\[portal\\]'"):
        await Browser(5.0).window(transcript.of("user A"), "http://127.0.0.1:9")


def _family(process: psutil.Process) -> list[psutil.Process]:
    return process.children(recursive=True)
