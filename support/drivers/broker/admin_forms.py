"""The forms of administrators, as they fill them in on the portal's pages (contract 2.7)."""

from support.drivers.broker import locators, selectors
from support.drivers.broker.page_objects import Pages
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.portal import Issued


class AdminForms:
    """The forms on one person's pages."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def fill(self, page: str, action: str, fields: dict[str, str]) -> None:
        """Fill in a form, and send it.

        Args:
            page: where it is.
            action: what it does.
            fields: what to write into which of its fields, by their names in the contract.

        Raises:
            Rejected: there is no such form, it does not let itself be sent, or the portal says that it did not work.
        """
        pages, path = self._pages, selectors.PATHS[page]
        if not pages.is_at(path):
            await pages.go(f"open {page}", path)
        form = locators.form(pages.window.page, action)
        await pages.reach(form, f"a form to {action}", in_menu=False)
        for name, value in fields.items():
            field = locators.field(form, name)
            await (pages.window.choose(field, value) if name == "role" else pages.window.fill(field, value, name))
        await pages.press(action, locators.sends(form))
        if pages.complaint:
            raise Rejected(pages.complaint)

    async def issued(self) -> Issued | None:
        """The certificate and the key that the page hands out; None if it hands out nothing."""
        held = await self._pages.keepable()
        certificate, key = selectors.pem("CERTIFICATE", held), selectors.pem("(?:[A-Z]+ )?PRIVATE KEY", held)
        return Issued(certificate, key) if certificate and key else None
