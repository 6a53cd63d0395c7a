"""Somebody with a browser at the reference broker's portal, as its tests need them: cookies, forms, and no scripts."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import ClientResponse, ClientSession, CookieJar

_TOKEN = re.compile(r'name="csrf_token" value="(\w+)"')


class Visitor:
    """Pages, and the forms on them."""

    def __init__(self, http: ClientSession) -> None:
        self.http = http
        self.token = ""

    async def get(self, path: str, follow: bool = False) -> tuple[int, str]:
        """A page: its status, and its HTML or where it leads."""
        async with self.http.get(path, allow_redirects=follow) as answer:
            return await self._taken(answer)

    async def post(self, path: str, token: str | None = None, **fields: str) -> tuple[int, str]:
        """The answer to a form, sent with the token of the last page that had one."""
        form = fields | {"csrf_token": self.token if token is None else token}
        async with self.http.post(path, data=form, allow_redirects=False) as answer:
            return await self._taken(answer)

    async def _taken(self, answer: ClientResponse) -> tuple[int, str]:
        text = await answer.text()
        if found := _TOKEN.search(text):
            self.token = found[1]
        return answer.status, answer.headers.get("Location", text)

    async def log_in(self, email: str, password: str) -> tuple[int, str]:
        """The answer to the login page's form."""
        await self.get("/login")
        return await self.post("/login", email=email, password=password)


@asynccontextmanager
async def visitor(address: str, **headers: str) -> AsyncIterator[Visitor]:
    """Somebody who has not been there before."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    async with ClientSession(address, headers=sent, cookie_jar=CookieJar(unsafe=True)) as http:
        yield Visitor(http)
