"""Looks for what stands in the logs of the servers and should not."""

from support.core.errors import NotSupported
from support.drivers.capabilities.sessions import PresentsTokens, RefreshesSessions
from support.scenario.actor import Actor
from support.scenario.evidence import server_logs
from support.scenario.world import World

#: A shorter one could stand anywhere by chance.
_TELLING = 8


def secrets_of(actor: Actor) -> set[str]:
    """A user's passwords and tokens, the former ones too.

    Raises:
        NotSupported: there is none that could be told from other words.
    """
    client, secrets = actor.client, {actor.account.password, actor.former_password, actor.former_token}
    secrets |= {client.token or ""} if isinstance(client, PresentsTokens) else set()
    secrets |= {client.refresh_token} if isinstance(client, RefreshesSessions) else set()
    telling = {secret for secret in secrets if secret and len(secret) >= _TELLING}
    if not telling:
        raise NotSupported(f"{actor.role} has no secret that could be told from other words in a log")
    return telling


def holding(world: World, words: set[str]) -> list[str]:
    """The logs that hold one of these, as far as they were written since the scenario began.

    Raises:
        NotSupported: no log can be seen.
    """
    if not world.log_marks:
        raise NotSupported("the profile names no command that prints a log")
    return [f"the log of the {name}" for name, text in server_logs(world).items() if any(one in text for one in words)]
