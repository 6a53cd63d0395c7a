"""The driver of ChatTrain: domain verbs, spoken as HTTP and plain WebSocket (contracts/training.md).

What differs between the reference and a deployed server is an option of the profile; never code in a step.
"""

import re
from functools import partial

from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import Account
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.clients.http import Http
from support.drivers.clients.websocket import Dial, WebSocket
from support.drivers.kit.accounts import fresh_name, refuse_lifetime
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import UserPool
from support.drivers.stores.sqlite import SqliteStore
from support.drivers.training.client import TrainingClient, TrainingServer
from support.drivers.training.live_connection import TrainingConnection
from support.drivers.training.options import NOBODYS, TrainingOptions

#: What a server says that has broken over a frame (contract 7.11), unless it has looked for the session all the same.
_TROUBLE = re.compile("Error processing message(?!.*session not found)", re.IGNORECASE | re.DOTALL)


class Training:
    """One deployment of ChatTrain.

    Args:
        address: base URL.
        options: the dialect.
        response: seconds the server may take to answer anything.
        store: where it keeps its data, if we may look.
        sockets: what connections are made of under load; they, and those for requests, are fast and not recorded.
    """

    def __init__(
        self,
        address: str,
        options: TrainingOptions,
        *,
        response: float,
        store: SqliteStore | None = None,
        sockets: Sockets | None = None,
    ) -> None:
        self.address = address
        self.options = options
        self.store = store
        self.minute = options.minute
        self.http = Http(address, patience=response, keeps=sockets is not None)
        self._dial: Dial = sockets.dial if sockets else WebSocket

    async def take_content_over(self, transcript: Transcript) -> None:
        """Have the content folder read again (contract 2.5)."""
        await self.http.request(transcript.of(EARSHOT), "POST", "/api/content/reload")

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A name that no other user uses: ChatTrain has no accounts, a user who comes says who they are.

        Raises:
            NotSupported: sessions of a chosen lifetime.
        """
        refuse_lifetime(lifetime, "this system's sessions do not run out")
        return self.at_hand(role)

    def at_hand(self, role: str) -> Account:
        """The same: no user is told of a name."""
        return Account(fresh_name(role), password="")

    def client(self, user: ScenarioUser) -> TrainingClient:
        server = TrainingServer(self.http, self.options, self._dial, self.store)
        return TrainingClient(server, user)

    def must_have(self, feature: str) -> None:
        """See that this deployment has "completion" of sessions, or "points" that are kept.

        Raises:
            Absent: the profile says that it does not.
        """
        self.options.must_have(feature)

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> UserPool:
        """People who put it under load."""
        driver = partial(_under_load, self.address, self.options, self.http.patience)
        return UserPool([self.address], tuple(people.items()), driver)

    async def stored(self, words: str) -> int:
        """In how many rows of its database these words stand, in whatever table.

        Raises:
            NotSupported: the profile gives no access to the database.
        """
        if self.store is None:
            raise NotSupported("the profile gives no access to this system's database")
        return await self.store.rows_with(words)

    async def serves(self, transcript: Transcript) -> bool:
        """Whether the server and its database answer: health says nothing of the database (contract 7.15)."""
        answer = await self.http.request(transcript.of(EARSHOT), "GET", "/api/scenarios")
        return answer.status == 200

    async def lets_in(self, transcript: Transcript) -> bool:
        """Whether users get a connection on which a session is looked for, which takes the database (contract 3.3).

        No user has it: a server that says so has looked for it.
        """
        line = TrainingConnection(transcript.of(EARSHOT), Inbox(EARSHOT), self.http.patience, self._dial)
        try:
            await line.connect(self.address, NOBODYS, greets=self.options.greets)
            await line.request("look for a session", "session_start")
        except Rejected as refusal:
            return (refusal.status or 0) < 500 and not _TROUBLE.match(str(refusal))
        finally:
            await line.close()
        return True

    async def is_itself(self, transcript: Transcript) -> bool:
        """Whether there are trainings, in this system's form (contract 2.2)."""
        found = (await self.http.request(transcript.of(EARSHOT), "GET", "/api/scenarios")).body
        return isinstance(found, list) and all(isinstance(item, dict) and "config" in item for item in found)

    async def close(self) -> None:
        """Close what the driver itself holds open."""
        await self.http.close()


def _under_load(address: str, options: TrainingOptions, response: float, sockets: Sockets, _: Transcript) -> Training:
    return Training(address, options, response=response, sockets=sockets)
