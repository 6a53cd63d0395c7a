"""The driver of ThreadFileSharing: accounts and companies, and each person's client."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from support.core.errors import Absent
from support.core.people import Account
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.capabilities.messaging import WORD_OF_WHO_IS_ONLINE
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.kit.accounts import NEWCOMER, fresh_account
from support.drivers.kit.read_only import announced
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import Member, UserPool
from support.drivers.threads.backend import ThreadsBackend
from support.drivers.threads.client import ThreadsClient
from support.drivers.threads.delivery_probe import ThreadsDeliveryProbe
from support.drivers.threads.households import Households
from support.drivers.threads.members import founding
from support.drivers.threads.options import NOTHING, REQUESTS, ThreadsOptions
from support.drivers.threads.state import Company, Household, ScenarioState, company_of, session_of

#: Who founds a company of their own. Anybody else is in the home company of the scenario.
OWNER, FOUNDERS = "the company owner", ("the owner of another company",)
#: Requests of one step that may wait for the end of a limit, one after the other: to be invited, to accept, to sign in,
#: and what the step itself is about.
_REQUESTS_THAT_WAIT = 4
POSITIONS = {"the admin": "admin", "the guest": "guest"}
#: What the logins end with: accounts are e-mail addresses.
HOST = "@example.com"
#: How many people of a scenario get their accounts at the same time: each costs the server a hash of a password.
_AT_ONCE = 4
_NOBODY = {"email": "nobody@example.com", "password": "none at all"}


class Threads:
    """One deployment of ThreadFileSharing.

    Args:
        backend: how it is reached.
        short_sessions: whether sessions end soon, by a setting, whenever a scenario wants one that does.
    """

    probe_users = ("user A", "user B", "user C")
    longest_outage = 0.8  # nothing is given up here: longer ones would only take longer

    def __init__(self, backend: ThreadsBackend, *, short_sessions: bool = False) -> None:
        self.backend, self.address = backend, backend.address
        self._all_are_short = short_sessions or backend.options.sessions_last is not None
        self.longest_wait = _REQUESTS_THAT_WAIT * backend.options.patience_with_limits
        self._session: str | None = None  # of the last company's owner
        self._households = Households()
        self._taking_in = asyncio.Semaphore(_AT_ONCE)

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """An account for this scenario alone: the owner of a company, or a member of the scenario's own.

        Args:
            role: whose it is, in the scenario's words, which also tell the position.
            transcript: the scenario's.
            lifetime: seconds that its sessions last; the server's own default if None.
        """
        state = self.backend.state(transcript)
        position = self.backend.position(POSITIONS.get(role, "member"))
        if role == NEWCOMER:
            account = fresh_account(role, at=HOST)
            state.passwords[account.login] = account.password
            return account
        if role in FOUNDERS:
            household = await self._household(state, transcript, role)
        else:
            household = await self._home(state, transcript)
        known = OWNER if role == OWNER or role in FOUNDERS else role
        if known in household.people and lifetime is None:
            account = household.introduce(known, state)
            transcript.redactor.learn(account.password)
            return account
        account = fresh_account(role, at=HOST)
        user = await self._take_in(household.company, transcript, account, position)
        state.knows(account.login, user, household.company)
        if lifetime is None:
            household.take_in(role, account, user)
        else:
            await self._last(account, transcript, lifetime)
        return account

    async def register_with(self, role: str, transcript: Transcript, password: str) -> Account:
        """A member of the scenario's company, who has this password."""
        state = self.backend.state(transcript)
        household = await self._home(state, transcript)
        account = replace(fresh_account(role, at=HOST), password=password)
        user = await self._take_in(household.company, transcript, account, self.backend.position("member"))
        state.knows(account.login, user, household.company)
        return account

    async def _home(self, state: ScenarioState, transcript: Transcript) -> Household:
        """The company of a scenario."""
        async with state.founding:
            household = state.household = state.household or await self._household(state, transcript, OWNER)
            state.home = household.company
        return household

    async def _household(self, state: ScenarioState, transcript: Transcript, founder: str) -> Household:
        """A company for a scenario: one that earlier ones have been in, if that will do, or a new one."""
        household = self._households.take(alone=founder != OWNER) if state.may_reuse else None
        household = household or await self._found(transcript, founder)
        household.introduce(OWNER, state)
        state.households += [household] * state.may_reuse
        return household

    async def _found(self, transcript: Transcript, founder: str) -> Household:
        """Register a company, with its owner (contract 2.2)."""
        account = fresh_account(founder, at=HOST)
        transcript.redactor.learn(account.password)
        told = await self._request(transcript, "register", founding(account.login, account.password))
        household = Household(company_of(told, account.login))
        household.take_in(OWNER, account, told["user"])
        household.sessions[account.login] = session_of(told)
        self._session = household.company.token
        return household

    async def _take_in(self, company: Company, transcript: Transcript, account: Account, position: str) -> Any:
        """Make a user a member of a company; what the system says of the user."""
        transcript.redactor.learn(account.password)
        body = {"email": account.login, "role": position}
        if self.backend.options.takes_in == "request":
            body |= {"password": account.password}
            told = await self._request(transcript, "add a member", body, company.token)
        else:
            invitation = await self._request(transcript, "invite a user", body, company.token)
            accepting = {"token": invitation["token"], "password": account.password}
            async with self._taking_in:
                told = await self._request(transcript, "accept an invitation", accepting)
        return told["user"]

    def may_reuse(self, transcript: Transcript) -> None:
        """Let the people of a scenario be some of an earlier one, if the profile wants that."""
        self.backend.state(transcript).may_reuse = self.backend.options.reuses_accounts

    def take_back(self, transcript: Transcript) -> None:
        """Keep the people of a scenario for another, unless something has been done to them that lasts."""
        self._households.give_back(self.backend.state(transcript))

    async def _last(self, account: Account, transcript: Transcript, lifetime: float) -> None:
        self.backend.state(transcript).ending.add(account.login)
        if self._all_are_short:
            return
        body = {"email": account.login, "seconds": lifetime}
        await self._request(transcript, "choose the lifetime of sessions", body)

    async def _request(self, transcript: Transcript, what: str, body: Any, token: str | None = None) -> Any:
        return await self.backend.request(self.backend.session(transcript.of(EARSHOT), token), what, body)

    def must_have(self, feature: str) -> None:
        """See that this deployment tells who is online, if that is the feature.

        Raises:
            Absent: it does not.
        """
        if feature == WORD_OF_WHO_IS_ONLINE and not self.backend.has("see who is available"):
            raise Absent(feature)

    def client(self, user: ScenarioUser) -> ThreadsClient:
        client = ThreadsClient(self.backend, user)
        self.backend.state(user.transcript).clients[user.role] = client
        return client

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> UserPool:
        """People who put it under load, in the places they are in; they have not signed in yet."""
        backend, known = self.backend, self.backend.state(transcript)
        logins = {account.login for account in people.values()}
        state = ScenarioState(
            places=[one for one in known.places if one.members & people.keys()],
            ids={login: id for login, id in known.ids.items() if login in logins},
            sessions={login: session for login, session in known.sessions.items() if login in logins},
        )
        driver = partial(_under_load, self.address, backend.options, backend.response, backend.delivery, state)
        return UserPool([self.address], tuple(people.items()), driver)

    async def delivery_probe(self, people: Sequence[Member]) -> ThreadsDeliveryProbe:
        """A room in which the first of them writes, and the others read."""
        room = ThreadsDeliveryProbe(people[0], people[1:])
        await room.begin()
        return room

    async def serves(self, transcript: Transcript) -> bool:
        """Whether the server and its database answer: a log-in attempt is judged, not turned away.

        Its own word on its health is no help: a deployed one says "ready" whatever happens (contract 2.8). Where a
        session is known, a look at the members of its company is enough, so that no sign-in counts against a limit.
        """
        if self._session is not None and await self._answers(transcript, "see the members", None, self._session):
            return True
        with announced():  # an account that is not there
            return await self._answers(transcript, "sign in", _NOBODY, None) is not None

    async def _answers(self, transcript: Transcript, what: str, body: Any, token: str | None) -> bool | None:
        """Whether a request is granted, without regard for a limit; None if the server cannot serve."""
        try:
            await self.backend.answer(self.backend.session(transcript.of(EARSHOT), token), what, body, patient=False)
        except Unavailable:
            return None
        except Rejected:
            return False
        return True

    async def is_itself(self, transcript: Transcript) -> bool:
        """Whether a log-in attempt is refused in this system's form (contract 2.1)."""
        method, path = self.backend.options.request("sign in").split(" ", 1)
        url = self.backend.options.prefix + path
        with announced():
            answer = await self.backend.http.request(transcript.of(EARSHOT), method, url, body=_NOBODY)
        return answer.field("status") == "error" and isinstance(answer.field("error"), dict)

    def endpoints(self) -> dict[str, str]:
        """What is requested in this dialect -> method and path; no user in particular asks, so nothing is granted."""
        known = {what: self.backend.options.request(what) for what in REQUESTS}
        asked = {what: request.format(**NOTHING).split(" ", 1) for what, request in known.items() if request}
        return {what: f"{method} {self.backend.options.prefix}{path}" for what, (method, path) in asked.items()}

    async def adopt(self, role: str, account: Account, transcript: Transcript) -> None:
        """Learn which company a user belongs to who has an account already.

        Raises:
            Rejected: they cannot sign in.
        """
        state, body = self.backend.state(transcript), {"email": account.login, "password": account.password}
        with announced():
            told = await self._request(transcript, "sign in", body)
        company = company_of(told, account.login)
        transcript.redactor.learn(company.token)
        state.home = state.home or company
        state.knows(account.login, told["user"], company)

    async def well(self, transcript: Transcript) -> bool:
        """What the server itself says of its health."""
        try:
            await self._request(transcript, "say whether it is ready", None)
        except Unavailable:
            return False
        return True

    async def close(self) -> None:
        """Close what the driver itself holds open."""
        await self.backend.http.close()


def _under_load(
    address: str,
    options: ThreadsOptions,
    response: float,
    delivery: float,
    known: ScenarioState,
    _: Sockets,
    transcript: Transcript,
) -> Threads:
    threads = Threads(ThreadsBackend(address, options, response=response, delivery=delivery))
    state = threads.backend.state(transcript)
    state.places, state.ids, state.sessions = known.places, known.ids, known.sessions
    state.logins = {id: login for login, id in known.ids.items()}
    return threads
