"""The trailing audit: people of a scenario that has ended are listened to on, and each claimed silence judged again."""

import asyncio
from collections import Counter

from support.core.event_loop import Background
from support.environments.system_under_test import SystemUnderTest
from support.reporting.results import Results
from support.scenario.lobby import Lobby
from support.scenario.world import World

#: Seconds that people stay connected after their scenario's end, with a system of our own.
HORIZON = 6.0


class TrailingAudit:
    """Of one run.

    `results` is where a scenario is amended whose claim did not hold; `cut_short` counts, by system, the scenarios
    whose people could not be listened to as long as `horizon` says; `lobbies` are where people wait who stay online
    between scenarios, by system.

    Args:
        background: the loop on which people leave.
        results: of the run that begins.
    """

    def __init__(self, background: Background, results: Results) -> None:
        self._background, self.results = background, results
        self._worlds: list[World] = []
        self.lobbies: dict[str, Lobby] = {}
        self.cut_short: Counter[str] = Counter()

    def take(self, world: World) -> None:
        """Let a scenario that has ended go, or listen on if it has claimed a silence; see to those that are due."""
        if world.silences:
            self._worlds.append(world)
        else:
            self._background.run(world.leave())
        while self._worlds and self._worlds[0].over_for > horizon(self._worlds[0].sut):
            self._audit(self._worlds.pop(0))

    def _audit(self, world: World) -> None:
        """Judge a scenario's claimed silences once more, and let its people go."""
        self._judge(world)
        self.cut_short[world.sut.name] += not world.was_heard(horizon(world.sut))
        self._background.run(world.leave())

    def _judge(self, world: World) -> None:
        if findings := world.audit():
            self.results.amend(world.place, "failed", "; ".join(findings))
        for claim in world.silences:
            claim.actor.inbox.close()

    async def recall(self, sut: SystemUnderTest) -> bool:
        """Let the people of the oldest scenario go whose accounts another needs, though they could be heard longer.

        Who can stay online goes on in another scenario, and what is of this one is still heard there.

        Returns:
            Whether there was such a scenario.
        """
        world = next((one for one in self._worlds if one.sut is sut and not one.has_left), None)
        if world is None:
            return False
        await world.leave()
        return True

    async def settle(self, sut: SystemUnderTest) -> None:
        """Audit the scenarios of a system about to be broken: what it says then is held against none of them."""
        due = [world for world in self._worlds if world.sut is sut]
        self._worlds = [world for world in self._worlds if world.sut is not sut]
        for world in due:
            self._judge(world)
        await asyncio.gather(*(world.leave() for world in due))
        if lobby := self.lobbies.get(sut.name):  # a fault is for those of its scenario, and for no others
            await lobby.close()

    def finish(self) -> None:
        """Audit what is still listened to, and leave the systems up."""
        while self._worlds:
            self._audit(self._worlds.pop(0))
        for lobby in self.lobbies.values():
            self._background.run(lobby.close())


def horizon(sut: SystemUnderTest) -> float:
    """Seconds that people stay connected after their scenario's end, so that a late leak is still heard."""
    if sut.described.deployment == "embedded":
        return HORIZON
    return max(HORIZON, sut.limits.keep_alive + sut.limits.sweep + sut.limits.delivery)
