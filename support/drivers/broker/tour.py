"""A walk through all pages of the portal by its menu, as a user takes it who has the screen at hand."""

from support.core.errors import NotSupported
from support.core.wording import in_words
from support.drivers.broker import locators, selectors
from support.drivers.broker.page_objects import Pages
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.portal import Sight
from support.drivers.clients.http import Unreachable
from support.vocabulary.terms.portal import ADMIN_PAGES, OWN_PAGES


async def walk(pages: Pages) -> list[Sight]:
    """Go to every page and take its measures: by the menu, or by its address once the menu has failed.

    Raises:
        NotSupported: the pages get their looks from another site, which this machine does not reach.
    """
    if lost := pages.window.lost:
        raise NotSupported(f"the portal's pages are not seen here as people see them: no way to {in_words(lost)}")
    sights: list[Sight] = []
    for page in OWN_PAGES + ADMIN_PAGES:
        trouble = next((sight.trouble for sight in sights if sight.trouble), "") or await _go_by_menu(pages, page)
        if trouble:
            await pages.go(f"open {page}", selectors.PATHS[page])
        width, smallest = await pages.measures()
        sights.append(Sight(page, width, pages.screen.width, smallest, trouble))
    return sights


async def _go_by_menu(pages: Pages, page: str) -> str:
    """What is in the way of it; empty if nothing is."""
    link = locators.menu_link(pages.window.page, selectors.PATHS[page])
    try:
        await pages.reach(link, page)
        await pages.press(f"open {page}", link)
    except (Rejected, Unreachable) as trouble:
        return str(trouble)
    return ""
