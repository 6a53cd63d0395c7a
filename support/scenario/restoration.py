"""What is seen to after each scenario: that its system serves, and if it has broken, that it is started again."""

from support.core.errors import EnvironmentFailure
from support.core.redaction import everywhere
from support.scenario.world import World


class Restoration:
    """For the systems of one run.

    A system that is not ours and does not serve is started again, if its profile says how, and the run goes on. It
    is given up if that does not help, and if it breaks twice in a row though the scenarios have done nothing to it.
    """

    def __init__(self) -> None:
        self._broken: set[str] = set()
        self.repaired: dict[str, list[str]] = {}
        """By system: after which scenarios it was started again, and why, in words."""

    async def after(self, world: World, *, failed: bool) -> None:
        """Undo what a scenario has done to its system, and see that it serves.

        Args:
            world: the scenario's, at its end.
            failed: whether its scenario has failed.

        Raises:
            EnvironmentFailure: it does not, and there is no way to have it serve; says why.
        """
        try:
            await world.restore_all()
            if world.outages.lost and world.sut.can_be_repaired:  # it has been waited for already
                raise world.outages.lost
            await _serves(world, closely=failed or world.disturbed)
        except EnvironmentFailure as trouble:
            await self._repair(world, trouble)
        else:
            self._broken.discard(world.sut.name)

    async def _repair(self, world: World, trouble: EnvironmentFailure) -> None:
        sut = world.sut
        if sut.name in self._broken and not world.disturbed:
            raise EnvironmentFailure(f"{trouble}; it had to be started after the scenario before as well") from trouble
        said = len(world.transcript.exchanges)
        try:
            repaired = await sut.repair()
        except EnvironmentFailure as failure:
            raise EnvironmentFailure(f"{trouble}; starting it again did not help: {failure}") from failure
        if not repaired:
            raise trouble
        self._broken.add(sut.name)
        words = everywhere.text(f"after {world.place} the {sut.server} was started again: {trouble}")
        self.repaired.setdefault(sut.name, []).append(words)
        print(f"earshot: {words}", flush=True)
        done = "\n".join(one.what for one in world.transcript.exchanges[said:])
        world.attach("The system was started again", f"{words}\n\n{done}".strip())


async def _serves(world: World, *, closely: bool) -> None:
    """See that the system serves; where nothing was done to it, an answer of any kind is enough."""
    if closely or not await world.sut.is_there():
        await world.sut.serves(within=world.limits.opening)
