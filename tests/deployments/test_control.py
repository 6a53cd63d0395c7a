"""Every fault a scenario can make does what it says, on each kind of server, and is undone."""

import asyncio

import psutil
import psycopg
import pytest
import redis.asyncio as redis_client
from redis.exceptions import RedisError

from support.environments.embedded.postgres import Postgres
from support.environments.embedded.process_state import is_gone
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.redis import Redis
from support.environments.embedded.server_process import ManagedProcess
from support.environments.embedded.tcp_probe import ask

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNREACHABLE = (psycopg.OperationalError, RedisError, ConnectionError)


@pytest.fixture(params=["postgres", "redis", "server"])
def any_server(request: pytest.FixtureRequest) -> ManagedProcess:
    server: ManagedProcess = request.getfixturevalue(request.param)
    return server


async def _use(server: ManagedProcess) -> None:
    """Have a request answered by way of the link; hangs while the server does."""
    if isinstance(server, Postgres):
        async with await psycopg.AsyncConnection.connect(server.dsn) as connection:
            await connection.execute("SELECT 1")
    elif isinstance(server, Redis):
        async with redis_client.from_url(server.url, retry=None) as client:
            await client.ping()
    elif not await ask(server.link.port, b"GET / HTTP/1.0\r\n\r\n"):
        raise ConnectionError("no answer")


async def _hangs(server: ManagedProcess) -> bool:
    try:
        async with asyncio.timeout(0.3):
            await _use(server)
    except TimeoutError:
        return True
    return False


async def test_kill_and_start(any_server: ManagedProcess) -> None:
    before, link = any_server.pid, any_server.link.port
    family = [psutil.Process(before), *psutil.Process(before).children(recursive=True)]
    await any_server.kill()
    assert not any_server.running
    assert all(map(is_gone, family))
    with pytest.raises(UNREACHABLE):
        await _use(any_server)
    await any_server.start()
    assert any_server.pid != before
    assert any_server.link.port == link
    await _use(any_server)


async def test_graceful_restart(any_server: ManagedProcess) -> None:
    before = any_server.pid
    await any_server.restart(graceful=True)
    assert any_server.pid != before
    await _use(any_server)


async def test_pause_and_resume(any_server: ManagedProcess) -> None:
    await any_server.pause()
    family = [psutil.Process(any_server.pid), *psutil.Process(any_server.pid).children(recursive=True)]
    assert {member.status() for member in family} == {psutil.STATUS_STOPPED}
    assert any_server.running
    assert await _hangs(any_server)
    await any_server.resume()
    await _use(any_server)


@pytest.mark.parametrize("ending", ["kill", "stop"])
async def test_what_is_paused_can_be_ended(any_server: ManagedProcess, ending: str) -> None:
    await any_server.pause()
    await getattr(any_server, ending)()
    assert not any_server.running
    await any_server.start()
    await _use(any_server)


async def test_cut_and_heal(any_server: ManagedProcess) -> None:
    await any_server.cut()
    with pytest.raises(UNREACHABLE):
        await _use(any_server)
    assert any_server.running
    await any_server.heal()
    await _use(any_server)


async def test_a_cut_outlasts_a_restart(any_server: ManagedProcess) -> None:
    await any_server.cut()
    await any_server.restart()
    with pytest.raises(UNREACHABLE):
        await _use(any_server)
    await any_server.heal()
    await _use(any_server)


async def test_a_restart_gives_way_to_whoever_took_the_port(server: PythonServer) -> None:
    await server.kill()
    taken, link = server.port, server.link.port
    squatter = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", taken)
    async with squatter:
        await server.start()
        assert (server.port != taken, server.link.port) == (True, link)
        await _use(server)


async def test_nothing_to_do_is_no_trouble(any_server: ManagedProcess) -> None:
    process = any_server.pid
    await any_server.start()
    await any_server.resume()
    await any_server.heal()
    assert any_server.pid == process
    await any_server.kill()
    for nothing in (any_server.kill, any_server.stop, any_server.pause, any_server.resume, any_server.close):
        await nothing()
    assert not any_server.running
    await any_server.start()
