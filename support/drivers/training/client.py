"""One person at ChatTrain: what they can do, as HTTP requests and frames."""

import json
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

from support.core import clock
from support.core.errors import NotSupported
from support.core.events import Arrival, Declined, Disconnected
from support.core.inbox import Inbox
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.training import TrainingSession
from support.drivers.clients.http import Http, Unreachable
from support.drivers.clients.websocket import Dial, WebSocket
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.statuses import Statuses
from support.drivers.kit.wrong_forms import cut_off, wrong_forms
from support.drivers.stores.sqlite import SqliteStore
from support.drivers.training.content import TrainingContent
from support.drivers.training.invalid_frames import FORBIDDEN, LONGEST_OF, NONSENSE, NOWHERE
from support.drivers.training.live_connection import TrainingConnection
from support.drivers.training.options import TRAINER, TrainingOptions

#: The server's own words for a refusal stand in one field (contract 2).
STATUSES = Statuses(lambda answer: str(answer.field("detail") or answer.summary()))


@dataclass(frozen=True)
class TrainingServer:
    """What all clients speak to: its requests, its dialect, what connections are made of, and its store if seen."""

    http: Http
    options: TrainingOptions
    dial: Dial = WebSocket
    store: SqliteStore | None = None


class TrainingClient(TrainingContent):
    """One person's client. Verbs raise `Rejected` when the server says no, `Unreachable` when it is silent."""

    def __init__(self, server: TrainingServer, user: ScenarioUser) -> None:
        super().__init__(user, HttpSession(server.http, user.lifeline, STATUSES))
        self._options, self._dial, self._store = server.options, server.dial, server.store
        self._line: TrainingConnection | None = None
        self._further: list[tuple[TrainingConnection, Inbox]] = []
        self._session: int | None = None
        self.said: list[str] = []

    # -- connection -----------------------------------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        return self._line is not None and self._line.connected

    async def connect(self) -> None:
        """Join the present session, or a new one in the first training."""
        await self.close()
        if self._session is None:
            await self.start(next(iter(self._options.trainings)))
        self._line = await self._joined(self._session or 0)

    async def be_greeted(self) -> None:
        """Join the present session, or a new one, and wait for the server to speak first."""
        if not self._options.greets:
            raise NotSupported("the server of this deployment does not speak first")
        await self.connect()

    async def come_online(self) -> None:
        """Being connected is all there is to it."""

    async def settle(self) -> None:
        """Wait until all that the server had for this person so far is here: one round trip on the connection."""
        await self._present_line().request("get all that is on its way", "session_start")

    async def connect_once_more(self) -> None:
        """Join the present session on another connection, with an inbox of its own."""
        inbox = self._user.on_connection(len(self.inboxes) + 1).inbox
        self._further.append((await self._joined(self._session or 0, inbox), inbox))

    async def close_one(self) -> None:
        """Go away without a word on the connection that was opened last, and stay on the others."""
        line, _ = self._further.pop()
        await line.close()

    async def send_on(self, number: int, text: str, to: str) -> None:
        """Say something on the connection of this number, the first of which is 0."""
        line = [self._present_line(), *(line for line, _ in self._further)][number]
        await line.say(text)

    @property
    def inboxes(self) -> list[Inbox]:
        """What reaches each connection, in the order in which they were opened."""
        return [self._inbox, *(inbox for _, inbox in self._further)]

    async def close(self) -> None:
        """Go away without a word, on every connection."""
        while self._further:
            await self.close_one()
        if self._line is not None:
            await self._line.close()
            self._line = None

    async def _joined(self, session: int, inbox: Inbox | None = None) -> TrainingConnection:
        line = TrainingConnection(self._lifeline, inbox or self._inbox, self._http.patience, self._dial)
        try:
            await line.connect(self._http.address, session, greets=self._options.greets)
        except Unreachable:
            await line.close()
            raise
        return line

    def _present_line(self) -> TrainingConnection:
        if self._line is None:
            raise Rejected("there is no connection")
        return self._line

    # -- sessions -------------------------------------------------------------------------------------------------

    async def start(self, training: str) -> TrainingSession:
        """Open a session in a training, by our word for it or its own id, as the present one (contract 2.3)."""
        name, numbers = self._options.trainings.get(training, training), await self._numbers()
        if name not in numbers:
            raise Rejected(f"there is no training {name}")
        body = {"scenario_id": numbers[name], "user_id": self._login}
        fresh = (await self._http.request("open a session", "POST", "/api/sessions", body)).body
        self._session = fresh["id"]
        return self._shown(fresh, name)

    async def session(self) -> TrainingSession:
        """The present session as the system shows it on the connection (contract 3.4)."""
        metadata = (await self._present_line().request("see the session", "session_start"))["metadata"]
        config = json.loads(metadata["scenario"]["config_json"])
        return self._shown(metadata["session"], str(config.get("id")))

    def _shown(self, row: dict[str, Any], name: str) -> TrainingSession:
        words = {own: word for word, own in self._options.trainings.items()}
        owner = self._people.role(row["user_id"])
        return TrainingSession(row["id"], owner, words.get(name, name), row["status"] == "completed")

    async def complete(self) -> float:
        """Complete the present session; its average of points."""
        self._options.must_have("completion")
        told = await self._present_line().request("complete the session", "session_complete")
        return float(told["summary"]["average_score"])

    async def conversation(self) -> list[tuple[str, str]]:
        """What was said in the present session, and by whom, as it is kept.

        Raises:
            NotSupported: there is no request for it, and no access to the database.
        """
        kept = await self._kept()
        return [(self._role if row["role"] == "user" else TRAINER, row["content"]) for row in kept]

    async def _kept(self) -> list[dict[str, Any]]:
        """The messages of the present session; from the database where there is no request for them (contract 4)."""
        if "history" not in self._options.lacks:
            kept: list[dict[str, Any]] = (await self._get("read the conversation", f"{self._place}/messages")).body
            return kept
        if self._store is None:
            raise NotSupported("there is no request for what was said, and the profile gives no access to the database")
        return await self._store.rows("messages", session_id=self._session)

    async def times(self) -> list[str]:
        """When each message of the present session was said."""
        return [row["timestamp"] for row in await self._kept()]

    @property
    def _place(self) -> str:
        return f"/api/sessions/{self._session}"

    async def points(self) -> list[tuple[str, int]]:
        """What was said in the present session that was given points, and how many, as it is kept."""
        self._options.must_have("points")
        texts = {row["id"]: row["content"] for row in await self._kept() if row["role"] == "user"}
        kept = (await self._get("read the feedback", f"{self._place}/feedback")).body
        return [(texts.get(row["message_id"], "nothing that was said"), row["score"]) for row in kept]

    # -- the conversation -----------------------------------------------------------------------------------------

    async def ask(self, bot: str, prompt: str) -> None:
        """Say something; whatever comes of it arrives later."""
        self.said.append(prompt)
        await self._present_line().say(prompt)

    async def send_frame(self, what: str) -> None:
        """Send what is no proper message, or only just one, by the scenario's name for it."""
        longest = self._options.longest_message
        if what == "a message that is too long":
            await self.ask(TRAINER, "x" * (longest + 1))
        elif what in LONGEST_OF:
            await self.ask(TRAINER, LONGEST_OF[what] * longest)
        else:
            await self._present_line().send(f"send {what}", NONSENSE[what])

    async def send_malformed(self) -> dict[str, Awaitable[None]]:
        """Ask for a session in each wrong form (contract 2.3), one after the other as they are awaited."""
        proper = {"scenario_id": 1, "user_id": self._login}
        forms = [*wrong_forms(proper), ("that is cut off", cut_off(proper))]
        return {what: self._open_wrongly(what, body) for what, body in forms}

    async def _open_wrongly(self, what: str, body: Any) -> None:
        await self._http.request(f"open a session {what}", "POST", "/api/sessions", body)

    async def open(self, what: str) -> str:
        """Ask for what is not there, or not for anybody, by the scenario's name for it; what one gets, in words."""
        if what in NOWHERE:
            return await self._join_nowhere(NOWHERE[what])
        method, path, body = FORBIDDEN[what]
        training, other, *_ = self._options.trainings.values()
        place = path.format(training=training, other=other, inner=self._options.inner_file, pdf=self._options.pdf)
        answer = await self._http.request(f"get at {what}", method, place, body)
        return f"{answer.status} {answer.excerpt()}"

    async def _join_nowhere(self, number: int) -> str:
        """Join a session that no user has, and talk in it: the question for it alone may be refused (contract 7.7).

        Raises:
            Rejected: one does not get in, or is not heard there.
            Unreachable: nothing at all comes of what is said.
        """
        heard = Inbox(self._role)
        line = await self._joined(number, heard)
        try:
            await line.say("Is anybody there?", aim="talk in a session that does not exist")
            came = await _first(heard, within=self._http.patience)
        finally:
            await line.close()
        if isinstance(came, Declined | Disconnected):
            raise Rejected(str(came))
        return f"{came}, in a session that does not exist"


async def _first(inbox: Inbox, *, within: float) -> Arrival:
    """The first thing that comes, within so many seconds.

    Raises:
        Unreachable: nothing does.
    """
    await clock.until(lambda: bool(inbox.received), within=within)
    if not inbox.received:
        raise Unreachable(f"nothing came of what was said within {within:g} s")
    return inbox.received[0].what
