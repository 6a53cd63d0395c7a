"""A system that is not ours: reached by its addresses, handled by commands, looked into where we may."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from support.config.access import Commands, Setting
from support.core.errors import NotSupported, SuiteError
from support.environments.embedded.server_log import Log
from support.environments.external.certificates import Certified
from support.environments.external.command_control import (
    COMMANDS_OF_AN_ACTION,
    CommandControl,
    CommandLog,
    Tell,
    untold,
)
from support.environments.external.settings import Settings
from support.environments.faults.control import Control


class ExternalDeployment:
    """Any reachable deployment.

    Args:
        addresses: base URLs by the names of the processes; the one that users talk to is among them.
        controls: what the processes are handled with, by their names.
        tell: gets what is done to the system, and what the commands print.
        settings: what changes its settings, by their names.
    """

    name = "external"
    longest_action = 0.0
    """Seconds that it may take to do something to a process: by its commands, one after the other."""

    def __init__(
        self,
        addresses: Mapping[str, str],
        controls: Mapping[str, Commands] | None = None,
        tell: Tell = untold,
        settings: Mapping[str, Setting] | None = None,
    ) -> None:
        commands = controls or {}
        self.addresses = {name: address.rstrip("/") for name, address in addresses.items()}
        self.controls: dict[str, Control] = {name: CommandControl(name, one, tell) for name, one in commands.items()}
        self.logs: dict[str, Log] = {name: CommandLog(one.log, one.within) for name, one in commands.items() if one.log}
        self.versions: dict[str, str] = {}
        self.certificates: Certified | None = None
        """What of its certificates can be seen."""
        self.settings: Settings = Settings(settings or {}, tell)
        self.longest_action += COMMANDS_OF_AN_ACTION * max((one.within for one in commands.values()), default=0.0)
        self.longest_action += max((one.within for one in (settings or {}).values()), default=0.0)

    async def open(self) -> None:
        """Nothing to start."""

    async def close(self) -> None:
        """Nothing to stop."""

    async def change(self, setting: str) -> None:
        """Change a setting by the command that the profile names; see `Settings.change`."""
        await self.settings.change(setting)

    async def change_back(self) -> None:
        """Undo all changes."""
        await self.settings.change_back()

    def flaws_of_certificates(self) -> dict[str, str]:
        """What is wrong with each certificate, by whose it is; nothing if it is valid.

        Raises:
            NotSupported: the profile names no authority that could have signed them.
        """
        if self.certificates is None:
            raise NotSupported("the profile names no authority (tls.authority) that would have signed the certificates")
        return self.certificates.flaws()

    def sizes_of_logs(self) -> dict[str, int]:
        """How many characters each log has, as far as the profile says how to print it."""
        with ThreadPoolExecutor() as printing:
            return dict(zip(self.logs, printing.map(lambda log: len(log.since(0)), self.logs.values()), strict=True))


def addressed(
    server: str,
    address: str | None,
    others: Mapping[str, str],
    key: str,
    schemes: Sequence[str] = ("http", "https"),
) -> dict[str, str]:
    """The addresses of a deployment.

    Args:
        server: the process that users talk to.
        address: its base URL.
        others: those of further processes, by name.
        key: where they stand in the profile, for the message.
        schemes: how addresses of such a system may begin.

    Raises:
        SuiteError: an address is missing, or no URL of such a system.
    """
    if address is None:
        raise SuiteError(f'{key}: an external deployment needs its address = "{schemes[-1]}://…"')
    found = {server: address} | dict(others)
    for name, url in found.items():
        if urlsplit(url).scheme not in schemes:
            begins = " or ".join(f"{scheme}://" for scheme in schemes)
            raise SuiteError(f"{key}: the address of the {name} is to begin with {begins}, not {url!r}")
    return found
