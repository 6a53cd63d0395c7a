"""One scenario's world: its people, its record, and the faults it has made and will undo."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

from support.core import clock
from support.core.checks import check
from support.core.errors import NotSupported, SuiteError
from support.core.inbox import Inbox
from support.core.people import STAGEHAND, Account, People
from support.core.redaction import everywhere
from support.core.task_group import abreast
from support.core.transcript import Transcript
from support.drivers.capabilities import lacking
from support.drivers.capabilities.delivery import FollowsMessages, LeavesMessages
from support.drivers.capabilities.sessions import ReusesAccounts
from support.drivers.kit.llm_stub import LlmStub
from support.drivers.kit.scenario_user import ScenarioUser
from support.environments.system_under_test import SystemUnderTest
from support.load.audience import Audience
from support.reporting.reporting_context import ReportingContext
from support.scenario.accounts import Accounts
from support.scenario.actor import Actor
from support.scenario.attempts import Refusal
from support.scenario.cleanups import Cleanups
from support.scenario.lobby import Lobby
from support.scenario.needs import NO_WISHES, Wishes, stand_in
from support.scenario.outages import Outages
from support.scenario.silences import Silence, broken, comes_online, takes_markers, were_heard
from support.scenario.tasks.attempt_log import Record
from support.scenario.tasks.dispatched_messages import Dispatch

P = TypeVar("P")
#: How many people get their accounts at once: hashing a password takes long, and the last is to be answered in time.
_ABREAST = 8


class World:
    """Everything that one scenario owns. `cast` holds its people by the scenario's names.

    Args:
        place: where the scenario stands, file:line, which names it across all reports.
        sut: the system under test.
        wishes: what the scenario wants of it.
        settle: judges the claims of earlier scenarios of this system, before anything is done to it.
        lobby: where people wait who have stayed online from earlier scenarios, if any do.
        reporting: where what it shows is attached; if None, it is dropped.
    """

    audience: Audience | None = None
    coming: asyncio.Task[None] | None = None
    """Who sends the markers, on the way online."""
    at_last_step = False
    disturbed = False
    """Whether anything was done to the system itself."""
    failed = has_left = False
    _step = ""
    _is_quiet = False

    def __init__(
        self,
        place: str,
        sut: SystemUnderTest,
        wishes: Wishes = NO_WISHES,
        *,
        settle: Callable[[], Awaitable[None]] | None = None,
        lobby: Lobby | None = None,
        reporting: ReportingContext | None = None,
    ) -> None:
        self.place = place
        self.attach = (reporting or ReportingContext()).attach
        self.in_real_time = wishes.real_time
        self.sut = sut
        self.system = sut.system
        self.limits = sut.limits
        self.transcript = Transcript(everywhere)
        sut.is_recorded_by(self.transcript)
        self.cast: dict[str, Actor] = {}
        self.silences: list[Silence] = []
        self.records: list[Record] = []
        self.dispatch = Dispatch()
        self._lobby = None if wishes.afresh else lobby
        self._said: set[str] = set()
        self.people = People()
        self.in_words = self.people.in_words
        self.log_marks = {name: log.size() for name, log in sut.deployment.logs.items()}
        settle_all = self._settle_everybody
        self.accounts = Accounts(sut, self.transcript, self.dispatch, lobby, settle_all, afresh=wishes.afresh)
        self._mark = secrets.token_hex(3)
        self.cleanups = Cleanups()
        first = wishes.first_attempt
        self.outages = Outages(sut, self.transcript, self.settle_claims, first_attempt=first)
        self._settle = settle
        self._marked = wishes.silence
        self._submitted_before = len(self._submitted)
        if not wishes.afresh and isinstance(self.system, ReusesAccounts):
            self.system.may_reuse(self.transcript)

    async def actor(self, role: str, lifetime: float | None = None, *, online: bool = False) -> Actor:
        """A user of the cast; a user who is named for the first time gets an account.

        Args:
            role: the scenario's name for this person.
            lifetime: seconds that a new account's sessions last; the system's default if None.
            online: whether a new user is best online already; else they are not.
        """
        if role not in self.cast:
            account = await self.accounts.take(role, lifetime, online=online)
            self.cast[role] = actor = self.enlist(role, account)
            if online and self._lobby is not None:
                await self._lobby.give_to(actor)
        return self.cast[role]

    async def actors(self, roles: list[str], *, online: bool = False) -> list[Actor]:
        """Several of the cast, in the order named; a crowd of new ones gets its accounts a few at a time."""
        return await abreast([partial(self.actor, role, online=online) for role in roles], most=_ABREAST)

    def enlist(self, role: str, account: Account) -> Actor:
        """A user of that name in the scenario, with that account."""
        self.people.add(role, account)
        self.transcript.redactor.learn(account.password)
        inbox = Inbox(role, self.transcript.began, said=self._said)
        client = self.system.client(ScenarioUser(role, self.people, self.transcript, inbox))
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
        is_coming = self.coming is not None and not self.coming.done()
        if self._marked and not is_coming and any(map(takes_markers, self.cast.values())):
            stagehand = await self.actor(STAGEHAND, online=True)
            if not stagehand.is_connected and (people or self._lobby is None):
                people.append(stagehand)
            elif not stagehand.is_connected:  # no other user is waited for, and no marker is needed yet
                self.coming = self.cleanups.start_background(comes_online(stagehand))
        coming = [actor.do(actor.come_online()) for actor in people]
        if coming and self._lobby is not None:  # it takes no longer
            coming.append(self._lobby.fill())
        await asyncio.gather(*coming)

    async def there(self, role: str) -> Actor:
        """A user whom the set-up needs to be online; a user who has not been spoken of yet comes online now."""
        if role not in self.cast:
            await self.all_come_online([role])
        return await self.actor(role)

    async def absent(self, role: str) -> Actor:
        """A user whom the set-up needs to be offline.

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
            raise NotSupported(f"this is not a system that {lacking(self.system, capability)}")
        return self.system

    @property
    def bots(self) -> LlmStub:
        """What the bots' stand-in was asked; it forgets this scenario's words at its end."""
        self.cleanups.add(partial(stand_in(self.sut).forget, self._mark))
        return stand_in(self.sut)

    @property
    def steered_bots(self) -> LlmStub:
        """The stand-in for the bots' own interfaces, to be steered; put back to its ways at the scenario's end."""
        self.cleanups.add(stand_in(self.sut).reset)
        return stand_in(self.sut)

    def own_words(self, question: str) -> str:
        """A question in the wording of this scenario alone, so that a bot's record tells it from all others."""
        return f"{question} ({self._mark})"

    def own_name(self, name: str) -> str:
        """A name in the form of this scenario alone, for what is not to be shared with other scenarios."""
        return f"{name}-{self._mark}"

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

    async def quiet(self, broken: str = "") -> None:
        """Wait until nothing of earlier scenarios is under way, before something is counted, or a process is broken.

        What stays is emptied by a command of the profile, or said to be there. Where there is such a command no user
        waits for another attempt to deliver what no scenario asks for any more.
        """
        if self._is_quiet:
            return
        self._is_quiet, leftovers, patience = True, self.sut.leftovers, self.limits.delivery
        if isinstance(self.system, FollowsMessages) and not self.sut.can_empty_queue:
            patience += self.system.retry_interval
        stays = self.sut.empties_first(broken) or await leftovers.settle(self.system, patience)
        if stays and await self.sut.empty_queue():
            leftovers.forget()
        if words := str(leftovers):
            self.transcript.did(f"before this scenario began: {words}")

    async def settle_claims(self, broken: str = "") -> None:
        """Judge all claims of silence, before something is done to the system: it may tell people that it goes down.

        Raises:
            AssertionError: one of this scenario's own does not hold.
        """
        self.disturbed = True
        await self.quiet(broken)
        if self._settle is not None:
            await self._settle()
        findings = self.audit()
        self.silences.clear()
        check(not findings, "; ".join(findings))

    @property
    def _submitted(self) -> list[str]:
        """What the system has accepted in this run, and may be under way."""
        return self.system.submitted if isinstance(self.system, LeavesMessages) else []

    @property
    def lends(self) -> bool:
        """Whether an account of the cast is lent: of such there are no more because of a scenario."""
        return bool(self.accounts.leased)

    async def restore_all(self) -> None:
        """Stop what goes on, end the outages, and put stand-ins back to their ways: all of it, whatever fails."""
        await self.cleanups.run(self.outages.faults.restore_all)

    async def leave(self) -> None:
        """Close the connections of all actors, except of those who wait online for another scenario.

        Never decides a verdict: what cannot be closed is closed with the system.
        """
        if self.has_left:
            return
        self.has_left = True
        loaded = self.dispatch.measured.kept if self.dispatch.measured else []
        submitted = self._submitted[self._submitted_before :] + [receipt.message for receipt in loaded]
        self.sut.leftovers.add(submitted, self.place, self.dispatch.in_vain)
        leased, everybody = self.sut.lease is not None, list(self.cast.values())
        closely = self.failed or self.disturbed
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self.limits.response * (1 + 2 * leased)):
                if leased:
                    await asyncio.gather(*map(self.accounts.clear_cache, everybody), return_exceptions=True)
                stay = await self._lobby.keep(everybody, closely=closely) if leased and self._lobby else []
                leaving = (actor.leave(sign_out=leased) for actor in everybody if actor not in stay)
                await asyncio.gather(*leaving, return_exceptions=True)
        await self.accounts.give_back()
        if isinstance(self.system, ReusesAccounts):
            self.system.take_back(self.transcript)

    @property
    def over_for(self) -> float:
        """Seconds since the scenario ended."""
        return clock.now() - (self.transcript.ended or clock.now())

    def was_heard(self, seconds: float) -> bool:
        """Whether a user who was to hear nothing more was listened to for so long after the scenario's end."""
        return were_heard(self.silences, (self.transcript.ended or 0.0) + seconds)

    def audit(self) -> list[str]:
        """What has reached people after a step had claimed that nothing would, in one line each."""
        return broken(self.silences, self.in_words)
