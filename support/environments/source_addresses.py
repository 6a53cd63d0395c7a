"""From which addresses of this machine the processes of a run reach a system."""

import math

from support.config.profile import SystemProfile
from support.drivers.clients.sources import come_from, has_many, of_process


def take(described: SystemProfile, address: str, number: int, key: str) -> None:
    """Have all connections of this process to a server come from the address that is for it.

    Args:
        described: the server's system.
        address: the server's base URL.
        number: of our process in its run, from 1.
        key: where the system stands in the profile, for the message.

    Raises:
        SuiteError: the profile names an address that is none of this machine.
    """
    listed = described.source_addresses
    if listed is None and described.deployment != "external":
        listed = []  # containers see the address of their gateway, whichever ours is
    come_from(address, of_process(address, listed, number, f"{key}.source_addresses"))


def sharing(described: SystemProfile, address: str, processes: int) -> int:
    """How many of the processes that play on a server at the same time come from one address."""
    listed = described.source_addresses
    if listed is None and described.deployment == "external" and has_many(address):
        return 1
    return math.ceil(processes / max(len(listed or ()), 1))


def told(described: SystemProfile, address: str) -> str:
    """What the processes of a run come from, in words; empty if it is what the machine chooses."""
    if listed := described.source_addresses:
        return f"comes from the next of {', '.join(listed)}: a limit by address counts for each of these"
    if sharing(described, address, processes=2) == 1:
        return "comes from a loopback address of its own: a limit by address counts for each process"
    return ""
