"""A chat whose people with accounts stay online from one scenario to the next, for tests of who stays."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

import pytest

from support.environments.systems.chat import ChatSystem
from support.scenario.lobby import Lobby
from support.scenario.needs import Wishes
from support.scenario.world import World
from tests.drivers.deployed_chat import DeployedChat, administered_chat

LIMITS = {"response": 1.5, "delivery": 1.0, "keep_alive": 0.6, "sweep": 0.4}
#: A join that nobody wants to wait for twice.
SLOW = 0.5


class Deployed(NamedTuple):
    chat: DeployedChat
    sut: ChatSystem
    lobby: Lobby

    def scenario(self, place: str, *, marked: bool = False, afresh: bool = False) -> World:
        return World(place, self.sut, Wishes(silence=marked, afresh=afresh), lobby=self.lobby)


@asynccontextmanager
async def staying_online(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Deployed]:
    """The chat, whose joins are slow; at the end no session is left behind."""
    async with administered_chat(monkeypatch, LIMITS) as (chat, profile):
        chat.join_delay = SLOW
        sut = ChatSystem(profile, {})
        lobby = Lobby(sut)
        await sut.open()
        chat.signed_out.clear()
        yield Deployed(chat, sut, lobby)
        await lobby.close()
        assert chat.tokens.keys() <= {"Admin"}, "no session is left behind"
        await sut.close()


async def play(world: World, *steps: Callable[[World], Awaitable[object]]) -> World:
    for step in steps:
        await step(world)
    world.transcript.close()
    await world.leave()
    return world


async def two_are_online(world: World) -> None:
    await world.all_come_online(["user A", "user B"])


async def signs_out(world: World, role: str = "user A") -> None:
    a = await world.actor(role)
    await a.do(a.sign_out())
