"""How a scenario's users come by their accounts, and what becomes of those afterwards."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from support.config.account_pool import Lease
from support.core.errors import NotSupported
from support.core.people import Account
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.messaging import CachesMessages
from support.drivers.capabilities.sessions import Adopts, Lends, LendsClients
from support.drivers.clients.http import Unreachable
from support.environments.system_under_test import SystemUnderTest
from support.scenario.actor import Actor
from support.scenario.lobby import Lobby
from support.scenario.tasks.dispatched_messages import Dispatch

T = TypeVar("T")


class Accounts:
    """The accounts of one scenario.

    Args:
        sut: the system under test.
        transcript: the scenario's.
        dispatch: what it submits; told what was there before.
        lobby: where users wait who have stayed online from earlier scenarios, if any do.
        settle: waits until those who are online have heard of what has just happened.
        afresh: whether its users have to be in no other scenario.
    """

    def __init__(
        self,
        sut: SystemUnderTest,
        transcript: Transcript,
        dispatch: Dispatch,
        lobby: Lobby | None = None,
        settle: Callable[[], Awaitable[None]] | None = None,
        *,
        afresh: bool = False,
    ) -> None:
        self._sut = sut
        self._system = sut.system
        self._transcript = transcript
        self._dispatch = dispatch
        self._lobby = lobby
        self._settle = settle
        self._afresh = afresh
        self.leased: list[Account] = []
        """Those that are lent: of such there are no more because of a scenario."""

    async def take(self, role: str, lifetime: float | None, *, online: bool = False) -> Account:
        """An account for a user: one of the profile's, one that is lent, or a fresh one.

        Args:
            role: the scenario's name for the user.
            lifetime: seconds that a new account's sessions last; the system's default if None.
            online: whether its owner should be online already if possible; else they are not.

        Raises:
            AssertionError: the system makes none, and says why.
            NotSupported: it cannot be of this kind.
        """
        lease = self._sut.lease
        if lease is None:
            if lifetime is None and isinstance(self._system, Lends) and (account := self._system.at_hand(role)):
                return await self._lent(role, account)
            return await self._made(role, self._system.register(role, self._transcript, lifetime))
        if lifetime is not None:
            raise NotSupported("sessions of a chosen lifetime need a freshly registered account")
        account = await self._leased_from(lease, role, online=online and not self._afresh)
        if isinstance(self._system, Adopts):
            await self._made(role, self._system.adopt(role, account, self._transcript))
        return account

    async def _leased_from(self, lease: Lease, role: str, *, online: bool) -> Account:
        """An account whose owner is online, or is not; what that brings with it is none of the scenario's business."""
        lobby = self._lobby
        fit = bool if lobby is None else lobby.recency if online else lobby.hasnt
        account = await lease.take(role, fit, insist=online and lobby is not None)
        self.leased.append(account)
        if lobby is not None and not online and await lobby.send_home(account) and self._settle:
            await self._settle()
        return account

    async def _lent(self, role: str, account: Account) -> Account:
        """A user who need not register; what there was of them before is none of this scenario's."""
        if isinstance(self._system, LendsClients) and self._system.lends(account):
            if self._afresh:
                await self._system.take_back(account)
                return await self._made(role, self._system.register(role, self._transcript))
            self.leased.append(account)
            self.leased[-1], before = await self._made(role, self._system.ready(account))
            self._dispatch.before |= before
            return self.leased[-1]
        return account

    @staticmethod
    async def _made(role: str, account: Awaitable[T]) -> T:
        """An account, once the system has made it or opened it to us.

        Raises:
            AssertionError: it has not, and says why.
        """
        try:
            return await account
        except (Rejected, Unreachable) as trouble:
            raise AssertionError(f"no account could be had for {role}: {trouble}") from trouble

    async def give_back(self) -> None:
        """Let other scenarios have all that are lent."""
        while self.leased:
            await self._give_back(self.leased.pop())

    async def _give_back(self, account: Account) -> None:
        if self._sut.lease is not None:
            self._sut.lease.give_back(account)
        elif isinstance(self._system, LendsClients):
            await self._system.take_back(account)

    async def clear_cache(self, actor: Actor) -> None:
        """Have a user with an account of others fetch what is cached for them: it is not for the next scenario."""
        if (actor.is_connected and not actor.signed_out) or not isinstance(self._system, CachesMessages):
            return
        try:
            owed = bool(await self._system.cached_for(actor.account.login))
        except NotSupported:  # we may not look
            owed = actor.may_be_owed
        if owed:
            await actor.come_online()
            await actor.settle()
