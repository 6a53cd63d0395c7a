"""What can be wrong with a conversation."""

from typing import Any

from reference.training.channel import Channel
from reference.training.chat import Chat, Frame, Handler
from reference.training.coach import Coach, Reply
from reference.training.content import Scenario
from reference.training.database import Row
from reference.training.faults.registry import FAULTS
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


class Withholding(Chat):
    """A conversation in which frames of some kinds come less, or more, than once."""

    times: dict[str, int]

    async def serve(self, channel: Channel, session: Session) -> None:
        await super().serve(Selective(channel, self.times), session)


@FAULTS.seed("does-not-greet", "does not greet", "CT-WS-1")
class DoesNotGreet(Withholding):
    times = {"session_start": 0}  # noqa: RUF012 - constants of faults


@FAULTS.seed("does-not-acknowledge", "does not acknowledge messages", "CT-WS-1", "CT-FR-2")
class DoesNotAcknowledge(Withholding):
    times = {"message_received": 0}  # noqa: RUF012


@FAULTS.seed("does-not-reply", "does not reply", "CT-WS-1", "CT-FR-2")
class DoesNotReply(Withholding):
    times = {"assistant_message": 0}  # noqa: RUF012


@FAULTS.seed("replies-twice", "replies twice", "CT-WS-1", "CT-FR-2")
class RepliesTwice(Withholding):
    times = {"assistant_message": 2}  # noqa: RUF012


@FAULTS.seed("gives-no-feedback", "gives no feedback", "CT-WS-1", "CT-FR-5", "CT-UX-4")
class GivesNoFeedback(Withholding):
    times = {"evaluation_feedback": 0}  # noqa: RUF012


@FAULTS.seed("does-not-tell-the-session", "does not tell what session one is in", "CT-FR-4")
class DoesNotTellTheSession(Withholding):
    times = {"session_info": 0}  # noqa: RUF012


@FAULTS.seed("replies-to-everyone", "sends each reply to everybody who is connected", "CT-WS-3", "CT-INT-5")
class RepliesToEveryone(Chat):
    async def on_message(self, channel: Channel, session: Session, frame: Frame) -> None:
        everybody = [socket for socket in self.sockets if socket is not channel.socket]
        await super().on_message(channel, session, frame)
        for socket in everybody:
            await Channel(socket).say("assistant_message", "This was meant for somebody else", message_id=0)


@FAULTS.seed("replies-to-the-latest", "sends replies to whoever connected last", "CT-WS-3")
class RepliesToTheLatest(Chat):
    latest: Channel

    async def serve(self, channel: Channel, session: Session) -> None:
        self.latest = channel
        await super().serve(channel, session)

    async def on_message(self, channel: Channel, session: Session, frame: Frame) -> None:
        await super().on_message(self.latest, session, frame)


@FAULTS.seed("lets-in-anywhere", "lets people into sessions that do not exist", "CT-WS-2", "CT-API-5")
class LetsInAnywhere(Chat):
    async def admitted(self, number: str) -> Session | None:
        return await super().admitted(number) or await self.sessions.create((await self.scenarios.all())[0].id, "x")


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


@FAULTS.seed("hides-failure", "goes on when the model fails, as if nothing had been asked", "CT-WS-5", "CT-UX-5")
class HidesFailure(Turns):
    async def answer(self, session: Session, scenario: Scenario, message_id: int, text: str) -> Turn:
        turn = await super().answer(session, scenario, message_id, text)
        judged = self.scoring.judge(text, scenario.title, [text])
        return Turn(Reply("I see.", turn.reply.model, 0), turn.reply_id, judged) if turn.reply.failed else turn


@FAULTS.seed("hangs-up-on-failure", "ends the connection when the model fails", "CT-WS-5", "CT-UX-5")
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
