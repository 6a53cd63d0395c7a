"""The web portal of the broker: what a person does there, in a browser (contract 2.7)."""

import asyncio

from support.drivers.broker import locators, selectors
from support.drivers.broker.admin_api import Holding, Registry
from support.drivers.broker.admin_forms import AdminForms
from support.drivers.broker.http_client import STATUSES
from support.drivers.broker.page_objects import Pages
from support.drivers.broker.session import PortalSession
from support.drivers.broker.tour import walk
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.portal import Issued, Listed, Sight
from support.drivers.clients.browser import Browser
from support.drivers.clients.window import LED_ON
from support.drivers.kit.scenario_user import ScenarioUser
from support.vocabulary.terms.portal import OWN_PAGES

#: What a user wants of the portal first.
_LOGIN_PAGE = "open the login page"


class Portal:
    """The portal of one deployment, and the browser that it is looked at with.

    Args:
        address: its base URL.
        patience: seconds a page may take.
    """

    def __init__(self, address: str, patience: float) -> None:
        self.address = address
        self.browser = Browser(patience)

    def visitor(self, user: ScenarioUser, registry: Registry) -> "PortalVisitor":
        """A user who may come to see the portal; the browser starts when the first one does."""
        return PortalVisitor(self, user, registry)

    async def close(self) -> None:
        """End the browser."""
        await self.browser.close()


class PortalVisitor:
    """One person at the portal: see `support.drivers.capabilities.portal.AtPortal`."""

    def __init__(self, portal: Portal, user: ScenarioUser, registry: Registry) -> None:
        self.own: list[Listed] = []
        self._pages = Pages(portal.address, portal.browser, user.lifeline)
        self._forms = AdminForms(self._pages)
        self._role = user.role
        self._people = user.people
        self._transcript = user.transcript
        self._registry = registry
        self._session = PortalSession(self._pages, user.transcript)

    def mark(self, message: str) -> str:
        """What tells a message from others in all lists of the portal, by its id."""
        return selectors.mark(message)

    def remember(self, message: str, text: str, status: str) -> None:
        """Keep in mind that a message of one's own is there."""
        self.own.append(Listed(self.mark(message), status, self._holding(self._role).name, text))

    def _holding(self, role: str) -> Holding:
        return self._registry.holding(self._people.login(role))

    # -- coming and going -----------------------------------------------------------------------------------------

    async def look_with(self, screen: str) -> None:
        """Take another screen, and a new window there."""
        await self._pages.renew(selectors.SCREENS[screen])

    async def sign_in(self, password: str) -> None:
        """Open the portal in a new window and fill in the login page.

        Raises:
            Rejected: the portal shows the login page again. The message is what it says of it.
        """
        holding, pages = self._holding(self._role), self._pages
        await asyncio.gather(self.have_account(), self._go_to_login())
        form = locators.login_form(pages.window.page)
        await pages.window.fill(locators.field(form, "email"), holding.account.login, "the account")
        await pages.window.fill(locators.field(form, "password"), password, "the password")
        await pages.press("sign in", locators.sends(form))
        if await pages.asks_to_sign_in():
            raise Rejected(pages.complaint or "the portal asks to sign in again, and says no word why")
        await self._session.learn()

    async def be_signed_in(self, password: str) -> None:
        """Have a new window with a session in it, made past the pages; none is open there yet.

        Args:
            password: the right one.

        Raises:
            Rejected: the portal leads back to the login page.
        """
        await asyncio.gather(self.have_account(), self._pages.renew())
        pages, login = self._pages, self._holding(self._role).account.login
        page = await pages.ask(_LOGIN_PAGE, selectors.LOGIN_PATH)
        path, fields = selectors.login_form(page.text, login, password)
        reply = await pages.ask("sign in", path, {**fields})
        if reply.leads_to in ("", selectors.LOGIN_PATH):
            raise Rejected(f"signing in was answered by {reply.status}, which leads to {reply.leads_to or 'nothing'}")
        await self._session.learn()
        await pages.ask(LED_ON, reply.leads_to)  # where a browser would arrive

    async def have_account(self) -> None:
        """Have an account from now on."""
        holding = self._holding(self._role)
        if not holding.has_account:
            await self._registry.create_account(holding, self._transcript)

    async def _go_to_login(self) -> None:
        await self._pages.renew()
        await self._pages.go(_LOGIN_PAGE, selectors.LOGIN_PATH)

    async def sign_out(self) -> None:
        """Press what signs out, in the menu."""
        await self._see_a_page()
        signs_out = locators.signs_out(self._pages.window.page)
        await self._pages.reach(signs_out, "what signs out")
        await self._pages.press("sign out", signs_out)

    async def is_asked_to_sign_in(self) -> bool:
        """Whether the window shows the login page."""
        return await self._pages.asks_to_sign_in()

    async def keep_copy(self) -> None:
        """Copy the session, as a user might who has had a look into the browser."""
        await self._session.keep_copy()

    async def use_copy(self) -> None:
        """Put the copy of the session back into the browser."""
        await self._session.use_copy()

    async def alter_session(self) -> None:
        """Put another name into the session where the own one can be read, else another letter in its middle."""
        await self._session.alter(self._holding(self._role).account.login)

    async def close(self) -> None:
        """Close the window, and forget the session."""
        await self._pages.close()

    # -- what is to be seen ---------------------------------------------------------------------------------------

    async def open(self, page: str) -> None:
        """Go to a page by its address.

        Raises:
            Rejected: the portal does not show it.
        """
        await self._pages.go(f"open {page}", selectors.PATHS[page])

    async def is_at(self, page: str) -> bool:
        """Whether the window shows a page."""
        return self._pages.is_at(selectors.PATHS[page])

    async def praise(self) -> str:
        """What the page says has succeeded; empty if nothing."""
        return self._pages.praise

    async def complaint(self) -> str:
        """What the page says has gone wrong; empty if nothing."""
        return self._pages.complaint

    async def text(self) -> str:
        """All that the page says, beside its menu."""
        return await self._pages.text()

    async def picture(self) -> bytes | None:
        """What is to be seen now, as PNG; None if no other page has come since the last picture."""
        return await self._pages.window.picture()

    # -- messages -------------------------------------------------------------------------------------------------

    async def filter(self, status: str) -> None:
        """Choose a status above a list of messages, or follow what leads to those that have it."""
        page, aim = self._pages.window.page, f"see {status} messages alone"
        choices = locators.status_list(page, status)
        if await choices.is_visible():
            await self._pages.choose(aim, choices, status)
        else:
            await self._pages.press(aim, locators.status_link(page, status))

    async def turn_page(self) -> bool:
        """Go on to the next page of a list; False if there is none."""
        onward = locators.next_page(self._pages.window.page)
        if not await onward.is_visible() or await onward.is_disabled():
            return False
        await self._pages.press("turn the page", onward)
        return True

    async def listed(self) -> list[Listed]:
        """The messages on this page, in its order; ids may be shortened, and all of it in whatever capitals."""
        rows = await self._pages.rows("id", "status")
        return [
            Listed(
                selectors.mark(row["id"]),
                selectors.status(row["status"]),
                row.get("client", ""),
                row.get("message", ""),
            )
            for row in rows
        ]

    # -- administration -------------------------------------------------------------------------------------------

    async def figures(self) -> dict[str, int]:
        """What the overview counts, by its words in small letters."""
        return selectors.figures(await self._pages.text())

    async def create_account(self, whose: str, password: str) -> None:
        """Fill in the form for a new user: a user of the scenario, with this password.

        Raises:
            Rejected: the portal says that it did not work.
        """
        holding = self._holding(whose)
        holding.has_account = True  # or should have, from now on
        fields = {"email": holding.account.login, "password": password, "role": holding.position}
        await self._forms.fill("the users", "create an account", fields)

    async def generate_certificate(self, client: str) -> Issued | None:
        """Fill in the form for a new certificate.

        Returns:
            What the portal hands out; None if it hands out nothing.

        Raises:
            Rejected: the portal says that it did not work.
        """
        await self._forms.fill("the certificates", "generate a certificate", {"client_id": client})
        return await self._forms.issued()

    async def revoke_certificate(self, client: str) -> None:
        """Fill in the form that revokes a certificate.

        Raises:
            Rejected: the portal says that it did not work.
        """
        fields = {"client_id": client, "reason": "it has left us"}
        await self._forms.fill("the certificates", "revoke a certificate", fields)

    async def certificates(self) -> dict[str, str]:
        """The status of each client's certificate, as this page lists them."""
        rows = await self._pages.rows("client", "status")
        return {row["client"]: row["status"].lower() for row in rows}

    def client_of(self, role: str) -> str:
        """What a user of the scenario is called as a client."""
        return self._holding(role).name

    # -- what should not work -------------------------------------------------------------------------------------

    async def intrude(self, action: str) -> None:
        """Send what an administrator's form sends, without having been shown it.

        Raises:
            Rejected: the portal does not take it.
        """
        path, fields = selectors.FORMS[action]
        await self._see_a_page()
        token = await self._pages.attribute("input[name=csrf_token]", "value")
        await self._send(action, path, fields | ({"csrf_token": token} if token else {}))

    async def be_lured(self, whose: str, password: str) -> None:
        """Visit a page of another site, which has the browser send the form for a new user.

        Raises:
            Rejected: the portal does not take it.
        """
        action = "create an account"
        holding, (path, fields) = self._holding(whose), selectors.FORMS[action]
        holding.has_account = True
        await self._pages.be_lured(action, path, fields | {"email": holding.account.login, "password": password})

    async def _send(self, aim: str, path: str, form: dict[str, str]) -> None:
        reply = await self._pages.ask(aim, path, dict(form))
        if reply.status >= 400:  # what is taken leads on
            raise STATUSES.refused(reply.status, f"the form was answered by {reply.status}")

    async def _see_a_page(self) -> None:
        if self._pages.is_blank:
            await self.open(OWN_PAGES[0])

    async def walk(self) -> list[Sight]:
        """Go to every page and take its measures: by the menu, or by its address once the menu has failed.

        Raises:
            NotSupported: the pages get their looks from another site, which this machine does not reach.
        """
        await self._see_a_page()
        return await walk(self._pages)
