"""Whoever leaves a scene leaves nothing open."""

import pytest

from support.actors import Actor
from support.inbox import Inbox
from support.profile import Bars
from support.systems.capabilities import Refused
from support.systems.people import Account


class _CannotSignOut:
    """A client whose sign-out fails, as after a token has expired."""

    token = None
    connected = True

    async def sign_in(self, password: str) -> None: ...

    def token_owner(self) -> str:
        return "user A"

    async def sign_out(self) -> None:
        raise Refused("the token is not valid")

    async def connect(self) -> None: ...

    async def come_online(self) -> None: ...

    async def settle(self) -> None: ...

    async def close(self) -> None:
        self.connected = False


async def test_who_cannot_sign_out_is_disconnected_all_the_same() -> None:
    client = _CannotSignOut()
    actor = Actor("user A", client, Account("a", "secret"), Inbox("user A", 0.0), Bars())
    with pytest.raises(Refused):
        await actor.leave(sign_out=True)
    assert not client.connected
