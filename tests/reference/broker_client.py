"""The broker's wire as its reference tests use it: requests over mutual TLS, the queue in Redis, rows in PostgreSQL."""

import asyncio
import itertools
import ssl
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psycopg
from aiohttp import ClientSession, ClientTimeout, TCPConnector
from psycopg.rows import dict_row
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from support.environments.embedded.broker import BrokerDeployment
from support.environments.embedded.pki import IssuedCertificate
from tests.reference.bodies import bodiless

NUMBER = "+4915112345678"
_COUNT = itertools.count(1)

Answer = tuple[int, Any]


class Broker:
    """A deployment and those who use it.

    Args:
        deployment: is up.
    """

    def __init__(self, deployment: BrokerDeployment) -> None:
        self.deployment = deployment
        self.main = deployment.addresses["main server"]
        self.proxy = deployment.addresses["proxy"]
        self.redis: Any = Redis.from_url(
            deployment.redis.direct_url, decode_responses=True, retry=Retry(NoBackoff(), 1)
        )
        self.component = deployment.authority.client("worker")
        self._admin = ""

    async def ask(
        self,
        method: str,
        url: str,
        body: Any = None,
        shows: IssuedCertificate | None = None,
        token: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One request on a connection of its own: its status and its JSON, or its text."""
        sent = dict(headers or {}) | ({"Authorization": f"Bearer {token}"} if token else {})
        tls = self.tls(shows)
        async with (
            ClientSession(connector=TCPConnector(ssl=tls), timeout=ClientTimeout(10)) as session,
            session.request(method, url, json=body, headers=sent, skip_auto_headers=bodiless(body)) as answer,
        ):
            json = answer.content_type == "application/json"
            return answer.status, await (answer.json() if json else answer.text())

    def tls(self, shows: IssuedCertificate | None) -> ssl.SSLContext:
        """TLS of somebody with this certificate, or with none."""
        context = ssl.create_default_context(cafile=str(self.deployment.authority.certificate))
        if shows is not None:
            context.load_cert_chain(shows.certificate, shows.key)
        return context

    async def log_in(self, email: str, password: str) -> dict[str, Any]:
        """The answer to a login that works."""
        known = {"email": email, "password": password}
        status, answer = await self.ask("POST", f"{self.main}/portal/auth/login", known)
        assert status == 200, answer
        return dict(answer)

    async def admin(self) -> str:
        """An access token of the administrator."""
        known = self.deployment.administrator
        self._admin = self._admin or (await self.log_in(known.login, known.password))["access_token"]
        return self._admin

    async def as_admin(self, method: str, path: str, body: Any = None) -> Answer:
        """A request of the administrator."""
        return await self.ask(method, self.main + path, body, token=await self.admin())

    async def client(self, folder: Path) -> tuple[str, IssuedCertificate]:
        """A new client: its name, and the certificate that was generated for it."""
        name = f"client-{next(_COUNT)}-{time.time_ns()}"
        status, issued = await self.as_admin("POST", "/admin/certificates/generate", {"client_id": name})
        assert status == 200, issued
        credential = IssuedCertificate(folder / f"{name}.pem", folder / f"{name}.key")
        credential.certificate.write_text(issued["certificate"])
        credential.key.write_text(issued["private_key"])
        return name, credential

    async def submit(
        self, shows: IssuedCertificate | None, body: str = "hello", number: str = NUMBER, **headers: str
    ) -> Answer:
        """Submit a message to the first proxy."""
        message = {"sender_number": number, "message_body": body}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.ask("POST", f"{self.proxy}/api/v1/messages", message, shows=shows, headers=named)

    async def internal(self, path: str, body: Any, method: str = "POST") -> Answer:
        """A request of a component to the main server."""
        return await self.ask(method, f"{self.main}/internal/messages/{path}", body, shows=self.component)

    async def rows(self, sql: str, *values: object) -> list[dict[str, Any]]:
        """Rows of the database."""
        async with await psycopg.AsyncConnection.connect(
            self.deployment.postgres.direct_dsn, row_factory=dict_row, autocommit=True
        ) as connection:
            cursor = await connection.execute(sql.encode(), values)
            return await cursor.fetchall() if cursor.description else []

    async def message(self, message_id: str) -> dict[str, Any]:
        """The row of a message; empty if there is none."""
        return next(iter(await self.rows("select * from messages where message_id = %s", message_id)), {})

    async def status(self, message_id: str) -> str | None:
        """The status of a message."""
        return (await self.message(message_id)).get("status")

    async def deliveries(self, *message_ids: str) -> list[str]:
        """The messages among these that the audit log calls delivered, each as often as it does."""
        sql = "select event_data->>'message_id' as id from audit_log where event_type = 'message_delivered'"
        return sorted(line["id"] for line in await self.rows(sql) if line["id"] in message_ids)

    async def close(self) -> None:
        """End the look into Redis."""
        await self.redis.aclose()


async def eventually(holds: Callable[[], Awaitable[bool]], limit: float = 8.0) -> None:
    """Wait until something holds.

    Raises:
        TimeoutError: it does not within `limit` seconds.
    """
    async with asyncio.timeout(limit):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)
