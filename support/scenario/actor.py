"""Who acts in a scenario. An actor holds an account, a client of the system and an inbox, and does what people do.

Actors speak of people and messages only; the client (a driver, `support.drivers`) knows the wire.
"""

from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar, cast

from support.config.profile import Limits
from support.core import clock
from support.core.checks import check, fail
from support.core.errors import NotSupported
from support.core.events import Arrival, Coming, Declined, Disconnected, LoggedOut
from support.core.inbox import Inbox, Received
from support.core.people import Account
from support.core.transcript import SENT, Transcript
from support.core.wording import in_words
from support.drivers.capabilities import Rejected, Unreachable, lacking
from support.drivers.capabilities.connections import Connects, ConnectsOften
from support.drivers.capabilities.messaging import AsksBots, Contacts, ListensIn, ListsContacts, SendsMessages
from support.drivers.capabilities.school import HasScreens
from support.drivers.capabilities.sessions import (
    GoesOn,
    NamesSessionOwner,
    PresentsTokens,
    SignsIn,
)
from support.drivers.kit.sign_out import signed_out
from support.scenario.attempts import SHOWN, Attempt, Attempts

P = TypeVar("P")
T = TypeVar("T")


class Actor:
    """One person of a scenario.

    Args:
        role: the name in the scenario, "user A".
        client: the driver's client for this person.
        account: whom the system knows this person as.
        inbox: what reaches this person.
        limits: the named limits of the system under test.
        transcript: the record of what is said to the system, if there is one.

    `may_be_owed`: something was sent to this person, who has not been online since; `signed_out`: connected or not.
    """

    def __init__(
        self,
        role: str,
        client: object,
        account: Account,
        inbox: Inbox,
        limits: Limits,
        transcript: Transcript | None = None,
    ) -> None:
        self.role = role
        self.client = client
        self.account = account
        self.inbox = inbox
        self.limits = limits
        self.attempts = Attempts()
        self._exchanges = transcript.exchanges if transcript else []
        self.signed_in_at = self.connected_at = 0.0
        self.may_be_owed = self.signed_out = self._shows_other = False
        self.former_token = self.former_password = ""

    def ability(self, capability: type[P]) -> P:
        """This person's client, as something that can do what `capability` says.

        Raises:
            NotSupported: this system cannot.
        """
        if not isinstance(self.client, capability):
            raise NotSupported(f"this system has nothing that {lacking(self.client, capability)}")
        return self.client

    async def attempt(self, action: Awaitable[T], *, access: bool = False) -> Attempt[T]:
        """Do something that may be refused, and keep how it ended for a `Then`; what was refused before is over.

        Args:
            action: what is done.
            access: whether it is not for this person, so that a refusal has to be for that.
        """
        self.inbox.settle(Declined)
        said = len(self._exchanges)
        try:
            answer = await action
            outcome = Attempt(answer, final=answer is not None or self._has_requested(since=said))
        except Rejected as refusal:
            outcome = Attempt[T].of(refusal)
        except Unreachable as silence:
            outcome = Attempt(refusal=f"no answer: {silence}", unavailable=True, failed=True)
        outcome = replace(outcome, about_access=access or self._shows_other)
        self.attempts.add(outcome)
        return outcome

    def _has_requested(self, since: int) -> bool:
        """Whether the last that was said to the system was a request: it has its answer, and no word follows."""
        own = [one for one in self._exchanges[since:] if (one.who, one.direction) == (self.role, SENT)]
        return not isinstance(self.client, Connects) or (bool(own) and own[-1].channel == "http")

    async def do(self, action: Awaitable[T]) -> T:
        """Do something that has to succeed."""
        outcome = await self.attempt(action)
        self.attempts.ask()
        check(outcome.refusal is None, f"{self.role} did not succeed: {outcome.reason}")
        return cast(T, outcome.answer)

    @property
    def outcome(self) -> Attempt[object] | None:
        """How the last attempt ended. A user who looks has asked: see `support.scenario.attempts`."""
        return self.attempts.ask()

    @outcome.setter
    def outcome(self, outcome: Attempt[object]) -> None:
        self.attempts.add(outcome)

    def gained(self, kind: type[T], otherwise: str) -> T:
        """What the last attempt has brought, as a thing of this kind.

        Raises:
            AssertionError: it has brought no such thing; `otherwise` says of this person what is missing.
        """
        answer = self.outcome.answer if self.outcome else None
        if not isinstance(answer, kind):
            fail(f"{self.role} {otherwise}")
        return answer

    @property
    def token(self) -> str:
        """The token of the present session; empty if there is none."""
        return self.ability(PresentsTokens).token or ""

    @contextmanager
    def presenting(self, token: str | None) -> Iterator[None]:
        """Show another token than one's own for a while."""
        holder = self.ability(PresentsTokens)
        own, holder.token, self._shows_other = holder.token, token, True
        try:
            yield
        finally:
            holder.token, self._shows_other = own, False

    async def sign_in(self, password: str | None = None) -> str:
        """Sign in, with the right password if none is given; what one gets by that."""
        before = self.client.token if isinstance(self.client, PresentsTokens) else None
        await self.ability(SignsIn).sign_in(self.account.password if password is None else password)
        self.former_token, self.signed_in_at = before or self.former_token, clock.now()
        return "a session"

    async def have_session(self) -> None:
        """Sign in, unless there is a session from before: so that a system is asked for no more of them than needed."""
        if not (isinstance(self.client, GoesOn) and self.client.go_on()):
            await self.sign_in()

    async def sign_out(self) -> None:
        await self.ability(SignsIn).sign_out()
        self.signed_out = True

    async def outlive_session(self) -> None:
        """Let the short lifetime of the session pass."""
        await clock.pause(self.limits.short_session - (clock.now() - self.signed_in_at))

    def was_signed_in(self) -> None:
        """See that the last attempt to sign in gave a session in this person's own name."""
        outcome = self.outcome or Attempt[object](refusal="it was not tried")
        check(outcome.refusal is None, f"{self.role} was not signed in: {outcome.reason}")
        owner = self.ability(NamesSessionOwner).session_owner()
        check(owner == self.role, f"{self.role} was given a session in the name of {owner}")

    @property
    def inboxes(self) -> list[Inbox]:
        """What reaches each of this person's connections."""
        if isinstance(self.client, ConnectsOften):
            return self.client.inboxes
        return self.client.screens if isinstance(self.client, HasScreens) else [self.inbox]

    @property
    def is_connected(self) -> bool:
        return isinstance(self.client, Connects) and self.client.connected

    async def connect(self) -> str:
        """Open the live connection; what one gets by that."""
        self.connected_at = clock.now()
        return await self.open(self.ability(Connects).connect())

    async def open(self, connecting: Awaitable[None]) -> str:
        """Open a live connection, or another one, in whatever way; what one gets by that."""
        await connecting
        return "a live connection"

    async def come_online(self) -> None:
        """Connect in a session, and come online, as a user does who opens the application."""
        if isinstance(self.client, SignsIn):
            await self.have_session()
        await self.connect()
        await self.ability(Connects).come_online()
        self.may_be_owed = self.signed_out = False

    async def settle(self) -> None:
        """End the set-up: wait for all that is under way to this person, and account for who came and went."""
        await self.ability(Connects).settle()
        self.inbox.settle(Coming)

    async def listen_in(self, one: str, other: str) -> None:
        """Try to take part in the conversation of two others."""
        await self.ability(ListensIn).listen_in(one, other)

    async def go_away(self) -> None:
        """Close the connection without a word."""
        await self.ability(Connects).close()

    async def contacts(self, of: str | None = None) -> Contacts:
        """Ask for the contact list: who there is, where to talk to them, who is online."""
        return await self.ability(ListsContacts).contacts(of)

    def found(self) -> frozenset[str]:
        """What this person found when they looked last, by its names."""
        return self.gained(frozenset, "has not looked")

    def seen(self) -> Contacts:
        """The contact list as this person saw it last."""
        return self.gained(Contacts, "has not read the contact list")

    async def send(self, text: str, to: "Actor | str", as_: str | None = None) -> None:
        name = to if isinstance(to, str) else to.role
        if isinstance(to, Actor) and (to.signed_out or not to.is_connected):
            to.may_be_owed = True
        self.inbox.said.add(text)
        await self.ability(SendsMessages).send(text, name, as_)

    async def ask(self, bot: str, prompt: str) -> None:
        self.inbox.said.add(prompt)
        await self.ability(AsksBots).ask(bot, prompt)

    async def receives(self, wanted: Arrival) -> None:
        """Wait for `wanted`, up to the delivery limit."""
        await self.inbox.expect(wanted, within=self.limits.delivery)

    async def was_refused(self, *, access: bool = False) -> str:
        """See that the last attempt was refused, and for what it was (`Attempt.judges`); in which words."""
        outcome = await self.refusal()
        check(outcome.judges(access=access), f"{self.role} was refused, but for another reason: {outcome.reason}")
        return outcome.refusal or ""

    async def refusal(self) -> Attempt[object]:
        """See that the last attempt was refused, for whatever reason, at once or by a word of the server that follows.

        What has its answer already is not waited for.
        """
        outcome = self.outcome or Attempt[object]()
        check(not outcome.unavailable, f"{self.role} was not refused but turned away: {outcome.reason}")
        if outcome.refusal is not None:
            return outcome
        if outcome.final:
            fail(f"{self.role} was to be refused, but {self.was_given(outcome)}")
        told = await self.inbox.expect(Declined, within=self.limits.delivery, called=f"a refusal{self._having_tried()}")
        return replace(outcome, refusal=cast(Declined, told.what).reason)

    def was_turned_away(self) -> None:
        """See that the system could not do what was tried last, and said so."""
        outcome = self.outcome or Attempt[object]()
        check(outcome.refusal is not None, f"{self.role} was to be turned away, but {self.was_given(outcome)}")
        check(not outcome.failed, f"{self.role} was not turned away: the system broke or kept silent, {outcome.reason}")
        check(outcome.unavailable, f"{self.role} was not turned away for now, but refused: {outcome.reason}")

    def was_given(self, outcome: Attempt[object]) -> str:
        """What an attempt that succeeded has brought, for a failure's words."""
        if outcome.answer in (None, [], {}, ""):  # of an empty list there is nothing to show
            return f"it was granted{self._having_tried()}"
        given = in_words(outcome.answer)
        return f"was given: {given[:SHOWN]}{'…' * (len(given) > SHOWN)}{self._having_tried()}"

    def _having_tried(self) -> str:
        return f' (tried: "{self.attempts.tried}")' if self.attempts.tried else ""

    async def was_disconnected(self, within: float) -> Received:
        """See that the server ends the connection, each of several, within `within` seconds; the first end.

        The end of a connection that this user had before they connected anew is none of this one.
        """
        ends, said = [], "the end of the connection"
        for inbox in self.inboxes:
            since = self.connected_at if inbox is self.inbox else 0.0
            ends.append(await inbox.expect(Disconnected, within=within, called=said, since=since))
            inbox.settle(LoggedOut)
        return ends[0]

    async def leave(self, sign_out: bool) -> None:
        """Close whatever is open; sign out first from an account that others will use, if a session may be left."""
        self.inbox.end()
        has_none = isinstance(self.client, PresentsTokens) and not self.client.token
        if sign_out and not has_none and isinstance(self.client, SignsIn):
            await signed_out(self.client)
        elif isinstance(self.client, Connects):
            await self.client.close()
