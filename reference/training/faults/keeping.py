"""What can be wrong with what is kept."""

import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from aiohttp import WSCloseCode, WSMessage

from reference.training.channel import Channel, OpenSockets
from reference.training.chat import Chat, Frame
from reference.training.content import Scenario, Scenarios
from reference.training.database import Row
from reference.training.faults import FAULTS
from reference.training.rest import Rest, SessionWanted
from reference.training.scoring import Feedback
from reference.training.sessions import Feedbacks, Messages, Session, Sessions
from reference.training.turns import Turns


@FAULTS.seed("shares-one-session", "gives everybody the same session", "CT-INT-5 CT-NFR-4 CT-API-4")
class SharesOneSession(Sessions):
    async def create(self, scenario_id: int, user_id: str) -> Session:
        return await self.find(1) or await super().create(scenario_id, user_id)


@FAULTS.seed("mixes-up-owners", "keeps sessions under another user's name", "CT-INT-5 CT-FR-4")
class MixesUpOwners(Sessions):
    async def create(self, scenario_id: int, user_id: str) -> Session:
        return await super().create(scenario_id, "pilot_user_1")


@FAULTS.seed("takes-sessions-of-nobody", "opens sessions that belong to no user", "CT-API-5")
class TakesSessionsOfNobody(Rest):
    def session_wanted(self, body: Any) -> SessionWanted:
        return super().session_wanted(body | {"user_id": body.get("user_id") or "nobody"})


@FAULTS.seed("mixes-up-scenarios", "opens a session in another scenario than the one chosen", "CT-FR-4 CT-INT-5")
class MixesUpScenarios(Sessions):
    async def create(self, scenario_id: int, user_id: str) -> Session:
        return await super().create(scenario_id % 3 + 1, user_id)


@FAULTS.seed("forgets-sessions-on-restart", "forgets all sessions when it is restarted", "CT-FR-4 CT-INT-3")
class ForgetsSessionsOnRestart(Scenarios):
    async def load(self) -> list[str]:
        for table in ("feedback", "messages", "sessions"):
            await self.database.write(f"DELETE FROM {table}")
        return await super().load()


@FAULTS.seed("forgets-messages-on-restart", "forgets the messages when it is restarted", "CT-FR-4 CT-INT-3")
class ForgetsMessagesOnRestart(Scenarios):
    async def load(self) -> list[str]:
        for table in ("feedback", "messages"):
            await self.database.write(f"DELETE FROM {table}")
        return await super().load()


@FAULTS.seed("forgets-the-user", "does not keep what the user said", "CT-INT-5 CT-FR-4")
class ForgetsTheUser(Messages):
    async def of(self, session: Session) -> list[Row]:
        return [row for row in await super().of(session) if row["role"] != "user"]


@FAULTS.seed("forgets-the-replies", "does not keep the replies", "CT-INT-5 CT-FR-4")
class ForgetsTheReplies(Messages):
    async def of(self, session: Session) -> list[Row]:
        return [row for row in await super().of(session) if row["role"] == "user"]


@FAULTS.seed("mixes-up-messages", "mixes the messages of all sessions", "CT-INT-5 CT-WS-3")
class MixesUpMessages(Messages):
    async def of(self, session: Session) -> list[Row]:
        return await self.database.fetch("SELECT id, role, content, timestamp FROM messages ORDER BY id")


@FAULTS.seed("turns-messages-round", "keeps messages in the wrong order", "CT-INT-5")
class TurnsMessagesRound(Messages):
    async def of(self, session: Session) -> list[Row]:
        rows = await super().of(session)
        return [*rows[1::2], *rows[::2]] if len(rows) > 2 else rows


@FAULTS.seed("keeps-the-last-hundred", "keeps the last hundred messages of a session and no more", "CT-INT-5")
class KeepsTheLastHundred(Messages):
    async def of(self, session: Session) -> list[Row]:
        return (await super().of(session))[-100:]


@FAULTS.seed("forgets-feedback", "does not keep the feedback", "CT-X-4")
class ForgetsFeedback(Feedbacks):
    async def add(self, session: Session, message_id: int, feedback: Feedback) -> None:
        pass


@FAULTS.seed("keeps-other-scores", "keeps another score than it told", "CT-X-4")
class KeepsOtherScores(Feedbacks):
    async def of(self, session: Session) -> list[Row]:
        return [row | {"score": max(row["score"] - 5, 0)} for row in await super().of(session)]


@FAULTS.seed("mixes-up-feedback", "keeps the feedback on each message with another one", "CT-X-4")
class MixesUpFeedback(Feedbacks):
    async def of(self, session: Session) -> list[Row]:
        rows = await super().of(session)
        return [row | {"message_id": row["message_id"] + 1} for row in rows]  # that is the reply


@FAULTS.seed("keeps-the-original", "masks what was said, and keeps the original with it", "CT-SEC-1")
class KeepsTheOriginal(Turns):
    async def take(self, session: Session, content: object) -> tuple[int, str]:
        taken, text = await super().take(session, content)
        write = self.messages.database.write
        await write("UPDATE messages SET metadata_json = ? WHERE id = ?", json.dumps({"original": content}), taken)
        return taken, text


@FAULTS.seed("keeps-sessions-open", "says that a session is completed and keeps it open", "CT-UX-1 CT-UX-3")
class KeepsSessionsOpen(Sessions):
    async def complete(self, session: Session, summary: dict[str, Any]) -> None:
        pass


@FAULTS.seed("completes-too-early", "completes sessions before there was enough said", "CT-UX-3")
class CompletesTooEarly(Chat):
    async def present(self, session: Session) -> tuple[Session, Scenario]:
        present, scenario = await super().present(session)
        return present, replace(scenario, config=scenario.config | {"completion": {}})


@FAULTS.seed("never-completes", "never completes a session", "CT-UX-1 CT-UX-3 CT-INT-1")
class NeverCompletes(Chat):
    async def on_complete(self, channel: Channel, session: Session, frame: Frame) -> None:
        pass


@FAULTS.seed("takes-messages-after-the-end", "takes messages in sessions that are completed", "CT-X-5")
class TakesMessagesAfterTheEnd(Chat):
    async def present(self, session: Session) -> tuple[Session, Scenario]:
        present, scenario = await super().present(session)
        return replace(present, status="active"), scenario


@FAULTS.seed("sums-up-wrongly", "sums a session up wrongly", "CT-UX-3")
class SumsUpWrongly(Turns):
    async def summary(self, session: Session) -> dict[str, Any]:
        summary = await super().summary(session)
        return summary | {"average_score": 100.0}


@FAULTS.seed("counts-the-unjudged", "takes what was not judged for an exchange", "CT-UX-3")
class CountsTheUnjudged(Turns):
    async def summary(self, session: Session) -> dict[str, Any]:
        return await super().summary(session) | {"exchanges": len(await self.feedbacks.of(session))}


@FAULTS.seed("averages-the-unjudged", "takes what was not judged into the average", "CT-UX-3")
class AveragesTheUnjudged(Turns):
    async def summary(self, session: Session) -> dict[str, Any]:
        scores = [row["score"] for row in await self.feedbacks.of(session)]
        return await super().summary(session) | {"average_score": round(sum(scores) / max(len(scores), 1), 1)}


@FAULTS.seed("forgets-what-the-gone-have-said", "does not take what a client said that has gone since", "CT-INT-5")
class ForgetsWhatTheGoneHaveSaid(Chat):
    async def hear(self, channel: Channel, session: Session, message: WSMessage) -> None:
        with suppress(ConnectionError):
            await channel.socket.ping()
            await super().hear(channel, session, message)


@FAULTS.seed("completes-one-early", "completes sessions one exchange too early", "CT-UX-3")
class CompletesOneEarly(Turns):
    async def summary(self, session: Session) -> dict[str, Any]:
        summary = await super().summary(session)
        return summary | {"exchanges": summary["exchanges"] + 1}


@FAULTS.seed("turns-points-round", "shows what was given last first of the points that are kept", "CT-X-4")
class TurnsPointsRound(Feedbacks):
    async def of(self, session: Session) -> list[Row]:
        return (await super().of(session))[::-1]


@FAULTS.seed("shows-the-last-twenty", "shows the last twenty messages of a conversation alone", "CT-INT-5")
class ShowsTheLastTwenty(Messages):
    async def of(self, session: Session) -> list[Row]:
        return (await super().of(session))[-20:]


@FAULTS.seed("leaves-for-good", "tells its clients at a restart that there is nothing to come back for", "CT-X-15")
class LeavesForGood(OpenSockets):
    async def close(self) -> None:
        for socket in self:
            await socket.close(code=WSCloseCode.POLICY_VIOLATION)


@FAULTS.seed("keeps-local-time", "keeps with a message the time that the clock of its room shows", "CT-X-18")
class KeepsLocalTime(Messages):
    async def of(self, session: Session) -> list[Row]:
        rows = await super().of(session)
        for row in rows:
            said = datetime.fromisoformat(row["timestamp"]).replace(tzinfo=UTC)
            row["timestamp"] = said.astimezone().replace(tzinfo=None).isoformat()
        return rows
