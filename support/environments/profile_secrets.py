"""What a profile says of a system's secrets, to be masked wherever it turns up."""

import os

from support.config.access import secrets_in
from support.config.profile import SystemProfile


def of(described: SystemProfile) -> list[str]:
    """The secrets in addresses and commands, and in environment variables that are set."""
    urls = [*described.stores.values(), *described.addresses.values(), described.address or ""]
    handled = [*described.controls.values(), *described.settings.values()]
    commands = (line for one in handled for line in one.model_dump().values())
    found = [secret for url in urls for secret in secrets_in("url", url)]
    found += [secret for line in commands for secret in secrets_in("command", str(line))]
    return found + [value for name in variables(described) if (value := os.environ.get(name))]


def variables(described: SystemProfile) -> list[str]:
    """The environment variables that hold what is secret: of accounts, and of the driver's options."""
    people = [*described.accounts, *([described.administrator] if described.administrator else [])]
    named = [str(value) for key, value in described.driver.items() if key.endswith("_env")]
    return [one.password_env for one in people if one.password_env] + named
