"""Where people wait, online, between two scenarios: so that not every scenario has to sign in everybody anew.

Some systems take seconds to let a user come online. A user who has an account that was there before, and whose scenario
has done nothing to them that would show in another, stays online (`support.drivers.capabilities.connections.
StaysOnline`). A later scenario that begins with a user who *is* online goes on with that connection; one in which
a user *comes* online, or is not there, gets a user who is not.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.connections import ConnectsOften, StaysOnline
from support.drivers.clients.http import Unreachable
from support.drivers.kit.scenario_user import ScenarioUser
from support.environments.system_under_test import SystemUnderTest
from support.scenario.actor import Actor
from support.scenario.silences import marked_by

#: Whom a transcript names who has been in no scenario yet.
_OWNER = "the owner of an account"
#: Why a user cannot stay.
_CANNOT = (Rejected, Unreachable, NotSupported)


class Lobby:
    """Those of one system who wait, by login.

    Args:
        sut: the system, whose accounts were there before.
    """

    def __init__(self, sut: SystemUnderTest) -> None:
        self._sut = sut
        self._waiting: dict[str, Actor] = {}
        self._away: dict[str, Actor] = {}

    def has(self, account: Account) -> bool:
        """Whether the owner of an account is online."""
        return account.login in self._waiting

    def recency(self, account: Account) -> int:
        """How recently the owner of an account came to wait here, 1 for who has waited longest; 0 if not online.

        Who goes on where they were in the last scenario still hears what comes late of it.
        """
        return [*self._waiting].index(account.login) + 1 if self.has(account) else 0

    def hasnt(self, account: Account) -> bool:
        """Whether the owner of an account is not online."""
        return not self.has(account)

    async def keep(self, people: Sequence[Actor], *, closely: bool = False) -> list[Actor]:
        """Have those people of a scenario that is over stay online to whom nothing was done that could show later.

        Args:
            people: who was in the scenario.
            closely: whether it failed, or did something to the system: then a message has to get through to each.

        Returns:
            Who stays.
        """
        self._away |= {actor.account.login: actor for actor in people if actor.signed_in_at}
        await asyncio.gather(*map(_keep_one_connection, people))
        well = await asyncio.gather(*map(_is_well, people))
        staying = [actor for actor, is_well in zip(people, well, strict=True) if is_well]
        if closely:
            heard = await asyncio.gather(*(_hears_from(*pair) for pair in _in_a_ring(staying)))
            staying = staying if all(heard) else []
        for actor in reversed(staying):
            self._away.pop(actor.account.login, None)
            self._waiting[actor.account.login] = actor
        return staying

    async def fill(self) -> None:
        """Bring the owners of all accounts online that no scenario has, while a user comes online anyway."""
        free = self._sut.lease.free if self._sut.lease else []
        coming = [account for account in free if not self.has(account)]
        await asyncio.gather(*(self._bring(self._away.get(one.login) or self._owner(one)) for one in coming))

    def _owner(self, account: Account) -> Actor:
        """A user who has been in no scenario yet."""
        transcript, people = Transcript(everywhere), People()
        transcript.redactor.learn(account.password)
        people.add(_OWNER, account)
        inbox = Inbox(_OWNER)
        client = self._sut.system.client(ScenarioUser(_OWNER, people, transcript, inbox))
        return Actor(_OWNER, client, account, inbox, self._sut.limits, transcript)

    async def _bring(self, actor: Actor) -> None:
        stays = list[Actor]()
        with suppress(*_CANNOT):
            await actor.come_online()
            stays = await self.keep([actor])
        if not stays:
            await actor.leave(sign_out=True)

    async def give_to(self, actor: Actor) -> bool:
        """Let a user of a new scenario go on where the owner of the same account is.

        Returns:
            Whether they can: not if the connection has been lost meanwhile, or something was done to its owner.
        """
        before = self._waiting.pop(actor.account.login, None)
        if before is None or not isinstance(actor.client, StaysOnline):
            return False
        if not await _is_well(before):
            await before.leave(sign_out=True)
            return False
        actor.inbox.follow(before.inbox)
        actor.signed_in_at = before.signed_in_at
        try:
            await actor.client.take_over(before.client)
        except _CANNOT:
            await actor.leave(sign_out=True)
            return False
        return True

    async def send_home(self, account: Account) -> bool:
        """Sign out a user who waits in an account; whether any user did."""
        before = self._waiting.pop(account.login, None)
        if before is not None:
            self._away[account.login] = before
            await before.leave(sign_out=True)
        return before is not None

    async def close(self) -> None:
        """Sign out all who wait. Never decides a verdict."""
        waiting, self._waiting = self._waiting, {}
        self._away |= waiting
        leaving = (actor.leave(sign_out=True) for actor in waiting.values())
        await asyncio.gather(*leaving, return_exceptions=True)


async def _keep_one_connection(actor: Actor) -> None:
    """Close the further connections that a scenario has opened: the next one is of users with one each."""
    if isinstance(actor.client, ConnectsOften):
        for _ in actor.client.inboxes[1:]:
            await actor.client.close_one()


async def _is_well(actor: Actor) -> bool:
    if actor.may_be_owed or not isinstance(actor.client, StaysOnline):
        return False
    with suppress(*_CANNOT):
        return await actor.client.is_as_it_came()
    return False


async def _hears_from(actor: Actor, other: Actor) -> bool:
    if actor is other:
        return False
    with suppress(AssertionError, *_CANNOT):
        await marked_by(actor, other)
        return True
    return False


def _in_a_ring(people: Sequence[Actor]) -> list[tuple[Actor, Actor]]:
    """Each with another, if there is one."""
    return list(zip(people, [*people[1:], *people[:1]], strict=True))
