"""A server with lag is slow, and right in everything else."""

import asyncio
import time

import pytest

from support.environments.embedded.chat import ChatDeployment
from tests.reference.chat_client import Http, register

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_lag_delays_and_keeps_order(lagging: ChatDeployment, transport: str) -> None:
    http = Http(lagging.addresses["chat server"])
    lisa, avi = await register(http, "lisa"), await register(http, "avi")
    for person, other in ((lisa, avi), (avi, lisa)):
        await person.come_online(other, transport=transport)
    began = time.monotonic()
    await asyncio.gather(*(lisa.send(avi, number) for number in range(100)))
    await avi.signal()
    assert time.monotonic() - began > 0.1
    assert [content for _, content in avi.messages()] == list(range(100))
    for person in (lisa, avi):
        await person.close()
    await http.close()
