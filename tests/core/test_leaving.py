"""Whoever leaves a scenario leaves nothing open."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.config.profile import Limits
from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import Account
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected
from support.environments.pending_messages import PendingMessages
from support.scenario.accounts import Accounts
from support.scenario.actor import Actor
from support.scenario.tasks.dispatched_messages import Dispatch
from support.scenario.world import World


class _CannotSignOut:
    """A client whose sign-out fails, as after a token has expired."""

    token: str | None = "expired"
    connected = True

    async def sign_in(self, password: str) -> None: ...

    def session_owner(self) -> str:
        return "user A"

    async def sign_out(self) -> None:
        raise Rejected("the token is not valid")

    async def connect(self) -> None: ...

    async def come_online(self) -> None: ...

    async def settle(self) -> None: ...

    async def close(self) -> None:
        self.connected = False


async def test_who_cannot_sign_out_is_disconnected_all_the_same() -> None:
    client = _CannotSignOut()
    actor = Actor("user A", client, Account("a", "secret"), Inbox("user A", 0.0), Limits())
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
            raise Rejected("there is no connection")
        self.signed_out = True


@pytest.mark.parametrize(("token", "signed_out"), [("a token", True), (None, False)])
async def test_who_has_a_session_and_no_connection_opens_one_to_sign_out(token: str | None, signed_out: bool) -> None:
    client = _SignsOutOnline()
    client.token = token
    await Actor("user A", client, Account("a", "secret"), Inbox("user A", 0.0), Limits()).leave(sign_out=True)
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
                raise NotSupported("the profile gives no access to this system's Redis")
            return [("a", "See you tomorrow")] if cached else []

    world, client = World.__new__(World), _SignsOutOnline()
    client.token = None
    account = Account("b", "secret")
    actor = Actor("user B", client, account, Inbox("user B", 0.0), Limits())
    came: list[str] = []

    async def come_online() -> None:
        came.append("user B")

    actor.come_online = come_online  # type: ignore[method-assign]
    world.cast, world.limits, world.system = {"user B": actor}, Limits(), cast(Any, Cache())
    actor.may_be_owed = absent
    world.dispatch, world._submitted_before, world.place = Dispatch(), 0, "here"
    world.has_left, world.silences, world._lobby = False, [], None
    world.failed = world.disturbed = False
    lease = SimpleNamespace(give_back=lambda one: None) if leased else None
    world.sut = cast(Any, SimpleNamespace(lease=lease, leftovers=PendingMessages(), system=world.system))
    world.accounts = Accounts(world.sut, Transcript(Redactor()), world.dispatch, None, actor.settle)
    world.accounts.leased = [account] if leased else []
    await world.leave()
    assert bool(came) is fetched
