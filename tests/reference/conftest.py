"""Servers with their databases: chat for all tests of it, threads for those of one file; and who uses them."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest_asyncio

from support.environments.embedded.chat import ChatDeployment
from support.environments.embedded.threads import SERVER, ThreadsDeployment
from tests.reference import threads_client
from tests.reference.chat_client import Http, Person, mended, register

Newcomer = Callable[..., Awaitable[Person]]

#: Limits so short that nobody waits long for them.
QUICK = {
    "keep-alive-limit": 2.0,
    "sweep-interval": 0.05,
    "health-interval": 0.1,
    "health-timeout": 1.5,
    "password-cost": 1,
}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chat() -> AsyncIterator[ChatDeployment]:
    async with ChatDeployment(QUICK, ["Lisa", "Admin", "ChatGPT", "Leonid"]) as deployment:
        yield deployment


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def lagging() -> AsyncIterator[ChatDeployment]:
    slow = {"keep-alive-limit": 5.0, "password-cost": 1, "lag": "0-300ms", "seed": 7}
    async with ChatDeployment(slow) as deployment:
        yield deployment


@pytest_asyncio.fixture(loop_scope="session")
async def http(chat: ChatDeployment) -> AsyncIterator[Http]:
    client = Http(chat.addresses["chat server"])
    await mended(client)  # while tests of another loop ran, the fault proxy stood still, and the databases with it
    yield client
    await client.close()


@pytest_asyncio.fixture(loop_scope="session")
async def newcomer(http: Http) -> AsyncIterator[Newcomer]:
    """Registers people, each under a fresh name; their connections are closed in the end."""
    people: list[Person] = []

    async def make(label: str = "user", **extra: object) -> Person:
        people.append(await register(http, label, **extra))
        return people[-1]

    yield make
    for person in people:
        await person.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def threads() -> AsyncIterator[ThreadsDeployment]:
    quick = {"typing-lifetime": 0.3, "rate-limit": 60, "retry-delay": 0.05, "breaker-cooldown": 0.3}
    async with ThreadsDeployment(quick | {"event-limit": 100, "connections-per-user": 3}) as deployment:
        yield deployment


@pytest_asyncio.fixture(loop_scope="session")
async def threads_http(threads: ThreadsDeployment) -> AsyncIterator[threads_client.Http]:
    assert threads.server.running, threads.server.log.since(0)
    client = threads_client.Http(threads.addresses[SERVER])
    yield client
    await client.close()
