"""What is seen to after each scenario: that its system serves, and if it has broken, that it is started again."""

from support.core.errors import StageError
from support.core.redaction import everywhere
from support.reporting.attachments import attach
from support.scenario.world import Scene


class Aftercare:
    """For the systems of one run.

    A system of somebody else's that does not serve is started again, if its profile says how, and the run goes on. It
    is given up if that does not help, and if it breaks twice in a row though the scenarios have done nothing to it.
    """

    def __init__(self) -> None:
        self._broken: set[str] = set()
        self.repaired: dict[str, list[str]] = {}
        """By system: after which scenarios it was started again, and why, in words."""

    async def after(self, scene: Scene, *, failed: bool) -> None:
        """Undo what a scene has done to its system, and see that it serves.

        Args:
            scene: at its end.
            failed: whether its scenario has failed.

        Raises:
            StageError: it does not, and there is no way to have it serve; says why.
        """
        try:
            await scene.put_back()
            await _serves(scene, closely=failed or scene.disturbed)
        except StageError as trouble:
            await self._repair(scene, trouble)
        else:
            self._broken.discard(scene.stage.name)

    async def _repair(self, scene: Scene, trouble: StageError) -> None:
        stage = scene.stage
        if stage.name in self._broken and not scene.disturbed:
            raise StageError(f"{trouble}; it had to be started after the scenario before as well") from trouble
        said = len(scene.transcript.exchanges)
        try:
            repaired = await stage.repair()
        except StageError as failure:
            raise StageError(f"{trouble}; it was started again in vain: {failure}") from failure
        if not repaired:
            raise trouble
        self._broken.add(stage.name)
        words = everywhere.text(f"after {scene.place} the {stage.server} was started again: {trouble}")
        self.repaired.setdefault(stage.name, []).append(words)
        print(f"earshot: {words}", flush=True)
        done = "\n".join(one.what for one in scene.transcript.exchanges[said:])
        attach("The system was started again", f"{words}\n\n{done}".strip())


async def _serves(scene: Scene, *, closely: bool) -> None:
    """See that the system serves; where nothing was done to it, an answer of any kind is enough."""
    if closely or not await scene.stage.is_there():
        await scene.stage.serves(within=scene.bars.opening)
