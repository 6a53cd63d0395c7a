"""One scenario's world: its people, its record, and the faults it has made and will undo."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from support.config.account_pool import Lease
from support.core import clock
from support.core.checks import check
from support.core.errors import EnvironmentFailure, NotSupported, SuiteError
from support.core.events import Message, Presence
from support.core.inbox import Inbox, Wanted
from support.core.people import STAGEHAND, Account, People
from support.core.redaction import everywhere
from support.core.task_group import abreast
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.delivery import FollowsMessages, LeavesMessages
from support.drivers.capabilities.messaging import CachesMessages, SendsMessages
from support.drivers.capabilities.sessions import (
    Adopts,
    EndsSessions,
    KnowsEverybody,
    Lends,
    LendsClients,
    ReusesAccounts,
)
from support.drivers.clients.http import Unreachable
from support.drivers.kit.llm_stub import BotApi
from support.drivers.kit.read_only import refuse
from support.environments.faults.control import Control
from support.environments.faults.registry import FaultRegistry
from support.environments.system_under_test import SystemUnderTest
from support.load.audience import Audience
from support.reporting import sequence_diagram, timeline
from support.scenario.actor import Actor
from support.scenario.attempts import Refusal
from support.scenario.lobby import Lobby
from support.scenario.needs import stand_in
from support.scenario.tasks.attempt_log import Record
from support.scenario.tasks.dispatched_messages import Dispatch
from support.scenario.tasks.teardown import outwait
from support.vocabulary.terms.faults import OUTAGES

T = TypeVar("T")
P = TypeVar("P")
#: How many people get their accounts at the same time: passwords are dear to hash, and the last is to be answered too.
_ABREAST = 8


@dataclass(frozen=True)
class Silence:
    """A claim that no more of `unwanted` reaches `actor`, judged when made and again at the end of the run."""

    actor: Actor
    unwanted: Wanted


def takes_markers(actor: Actor) -> bool:
    """Whether what is under way to somebody is waited for by a marker, sent by another."""
    return isinstance(actor.client, SendsMessages)


async def _comes_online(actor: Actor) -> None:
    """Bring somebody online whom nobody waits for: who cannot come is not there, and is seen not to be."""
    try:
        await actor.come_online()
    except (Rejected, Unreachable):
        await actor.go_away()


class World:
    """Everything that one scenario owns. `cast` holds its people by the scenario's names.

    Args:
        place: where the scenario stands, file:line, which names it across all reports.
        system: the system under test.
        in_real_time: whether times that a document states in minutes or hours are not scaled down.
        marked: whether silence will be claimed, so that somebody who sends markers comes online with the others.
        settle: judges the claims of earlier scenarios of this system, before anything is done to it.
        afresh: whether its people have to be in no other scenario, where the system could have them be.
        first_attempt: whether the first attempt to connect after an outage is a step's, so that none is made before.
        lobby: where people wait who have stayed online from earlier scenarios, if any do.
    """

    def __init__(
        self,
        place: str,
        sut: SystemUnderTest,
        *,
        in_real_time: bool = False,
        marked: bool = False,
        settle: Callable[[], Awaitable[None]] | None = None,
        afresh: bool = False,
        first_attempt: bool = False,
        lobby: Lobby | None = None,
    ) -> None:
        self.place = place
        self.in_real_time = in_real_time
        self.sut = sut
        self.system = sut.system
        self.limits = sut.limits
        self.transcript = Transcript(everywhere)
        sut.is_recorded_by(self.transcript)
        self.cast: dict[str, Actor] = {}
        self.silences: list[Silence] = []
        self.records: list[Record] = []
        self.audience: Audience | None = None
        self.dispatch = Dispatch()
        self.at_last_step = False
        self.disturbed = False
        """Whether anything was done to the system itself."""
        self.failed = False
        self.lost: EnvironmentFailure | None = None
        """Why the system has not served since the end of an outage, if it has not."""
        self._lobby = None if afresh else lobby
        self._said: set[str] = set()
        self._step = ""
        self._people = People()
        self.in_words = self._people.in_words
        self._log_marks = {name: log.size() for name, log in sut.deployment.logs.items()}
        self._leased: list[Account] = []
        self._mark = secrets.token_hex(3)
        self._endings: list[Callable[[], Awaitable[None]]] = []
        self.faults = FaultRegistry(sut.deployment.controls)
        self._settle = settle
        self._marked = marked
        self._first_attempt = first_attempt
        self._afresh = afresh
        self._busy: list[asyncio.Task[None]] = []
        self._coming: asyncio.Task[None] | None = None
        """Who sends the markers, on the way online."""
        self._is_quiet = False
        self.has_left = False
        self._submitted_before = len(self._submitted)
        if not afresh and isinstance(self.system, ReusesAccounts):
            self.system.may_reuse(self.transcript)

    # -- people ---------------------------------------------------------------------------------------------------

    async def actor(self, role: str, lifetime: float | None = None, *, online: bool = False) -> Actor:
        """Somebody of the cast; whoever is named for the first time gets an account.

        Args:
            role: the scenario's name for this person.
            lifetime: seconds that a new account's sessions last; the system's default if None.
            online: whether somebody new is best online already; else they are not.
        """
        if role not in self.cast:
            account = await self._account(role, lifetime, online=online)
            self.cast[role] = actor = self._enlist(role, account)
            if online and self._lobby is not None:
                await self._lobby.give_to(actor)
        return self.cast[role]

    async def actors(self, roles: list[str], *, online: bool = False) -> list[Actor]:
        """Several of the cast, in the order named; a crowd of new ones gets its accounts a few at a time."""
        return await abreast([partial(self.actor, role, online=online) for role in roles], most=_ABREAST)

    async def _account(self, role: str, lifetime: float | None, *, online: bool = False) -> Account:
        lease = self.sut.lease
        if lease is None:
            if lifetime is None and isinstance(self.system, Lends) and (account := self.system.at_hand(role)):
                return await self._lent(role, account)
            return await self._made(role, self.system.register(role, self.transcript, lifetime))
        if lifetime is not None:
            raise NotSupported("sessions of a chosen lifetime need a freshly registered account")
        account = await self._leased_from(lease, role, online=online)
        if isinstance(self.system, Adopts):
            await self._made(role, self.system.adopt(role, account, self.transcript))
        return account

    async def _leased_from(self, lease: Lease, role: str, *, online: bool) -> Account:
        """An account whose owner is online, or is not; what that brings with it is none of the scenario's business."""
        lobby = self._lobby
        fit = bool if lobby is None else lobby.has if online else lobby.hasnt
        account = await lease.take(role, fit, insist=online and lobby is not None)
        self._leased.append(account)
        if lobby is not None and not online and await lobby.send_home(account):
            await self._settle_everybody()
        return account

    async def _lent(self, role: str, account: Account) -> Account:
        """Whoever need not register; what there was of them before is none of this scenario's."""
        if isinstance(self.system, LendsClients) and self.system.lends(account):
            if self._afresh:
                await self.system.take_back(account)
                return await self._made(role, self.system.register(role, self.transcript))
            self._leased.append(account)
            self._leased[-1], before = await self._made(role, self.system.ready(account))
            self.dispatch.before |= before
            return self._leased[-1]
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

    def _enlist(self, role: str, account: Account) -> Actor:
        self._people.add(role, account)
        self.transcript.redactor.learn(account.password)
        inbox = Inbox(role, self.transcript.began)
        inbox.said = self._said
        client = self.system.client(role, self._people, self.transcript, inbox)
        return Actor(role, client, account, inbox, self.limits, self.transcript)

    async def all_come_online(self, roles: list[str]) -> None:
        """Bring people online together; what they heard of each other's coming is part of the set-up."""
        new = [role for role in roles if role not in self.cast]
        await self.actors(new, online=True)
        await self.come_online([role for role in roles if role not in new or not self.cast[role].is_connected])
        await self._settle_everybody()

    async def _settle_everybody(self) -> None:
        online = [actor for actor in self.cast.values() if actor.is_connected]
        await asyncio.gather(*(actor.settle() for actor in online))

    async def come_online(self, roles: list[str]) -> None:
        """Bring people online, all at the same time: a system may take seconds over each."""
        people = await self.actors(roles)
        is_coming = self._coming is not None and not self._coming.done()
        if self._marked and not is_coming and any(map(takes_markers, self.cast.values())):
            stagehand = await self.actor(STAGEHAND, online=True)
            if not stagehand.is_connected and (people or self._lobby is None):
                people.append(stagehand)
            elif not stagehand.is_connected:  # nobody else is waited for, and no marker is needed yet
                self._coming = asyncio.ensure_future(_comes_online(stagehand))
                self._busy.append(self._coming)
        coming = [actor.do(actor.come_online()) for actor in people]
        if coming and self._lobby is not None and self.sut.lease is not None:  # it takes no longer
            coming.append(self._lobby.bring_back(self.sut.lease))
        await asyncio.gather(*coming)

    async def there(self, role: str) -> Actor:
        """Somebody whom the set-up needs to be online; whoever has not been spoken of yet comes online now."""
        if role not in self.cast:
            await self.all_come_online([role])
        return await self.actor(role)

    async def absent(self, role: str) -> Actor:
        """Somebody whom the set-up needs to be offline.

        Raises:
            SuiteError: the scenario has brought them online.
        """
        actor = await self.actor(role)
        if actor.is_connected:
            raise SuiteError(f"{role} is not offline here: an earlier step has brought them online")
        return actor

    def ability(self, capability: type[P]) -> P:
        """The system, as something that can do what `capability` says.

        Raises:
            NotSupported: it cannot.
        """
        if not isinstance(self.system, capability):
            raise NotSupported(f"this is not a system that {capability.__doc__}")
        return self.system

    def everybody(self) -> frozenset[str]:
        """All accounts there are, those of the cast under the scenario's names.

        Raises:
            NotSupported: nobody knows them all.
        """
        return frozenset(map(self._people.role, self.ability(KnowsEverybody).everybody()))

    async def end_session(self, actor: Actor) -> None:
        """Have the administrator end somebody's session."""
        await self.ability(EndsSessions).end_session(actor.account.login, self.transcript)

    async def cached_for(self, role: str) -> list[Message]:
        """What the system caches for somebody who is not there, oldest first."""
        cached = await self.ability(CachesMessages).cached_for(self._people.login(role))
        return [Message(self._people.role(sender), text) for sender, text in cached]

    @property
    def bots(self) -> BotApi:
        """The stand-in for the bots' own interfaces; put back to its ways at the scenario's end."""
        bots = stand_in(self.sut)
        self._endings.append(bots.reset)
        return bots

    def own_words(self, question: str) -> str:
        """A question in the wording of this scenario alone, so that a bot's record tells it from all others."""
        return f"{question} ({self._mark})"

    def own_name(self, name: str) -> str:
        """A name in the form of this scenario alone, for what is not to be shared with other scenarios."""
        return f"{name}-{self._mark}"

    # -- steps ----------------------------------------------------------------------------------------------------

    def begin_step(self, step: str, *, last: bool) -> None:
        """Note which step of the scenario begins, and whether none comes after it."""
        self._step, self.at_last_step = step.partition(" ")[2], last
        self.transcript.began_step(step)

    def end_step(self, *, tries: bool, judges: bool) -> None:
        """Close the account of what people have tried in a step: see `support.scenario.attempts`."""
        for actor in self.cast.values():
            actor.attempts.end_step(self._step, tries=tries, judges=judges)

    def unasked(self) -> list[Refusal]:
        """What people of the scenario have tried that was refused, and that no step has asked about."""
        return [refusal for actor in self.cast.values() for refusal in actor.attempts.unasked]

    # -- silence --------------------------------------------------------------------------------------------------

    async def no_more(self, roles: list[str], unwanted: Wanted, *, audited: bool = True) -> None:
        """Claim that no more of this reaches these people: by the barrier now, by the audit at the end of the run.

        Args:
            roles: the people.
            unwanted: what must not reach them, beyond what earlier steps have accounted for.
            audited: whether the claim outlasts the scenario.

        Raises:
            AssertionError: it did; says all that arrived.
        """
        for actor in await self.actors(roles):
            await self._barrier(actor)
            actor.received_no_more(unwanted)
            if audited:  # what has failed already would be told twice
                self.silences.append(Silence(actor, unwanted))

    async def told_once(self, roles: list[str], news: Presence) -> None:
        """See that this news reaches these people, and does not come twice."""
        limits, listeners = self.limits, await self.actors(roles)
        for actor in listeners:
            await actor.inbox.expect(news, within=limits.keep_alive + limits.sweep + limits.delivery)
        if self.sut.lease is not None:  # nobody is listened to after the scenario: their accounts are lent on
            await outwait(self.cast, listeners, self.limits, news)
        await self.no_more(roles, news)

    async def _barrier(self, actor: Actor) -> None:
        """Wait until all that is under way to somebody is there, by the path that unwanted things would take."""
        if takes_markers(actor):
            await actor.marked_by(await self._stagehand())
        else:
            await actor.do(actor.ability(Connects).settle())

    async def _stagehand(self) -> Actor:
        stagehand = await self.actor(STAGEHAND, online=True)
        if self._coming is not None:
            await asyncio.wait([self._coming])
        if not stagehand.is_connected:
            await stagehand.do(stagehand.come_online())
        return stagehand

    # -- faults and doings --------------------------------------------------------------------------------------------

    def control(self, name: str) -> Control:
        """The control of a process of the deployment.

        Raises:
            NotSupported: this deployment gives no hold on it, or nothing is to be done to it.
        """
        if self.sut.protected:
            refuse(f"do something to {name}")
        control = self.sut.deployment.controls.get(name)
        if control is None:
            raise NotSupported(f"the {self.sut.deployment.name} deployment gives no control over {name}")
        return control

    async def quiet(self) -> None:
        """Wait until nothing of earlier scenarios is under way, before something is counted or broken.

        What stays is emptied by a command of the profile, or said to be there. Where there is such a command nobody
        waits for another attempt to deliver what no scenario asks for any more.
        """
        if self._is_quiet:
            return
        self._is_quiet, leftovers, patience = True, self.sut.leftovers, self.limits.delivery
        if isinstance(self.system, FollowsMessages) and not self.sut.can_empty_queue:
            patience += self.system.retry_interval
        if await leftovers.settle(self.system, patience) and await self.sut.empty_queue():
            leftovers.forget()
        if words := str(leftovers):
            self.transcript.did(f"before this scenario began: {words}")

    async def settle_claims(self) -> None:
        """Judge all claims of silence, before something is done to the system: it may tell people that it goes down.

        Raises:
            AssertionError: one of this scenario's own does not hold.
        """
        self.disturbed = True
        await self.quiet()
        if self._settle is not None:
            await self._settle()
        findings = self.audit()
        self.silences.clear()
        check(not findings, "; ".join(findings))

    async def inject_fault(self, process: str, outage: str) -> None:
        """Make an outage of `support.vocabulary.terms.faults.OUTAGES`.

        It is undone by `bring_back`, or at the scenario's end.
        """
        self.control(process)
        await self.settle_claims()
        self.transcript.did(f"{process} {outage}")
        await self.faults.inject(process, OUTAGES[outage])

    async def lose_for_a_while(self, process: str, outage: str = "is killed") -> None:
        """Make an outage, and end it once the system has noticed, or has had the outage limit's time to."""
        await self.inject_fault(process, outage)
        await self.sut.notices(within=self.limits.outage)
        await self.bring_back(process)

    async def bring_back(self, process: str) -> None:
        """End a process's outage, and wait until the system serves again.

        Raises:
            AssertionError: it does not recover within the recovery limit.
        """
        await self.end_outage(process)
        try:
            await self.sut.serves(within=self.limits.recovery, let_in=not self._first_attempt)
        except EnvironmentFailure as error:
            self.lost = error
            raise AssertionError(f"{process} is back, but {error}") from error

    async def end_outage(self, process: str) -> None:
        """End all that was done to a process, whether or not the system serves then.

        Raises:
            SuiteError: nothing is out of order.
        """
        self.control(process)
        if not self.faults.touched:
            raise SuiteError(f"{process} cannot be back: nothing was done to the system in this scenario")
        self.transcript.did(f"{process} is back")
        await self.faults.restore(process)

    async def restart(self, process: str, *, graceful: bool) -> None:
        """Restart a process, kindly or by a crash, and wait until the system serves again."""
        self.control(process)
        await self.settle_claims()
        self.transcript.did(f"{process} is restarted" if graceful else f"{process} crashes and is started again")
        await self.faults.restart(process, graceful=graceful)
        await self.sut.serves(within=self.limits.recovery)

    def add_cleanup(self, ending: Callable[[], Awaitable[None]]) -> None:
        """Have something closed or put back when the scenario ends, last come first served."""
        self._endings.append(ending)

    def start_background(self, doing: Awaitable[None]) -> None:
        """Go on with something in the background until the scenario ends."""
        self._busy.append(asyncio.ensure_future(doing))

    def chart(self, *, failed: bool) -> str:
        """The message chart of the scenario so far, as SVG."""
        transcript = self.transcript
        received = {role: actor.inbox.received for role, actor in self.cast.items() if role != STAGEHAND}
        moments = timeline.told(transcript.exchanges, received, transcript.began, failed=failed)
        moments = [replace(moment, words=self.in_words(moment.words)) for moment in moments]
        return transcript.redactor.text(sequence_diagram.draw(moments))

    def server_logs(self) -> dict[str, str]:
        """What each process of the deployment has printed since the scenario began."""
        logs, marks = self.sut.deployment.logs, self._log_marks
        with ThreadPoolExecutor() as printing:  # each may be a command, which takes its time
            said = dict(zip(marks, printing.map(lambda name: logs[name].since(marks[name]), marks), strict=True))
        return {name: text for name, text in said.items() if text.strip()}

    @property
    def _submitted(self) -> list[str]:
        """What the system has accepted in this run, and may be under way."""
        return self.system.submitted if isinstance(self.system, LeavesMessages) else []

    @property
    def lends(self) -> bool:
        """Whether somebody of the cast is lent: of such there are no more because of a scenario."""
        return bool(self._leased)

    # -- the end --------------------------------------------------------------------------------------------------

    async def restore_all(self) -> None:
        """Stop what goes on, end the outages, and put stand-ins back to their ways: all of it, whatever fails."""
        for task in self._busy:
            task.cancel()
        async with contextlib.AsyncExitStack() as last_first:  # each is called, even if one before it fails
            for undo in (*self._endings, self.faults.restore_all):
                last_first.push_async_callback(undo)
            self._endings = []

    async def leave(self) -> None:
        """Everybody goes home, or waits online for another scenario.

        Never decides a verdict: what cannot be closed is left to the system's end.
        """
        if self.has_left:
            return
        self.has_left = True
        loaded = self.dispatch.measured.kept if self.dispatch.measured else []
        submitted = self._submitted[self._submitted_before :] + [receipt.message for receipt in loaded]
        self.sut.leftovers.add(submitted, self.place, self.dispatch.in_vain)
        leased, everybody = self.sut.lease is not None, list(self.cast.values())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.limits.response * (1 + 2 * leased)):
                if leased:
                    await asyncio.gather(*map(self._clear_cache, everybody), return_exceptions=True)
                stay = await self._who_stay(everybody) if leased else []
                leaving = (actor.leave(sign_out=leased) for actor in everybody if actor not in stay)
                await asyncio.gather(*leaving, return_exceptions=True)
        while self._leased:
            await self._give_back(self._leased.pop())
        if isinstance(self.system, ReusesAccounts):
            self.system.take_back(self.transcript)

    async def _who_stay(self, everybody: list[Actor]) -> list[Actor]:
        """Those who wait online for another scenario."""
        if self._lobby is None:
            return []
        return await self._lobby.keep(everybody, closely=self.failed or self.disturbed)

    async def _give_back(self, account: Account) -> None:
        if self.sut.lease is not None:
            self.sut.lease.give_back(account)
        elif isinstance(self.system, LendsClients):
            await self.system.take_back(account)

    async def _clear_cache(self, actor: Actor) -> None:
        """Have somebody with an account of others fetch what is cached for them: it is not for the next scenario."""
        if actor.is_connected or not isinstance(self.system, CachesMessages):
            return
        try:
            owed = bool(await self.system.cached_for(actor.account.login))
        except NotSupported:  # we may not look
            owed = actor.may_be_owed
        if owed:
            await actor.come_online()
            await actor.settle()

    @property
    def over_for(self) -> float:
        """Seconds since the scenario ended."""
        return clock.now() - (self.transcript.ended or clock.now())

    def was_heard(self, seconds: float) -> bool:
        """Whether whoever was to hear nothing more was listened to for so long after the scenario's end."""
        ends = [one.actor.inbox.ended for one in self.silences]
        return all(end is None or end >= (self.transcript.ended or 0.0) + seconds for end in ends)

    def audit(self) -> list[str]:
        """What has reached people after a step had claimed that nothing would, in one line each."""
        return [
            f"{one.actor.role} was to receive nothing else, but later {self.in_words(one.actor.inbox.contents())}"
            for one in self.silences
            if one.actor.inbox.unexpected(one.unwanted)
        ]
