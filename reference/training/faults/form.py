"""What can be wrong with checking what a user sends."""

import asyncio
import re
from dataclasses import replace
from typing import Any

from aiohttp import WSMessage, WSMsgType

from reference.training.channel import Channel
from reference.training.chat import BadFrame, Chat, Frame
from reference.training.faults import FAULTS
from reference.training.limits import RateLimit, Validation
from reference.training.masking import PATTERNS, Masking
from reference.training.sessions import Session
from reference.training.turns import Turns


@FAULTS.seed("goes-deaf-after-garbage", "goes deaf on a socket that sent garbage", "CT-WS-2 CT-UX-5")
class GoesDeafAfterGarbage(Chat):
    async def hear(self, channel: Channel, session: Session, message: WSMessage) -> None:
        if message.type is WSMsgType.TEXT and not message.data.startswith("{"):
            await asyncio.Event().wait()
        await super().hear(channel, session, message)


@FAULTS.seed("goes-deaf-after-binary", "goes deaf on a socket that sent something else than text", "CT-WS-2 CT-UX-5")
class GoesDeafAfterBinary(Chat):
    async def hear(self, channel: Channel, session: Session, message: WSMessage) -> None:
        if message.type is WSMsgType.BINARY:
            await asyncio.Event().wait()
        await super().hear(channel, session, message)


@FAULTS.seed("falls-over-kinds", "ends the connection of a client whose message has no word for its kind", "CT-UX-5")
class FallsOverKinds(Chat):
    async def hear(self, channel: Channel, session: Session, message: WSMessage) -> None:
        if message.type is WSMsgType.TEXT and message.data.startswith('{"type": ['):
            raise TypeError("unhashable type")
        await super().hear(channel, session, message)


@FAULTS.seed("swallows-bad-frames", "says nothing about frames that it does not understand", "CT-WS-2 CT-UX-5")
class SwallowsBadFrames(Chat):
    async def hear(self, channel: Channel, session: Session, message: WSMessage) -> None:
        try:
            self.parsed(message)
        except BadFrame:
            return
        await super().hear(channel, session, message)


@FAULTS.seed(
    "hangs-up-on-unknown-messages", "ends the connection at a message that it does not know", "CT-WS-2 CT-UX-5"
)
class HangsUpOnUnknownMessages(Chat):
    async def hear(self, channel: Channel, session: Session, message: WSMessage) -> None:
        if '"type"' in str(message.data) and not any(kind in str(message.data) for kind in self.handlers()):
            await channel.socket.close()
        else:
            await super().hear(channel, session, message)


@FAULTS.seed("takes-blank-messages", "takes blank messages", "CT-WS-2")
class TakesBlankMessages(Validation):
    def text(self, content: Any) -> str:
        return content if isinstance(content, str) and not content.strip() else super().text(content)


@FAULTS.seed("takes-wordless-messages", "takes messages without words", "CT-WS-2")
class TakesWordlessMessages(Validation):
    def text(self, content: Any) -> str:
        return super().text("(no words)" if content is None else content)


@FAULTS.seed("takes-endless-messages", "takes messages of any length", "CT-WS-2 CT-SEC-2")
class TakesEndlessMessages(Validation):
    def __init__(self, longest: int) -> None:
        super().__init__(longest=2**31)


@FAULTS.seed("refuses-one-too-early", "refuses messages that are only just not too long", "CT-SEC-2")
class RefusesOneTooEarly(Validation):
    def __init__(self, longest: int) -> None:
        super().__init__(longest - 1)


@FAULTS.seed("knows-no-rate", "takes any number of messages", "CT-SEC-3")
class KnowsNoRate(RateLimit):
    def take(self, user: str) -> None:
        pass


@FAULTS.seed("never-forgives", "never forgives a user who sent too much", "CT-SEC-3")
class NeverForgives(RateLimit):
    def __init__(self, per_minute: float, burst: int) -> None:
        super().__init__(0.0, burst)


@FAULTS.seed("counts-all-users-together", "counts the messages of all users together", "CT-SEC-3 CT-WS-3")
class CountsAllUsersTogether(RateLimit):
    def take(self, user: str) -> None:
        self.per_minute = 1.0  # no user gets by because the machine is slow
        super().take("everybody")


@FAULTS.seed("counts-bytes", "counts the bytes of a message for its length", "CT-SEC-2")
class CountsBytes(Validation):
    def text(self, content: Any) -> str:
        text = super().text(content)
        super().text(text + "x" * (len(text.encode()) - len(text)))
        return text


@FAULTS.seed("counts-units", "counts signs beyond the basic plane twice", "CT-SEC-2")
class CountsUnits(Validation):
    def text(self, content: Any) -> str:
        text = super().text(content)
        super().text(text + "x" * sum(sign > "\uffff" for sign in text))
        return text


@FAULTS.seed("limits-each-session", "counts what a user sends in each session for itself", "CT-SEC-3")
class LimitsEachSession(Turns):
    async def take(self, session: Session, content: Any) -> tuple[int, str]:
        return await super().take(replace(session, user_id=str(session.id)), content)


@FAULTS.seed("masks-the-first-only", "masks the first of several of a kind only", "CT-SEC-1")
class MasksTheFirstOnly(Masking):
    def mask(self, text: str) -> str:
        for kind, pattern in PATTERNS.items():
            text = re.sub(pattern, f"{{{{{kind}}}}}", text, count=1)
        return text


@FAULTS.seed("masks-four-of-a-kind", "masks no more than four of a kind in one message", "CT-SEC-1")
class MasksFourOfAKind(Masking):
    def mask(self, text: str) -> str:
        for kind, pattern in PATTERNS.items():
            text = re.sub(pattern, f"{{{{{kind}}}}}", text, count=4)
        return text


@FAULTS.seed("masks-nothing", "masks nothing", "CT-SEC-1")
class MasksNothing(Masking):
    def mask(self, text: str) -> str:
        return text


class MasksAllBut(Masking):
    """Leaves one kind of personal data as it is."""

    kind: str

    def mask(self, text: str) -> str:
        return text if re.search(PATTERNS[self.kind], text) else super().mask(text)


@FAULTS.seed("leaves-addresses", "leaves e-mail addresses as they are", "CT-SEC-1")
class LeavesAddresses(MasksAllBut):
    kind = "EMAIL"


@FAULTS.seed("leaves-cards", "leaves card numbers as they are", "CT-SEC-1")
class LeavesCards(MasksAllBut):
    kind = "CARD"


@FAULTS.seed("leaves-accounts", "leaves account numbers as they are", "CT-SEC-1")
class LeavesAccounts(MasksAllBut):
    kind = "ACCOUNT"


@FAULTS.seed("leaves-telephones", "leaves telephone numbers as they are", "CT-SEC-1")
class LeavesTelephones(MasksAllBut):
    kind = "PHONE"


@FAULTS.seed("leaves-policies", "leaves the numbers of policies as they are", "CT-SEC-1")
class LeavesPolicies(MasksAllBut):
    kind = "POLICY"


@FAULTS.seed("leaves-social-security-numbers", "leaves social security numbers as they are", "CT-SEC-1")
class LeavesSocialSecurityNumbers(MasksAllBut):
    kind = "SSN"


@FAULTS.seed("takes-unknown-kinds", "takes words into the conversation that are no message", "CT-WS-2")
class TakesUnknownKinds(Chat):
    def parsed(self, message: WSMessage) -> Frame:
        frame = super().parsed(message)
        return frame if frame.get("type") in self.handlers() else frame | {"type": "user_message", "content": "?"}


@FAULTS.seed("knows-two-kinds-of-cards", "masks the numbers of cards that begin with a 4 or a 5 alone", "CT-SEC-1")
class KnowsTwoKindsOfCards(Masking):
    def mask(self, text: str) -> str:
        shown = re.search(r"\b[^45\D](?:[ -]?\d){12,15}\b", text)
        return text if shown and re.fullmatch(PATTERNS["CARD"], shown[0]) else super().mask(text)
