"""What stands in the logs of a deployment and should not is found, and a log that cannot be seen is no proof."""

from types import SimpleNamespace
from typing import Any

import pytest

from support.core.errors import NotSupported
from support.core.people import Account
from support.scenario.tasks import logs


class Printed:
    """A log that says one thing."""

    def __init__(self, text: str) -> None:
        self._text = text

    def since(self, mark: int) -> str:
        """All of it."""
        return self._text


class TokenHolder:
    """A client with a token."""

    def __init__(self, token: str | None) -> None:
        self.token = token


def world_of(**printed: str) -> Any:
    deployment = SimpleNamespace(logs={name: Printed(text) for name, text in printed.items()})
    return SimpleNamespace(sut=SimpleNamespace(deployment=deployment), log_marks=dict.fromkeys(printed, 0))


def user(password: str, token: str | None) -> Any:
    account = Account("ann", password)
    former = {"former_password": "", "former_token": "a former token"}
    return SimpleNamespace(role="user A", account=account, client=TokenHolder(token), **former)


def test_the_log_that_holds_a_secret_is_named() -> None:
    world = world_of(proxy="all is well", portal="ann shows 'not long enough'")
    assert logs.holding(world, logs.secrets_of(user("long enough", None))) == ["the log of the portal"]
    assert logs.holding(world, {"nobody said this"}) == []


def test_passwords_and_tokens_are_secrets_the_former_ones_too() -> None:
    assert logs.secrets_of(user("long enough", "a token that lasts")) == {
        "long enough",
        "a token that lasts",
        "a former token",
    }


def test_what_could_stand_there_by_chance_is_not_looked_for() -> None:
    actor = user("short", None)
    actor.former_token = ""
    with pytest.raises(NotSupported, match="no secret that could be told"):
        logs.secrets_of(actor)


def test_without_a_log_there_is_no_proof() -> None:
    with pytest.raises(NotSupported, match="prints a log"):
        logs.holding(world_of(), {"long enough"})
