"""What can be wrong with a conversation."""

from dataclasses import replace
from typing import Any

from aiohttp import WSMessage

from reference.training.channel import Channel
from reference.training.chat import BadFrame, Chat, Frame, Handler
from reference.training.coach import APOLOGY, Coach, Reply
from reference.training.content import Scenario
from reference.training.database import Row
from reference.training.faults import FAULTS
from reference.training.sessions import Session
from reference.training.turns import Turn, Turns


class Selective(Channel):
    """A channel on which some kinds of frames are not sent, or sent twice."""

    def __init__(self, channel: Channel, times: dict[str, int]) -> None:
        super().__init__(channel.socket)
        self._channel = channel
        self._times = times

    async def say(self, kind: str, content: str, **more: Any) -> None:
        for _ in range(self._times.get(kind, 1)):
            await self._channel.say(kind, content, **more)


class Impatient(Channel):
    """A channel on which replies are held back until the feedback is out."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel.socket)
        self._channel = channel
        self._held: list[tuple[str, dict[str, Any]]] = []

    async def say(self, kind: str, content: str, **more: Any) -> None:
        if kind == "assistant_message":
            self._held.append((content, more))
            return
        await self._channel.say(kind, content, **more)
        while kind == "evaluation_feedback" and self._held:
            text, details = self._held.pop(0)
            await self._channel.say("assistant_message", text, **details)


class Forgetful(Channel):
    """A channel on which every third feedback is lost."""

    def __init__(self, channel: Channel) -> None:
        super().__init__(channel.socket)
        self._channel = channel
        self._judged = 0

    async def say(self, kind: str, content: str, **more: Any) -> None:
        self._judged += kind == "evaluation_feedback"
        if kind != "evaluation_feedback" or self._judged % 3:
            await self._channel.say(kind, content, **more)


class Withholding(Chat):
    """A conversation in which frames of some kinds come less, or more, than once."""

    times: dict[str, int]

    async def serve(self, channel: Channel, session: Session) -> None:
        await super().serve(Selective(channel, self.times), session)


@FAULTS.seed("does-not-greet", "does not greet", "CT-WS-1")
class DoesNotGreet(Withholding):
    times = {"session_start": 0}  # noqa: RUF012 - constants of faults


@FAULTS.seed("does-not-acknowledge", "does not acknowledge messages", "CT-WS-1 CT-FR-2")
class DoesNotAcknowledge(Withholding):
    times = {"message_received": 0}  # noqa: RUF012


@FAULTS.seed("does-not-reply", "does not reply", "CT-WS-1 CT-FR-2")
class DoesNotReply(Withholding):
    times = {"assistant_message": 0}  # noqa: RUF012


@FAULTS.seed("replies-twice", "replies twice", "CT-WS-1 CT-FR-2")
class RepliesTwice(Withholding):
    times = {"assistant_message": 2}  # noqa: RUF012


@FAULTS.seed("acknowledges-twice", "acknowledges each message twice", "CT-FR-2")
class AcknowledgesTwice(Withholding):
    times = {"message_received": 2}  # noqa: RUF012


@FAULTS.seed("judges-twice", "gives the feedback on each message twice", "CT-FR-2")
class JudgesTwice(Withholding):
    times = {"evaluation_feedback": 2}  # noqa: RUF012


@FAULTS.seed("judges-before-it-replies", "gives feedback on a message before it replies to it", "CT-FR-2")
class JudgesBeforeItReplies(Chat):
    async def serve(self, channel: Channel, session: Session) -> None:
        await super().serve(Impatient(channel), session)


@FAULTS.seed("judges-two-of-three", "keeps the feedback on every third message to itself", "CT-PASS-3 CT-UX-2")
class JudgesTwoOfThree(Chat):
    async def serve(self, channel: Channel, session: Session) -> None:
        await super().serve(Forgetful(channel), session)


@FAULTS.seed("gives-no-feedback", "gives no feedback", "CT-WS-1 CT-FR-5 CT-UX-4")
class GivesNoFeedback(Withholding):
    times = {"evaluation_feedback": 0}  # noqa: RUF012


@FAULTS.seed("does-not-tell-the-session", "does not tell what session one is in", "CT-FR-4")
class DoesNotTellTheSession(Withholding):
    times = {"session_info": 0}  # noqa: RUF012


@FAULTS.seed("replies-to-everyone", "sends each reply to everybody who is connected", "CT-WS-3 CT-INT-5")
class RepliesToEveryone(Chat):
    async def on_message(self, channel: Channel, session: Session, frame: Frame) -> None:
        everybody = [socket for socket in self.sockets if socket is not channel.socket]
        await super().on_message(channel, session, frame)
        for socket in everybody:
            await Channel(socket).say("assistant_message", "This was meant for another user", message_id=0)


@FAULTS.seed("replies-to-the-latest", "sends replies to the user who connected last", "CT-WS-3")
class RepliesToTheLatest(Chat):
    latest: Channel

    async def serve(self, channel: Channel, session: Session) -> None:
        self.latest = channel
        await super().serve(channel, session)

    async def on_message(self, channel: Channel, session: Session, frame: Frame) -> None:
        await super().on_message(self.latest, session, frame)


@FAULTS.seed("lets-in-anywhere", "lets people into sessions that do not exist", "CT-WS-2 CT-API-5")
class LetsInAnywhere(Chat):
    async def admitted(self, number: str) -> Session | None:
        return await super().admitted(number) or await self.sessions.create((await self.scenarios.all())[0].id, "x")


@FAULTS.seed("talks-in-sessions-of-nobody", "answers what is said in a session that does not exist", "CT-API-5")
class TalksInSessionsOfNobody(Chat):
    async def admitted(self, number: str) -> Session | None:
        unknown = Session(int(number), (await self.scenarios.all())[0].id, "nobody", "active", "", None, {})
        return await super().admitted(number) or unknown

    async def on_message(self, channel: Channel, session: Session, frame: Frame) -> None:
        if session.user_id != "nobody":
            await super().on_message(channel, session, frame)
        else:
            await channel.say("message_received", "Message received", message_id=0)


@FAULTS.seed("only-apologises-after-garbage", "has nothing but apologies for who has sent garbage", "CT-WS-2 CT-UX-5")
class OnlyApologisesAfterGarbage(Chat):
    async def hear(self, channel: Channel, session: Session, message: WSMessage) -> None:
        try:
            self.parsed(message)
        except BadFrame:
            self.turns.coach.llm.address = "http://127.0.0.1:9"
        await super().hear(channel, session, message)


@FAULTS.seed(
    "answers-the-message-before",
    "answers each message of a session but the first with its last answer",
    "CT-WS-1 CT-WS-6",
)
class AnswersTheMessageBefore(Turns):
    async def answer(self, session: Session, scenario: Scenario, message_id: int, text: str) -> Turn:
        turn = await super().answer(session, scenario, message_id, text)
        former = [row for row in await self.messages.of(session) if row["role"] == "assistant"][:-1]
        return replace(turn, reply=replace(turn.reply, text=former[-1]["content"])) if former else turn


@FAULTS.seed("lets-users-forge-the-coach", "lets anybody speak as the coach", "CT-WS-2")
class LetsUsersForgeTheCoach(Chat):
    def handlers(self) -> dict[str, Handler]:
        return super().handlers() | {"assistant_message": self.on_forgery}

    async def on_forgery(self, channel: Channel, session: Session, frame: Frame) -> None:
        await channel.say("assistant_message", str(frame.get("content")), message_id=0)


@FAULTS.seed("asks-twice", "asks the model twice about each message", "CT-WS-1")
class AsksTwice(Coach):
    async def ask(self, title: str, history: list[Row]) -> Reply:
        await super().ask(title, history)
        return await super().ask(title, history)


@FAULTS.seed("apologises-in-one-training", "has nothing but apologies in one of the trainings", "CT-FR-2")
class ApologisesInOneTraining(Coach):
    async def reply(self, title: str, history: list[Row]) -> Reply:
        lost = "requirements" in title.lower()
        return Reply(APOLOGY, self.llm.model, 0, failed=True) if lost else await super().reply(title, history)


@FAULTS.seed("hides-failure", "goes on when the model fails, as if nothing had been asked", "CT-WS-5 CT-UX-5")
class HidesFailure(Turns):
    async def answer(self, session: Session, scenario: Scenario, message_id: int, text: str) -> Turn:
        turn = await super().answer(session, scenario, message_id, text)
        judged = self.scoring.judge(text, scenario.title, [text])
        return Turn(Reply("I see.", turn.reply.model, 0), turn.reply_id, judged) if turn.reply.failed else turn


@FAULTS.seed("hangs-up-on-failure", "ends the connection when the model fails", "CT-WS-5 CT-UX-5")
class HangsUpOnFailure(Chat):
    async def on_message(self, channel: Channel, session: Session, frame: Frame) -> None:
        if await self._fails(session):
            await channel.socket.close()
        else:
            await super().on_message(channel, session, frame)

    async def _fails(self, session: Session) -> bool:
        _, scenario = await self.present(session)
        probe = [{"role": "user", "content": "Are you there?"}]
        return (await self.turns.coach.reply(scenario.title, probe)).failed
