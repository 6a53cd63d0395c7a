"""Faults of processes, and how they are undone: whatever was done, to one known state."""

from collections.abc import Mapping
from typing import assert_never

from support.environments.faults.control import Control
from support.vocabulary.terms.faults import Fault


async def restore(control: Control) -> None:
    """Bring a process to the one good state: it runs, does not hang, and is connected.

    It is started last: while it hangs or is cut off it could not serve.

    Raises:
        EnvironmentFailure: it does not come back.
    """
    await control.resume()
    await control.heal()
    await control.start()


class FaultRegistry:
    """What was done to the processes of a deployment, and has to be undone.

    It keeps who was touched, not how: to undo each act in turn would leave a process that was cut off and then killed
    without its link.

    Args:
        controls: the processes by name; those that others need come first, as they are started.
    """

    def __init__(self, controls: Mapping[str, Control]) -> None:
        self._controls = controls
        self._touched: set[str] = set()
        self.were_made = False
        """Whether anything was done to a process, be it restored or not."""

    @property
    def touched(self) -> list[str]:
        """Names of the processes that have to be restored, in the order of their start."""
        return [name for name in self._controls if name in self._touched]

    async def inject(self, name: str, fault: Fault) -> None:
        """Make a fault of a process; one that is there already stays.

        Raises:
            NotSupported: there is no way to do this to it.
            EnvironmentFailure: it cannot be done.
        """
        control = self._touch(name)
        match fault:
            case Fault.STOPPED:
                await control.stop()
            case Fault.KILLED:
                await control.kill()
            case Fault.PAUSED:
                await control.pause()
            case Fault.CUT_OFF:
                await control.cut()
            case _:
                assert_never(fault)

    async def restart(self, name: str, *, graceful: bool) -> None:
        """Restart a process; if it does not come up, it is still to be restored.

        Raises:
            EnvironmentFailure: it does not come up.
        """
        await self._touch(name).restart(graceful=graceful)

    async def restore(self, name: str) -> None:
        """End all that was done to one process. Raises as the function `restore`."""
        await restore(self._controls[name])
        self._touched.discard(name)

    async def restore_all(self) -> None:
        """End all that was done to any process: each is tried, whatever fails.

        What needs another to start is tried once more when the others have been.

        Raises:
            EnvironmentFailure: one does not come back; the first of them says why.
        """
        again = [name for name in self.touched if await self._trouble(name)]
        troubles = [await self._trouble(name) for name in again]
        self._touched.clear()
        for trouble in filter(None, troubles):
            raise trouble

    def _touch(self, name: str) -> Control:
        self._touched.add(name)
        self.were_made = True
        return self._controls[name]

    async def _trouble(self, name: str) -> Exception | None:
        try:
            await restore(self._controls[name])
        except Exception as error:  # whatever it is: the others are restored all the same
            return error
        return None
