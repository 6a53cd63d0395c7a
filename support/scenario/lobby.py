"""Where people wait, online, between two scenarios: so that not every scenario has to sign in everybody anew.

Some systems take seconds to let somebody come online. Whoever has an account that was there before, and whose scenario
has done nothing to them that would show in another, stays online (`support.drivers.capabilities.connections.
StaysOnline`). A later scenario that begins with somebody who *is* online goes on with that connection; one in which
somebody *comes* online, or is not there, gets somebody who is not.
"""

import asyncio
from contextlib import suppress

from support.core.errors import NotSupported
from support.core.people import Account
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.connections import StaysOnline
from support.drivers.clients.http import Unreachable
from support.scenario.actor import Actor


class Lobby:
    """Those of one system who wait, by login."""

    def __init__(self) -> None:
        self._waiting: dict[str, Actor] = {}

    def has(self, account: Account) -> bool:
        """Whether the owner of an account is online."""
        return account.login in self._waiting

    def hasnt(self, account: Account) -> bool:
        """Whether the owner of an account is not online."""
        return not self.has(account)

    async def keep(self, actor: Actor) -> bool:
        """Have somebody stay online whose scenario is over.

        Returns:
            Whether they do: not if anything was done to them that could show in another scenario.
        """
        if actor.may_be_owed or not await _is_as_it_came(actor):
            return False
        self._waiting[actor.account.login] = actor
        return True

    async def give_to(self, actor: Actor) -> bool:
        """Let somebody of a new scenario go on where the owner of the same account is.

        Returns:
            Whether they can: not if the connection has been lost meanwhile, or anything has befallen its owner.
        """
        before = self._waiting.pop(actor.account.login, None)
        if before is None or not isinstance(actor.client, StaysOnline):
            return False
        if not await _is_as_it_came(before):
            await before.leave(sign_out=True)
            return False
        actor.inbox.follow(before.inbox)
        try:
            await actor.client.take_over(before.client)
        except (Rejected, Unreachable):
            await actor.leave(sign_out=True)
            return False
        return True

    async def send_home(self, account: Account) -> bool:
        """Sign out whoever waits in an account; whether anybody did."""
        before = self._waiting.pop(account.login, None)
        if before is not None:
            await before.leave(sign_out=True)
        return before is not None

    async def close(self) -> None:
        """Sign out all who wait. Never decides a verdict."""
        waiting, self._waiting = list(self._waiting.values()), {}
        leaving = (actor.leave(sign_out=True) for actor in waiting)
        await asyncio.gather(*leaving, return_exceptions=True)


async def _is_as_it_came(actor: Actor) -> bool:
    with suppress(Rejected, Unreachable, NotSupported):
        return isinstance(actor.client, StaysOnline) and await actor.client.is_as_it_came()
    return False
