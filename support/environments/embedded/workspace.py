"""The folder that the servers of one run keep their data and logs in."""

import os
import pwd
from contextlib import suppress

from support.core.errors import EnvironmentFailure
from support.core.temporary_folders import OwnedFolder


def service_account() -> pwd.struct_passwd | None:
    """The account for servers that refuse to run as root; None where the suite is not root itself.

    Raises:
        EnvironmentFailure: the suite is root, and there is no such account.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise EnvironmentFailure(
        "servers do not run as root, and there is no account postgres or nobody: run as an ordinary user"
    )


class Workspace:
    """A fresh folder of the account that the servers run as; gone when it is removed, or at the next sweep."""

    def __init__(self) -> None:
        self.account = service_account()
        self._folder = OwnedFolder()
        self.path = self._folder.path
        if self.account:
            os.chown(self.path, self.account.pw_uid, self.account.pw_gid)

    def remove(self) -> None:
        """Remove the folder with all that is in it; may be called again."""
        self._folder.cleanup()
