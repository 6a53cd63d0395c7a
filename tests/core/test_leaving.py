"""Whoever leaves a scene leaves nothing open."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.config.profile import Bars
from support.core.errors import NotCapable
from support.core.inbox import Inbox
from support.core.people import Account
from support.drivers.capabilities import Refused
from support.environments.pending_messages import Leftovers
from support.scenario.actor import Actor
from support.scenario.tasks.dispatched_messages import Dispatch
from support.scenario.world import Scene


class _CannotSignOut:
    """A client whose sign-out fails, as after a token has expired."""

    token: str | None = "expired"
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
    await actor.leave(sign_out=True)
    assert not client.connected


class _SignsOutOnline(_CannotSignOut):
    """A client whose server hears of a sign-out only on a live connection."""

    connected = False
    signed_out = False

    async def connect(self) -> None:
        self.connected = True

    async def sign_out(self) -> None:
        if not self.connected:
            raise Refused("there is no connection")
        self.signed_out = True


@pytest.mark.parametrize(("token", "signed_out"), [("a token", True), (None, False)])
async def test_who_has_a_session_and_no_connection_opens_one_to_sign_out(token: str | None, signed_out: bool) -> None:
    client = _SignsOutOnline()
    client.token = token
    await Actor("user A", client, Account("a", "secret"), Inbox("user A", 0.0), Bars()).leave(sign_out=True)
    assert (client.signed_out, client.connected) == (signed_out, False)


@pytest.mark.parametrize(
    ("leased", "may_look", "cached", "absent", "fetched"),
    [
        (True, True, True, False, True),
        (True, True, False, True, False),
        (True, False, True, True, True),
        (True, False, True, False, False),
        (False, True, True, True, False),
    ],
)
async def test_what_is_cached_for_an_account_of_others_is_fetched(
    leased: bool, may_look: bool, cached: bool, absent: bool, fetched: bool
) -> None:
    class Cache:
        async def cached_for(self, login: str) -> list[tuple[str, str]]:
            if not may_look:
                raise NotCapable("the profile gives no access to this system's Redis")
            return [("a", "See you tomorrow")] if cached else []

    scene, client = Scene.__new__(Scene), _SignsOutOnline()
    client.token = None
    account = Account("b", "secret")
    actor = Actor("user B", client, account, Inbox("user B", 0.0), Bars())
    came: list[str] = []

    async def come_online() -> None:
        came.append("user B")

    actor.come_online = come_online  # type: ignore[method-assign]
    scene.cast, scene.bars, scene.system = {"user B": actor}, Bars(), cast(Any, Cache())
    scene._leased, actor.may_be_owed = [account] if leased else [], absent
    scene.dispatch, scene._submitted_before, scene.place = Dispatch(), 0, "here"
    lease = SimpleNamespace(give_back=lambda one: None) if leased else None
    scene.stage = cast(Any, SimpleNamespace(lease=lease, leftovers=Leftovers()))
    await scene.leave()
    assert bool(came) is fetched
