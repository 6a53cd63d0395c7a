"""A server to be wrong about: the stand-in for the deployed chat server, which keeps what is asked of it."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import trustme
from aiohttp import web

from tests import serving
from tests.drivers.deployed_chat import DeployedChat

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class RecordedChat(DeployedChat):
    """`asked` is what was requested of it; `locked` has it turn everybody away; its clock can be behind.

    `preflights` has it answer any OPTIONS alike, as a server does that takes each for a browser's question (CORS).
    """

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()
        self.locked = self.preflights = False
        self.clock_behind = timedelta(0)
        self.app.middlewares.append(self.keep)

    @web.middleware
    async def keep(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        self.asked.add(f"{request.method} {request.path}")
        if self.preflights and request.method == "OPTIONS":
            return web.Response(status=400, text="Invalid Preflight Request")
        if self.locked and request.path == "/log_in":
            return web.json_response({"result": "Invalid credentials"}, status=401)
        try:
            answer = await handler(request)
        except web.HTTPNotFound:
            answer = web.Response(status=404)
        answer.headers["Date"] = format_datetime(datetime.now(UTC) - self.clock_behind, usegmt=True)
        return answer


class Certificates:
    """An authority, with the files that clients need.

    Args:
        folder: where they are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._ca = trustme.CA()
        self._folder = folder
        self.authority = folder / "authority.pem"
        self._ca.cert_pem.write_to_path(self.authority)

    def for_server(self, *, until: datetime | None = None, demanding: bool = False) -> ssl.SSLContext:
        """TLS as a server does it: until then its certificate is valid; `demanding` wants one of its clients too."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._ca.issue_cert("127.0.0.1", "localhost", not_after=until).configure_cert(context)
        if demanding:
            self._ca.configure_trust(context)
            context.verify_mode = ssl.CERT_REQUIRED
        return context

    def for_client(self) -> tuple[Path, Path]:
        """The files of a client's certificate and of its key."""
        issued = self._ca.issue_cert("client")
        certificate, key = self._folder / "client.pem", self._folder / "client.key"
        issued.cert_chain_pems[0].write_to_path(certificate)
        issued.private_key_pem.write_to_path(key)
        return certificate, key


@asynccontextmanager
async def served(context: ssl.SSLContext | None = None) -> AsyncIterator[tuple[RecordedChat, str]]:
    """The server and its address, over TLS if there is a context for it."""
    chat = RecordedChat()
    async with serving.served(chat.app, context) as server:
        yield chat, str(server.make_url("")).rstrip("/")


def profile(folder: Path, address: str, more: str = "", *, opening: float = 0.3, accounts: str = "") -> str:
    """A profile file for it, and its path.

    Args:
        folder: where to put it.
        address: of the server.
        more: further tables.
        opening: seconds that it is waited for.
        accounts: keys of the system itself.
    """
    path = folder / "own.toml"
    path.write_text(
        f'[systems.chat]\ndeployment = "external"\naddress = "{address}"\n{accounts}\n'
        f"[systems.chat.limits]\nopening = {opening}\nresponse = 2.0\n{more}\n"
        '[systems.chat.driver]\nrooms = "all"\nregisters = false\n'
    )
    return str(path)
