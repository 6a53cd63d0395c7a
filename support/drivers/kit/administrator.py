"""What an administrator can do in systems where they do it in an account's name."""

from collections.abc import Callable

from support.core.errors import NotSupported
from support.core.people import Account
from support.core.transcript import Transcript


class HasAdministrator:
    """A driver with an administrator who ends sessions (`EndsSessions`), as no other can (`ChecksAdministrators`)."""

    administrator: Account | None
    """Who that is, if we know one."""

    def administrator_with(self, password: Callable[[str], str | None]) -> Account:
        """The administrator as an impostor claims to be them, with a password made from the right one.

        Raises:
            NotSupported: the profile names no administrator.
        """
        if self.administrator is None:
            raise NotSupported("the profile names no administrator's account")
        return Account(self.administrator.login, password(self.administrator.password) or "")

    async def end_session(self, login: str, transcript: Transcript) -> None:
        """End what sessions a user has, as the administrator.

        Raises:
            NotSupported: the profile names none.
            Rejected: the server would not.
        """
        await self.end_session_as(self.administrator_with(lambda right: right), login, transcript)

    async def end_session_as(self, claimed: Account, login: str, transcript: Transcript) -> None:
        """The same with a name and a password that need not be the administrator's. Raises `Rejected`."""
        raise NotImplementedError
