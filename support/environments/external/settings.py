"""Settings of a system that is not ours, changed by the commands that the profile names."""

from collections.abc import Mapping

from support.config.access import Setting
from support.core.errors import NotSupported
from support.environments.external.command_control import Tell, run


class Settings:
    """What can be changed, and is changed back.

    Args:
        commands: by the scenarios' names for the settings.
        tell: gets each command, and what it printed.
    """

    def __init__(self, commands: Mapping[str, Setting], tell: Tell) -> None:
        self._commands = commands
        self._tell = tell
        self._changed: list[str] = []

    def __contains__(self, setting: object) -> bool:
        return setting in self._commands

    @property
    def are_changed(self) -> bool:
        """Whether a change has been asked for that is not undone."""
        return bool(self._changed)

    async def change(self, setting: str) -> None:
        """Change one.

        Raises:
            NotSupported: the profile names no command for it.
            EnvironmentFailure: the command fails.
        """
        if setting not in self._commands:
            raise NotSupported(f"the profile names no command that changes the system to {setting!r} (settings)")
        self._changed.append(setting)  # also if the command fails half-way
        await self._run(setting, self._commands[setting].change)

    async def change_back(self) -> None:
        """Undo all changes, the last one first.

        Raises:
            EnvironmentFailure: a command fails.
        """
        while self._changed:
            setting = self._changed.pop()
            await self._run(setting, self._commands[setting].back)

    async def _run(self, setting: str, line: str) -> None:
        await run(line, within=self._commands[setting].within, tell=self._tell, whose=f"the setting {setting!r}")
