"""What can be wrong when the same happens again, when a user is there twice, and when a request has a wrong form."""

import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from threading import Thread
from typing import Any, ClassVar, TypeVar

from aiohttp import web

from reference.training.channel import Channel
from reference.training.chat import Chat, Frame
from reference.training.coach import APOLOGY, Coach, Reply
from reference.training.content import Scenarios
from reference.training.database import Database, DatabaseLost, Row
from reference.training.faults import FAULTS
from reference.training.limits import Validation
from reference.training.rest import Rejected, Rest, SessionWanted
from reference.training.sessions import Session, Sessions

T = TypeVar("T")


@FAULTS.seed("completes-again", "completes a session that is completed", "CT-X-6")
class CompletesAgain(Chat):
    async def on_complete(self, channel: Channel, session: Session, frame: Frame) -> None:
        present = await self.sessions.find(session.id) or session
        await self.sessions.complete(replace(present, status="active"), {})
        summary = await self.turns.summary(present)
        await channel.say("session_complete", "Session completed", session_id=session.id, summary=summary)


@FAULTS.seed("gives-the-model-up", "asks the model no more once it could not answer", "CT-X-7")
class GivesTheModelUp(Coach):
    lost = False

    async def reply(self, title: str, history: list[Row]) -> Reply:
        if not self.lost:
            reply = await super().reply(title, history)
            self.lost = reply.failed
            return reply
        return Reply(APOLOGY, self.llm.model, 0, failed=True)


@FAULTS.seed("passes-nothing-on", "passes an answer without a word on, and judges what was said to it", "CT-X-10")
class PassesNothingOn(Coach):
    async def ask(self, title: str, history: list[Row]) -> Reply:
        try:
            return await super().ask(title, history)
        except ValueError:
            return Reply("", self.llm.model, 0)


@FAULTS.seed("passes-withheld-answers-on", "takes an answer that is withheld for one without a word", "CT-X-10")
class PassesWithheldAnswersOn(Coach):
    async def ask(self, title: str, history: list[Row]) -> Reply:
        try:
            return await super().ask(title, history)
        except IndexError:
            return Reply("", self.llm.model, 0)


@FAULTS.seed("ends-the-older-connection", "ends the connection of a session when another one joins it", "CT-X-8")
class EndsTheOlderConnection(Chat):
    latest: ClassVar[dict[int, Channel]] = {}

    async def serve(self, channel: Channel, session: Session) -> None:
        older, self.latest[session.id] = self.latest.get(session.id), channel
        if older is not None:
            await older.socket.close()
        await super().serve(channel, session)


@FAULTS.seed("ends-with-one-connection", "hears nothing more in a session one of whose connections has ended", "CT-X-8")
class EndsWithOneConnection(Chat):
    ended: ClassVar[set[int]] = set()

    async def serve(self, channel: Channel, session: Session) -> None:
        await super().serve(channel, session)
        self.ended.add(session.id)

    async def on_message(self, channel: Channel, session: Session, frame: Frame) -> None:
        if session.id not in self.ended:
            await super().on_message(channel, session, frame)


@FAULTS.seed("takes-half-signs", "breaks over half of a sign beyond the basic plane", "CT-WS-2")
class TakesHalfSigns(Validation):
    def text(self, content: Any) -> str:
        return content if isinstance(content, str) and content.strip() else super().text(content)


@FAULTS.seed("breaks-on-big-sessions", "breaks on the number of a session that is too big to be kept", "CT-API-5")
class BreaksOnBigSessions(Sessions):
    async def find(self, number: int) -> Session | None:
        if number >= 2**63:
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        return await super().find(number)


@FAULTS.seed("shows-sessions-of-nobody", "shows the conversation of a session that does not exist", "CT-API-5")
class ShowsSessionsOfNobody(Rest):
    async def _session(self, request: web.Request) -> Session:
        try:
            return await super()._session(request)
        except Rejected:
            return Session(0, 1, "nobody", "active", "", None, {})


@FAULTS.seed("shows-pictures-as-text", "breaks over the text of a document that has none", "CT-API-5")
class ShowsPicturesAsText(Rest):
    async def show_document(self, request: web.Request) -> web.Response:
        try:
            return await super().show_document(request)
        except Rejected as refusal:
            if refusal.status is HTTPStatus.BAD_REQUEST:
                raise UnicodeDecodeError("utf-8", b"%PDF", 0, 1, "invalid start byte") from refusal
            raise


@FAULTS.seed("breaks-on-wrong-forms", "breaks over a session that is asked for in a wrong form", "CT-API-5")
class BreaksOnWrongForms(Rest):
    def session_wanted(self, body: Any) -> SessionWanted:
        body["scenario_id"] + 0
        return super().session_wanted(body)


@FAULTS.seed("breaks-on-cut-off-requests", "breaks over a session in a request that is cut off", "CT-API-5")
class BreaksOnCutOffRequests(Rest):
    async def create_session(self, request: web.Request) -> web.Response:
        json.loads(await request.text())
        return await super().create_session(request)


@FAULTS.seed("guesses-wrong-forms", "takes a session that is asked for in a wrong form", "CT-API-5")
class GuessesWrongForms(Rest):
    def session_wanted(self, body: Any) -> SessionWanted:
        if isinstance(body, dict) and isinstance(body.get("user_id"), int):
            body = body | {"user_id": str(body["user_id"])}
        return super().session_wanted(body)


@FAULTS.seed(
    "forgets-at-second-restart", "forgets all messages when it is started for the third time", "CT-FR-4 CT-INT-5"
)
class ForgetsAtSecondRestart(Scenarios):
    async def load(self) -> list[str]:
        write, fetch = self.database.write, self.database.fetch
        await write("CREATE TABLE IF NOT EXISTS starts (id INTEGER PRIMARY KEY)")
        await write("INSERT INTO starts DEFAULT VALUES")
        if len(await fetch("SELECT id FROM starts")) > 2:
            for table in ("feedback", "messages"):
                await write(f"DELETE FROM {table}")
        return await super().load()


@FAULTS.seed("recovers-once", "does not recover from a second loss of the database", "CT-X-11")
class RecoversOnce(Database):
    losses = 0
    was_lost = False

    async def fetch(self, *query: Any) -> list[Row]:
        if self.losses > 1:
            raise DatabaseLost
        try:
            rows = await super().fetch(*query)
        except DatabaseLost:
            self.losses += not self.was_lost
            self.was_lost = True
            raise
        self.was_lost = False
        return rows


@FAULTS.seed("gives-the-database-up", "opens the database no more once it was away for three seconds", "CT-INT-3")
class GivesTheDatabaseUp(Database):
    given_up = False

    def create(self) -> None:
        super().create()
        Thread(target=self.watch, daemon=True).start()

    def watch(self) -> None:
        """See whether the file is there, ten times a second."""
        missed = 0
        while missed < 30:
            time.sleep(0.1)
            missed = 0 if self.path.exists() else missed + 1
        self.given_up = True

    async def fetch(self, *query: Any) -> list[Row]:
        if self.given_up:
            raise DatabaseLost
        return await super().fetch(*query)


@FAULTS.seed("takes-a-lock-for-a-loss", "waits for half a second at most when the database is locked", "CT-NFR-4")
class TakesALockForALoss(Database):
    def _connected(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self.patience = min(self.patience, 0.5)
        return super()._connected(work)
