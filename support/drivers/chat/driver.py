"""One deployment of the chat server: accounts, and what can be seen of it from outside."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import jwt

from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected
from support.drivers.chat.answers import STATUSES
from support.drivers.chat.client import ChatClient
from support.drivers.chat.delivery_probe import ChatDeliveryProbe
from support.drivers.chat.options import ChatOptions, Endpoint
from support.drivers.clients.http import Http
from support.drivers.kit.accounts import NEWCOMER, fresh_account
from support.drivers.kit.administrator import HasAdministrator
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.read_only import announced
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import Member
from support.drivers.stores.redis import RedisStore

#: A token that no server has given: it is looked up all the same, where a server keeps those that it has given.
_NOBODYS = jwt.encode({"user": "nobody"}, "a secret of nobody's, and of decent length")


class Chat(HasAdministrator):
    """One deployment of the chat server.

    Args:
        address: base URL.
        options: the dialect.
        response: seconds the server may take to answer anything.
        keep_alive: seconds of silence after which it logs a client out; clients signal three times as often.
        administrator: who may end sessions, if we know one.
        redis: where it caches messages, if we may look.
    """

    probe_users = ("user A", "user B", "user C")
    longest_outage = 0.8  # nothing is given up here: longer ones would only take longer

    def __init__(
        self,
        address: str,
        options: ChatOptions,
        *,
        response: float,
        keep_alive: float,
        administrator: Account | None = None,
        redis: RedisStore | None = None,
    ) -> None:
        self.address = address
        self.options = options
        self.administrator = administrator
        self.redis = redis
        self.longest_wait = options.join_delay + options.replay  # of people who come online at the same time
        self.http = Http(address, patience=response)
        self._endpoint = Endpoint(address, self.http, options, response, keep_alive)

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A fresh account for this scenario alone.

        Args:
            role: whose it is, in the scenario's words.
            lifetime: seconds that its sessions last; the server's own default if None.
        """
        if role == NEWCOMER:
            return fresh_account(role)
        return await self._registered(role, fresh_account(role), transcript, lifetime)

    async def register_as(self, role: str, transcript: Transcript, form: Callable[[str], str]) -> Account:
        """A fresh account with a name of a chosen form.

        Args:
            role: whose it is, in the scenario's words.
            form: what is made of a plain name.

        Raises:
            NotSupported: nothing registers users here.
        """
        self._must_register()
        plain = fresh_account(role)
        name, _, mark = plain.login.rpartition(".")
        return await self._registered(role, Account(f"{form(name)}.{mark}", plain.password), transcript)

    async def register_with(self, role: str, transcript: Transcript, password: str) -> Account:
        """A fresh account with this password. Raises `NotSupported` where nothing registers users."""
        self._must_register()
        return await self._registered(role, replace(fresh_account(role), password=password), transcript)

    def _must_register(self) -> None:
        if not self.options.registers:
            raise NotSupported("nothing registers users here, so that names cannot be chosen, nor passwords")

    async def _registered(
        self, role: str, account: Account, transcript: Transcript, lifetime: float | None = None
    ) -> Account:
        await self._endpoint.register(self._session(role, transcript), account, lifetime)
        return account

    def _session(self, who: str, transcript: Transcript) -> HttpSession:
        return HttpSession(self.http, transcript.of(who), STATUSES)

    def everybody(self) -> frozenset[str]:
        """Every login there is: the standing ones and those registered by this run.

        Raises:
            NotSupported: there may be others.
        """
        if self.options.others:
            raise NotSupported("there may be accounts here that this run does not know")
        return frozenset(self.options.standing_accounts) | self._endpoint.registered

    def client(self, user: ScenarioUser) -> ChatClient:
        return ChatClient(self._endpoint, user)

    async def delivery_probe(self, people: Sequence[Member]) -> ChatDeliveryProbe:
        """The first of them writes to the others, of whom one is online."""
        letters = ChatDeliveryProbe(people[0], people[1:])
        await letters.begin()
        return letters

    async def cached_for(self, login: str) -> list[tuple[str, str]]:
        """What is cached for a user: (sender's login, text), oldest first (contract 4).

        Raises:
            NotSupported: the profile gives no access to Redis.
        """
        if self.redis is None:
            raise NotSupported("the profile gives no access to this system's Redis")
        cached = await self.redis.hash_field(self.options.cache, login)
        return [(item["sender"], item["content"]) for item in json.loads(cached or "[]")]

    async def end_session_as(self, claimed: Account, login: str, transcript: Transcript) -> None:
        """Withdraw a user's token in the name of who claims to be the administrator (contract 2.5)."""
        body = {"username": claimed.login, "password": claimed.password, "user_token_terminate": login}
        administrator = self._session("the administrator", transcript)
        await administrator.request("end a session", "POST", "/admin/kill_token", body)

    async def online_as(self, claimed: Account, transcript: Transcript) -> list[str]:
        """The logins of who is online, told to the administrator alone (contract 2.4). Raises `Rejected`."""
        body = {"username": claimed.login, "password": claimed.password}
        session = self._session("the administrator", transcript)
        answer = await session.request("read who is online", "POST", "/admin/get_info", body)
        return [str(login) for login in answer.field("online_clients_list")]

    async def serves(self, transcript: Transcript) -> bool:
        """Whether users can sign in and be known, for which the server needs Postgres and Redis (contract 5).

        A log-in attempt and a token of no user's are judged, not turned away.
        """
        nobody = {"username": "nobody", "password": "none"}
        with announced():  # an account that is not there
            answer = await self.http.request(transcript.of(EARSHOT), "POST", "/log_in", body=nobody)
        if answer.status >= 500:
            return False
        known = {"username": "nobody", "jwt": _NOBODYS}
        answer = await self.http.request(transcript.of(EARSHOT), "GET", "/get_contacts_list/nobody", headers=known)
        return answer.status < 500

    async def lets_in(self, transcript: Transcript) -> bool:
        """Whether a connection with a token of no user's is judged: let in, or refused for its token (contract 3.1)."""
        people = People()
        people.add("nobody", Account("nobody", password=""))
        client = self.client(ScenarioUser("nobody", people, transcript, Inbox("nobody")))
        client.token = _NOBODYS
        try:
            await client.connect()
        except Rejected as refusal:
            return "unavailable" not in str(refusal)
        finally:
            await client.close()
        return True

    def endpoints(self) -> dict[str, str]:
        """What is requested in this dialect -> method and path (contract 2)."""
        registers = {"register": "POST /test_support/users"} if self.options.registers else {}
        asked = {"read the contact list": "GET /get_contacts_list/nobody", "end a session": "POST /admin/kill_token"}
        return asked | registers

    async def is_itself(self, transcript: Transcript) -> bool:
        """Whether a log-in attempt is judged as this system does (contract 2.2)."""
        nobody = {"username": "nobody", "password": "none"}
        with announced():
            answer = await self.http.request(transcript.of(EARSHOT), "POST", "/log_in", body=nobody)
        return bool(answer.field("result"))

    async def close(self) -> None:
        """Close what the driver itself holds open."""
        await self.http.close()
        if self.redis is not None:
            await self.redis.close()
