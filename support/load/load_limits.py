"""What a profile allows a load to be: whom it is put on, how fast, by how many, for how long. Asked beforehand."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from support.config.profile import LoadSettings
from support.core.errors import SuiteError


def ask(limits: LoadSettings, addresses: Iterable[str], *, users: int, seconds: float, rate: float = 0.0) -> None:
    """See that a load may be played.

    Args:
        limits: the profile's.
        addresses: base URLs of all that will be under load.
        users: how many people there will be.
        seconds: how long it will last.
        rate: things done each second; 0 where people wait for answers.

    Raises:
        SuiteError: it may not; says which key of the profile forbids it.
    """
    for host in sorted({urlsplit(address).hostname or "" for address in addresses}):
        if host not in limits.allowed_hosts:
            raise SuiteError(f"load: {host} is not ours to load: the profile's load.allowed_hosts does not name it")
    ceilings = (
        ("most_rate", rate, limits.most_rate, "a second"),
        ("most_users", users, limits.most_users, "users"),
        ("longest", seconds, limits.longest, "s"),
    )
    for key, asked, limit, unit in ceilings:
        if asked > limit:
            raise SuiteError(f"load: {asked:g} {unit} are more than the profile's load.{key} = {limit:g} allows")
