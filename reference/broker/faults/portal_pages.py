"""What can be wrong with what the portal shows, and with how it looks."""

import re
from dataclasses import replace
from typing import ClassVar

from aiohttp import web
from aiohttp_session import Session

from reference.broker.faults import FAULTS
from reference.broker.portal.guard import Visit
from reference.broker.portal.listing import STATUSES, Listed, Listing
from reference.broker.portal.looks import Looks
from reference.broker.portal.main_server import Row
from reference.broker.portal.pages import Pages

# -- lists of messages ----------------------------------------------------------------------------------------------


@FAULTS.seed("hides-a-last-page-of-one", "does not lead to a page with one message alone", "TC-PT-007")
class HidesALastPageOfOne(Listing):
    async def page(self, visit: Visit, request: web.Request) -> Listed:
        shown = await super().page(visit, request)
        after = {"skip": shown.page * self.size, "limit": 2}
        status = {"status_filter": shown.status} if shown.status else {}
        return replace(shown, more=len(await self.messages(visit, after | status)) > 1)


@FAULTS.seed("cuts-a-full-last-page-short", "leaves a message out where the last page is full", "TC-PT-007")
class CutsAFullLastPageShort(Listing):
    async def page(self, visit: Visit, request: web.Request) -> Listed:
        shown = await super().page(visit, request)
        is_full = len(shown.messages) == self.size and not shown.more
        return replace(shown, messages=shown.messages[:-1]) if is_full else shown


@FAULTS.seed("leads-to-an-empty-page", "leads on from a last page that is full", "TC-PT-007")
class LeadsToAnEmptyPage(Listing):
    async def page(self, visit: Visit, request: web.Request) -> Listed:
        shown = await super().page(visit, request)
        return replace(shown, more=len(shown.messages) == self.size)


@FAULTS.seed("shows-words-as-markup", "takes what messages say for the markup of its pages", "TC-PT-013")
class ShowsWordsAsMarkup(Looks):
    def __init__(self) -> None:
        super().__init__()
        self._templates.autoescape = False


@FAULTS.seed("shows-other-peoples-messages", "shows every user the messages that another user saw before", "TC-PT-005")
class ShowsOtherPeoplesMessages(Listing):
    def __init__(self, size: int) -> None:
        super().__init__(size)
        self._seen: dict[str, list[Row]] = {}

    async def messages(self, visit: Visit, query: Row) -> list[Row]:
        if visit.is_administrator:
            return await super().messages(visit, query)
        return self._seen.setdefault(str(query), await super().messages(visit, query))


@FAULTS.seed("leaves-failed-messages-out", "does not list messages that have failed", "TC-PT-005")
class LeavesFailedMessagesOut(Listing):
    async def messages(self, visit: Visit, query: Row) -> list[Row]:
        return [row for row in await super().messages(visit, query) if row["status"] != "failed"]


@FAULTS.seed("filters-nothing-at-the-portal", "shows messages of every status, whichever is chosen", "TC-PT-006")
class FiltersNothingAtThePortal(Listing):
    def status(self, request: web.Request) -> str:
        return ""


@FAULTS.seed("filters-by-the-next-status", "shows messages of another status than the one chosen", "TC-PT-006")
class FiltersByTheNextStatus(Listing):
    def status(self, request: web.Request) -> str:
        chosen = super().status(request)
        return STATUSES[STATUSES.index(chosen) - 1] if chosen else ""


@FAULTS.seed("forgets-the-filter-on-later-pages", "forgets the filter on later pages", "TC-PT-006 TC-PT-007")
class ForgetsTheFilterOnLaterPages(Listing):
    def status(self, request: web.Request) -> str:
        return super().status(request) if self.number(request) == 1 else ""


@FAULTS.seed("turns-back-to-the-first-page", "shows the first page again in place of the second", "TC-PT-007")
class TurnsBackToTheFirstPage(Listing):
    async def messages(self, visit: Visit, query: Row) -> list[Row]:
        return await super().messages(visit, query | {"skip": query["skip"] if query["skip"] > self.size else 0})


@FAULTS.seed("leaves-out-the-last-page", "leads to no page that is not full", "TC-PT-007")
class LeavesOutTheLastPage(Listing):
    async def page(self, visit: Visit, request: web.Request) -> Listed:
        listed = await super().page(visit, request)
        after = await self.messages(visit, {"skip": listed.page * self.size, "limit": self.size})
        return replace(listed, more=len(after) == self.size)


@FAULTS.seed("skips-one-between-pages", "leaves out one message between two pages", "TC-PT-007")
class SkipsOneBetweenPages(Listing):
    async def messages(self, visit: Visit, query: Row) -> list[Row]:
        return await super().messages(visit, query | {"skip": query["skip"] + query["skip"] // self.size})


@FAULTS.seed("repeats-one-on-the-next-page", "shows the last message of a page on the next one too", "TC-PT-007")
class RepeatsOneOnTheNextPage(Listing):
    async def messages(self, visit: Visit, query: Row) -> list[Row]:
        return await super().messages(visit, query | {"skip": max(0, query["skip"] - 1)})


@FAULTS.seed("knows-no-pages", "shows all messages on one page", "TC-PT-007")
class KnowsNoPages(Listing):
    def __init__(self, size: int) -> None:
        super().__init__(size=999)


@FAULTS.seed("keeps-messages-from-administrators", "shows administrators what regular users see", "TC-PT-013")
class KeepsMessagesFromAdministrators(Listing):
    async def messages(self, visit: Visit, query: Row) -> list[Row]:
        return [row | {"message_body": None} for row in await super().messages(visit, query)]


@FAULTS.seed("shows-administrators-one-client", "shows administrators the messages of one client", "TC-PT-013")
class ShowsAdministratorsOneClient(Listing):
    async def messages(self, visit: Visit, query: Row) -> list[Row]:
        found = await super().messages(visit, query)
        return [row for row in found if row["client_id"] == found[0]["client_id"]]


@FAULTS.seed("mixes-clients-up", "shows all messages as those of one client", "TC-PT-013")
class MixesClientsUp(Listing):
    async def messages(self, visit: Visit, query: Row) -> list[Row]:
        found = await super().messages(visit, query)
        return [row | {"client_id": found[0]["client_id"]} for row in found]


# -- the profile ----------------------------------------------------------------------------------------------------


@FAULTS.seed("shows-somebody-elses-profile", "shows everybody the profile that was asked for first", "TC-PT-008")
class ShowsSomebodyElsesProfile(Pages):
    _first: Row | None = None

    async def profile_of(self, visit: Visit) -> Row:
        self._first = self._first or await super().profile_of(visit)
        return self._first


@FAULTS.seed("shows-a-profile-of-nobody", "shows a profile without a name", "TC-PT-008")
class ShowsAProfileOfNobody(Pages):
    async def profile_of(self, visit: Visit) -> Row:
        return await super().profile_of(visit) | {"email": "", "role": ""}


class _NamesRoles(Pages):
    role: str

    async def profile_of(self, visit: Visit) -> Row:
        return await super().profile_of(visit) | {"role": self.role}


@FAULTS.seed("calls-users-administrators", "calls everybody an administrator in their profile", "TC-PT-008")
class CallsUsersAdministrators(_NamesRoles):
    role = "admin"


@FAULTS.seed("calls-administrators-users", "calls everybody a user in their profile", "TC-PT-008")
class CallsAdministratorsUsers(_NamesRoles):
    role = "user"


@FAULTS.seed("shows-passwords-as-roles", "shows everybody their password in place of their role", "TC-PT-008")
class ShowsPasswordsAsRoles(Pages):
    _passwords: ClassVar[dict[str, str]] = {}

    async def credentials_of(self, email: str, password: str) -> Row:
        self._passwords[email] = password
        return await super().credentials_of(email, password)

    async def profile_of(self, visit: Visit) -> Row:
        shown = await super().profile_of(visit)
        return shown | {"role": self._passwords.get(shown["email"], "")}


# -- on small screens and large -------------------------------------------------------------------------------------


class Styled(Looks):
    """Adds a few lines to the style sheet."""

    also: str

    def style(self) -> str:
        return f"{super().style()}\n{self.also}"


@FAULTS.seed("fits-no-phone", "has pages that are always as wide as a desktop", "TC-PT-015")
class FitsNoPhone(Styled):
    also = "body { min-width: 70rem; }"


@FAULTS.seed("lets-tables-push", "lets tables push the page beyond the screen", "TC-PT-015")
class LetsTablesPush(Styled):
    also = ".table-responsive { overflow: visible; }"


@FAULTS.seed("keeps-the-menu-folded", "has a menu that cannot be unfolded on a phone", "TC-PT-015")
class KeepsTheMenuFolded(Styled):
    also = "@media (max-width: 48rem) { .navbar-toggler:checked ~ .menu { display: none; } }"


@FAULTS.seed("hides-the-menu-on-desktops", "shows no menu on a desktop", "TC-PT-015")
class HidesTheMenuOnDesktops(Styled):
    also = "@media (min-width: 48rem) { .menu { display: none; } }"


@FAULTS.seed("writes-too-small", "writes everything in tiny letters", "TC-PT-X3")
class WritesTooSmall(Styled):
    also = "html { font-size: 9px; }"


@FAULTS.seed("lays-pages-out-for-desktops", "has phones lay pages out as desktops do", "TC-PT-015")
class LaysPagesOutForDesktops(Looks):
    def html(self, template: str, **shown: object) -> str:
        return super().html(template, **shown).replace("width=device-width", "width=1200")


# -- operation --------------------------------------------------------------------------------------------------------


@FAULTS.seed("portal-feels-ill", "calls its portal ill although it is not", "SMOKE-4 SMOKE-6")
class PortalFeelsIll(Pages):
    async def health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "unhealthy", "service": "portal"}, status=503)


@FAULTS.seed(
    "tells-without-markup", "leaves out what looks like markup in what it says of the last attempt", "TC-PT-011"
)
class TellsWithoutMarkup(Looks):
    def notices(self, session: Session) -> list[list[str]]:
        return [[kind, re.sub(r"<[^>]*>|&", "", text)] for kind, text in super().notices(session)]
