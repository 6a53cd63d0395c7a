"""The driver of the school dashboard: domain verbs, spoken as HTTP and WebSocket (contracts/dashboard.md)."""

import asyncio
import itertools
from contextlib import AbstractAsyncContextManager, suppress
from functools import partial

from redis import RedisError

from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.dashboard.backend import ACCOUNTS, DashboardBackend
from support.drivers.dashboard.client import DashboardClient
from support.drivers.dashboard.options import DashboardOptions
from support.drivers.dashboard.school_member import SchoolMember
from support.drivers.kit.accounts import NEWCOMER, fresh_name
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import UserPool
from support.drivers.stores.redis import RedisStore


class Dashboard:
    """One deployment of the dashboard.

    Args:
        backend: how it is reached; clients are spread over its processes.
        redis: by which its processes tell each other what happens, if we may listen.
    """

    def __init__(self, backend: DashboardBackend, redis: RedisStore | None = None) -> None:
        self.backend, self._redis = backend, redis
        self.address = backend.processes[0].address
        self._turns = itertools.cycle(range(len(backend.processes)))

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """Sign a user up, with a school of their own (contract 2.2).

        Raises:
            NotSupported: the lifetime of sessions cannot be chosen.
            Rejected: the system would not.
        """
        if lifetime is not None:
            self.backend.see_that_lifetimes_can_be_chosen()
        login, by = f"{fresh_name(role)}@example.com", transcript.of(role)
        if role != NEWCOMER:
            await self.backend.sign_up(by, login)
        if lifetime is not None:
            await self.backend.choose_lifetime(by, login, lifetime)
        return Account(login, password="")

    def client(self, user: ScenarioUser) -> DashboardClient:
        """One person's client; each takes its turn at the server's processes."""
        return DashboardClient(self.backend, user, turn=next(self._turns))

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> UserPool:
        """People who put it under load, each in a session got by now: login codes come to this machine alone."""
        backend, logins = self.backend, {account.login for account in people.values()}
        sessions = {login: await backend.sign_in(transcript.of(EARSHOT), login) for login in logins}
        members = {login: backend.members[login] for login in logins}
        addresses = [process.address for process in backend.processes]
        driver = partial(_under_load, addresses, backend.options, backend.response, members, sessions)
        return UserPool(addresses, tuple(people.items()), driver)

    async def serves(self, transcript: Transcript) -> bool:
        """Whether every process answers, though it asks for a sign-in (contract 2.1), and Redis, if we may ask it."""
        answers = [await http.request(transcript.of(EARSHOT), "GET", "/api/") for http in self.backend.processes]
        return all(answer.status < 500 for answer in answers) and await self._redis_answers()

    async def _redis_answers(self) -> bool:
        if self._redis is None:
            return True
        with suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(self.backend.response):
                return await self._redis.answers()
        return False

    async def lets_in(self, transcript: Transcript) -> bool:
        """Whether every process opens a dashboard, which takes Redis, for the owner who has signed in last.

        True as long as no owner has. One whom it refuses is no longer whom we take them for: that is for a `Then`.

        Raises:
            Unavailable: it cannot.
            Unreachable: it does not answer.
        """
        members = self.backend.members
        owners = [login for login in self.backend.sessions if login in members and members[login].owner == login]
        for process in range(len(self.backend.processes)) if owners else ():
            user = ScenarioUser(EARSHOT, People(), transcript, Inbox(EARSHOT))
            user.people.add(EARSHOT, Account(owners[-1], password=""))
            client = DashboardClient(self.backend, user, turn=process)
            client.resume(*self.backend.sessions[owners[-1]])
            try:
                await client.connect()
            except Unavailable:
                raise
            except Rejected:
                continue
            finally:
                await client.close()
        return True

    def endpoints(self) -> dict[str, str]:
        """What is requested in this dialect -> method and path (contract 2)."""
        options = self.backend.options
        invites = "schools/0/invitations/" if options.invite_by == "school" else "teachers/invite_existing/"
        chosen = {"choose the lifetime of sessions": "PUT /test_support/token_lifetime"}
        lifetime = chosen if options.test_support else {}
        return lifetime | {
            "sign up": f"POST {ACCOUNTS}/users/signup/",
            "ask for a login code": f"POST {ACCOUNTS}/auth/request-code/",
            "show a login code": f"POST {ACCOUNTS}/auth/verify-code/",
            "invite a user": f"POST {ACCOUNTS}/{invites}",
            "register a student": f"POST {ACCOUNTS}/students/create_student/",
        }

    async def is_itself(self, transcript: Transcript) -> bool:
        """Whether every process says in this system's form that no user is signed in (contract 2.1)."""
        answers = [await http.request(transcript.of(EARSHOT), "GET", "/api/") for http in self.backend.processes]
        return all(answer.status == 401 and answer.field("detail") for answer in answers)

    async def adopt(self, role: str, account: Account, transcript: Transcript) -> None:
        """Learn which school a user belongs to who has an account already (contract 2.8).

        Raises:
            Rejected: they cannot sign in.
            NotSupported: they belong to no school.
        """
        if account.login not in self.backend.members:
            self.backend.members[account.login] = await self.backend.membership(account.login, transcript)

    @property
    def can_be_overheard(self) -> bool:
        """Whether the profile lets us listen to its Redis."""
        return self._redis is not None

    def overheard(self) -> AbstractAsyncContextManager[list[str]]:
        """What its processes say to Redis while this lasts.

        Raises:
            NotSupported: the profile does not let us listen.
        """
        if self._redis is None:
            raise NotSupported("the profile gives no access to this system's Redis")
        return self._redis.overheard()

    async def kept_of(self, login: str) -> dict[str, int]:
        """What Redis holds of the dashboards of a user's school: key -> how much (contract 4).

        Raises:
            NotSupported: the profile does not let us look.
        """
        if self._redis is None:
            raise NotSupported("the profile gives no access to this system's Redis")
        return await self._redis.sizes(f"*school_{self.backend.members[login].school}_dashboard")

    async def close(self) -> None:
        """Close what the driver itself holds open."""
        if self._redis is not None:
            await self._redis.close()
        for http in self.backend.processes:
            await http.close()


class _UnderLoad(Dashboard):
    """The same, for people who have sessions already."""

    def client(self, user: ScenarioUser) -> DashboardClient:
        client = super().client(user)
        client.resume(*self.backend.sessions[user.login])
        return client


def _under_load(
    addresses: list[str],
    options: DashboardOptions,
    response: float,
    members: dict[str, SchoolMember],
    sessions: dict[str, tuple[str, str | None]],
    sockets: Sockets,
    _: Transcript,
) -> Dashboard:
    dashboard = _UnderLoad(DashboardBackend(addresses, options, response=response, sockets=sockets))
    dashboard.backend.members |= members
    dashboard.backend.sessions |= sessions
    return dashboard
