"""The clients that the profile names, each lent to one person at a time: there are few, and they are used again."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence

from support.core.errors import NotSupported
from support.core.transcript import EARSHOT, Transcript
from support.drivers.broker.admin_api import Holding, existing
from support.drivers.broker.http_client import PROXY_HEALTH, Credential, Wire
from support.drivers.broker.options import ClientFiles
from support.drivers.capabilities import Rejected
from support.drivers.clients.http import Unreachable

#: Certificates that are tried at the same time.
_AT_ONCE = 8


class Clients:
    """Clients that exist already; the one that has waited longest is lent first.

    A client whose certificate has been revoked cannot be lent again: what it does would be judged by that.

    Args:
        named: all there are.
    """

    def __init__(self, named: Sequence[ClientFiles]) -> None:
        self._named = {files.name: files for files in named}
        self._free = deque(self._named)
        self._revoked: set[str] = set()

    def __bool__(self) -> bool:
        """Whether the profile names any."""
        return bool(self._named)

    def take(self, role: str) -> Holding:
        """A client for a user, with an account of its own for as long.

        Raises:
            NotSupported: there is none left.
        """
        if not self._free:
            raise NotSupported(f"{role} needs a client; of the {len(self._named)} that the profile names {self._gone}")
        return existing(self._named[self._free.popleft()])

    def give_back(self, holding: Holding) -> None:
        """Have a client lent again; one that the profile does not name is not lent."""
        if holding.name in self._named and holding.name not in self._free:
            self._free.append(holding.name)

    def revoked(self, holding: Holding) -> None:
        """Lend a client no more."""
        if holding.name in self._named:
            self._revoked.add(holding.name)

    async def vet(
        self, proxy: Wire, recorded: Mapping[str, str] | None, transcript: Transcript, *, revoked: bool
    ) -> tuple[int, dict[str, str]]:
        """Try all certificates. Nothing is changed: each is shown with the question how the proxy is.

        Args:
            proxy: where they are shown.
            recorded: client -> the status of its certificate on record; None if that cannot be seen.
            transcript: gets what is said.
            revoked: whether a revoked one can be lent, because it can be made active again.

        Returns:
            How many can be lent, and what is wrong with those that would be lent and do not work: a proxy ends the
            connection, or they are not on record.
        """
        known = dict.fromkeys(self._named, "active") if recorded is None else recorded
        found = {name: "is not on record" for name in self._named if name not in known}
        idle = {name for name in self._named if known.get(name) == "revoked" and not revoked}
        at_once = asyncio.Semaphore(_AT_ONCE)

        async def try_(files: ClientFiles) -> None:
            shown = Credential(files.certificate, files.key)
            try:
                async with at_once:
                    trial = proxy.session(transcript.of(EARSHOT), showing=shown)
                    await trial.answer("try a certificate", "GET", PROXY_HEALTH)
            except (Rejected, Unreachable) as end:
                found[files.name] = f"opens nothing at the proxy: {end}"

        await asyncio.gather(*map(try_, self._named.values()))
        return len(self._named.keys() - found.keys() - idle), found

    @property
    def _gone(self) -> str:
        revoked = len(self._revoked)
        return f"{len(self._named) - revoked} are in use, and the certificates of {revoked} are revoked"
