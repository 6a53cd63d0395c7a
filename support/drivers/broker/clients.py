"""The clients that the profile names, each lent to one person at a time: there are few, and they are used again."""

from collections import deque
from collections.abc import Sequence

from support.core.errors import NotSupported
from support.drivers.broker.admin_api import Holding, existing
from support.drivers.broker.options import ClientFiles


class Clients:
    """Clients that exist already; whoever has waited longest is lent first.

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
        """A client for somebody, with an account of its own for as long.

        Raises:
            NotSupported: there is none left.
        """
        if not self._free:
            raise NotSupported(f"{role} needs a client; of the {len(self._named)} that the profile names {self._gone}")
        return existing(self._named[self._free.popleft()])

    def give_back(self, holding: Holding) -> None:
        """Have a client lent again; one that the profile does not name is nobody's to lend."""
        if holding.name in self._named and holding.name not in self._free:
            self._free.append(holding.name)

    def revoked(self, holding: Holding) -> None:
        """Lend a client no more."""
        if holding.name in self._named:
            self._revoked.add(holding.name)

    @property
    def _gone(self) -> str:
        revoked = len(self._revoked)
        return f"{len(self._named) - revoked} are in use, and the certificates of {revoked} are revoked"
