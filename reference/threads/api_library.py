"""HTTP: which files there are, and how much they take (contract 2.7)."""

from typing import Any

from aiohttp import web

from reference.kit.postgres import Row
from reference.threads import forms
from reference.threads.api import PREFIX, Api, one_page, query
from reference.threads.person import Person


class LibraryApi(Api):
    """Files as a whole."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached. What is stored is counted afresh each time, so to recalculate it is to read it."""
        here = f"{PREFIX}/files"
        quota = self.closed(self.quota)
        return [
            web.get(here, self.closed(self.files)),
            web.get(f"{here}/search", self.closed(self.search)),
            web.get(f"{here}/storage/quota", quota),
            web.post(f"{here}/storage/quota/recalculate", quota),
        ]

    async def files(self, person: Person, request: web.Request) -> Any:
        """Those of a chatroom or thread, or all of one's own."""
        asked = query(forms.Page, request)
        return _page(await self.inside.files.listed(person, asked.chatroom_id, asked.thread_id), asked)

    async def search(self, person: Person, request: web.Request) -> Any:
        """Those that one may have, by what is in their names."""
        asked = query(forms.Search, request)
        return _page(await self.inside.files.found(person, asked.q), asked)

    async def quota(self, person: Person, _request: web.Request) -> Any:
        """How much of what the company may store is stored."""
        usage = await self.inside.companies.usage(person)
        used, limit = int(usage["storageUsed"]), int(usage["maxStorage"])
        counts = {"storageLimitBytes": limit, "storageUsedBytes": used, "storageAvailableBytes": limit - used}
        percent = round(used * 100 / limit, 2)
        return {"companyId": person.company, "storageUsedPercent": percent, "fileCount": usage["fileCount"]} | counts


def _page(files: list[Row], asked: forms.Page) -> Row:
    page, after = one_page(files, asked)
    return {"files": page, "total": len(files), **after}
