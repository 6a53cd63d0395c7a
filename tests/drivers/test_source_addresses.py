"""Each process of a run has an address of its own where it can, so that none uses up what the others may ask."""

import asyncio
import pickle
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import socketio
from aiohttp import web

from support.config.profile import SystemProfile
from support.core.errors import SuiteError
from support.core.people import Account
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients import sources
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.clients.http import Http
from support.drivers.clients.socketio import Owner, SocketIO
from support.drivers.clients.websocket import WebSocket
from support.drivers.kit.user_pool import UserPool
from support.environments.source_addresses import sharing, take
from support.environments.systems.threads import ThreadsSystem
from tests.drivers import deployed as profiles
from tests.drivers.deployed_threads import LIMIT, deployed_threads
from tests.serving import served

pytestmark = pytest.mark.skipif(not sources.is_ours("127.0.0.2"), reason="this machine has one loopback address alone")
SECOND = "127.0.0.2"


class Peers:
    """A server that keeps from where it was asked."""

    def __init__(self) -> None:
        self.seen: list[str | None] = []
        self.app = web.Application()
        self.io = socketio.AsyncServer(async_mode="aiohttp")
        self.io.attach(self.app)
        self.io.on("connect", self.connect)
        self.app.router.add_get("/", self.look)
        self.app.router.add_get("/live", self.live)

    def connect(self, _sid: str, environ: dict[str, Any]) -> None:
        self.seen.append(environ["aiohttp.request"].remote)

    async def look(self, request: web.Request) -> web.Response:
        self.seen.append(request.remote)
        return web.Response()

    async def live(self, request: web.Request) -> web.WebSocketResponse:
        self.seen.append(request.remote)
        answer = web.WebSocketResponse()
        await answer.prepare(request)
        await answer.receive()
        return answer


@pytest.fixture
async def peers() -> AsyncIterator[tuple[Peers, str]]:
    server = Peers()
    async with served(server.app) as running:
        address = str(running.make_url("")).rstrip("/")
        yield server, address
        sources.come_from(address, None)


async def asks(address: str) -> None:
    http = Http(address, patience=5.0)
    await http.request(Transcript(Redactor()).of("user A"), "GET", "/")
    await http.close()


async def connects(address: str) -> None:
    socket = WebSocket(Transcript(Redactor()).of("user A"), print, print)
    await socket.connect(address.replace("http", "ws", 1) + "/live", within=5.0)
    await socket.close()


async def connects_fast(address: str) -> None:
    sockets = Sockets(sources.source_for(address))
    socket = sockets.dial(Transcript(Redactor()).of("user A"), print, print)
    await socket.connect(address.replace("http", "ws", 1) + "/live", within=5.0)
    await socket.close()
    await sockets.close()


async def comes_online(address: str) -> None:
    socket = SocketIO(Owner(Transcript(Redactor()).of("user A"), print, print))
    await socket.connect(address, within=5.0)
    await socket.close()


@pytest.mark.parametrize("reach", [asks, connects, connects_fast, comes_online], ids=lambda one: one.__name__)
async def test_every_client_comes_from_there(peers: tuple[Peers, str], reach: Callable[[str], Any]) -> None:
    server, address = peers
    await reach(address)
    sources.come_from(address, SECOND)
    await reach(address)
    assert server.seen == ["127.0.0.1", SECOND]


class _Asking:
    """Stands for a driver under load."""

    def __init__(self, address: str) -> None:
        self.http = Http(address, patience=5.0)

    def client(self, *_: Any) -> None:
        """Nobody is there."""

    async def close(self) -> None:
        await self.http.request(Transcript(Redactor()).of("user A"), "GET", "/")
        await self.http.close()


async def test_virtual_users_do_so_in_another_process_too(peers: tuple[Peers, str]) -> None:
    server, address = peers
    sources.come_from(address, SECOND)
    made = UserPool([address], (("user A", Account("a", "")),), _Made(address))  # type: ignore[arg-type]
    sources.come_from(address, None)  # as it is there
    async with pickle.loads(pickle.dumps(made)).aboard():
        assert sources.source_for(address) == SECOND
    assert server.seen == [SECOND]


class _Made:
    def __init__(self, address: str) -> None:
        self._address = address

    def __call__(self, *_: Any) -> _Asking:
        return _Asking(self._address)


@pytest.mark.parametrize(
    ("address", "listed", "number", "found"),
    [
        ("http://127.0.0.1:3001", None, 1, None),
        ("http://127.0.0.1:3001", None, 2, SECOND),
        ("http://127.0.0.1:3001", None, 256, SECOND),
        ("http://127.0.0.1:3001", [], 2, None),
        ("https://threads.example.org", None, 2, None),
        ("https://threads.example.org", [SECOND, "127.0.0.3"], 1, SECOND),
        ("https://threads.example.org", [SECOND, "127.0.0.3"], 3, SECOND),
        ("https://threads.example.org", [SECOND, "127.0.0.3"], 4, "127.0.0.3"),
    ],
)
def test_the_address_of_a_process(address: str, listed: list[str] | None, number: int, found: str | None) -> None:
    assert sources.of_process(address, listed, number, "systems.threads.source_addresses") == found


def test_an_address_of_another_machine_is_the_profiles_fault() -> None:
    with pytest.raises(SuiteError, match=r"source_addresses: '192\.0\.2\.1' is no address of this machine"):
        sources.of_process("http://127.0.0.1:1", ["192.0.2.1"], 1, "systems.threads.source_addresses")


@pytest.mark.parametrize(
    ("deployment", "address", "listed", "share"),
    [
        ("external", "http://127.0.0.1:3001", None, 1),
        ("external", "http://127.0.0.1:3001", [], 4),
        ("external", "https://threads.example.org", None, 4),
        ("external", "https://threads.example.org", [SECOND, "127.0.0.3", "127.0.0.4"], 2),
        ("compose", "http://127.0.0.1:3001", None, 4),
    ],
)
def test_how_many_processes_share_an_address(
    deployment: Any, address: str, listed: list[str] | None, share: int
) -> None:
    described = SystemProfile(deployment=deployment, address=address, source_addresses=listed)
    assert sharing(described, address, processes=4) == share


def test_containers_are_reached_as_the_machine_likes() -> None:
    address = "http://127.0.0.1:3001"
    take(SystemProfile(deployment="compose", address=address), address, 2, "systems.threads")
    assert sources.source_for(address) is None


async def test_two_processes_behind_two_addresses_do_not_wait_for_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each asks as often as the server lets an address; behind one address half of it would be turned away."""
    async with deployed_threads() as (threads, address):
        monkeypatch.setenv("THREADS_ADDRESS", address)
        threads.left["/users/me"], threads.window = LIMIT, 60.0
        for number in (1, 2):
            sut = ThreadsSystem(profiles.deployed("threads", patience_with_limits=20.0), {})
            sut.processes, sut.number = 2, number
            async with profiles.world_on(sut) as world:
                one = await world.actor("user A")
                await one.sign_in()
                backend = one.client.backend  # type: ignore[attr-defined]
                asked = [backend.answer(backend.session(world.transcript.of("user A"), one.token), "read the profile")
                         for _ in range(LIMIT)]  # fmt: skip
                async with asyncio.timeout(5.0):
                    await asyncio.gather(*asked)
        sources.come_from(address, None)
    assert threads.turned_away == 0
    assert [threads.left["/users/me"], threads.left[f"/users/me from {SECOND}"]] == [0, 0]
