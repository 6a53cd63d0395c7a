"""The driver of ThreadFileSharing: accounts and companies, and each person's client."""

import re
import secrets
from collections.abc import Sequence
from typing import Any

from support.core.errors import Absent
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.capabilities.messaging import WORD_OF_WHO_IS_ONLINE
from support.drivers.kit.read_only import announced
from support.drivers.kit.user_pool import Member
from support.drivers.threads.backend import Backend
from support.drivers.threads.client import ThreadsClient
from support.drivers.threads.delivery_probe import ThreadsCorrespondence
from support.drivers.threads.members import founding
from support.drivers.threads.options import REQUESTS, ThreadsOptions
from support.drivers.threads.state import Company, ScenarioState, company_of
from support.drivers.threads.virtual_users import ThreadsUsers

#: Who founds a company of their own. Anybody else is in the home company of the scenario.
OWNER, FOUNDERS = "the company owner", ("the owner of another company",)
#: Requests of one step that may wait for the end of a limit, one after the other: to be invited, to accept, to sign in,
#: and what the step itself is about.
_REQUESTS_THAT_WAIT = 4
#: Who has no account yet.
NEWCOMER = "the newcomer"
POSITIONS = {"the admin": "admin", "the guest": "guest"}
_NOBODY = {"email": "nobody@example.com", "password": "none at all"}


class Threads:
    """One deployment of ThreadFileSharing.

    Args:
        address: base URL.
        options: the dialect.
        response: seconds the server may take to answer anything.
        delivery: seconds that news may take.
    """

    correspondents = ("user A", "user B", "user C")
    longest_outage = 0.8  # nothing is given up here: longer ones would only take longer

    def __init__(self, address: str, options: ThreadsOptions, *, response: float, delivery: float) -> None:
        self.address = address
        self.backend = Backend(address, options, response=response, delivery=delivery)
        self.longest_wait = _REQUESTS_THAT_WAIT * options.patience_with_limits
        self._session: str | None = None  # of the last company's owner

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """An account for this scenario alone: the owner of a company, or a member of the scenario's own.

        Args:
            role: whose it is, in the scenario's words, which also tell the position.
            transcript: the scenario's.
            lifetime: seconds that its sessions last; the server's own default if None.
        """
        state = self.backend.state(transcript)
        position = self.backend.position(POSITIONS.get(role, "member"))
        account = fresh_account(role)
        if role in FOUNDERS:
            await self._found(state, transcript, account)
        elif role == OWNER:
            async with state.founding:
                state.home = state.home or await self._found(state, transcript, account)
        elif role == NEWCOMER:
            state.passwords[account.login] = account.password
        else:
            await self._take_in(state, transcript, account, position)
        if lifetime is not None:
            await self._last(account, transcript, lifetime)
        return account

    async def _found(self, state: ScenarioState, transcript: Transcript, account: Account) -> Company:
        """Register a company, with its owner (contract 2.2)."""
        transcript.redactor.learn(account.password)
        told = await self._request(transcript, "register", founding(account.login, account.password))
        company = company_of(told, account.login)
        transcript.redactor.learn(company.token)
        state.knows(account.login, told["user"], company)
        self._session = company.token
        return company

    async def _take_in(self, state: ScenarioState, transcript: Transcript, account: Account, position: str) -> None:
        """Make somebody a member of the scenario's company, which somebody else has founded if nobody here did."""
        async with state.founding:
            company = state.home = state.home or await self._found(state, transcript, fresh_account("founder"))
        transcript.redactor.learn(account.password)
        body = {"email": account.login, "role": position}
        if self.backend.options.takes_in == "request":
            body |= {"password": account.password}
            told = await self._request(transcript, "add a member", body, company.token)
        else:
            invitation = await self._request(transcript, "invite somebody", body, company.token)
            accepting = {"token": invitation["token"], "password": account.password}
            told = await self._request(transcript, "accept an invitation", accepting)
        state.knows(account.login, told["user"], company)

    async def _last(self, account: Account, transcript: Transcript, lifetime: float) -> None:
        if self.backend.options.sessions_last is not None:
            return  # all sessions are as short as that
        body = {"email": account.login, "seconds": lifetime}
        await self._request(transcript, "choose the lifetime of sessions", body)

    async def _request(self, transcript: Transcript, what: str, body: Any, token: str | None = None) -> Any:
        return await self.backend.request(EARSHOT, transcript, what, body, token=token)

    def must_have(self, feature: str) -> None:
        """See that this deployment tells who is online, if that is the feature.

        Raises:
            Absent: it does not.
        """
        if feature == WORD_OF_WHO_IS_ONLINE and not self.backend.has("see who is available"):
            raise Absent(feature)

    def client(self, role: str, people: People, transcript: Transcript, inbox: Inbox) -> ThreadsClient:
        client = ThreadsClient(self.backend, role, people, transcript, inbox)
        self.backend.state(transcript).clients[role] = client
        return client

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> ThreadsUsers:
        """People who put it under load, in the places they are in."""
        places = [one for one in self.backend.state(transcript).places if one.members & people.keys()]
        backend = self.backend
        return ThreadsUsers(
            self.address, backend.options, backend.response, backend.delivery, tuple(people.items()), tuple(places)
        )

    async def correspondence(self, people: Sequence[Member]) -> ThreadsCorrespondence:
        """A room in which the first of them writes, and the others read."""
        room = ThreadsCorrespondence(people[0], people[1:])
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
            await self.backend.answer(EARSHOT, transcript, what, body, token=token, patient=False)
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
            answer = await self.backend.http.request(EARSHOT, transcript, method, url, body=_NOBODY)
        return answer.field("status") == "error" and isinstance(answer.field("error"), dict)

    def doors(self) -> dict[str, str]:
        """What is requested in this dialect -> method and path; nobody in particular asks, so nothing is granted."""
        nobody = dict.fromkeys(("place", "user", "message", "upload", "file"), "00000000-0000-4000-8000-000000000000")
        known = {what: self.backend.options.request(what) for what in REQUESTS}
        asked = {what: request.format(**nobody, words="x").split(" ", 1) for what, request in known.items() if request}
        return {what: f"{method} {self.backend.options.prefix}{path}" for what, (method, path) in asked.items()}

    async def adopt(self, role: str, account: Account, transcript: Transcript) -> None:
        """Learn which company somebody belongs to who has an account already.

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


def fresh_account(role: str) -> Account:
    """A login that nobody has yet, and a password that nobody knows."""
    name = re.sub(r"[^a-z]+", "-", role.removeprefix("the ").lower())
    return Account(f"{name}.{secrets.token_hex(4)}@example.com", secrets.token_urlsafe(9))
