"""The web portal of the broker: what a person does there, in a browser (contract 2.7)."""

import asyncio
import re
from typing import Any, Protocol
from urllib.parse import unquote

from support.systems.broker import markup
from support.systems.broker.office import Holding
from support.systems.broker.pages import Pages
from support.systems.capabilities import Refused
from support.systems.capabilities.portal import ADMIN_PAGES, OWN_PAGES, Issued, Listed, Sight
from support.systems.people import People
from support.transcript import Transcript
from support.transports.browser import Browser
from support.transports.http import Unreachable
from support.transports.window import LED_ON

#: What is wanted at the door.
_LOGIN_PAGE = "open the login page"
#: By how much of its id a list names a message.
_MARK = 8


class Registry(Protocol):
    """Knows what belongs to whom, and creates the accounts of people who have none yet."""

    def holding(self, login: str) -> Holding: ...
    async def create_account(self, holding: Holding, transcript: Transcript) -> None: ...


class Portal:
    """The portal of one deployment, and the browser that it is looked at with.

    Args:
        address: its base URL.
        patience: seconds a page may take.
    """

    def __init__(self, address: str, patience: float) -> None:
        self.address = address
        self.browser = Browser(patience)

    def visitor(self, role: str, people: People, transcript: Transcript, registry: Registry) -> "PortalVisitor":
        """Somebody who may come to see the portal; the browser starts when the first one does."""
        return PortalVisitor(self, role, people, transcript, registry)

    async def close(self) -> None:
        """End the browser."""
        await self.browser.close()


class PortalVisitor:
    """One person at the portal: see `support.systems.capabilities.portal.AtPortal`."""

    def __init__(self, portal: Portal, role: str, people: People, transcript: Transcript, registry: Registry) -> None:
        self.own: list[Listed] = []
        self._pages = Pages(portal.address, portal.browser, role, transcript)
        self._role = role
        self._people = people
        self._transcript = transcript
        self._registry = registry
        self._copy: list[Any] = []

    def remember(self, message: str, text: str, status: str) -> None:
        """Keep in mind that a message of one's own is there."""
        self.own.append(Listed(message[:_MARK], status, self._holding(self._role).name, text))

    def _holding(self, role: str) -> Holding:
        return self._registry.holding(self._people.login(role))

    # -- coming and going -----------------------------------------------------------------------------------------

    async def look_with(self, screen: str) -> None:
        """Take another screen, and a new window there."""
        await self._pages.renew(markup.SCREENS[screen])

    async def sign_in(self, password: str) -> None:
        """Open the portal in a new window and fill in the login page.

        Raises:
            Refused: the portal shows the login page again. The message is what it says of it.
        """
        holding, pages = self._holding(self._role), self._pages
        await asyncio.gather(self.have_account(), self._go_to_login())
        await pages.window.fill(f"{markup.LOGIN} [name=email]", holding.account.login)
        await pages.window.fill(f"{markup.LOGIN} [name=password]", password)
        await pages.press("sign in", f"{markup.LOGIN} [type=submit]", lambda: not pages.is_at(markup.LOGIN_PATH))
        await pages.learn_session()

    async def be_signed_in(self, password: str, lifetime: float | None = None) -> None:
        """Have a new window with a session in it, made past the pages; none is open there yet.

        Args:
            password: the right one.
            lifetime: seconds without a request after which the session is to be over.

        Raises:
            Refused: the portal leads back to the login page.
        """
        await asyncio.gather(self.have_account(), self._pages.renew(lifetime=lifetime))
        pages, fields = self._pages, {"email": self._holding(self._role).account.login, "password": password}
        page = await pages.ask(_LOGIN_PAGE, markup.LOGIN_PATH)
        reply = await pages.ask("sign in", markup.LOGIN_PATH, {**markup.hidden(page.text), **fields})
        if reply.leads_to in ("", markup.LOGIN_PATH):
            raise Refused(f"signing in was answered by {reply.status}, which leads to {reply.leads_to or 'nothing'}")
        await pages.learn_session()
        await pages.ask(LED_ON, reply.leads_to)  # where a browser would arrive

    async def have_account(self) -> None:
        """Have an account from now on."""
        holding = self._holding(self._role)
        if not holding.has_account:
            await self._registry.create_account(holding, self._transcript)

    async def _go_to_login(self) -> None:
        await self._pages.renew()
        await self._pages.go(_LOGIN_PAGE, markup.LOGIN_PATH)

    async def sign_out(self) -> None:
        """Press what signs out, in the menu."""
        await self._see_a_page()
        await self._pages.reach(markup.SIGN_OUT)
        await self._pages.press("sign out", markup.SIGN_OUT)

    async def is_asked_to_sign_in(self) -> bool:
        """Whether the window shows the login page."""
        return self._pages.is_at(markup.LOGIN_PATH) and await self._pages.window.page.is_visible(markup.LOGIN)

    async def keep_copy(self) -> None:
        """Copy the session, as somebody might who has had a look into the browser."""
        self._copy = await self._pages.window.page.context.cookies()

    async def use_copy(self) -> None:
        """Put the copy of the session back into the browser."""
        await self._pages.window.page.context.add_cookies(self._copy)

    async def alter_session(self) -> None:
        """Put another name into the session where the own one can be read, else another letter in its middle."""
        login, context = self._holding(self._role).account.login, self._pages.window.page.context
        cookies: list[Any] = await context.cookies()
        await context.add_cookies([cookie | {"value": _altered(cookie["value"], login)} for cookie in cookies])

    async def close(self) -> None:
        """Close the window, and forget the session."""
        await self._pages.close()

    # -- what is to be seen ---------------------------------------------------------------------------------------

    async def open(self, page: str) -> None:
        """Go to a page by its address.

        Raises:
            Refused: the portal does not show it.
        """
        await self._pages.go(f"open {page}", markup.PATHS[page])

    async def is_at(self, page: str) -> bool:
        """Whether the window shows a page."""
        return self._pages.is_at(markup.PATHS[page])

    async def praise(self) -> str:
        """What the page says has succeeded; empty if nothing."""
        return await self._pages.words(markup.PRAISE)

    async def complaint(self) -> str:
        """What the page says has gone wrong; empty if nothing."""
        return await self._pages.words(markup.COMPLAINT)

    async def text(self) -> str:
        """All that the page says, beside its menu."""
        return await self._pages.text()

    async def picture(self) -> bytes | None:
        """What is to be seen now, as PNG; None if no other page has come since the last picture."""
        return await self._pages.window.picture()

    # -- messages -------------------------------------------------------------------------------------------------

    async def filter(self, status: str) -> None:
        """Choose a status above a list of messages."""
        await self._pages.window.choose(markup.STATUS, status)
        await self._pages.press(f"see {status} messages alone", f"form:has({markup.STATUS}) [type=submit]")

    async def turn_page(self) -> bool:
        """Go on to the next page of a list; False if there is none."""
        if not await self._pages.window.page.is_visible(markup.NEXT):
            return False
        await self._pages.press("turn the page", markup.NEXT)
        return True

    async def listed(self) -> list[Listed]:
        """The messages on this page, in its order."""
        rows = await self._pages.rows()
        return [Listed(row["id"], row["status"], row.get("client", ""), row.get("message", "")) for row in rows]

    # -- administration -------------------------------------------------------------------------------------------

    async def figures(self) -> dict[str, int]:
        """What the overview counts, by its words in small letters."""
        text = (await self._pages.text()).lower()
        return {words.strip(): int(number) for words, number in re.findall(r"([a-z][\w ]*?)[\s:]+(\d+)\b", text)}

    async def create_account(self, whose: str, password: str) -> None:
        """Fill in the form for a new user: somebody of the scenario, with this password.

        Raises:
            Refused: the portal says that it did not work.
        """
        holding = self._holding(whose)
        holding.has_account = True  # or should have, from now on
        fields = {"email": holding.account.login, "password": password, "role": holding.position}
        await self._fill("the users", "create an account", fields)

    async def generate_certificate(self, client: str) -> Issued | None:
        """Fill in the form for a new certificate.

        Returns:
            What the portal hands out; None if it hands out nothing.

        Raises:
            Refused: the portal says that it did not work.
        """
        await self._fill("the certificates", "generate a certificate", {"client_id": client})
        certificate, key = await self._file(".crt"), await self._file(".key")
        return Issued(certificate, key) if certificate and key else None

    async def revoke_certificate(self, client: str) -> None:
        """Fill in the form that revokes a certificate.

        Raises:
            Refused: the portal says that it did not work.
        """
        await self._fill("the certificates", "revoke a certificate", {"client_id": client, "reason": "it has left us"})

    async def certificates(self) -> dict[str, str]:
        """The status of each client's certificate, as this page lists them."""
        rows = await self._pages.rows()
        return {next(iter(row.values())): row["status"].lower() for row in rows}

    async def _fill(self, page: str, deed: str, fields: dict[str, str]) -> None:
        if not await self.is_at(page):
            await self.open(page)
        form, window = f"form[action$='{markup.FORMS[deed][0]}']", self._pages.window
        for name, value in fields.items():
            write = window.choose if name == "role" else window.fill
            await write(f"{form} [name={name}]", value)
        await self._pages.press(deed, f"{form} [type=submit]")
        if complaint := await self.complaint():
            raise Refused(complaint)

    async def _file(self, ending: str) -> str:
        """A file that the page holds in a link, in which nobody can see it."""
        return unquote((await self._pages.attribute(f"a[download$='{ending}']", "href")).partition(",")[2])

    # -- what should not work -------------------------------------------------------------------------------------

    async def intrude(self, deed: str) -> None:
        """Send what an administrator's form sends, without having been shown it.

        Raises:
            Refused: the portal does not take it.
        """
        path, fields = markup.FORMS[deed]
        await self._see_a_page()
        token = await self._pages.attribute(markup.TOKEN, "value")
        await self._send(deed, path, fields | ({"csrf_token": token} if token else {}))

    async def be_lured(self, whose: str, password: str) -> None:
        """Visit a page of another site, which has the browser send the form for a new user.

        Raises:
            Refused: the portal does not take it.
        """
        deed = "create an account"
        holding, (path, fields) = self._holding(whose), markup.FORMS[deed]
        holding.has_account = True
        await self._pages.be_lured(deed, path, fields | {"email": holding.account.login, "password": password})

    async def _send(self, aim: str, path: str, form: dict[str, str]) -> None:
        reply = await self._pages.ask(aim, path, dict(form))
        if reply.status >= 400:
            raise Refused(f"the form was answered by {reply.status}")

    async def _see_a_page(self) -> None:
        if self._pages.is_blank:
            await self.open(OWN_PAGES[0])

    # -- on small screens and large -------------------------------------------------------------------------------

    async def walk(self) -> list[Sight]:
        """Go to every page and take its measures: by the menu, or by its address once the menu has failed."""
        sights: list[Sight] = []
        await self._see_a_page()
        for page in OWN_PAGES + ADMIN_PAGES:
            trouble = next((sight.trouble for sight in sights if sight.trouble), "") or await self._go_by_menu(page)
            if trouble:
                await self.open(page)
            width, smallest = await self._pages.measures()
            sights.append(Sight(page, width, self._pages.screen.width, smallest, trouble))
        return sights

    async def _go_by_menu(self, page: str) -> str:
        """What is in the way of it; empty if nothing is."""
        link = f"{markup.MENU} a[href='{markup.PATHS[page]}']"
        try:
            await self._pages.reach(link)
            await self._pages.press(f"open {page}", link)
        except (Refused, Unreachable) as trouble:
            return str(trouble)
        return ""


def _altered(session: str, login: str) -> str:
    if login in session:
        return session.replace(login, f"x{login[1:]}")
    half = len(session) // 2
    letter = "A" if session[half] != "A" else "B"
    return f"{session[:half]}{letter}{session[half + 1 :]}"
