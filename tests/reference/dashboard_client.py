"""A client of the reference dashboard for its tests: the wire of contracts/dashboard.md, with nothing in between."""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from websockets.asyncio.client import ClientConnection, connect

from tests.reference.bodies import bodiless

ACCOUNTS = "/api/accounts"


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    id: int
    email: str
    school: int
    token: str
    cookie: str


class DashboardHttp:
    """Requests to the processes of a server.

    Args:
        addresses: their base URLs.
        mail: the folder that mail is written to.
    """

    def __init__(self, addresses: list[str], mail: Path) -> None:
        self.addresses = addresses
        self._mail = mail
        self.session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def call(
        self, method: str, path: str, body: Any = None, *, by: Person | None = None, process: int = 0
    ) -> tuple[int, Any]:
        """Status and JSON of an answer."""
        headers = {"Authorization": f"Bearer {by.token}"} if by else {}
        asking = self.session.request(
            method, self.addresses[process] + path, json=body, headers=headers, skip_auto_headers=bodiless(body)
        )
        async with asking as answer:
            return answer.status, await answer.json() if "json" in answer.content_type else None

    async def person(self, name: str = "ana") -> Person:
        """A fresh user with a school, signed in."""
        email = f"{name}.{secrets.token_hex(4)}@example.com"
        body = {"name": name, "email": email, "phone_number": "+351 210 000 000", "school": {"name": f"{name}'s"}}
        status, answer = await self.call("POST", f"{ACCOUNTS}/users/signup/", body)
        assert status == 201, answer
        token, cookie = await self.sign_in(email)
        return Person(answer["user"]["id"], email, answer["school"]["id"], token, cookie)

    async def sign_in(self, email: str) -> tuple[str, str]:
        """Token and cookie of a new session."""
        await self.call("POST", f"{ACCOUNTS}/auth/request-code/", {"email": email})
        body = {"email": email, "code": self.codes(email)[-1]}
        async with self.session.post(f"{self.addresses[0]}{ACCOUNTS}/auth/verify-code/", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return (await answer.json())["token"], answer.cookies["sessionid"].value

    def codes(self, email: str) -> list[str]:
        """The login codes mailed to an address, oldest first."""
        mails = (
            path.read_text() for path in sorted(self._mail.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        )
        return [re.findall(r"code is: (\d{6})", mail)[0] for mail in mails if f"To: {email}" in mail]

    async def listen(self, who: Person, school: int | None = None, *, process: int = 0) -> ClientConnection:
        """An open dashboard, by the token in a header."""
        return await self.knock(school or who.school, {"Authorization": f"Bearer {who.token}"}, process=process)

    async def knock(self, school: int, headers: dict[str, str], *, process: int = 0) -> ClientConnection:
        """The dashboard of a school, opened with these headers."""
        address = self.addresses[process].replace("http", "ws", 1)
        return await connect(f"{address}/ws/schools/{school}/dashboard/", additional_headers=headers, proxy=None)

    async def student(self, owner: Person, name: str, *, process: int = 0) -> int:
        """Register a student; the answer's status."""
        body = {"name": name, "email": f"{secrets.token_hex(4)}@example.com", "school_id": owner.school}
        status, _ = await self.call("POST", f"{ACCOUNTS}/students/create_student/", body, by=owner, process=process)
        return status
