"""What can be wrong with what the proxy takes in."""

import os
import re
import time
import uuid
from collections.abc import Awaitable
from typing import Any, ClassVar, TypeVar

from aiohttp import web

from reference.broker.faults import FAULTS
from reference.broker.forms import Registration, Submission, Text
from reference.broker.main.internal_api import InternalApi
from reference.broker.main_client import Away
from reference.broker.proxy.api import ProxyApi
from reference.broker.proxy.intake import Intake
from reference.broker.proxy.outbox import Entry, Outbox
from reference.broker.proxy.rules import Rules
from reference.broker.redis import LOST
from reference.broker.refusals import Rejected

T = TypeVar("T")


class AnyBody(Registration):
    message_body: Text


class TakesAnyBody(InternalApi):
    registration = AnyBody


@FAULTS.seed("takes-numbers-without-plus", "takes phone numbers without a plus", "TC-P-002")
class WithoutPlus(Rules):
    def number_fits(self, number: str) -> bool:
        return super().number_fits("+" + number.removeprefix("+"))


@FAULTS.seed("takes-letters-for-numbers", "takes phone numbers with letters", "TC-P-002")
class TakesLetters(Rules):
    def number_fits(self, number: str) -> bool:
        return super().number_fits(re.sub(r"[A-Za-z]", "1", number))


@FAULTS.seed("takes-leading-zeros", "takes phone numbers whose country begins with zero", "TC-P-002")
class TakesLeadingZeros(Rules):
    def number_fits(self, number: str) -> bool:
        return super().number_fits(number.replace("+0", "+1", 1))


@FAULTS.seed("takes-long-numbers", "takes phone numbers of more than 15 digits", "TC-P-002")
class TakesLongNumbers(Rules):
    def number_fits(self, number: str) -> bool:
        return super().number_fits(number[:16])


@FAULTS.seed("takes-empty-numbers", "takes messages without a phone number", "TC-P-002")
class TakesEmptyNumbers(Rules):
    def number_fits(self, number: str) -> bool:
        return not number.strip("+") or super().number_fits(number)


@FAULTS.seed("takes-decorated-numbers", "takes phone numbers with blanks and hyphens", "TC-P-002")
class TakesDecoratedNumbers(Rules):
    def number_fits(self, number: str) -> bool:
        return super().number_fits(re.sub(r"[ ()-]", "", number))


@FAULTS.seed("takes-digits-of-any-script", "takes digits of any script in phone numbers", "TC-P-002")
class TakesDigitsOfAnyScript(Rules):
    def number_fits(self, number: str) -> bool:
        return super().number_fits(re.sub(r"\d", lambda digit: str(int(digit[0])), number))


@FAULTS.seed("refuses-long-numbers", "refuses phone numbers of 15 digits", "TC-P-001 TC-P-002")
class RefusesLongNumbers(Rules):
    def number_fits(self, number: str) -> bool:
        return len(number) < 16 and super().number_fits(number)


@FAULTS.seed("takes-long-bodies", "takes a character too many", "TC-P-003", along=(TakesAnyBody,))
class TakesLongBodies(Rules):
    def body_fits(self, body: str) -> bool:
        return super().body_fits(body[:1000]) and len(body) <= 1001


@FAULTS.seed("counts-units-of-bodies", "counts signs beyond the basic plane twice", "TC-P-003")
class CountsUnitsOfBodies(Rules):
    def body_fits(self, body: str) -> bool:
        return super().body_fits(body + "x" * sum(sign > "\uffff" for sign in body))


@FAULTS.seed("refuses-long-bodies", "refuses messages of exactly 1000 characters", "TC-P-003")
class RefusesLongBodies(Rules):
    def body_fits(self, body: str) -> bool:
        return len(body) < 1000 and super().body_fits(body)


@FAULTS.seed("takes-empty-bodies", "takes messages that say nothing", "TC-P-003", along=(TakesAnyBody,))
class TakesEmptyBodies(Rules):
    def body_fits(self, body: str) -> bool:
        return not body or super().body_fits(body)


@FAULTS.seed("takes-blank-bodies", "takes messages of nothing but blanks", "TC-P-003")
class TakesBlankBodies(Rules):
    def body_fits(self, body: str) -> bool:
        return super().body_fits(body.strip() or (body and "blank"))


@FAULTS.seed("breaks-over-bad-input", "breaks down over bad input", "TC-P-002 TC-P-003")
class BreaksOverBadInput(ProxyApi):
    def judge(self, sent: Submission) -> None:
        try:
            super().judge(sent)
        except Exception:
            raise RuntimeError("bad input") from None


@FAULTS.seed("refuses-and-keeps", "keeps messages that it refuses", "TC-P-002 TC-P-003", along=(TakesAnyBody,))
class RefusesAndKeeps(ProxyApi):
    async def submit(self, request: web.Request) -> web.Response:
        client, message = self.client(request), await request.json()
        number, body = str(message.get("sender_number")), str(message.get("message_body"))
        if not (self.rules.number_fits(number) and self.rules.body_fits(body)):
            await self.intake.accept(self.intake.entry(client, number, body or "-", None))
        return await super().submit(request)


@FAULTS.seed("tells-no-id", "gives the receipt of a message no id", "TC-P-001")
class TellsNoId(ProxyApi):
    def receipt(self, entry: Entry, position: int) -> dict[str, Any]:
        return super().receipt(entry, position) | {"message_id": ""}


@FAULTS.seed("tells-another-status", "says in the receipt that a message is delivered", "TC-P-001")
class TellsAnotherStatus(ProxyApi):
    def receipt(self, entry: Entry, position: int) -> dict[str, Any]:
        return super().receipt(entry, position) | {"status": "delivered"}


@FAULTS.seed("tells-another-client", "names another client in the receipt", "TC-P-001")
class TellsAnotherClient(ProxyApi):
    def receipt(self, entry: Entry, position: int) -> dict[str, Any]:
        return super().receipt(entry, position) | {"client_id": "proxy"}


@FAULTS.seed("reuses-ids", "gives messages that come close together the same id", "TC-P-010 TC-I-003 TC-L-008")
class ReusesIds(Intake):
    def entry(self, client: str, number: str, body: str, domain: str | None) -> Entry:
        same = uuid.uuid5(uuid.NAMESPACE_DNS, f"{client} {time.time():.0f}")
        return super().entry(client, number, body, domain) | {"message_id": str(same)}


@FAULTS.seed("swallows-last-letters", "loses the last letter of each message", "TC-P-003", along=(TakesAnyBody,))
class SwallowsLastLetters(Intake):
    def entry(self, client: str, number: str, body: str, domain: str | None) -> Entry:
        return super().entry(client, number, body[:-1], domain)


@FAULTS.seed("swallows-messages", "acknowledges messages and throws them away", "TC-P-001 TC-I-001 TC-I-003")
class SwallowsMessages(Intake):
    async def accept(self, entry: Entry) -> int:
        return 0


@FAULTS.seed("loses-crowded-messages", "loses messages that come at the same time", "TC-P-010 TC-I-003 TC-L-003")
class LosesCrowdedMessages(Intake):
    _busy: ClassVar[int] = 0

    async def accept(self, entry: Entry) -> int:
        if LosesCrowdedMessages._busy >= 3:
            return 0
        LosesCrowdedMessages._busy += 1
        try:
            return await super().accept(entry)
        finally:
            LosesCrowdedMessages._busy -= 1


@FAULTS.seed("acknowledges-without-redis", "acknowledges what it cannot keep without Redis", "TC-P-008")
class AcknowledgesWithoutRedis(Intake):
    async def accept(self, entry: Entry) -> int:
        try:
            return await super().accept(entry)
        except Rejected as refusal:
            if refusal.status == 503:
                return 0
            raise


@FAULTS.seed("breaks-without-redis", "breaks down without Redis", "TC-P-008")
class BreaksWithoutRedis(Outbox):
    async def keep(self, entry: Entry) -> None:
        try:
            await super().keep(entry)
        except LOST as error:
            raise RuntimeError("no Redis") from error


@FAULTS.seed("never-returns-to-redis", "does not come back to Redis after a loss", "TC-P-008")
class NeverReturnsToRedis(Outbox):
    _lost = False

    async def keep(self, entry: Entry) -> None:
        try:
            if self._lost:
                raise OSError("lost")
            await super().keep(entry)
        except LOST:
            self._lost = True
            raise


@FAULTS.seed("forgets-without-main", "acknowledges messages and forgets them while the main server is away", "TC-P-009")
class ForgetsWithoutMain(Intake):
    async def register(self, entry: Entry) -> None:
        try:
            await super().register(entry)
        except Away:
            await self.outbox.drop(entry)
            raise


@FAULTS.seed("never-registers-later", "does not register later what it could not register at once", "TC-P-009")
class NeverRegistersLater(Intake):
    async def catch_up(self) -> None:
        pass


@FAULTS.seed("breaks-without-main", "breaks down without the main server", "TC-P-009")
class BreaksWithoutMain(Intake):
    async def register(self, entry: Entry) -> None:
        try:
            await super().register(entry)
        except Away as error:
            raise RuntimeError("no main server") from error


@FAULTS.seed(
    "keeps-messages-to-itself", "queues what the second proxy takes in where no worker looks", "TC-L-008 TC-I-013"
)
class KeepsMessagesToItself(Outbox):
    async def release(self, entry: Entry) -> int:
        mine = str(os.getpid())
        await self.redis.set("message_queue:first", mine, nx=True)
        if await self.redis.get("message_queue:first") == mine:
            return await super().release(entry)
        await self.drop(entry)
        return int(await self.redis.lpush(f"message_queue:{mine}", entry["message_id"]))


@FAULTS.seed("takes-equal-words-for-one-message", "takes two messages that say the same for one", "BROKER-X5")
class TakesEqualWordsForOneMessage(Intake):
    def entry(self, client: str, number: str, body: str, domain: str | None) -> Entry:
        entry = super().entry(client, number, body, domain)
        return entry | {"message_id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{client} {body}"))}


@FAULTS.seed("trims-words", "cuts the blanks off at both ends of a message", "TC-P-003")
class TrimsWords(Intake):
    def entry(self, client: str, number: str, body: str, domain: str | None) -> Entry:
        return super().entry(client, number, body.strip(), domain)


@FAULTS.seed("accepts-and-loses-at-the-second-loss", "accepts what it cannot keep when Redis is lost again", "TC-P-008")
class AcceptsAtTheSecondLoss(Outbox):
    def __init__(self, url: str, patience: float) -> None:
        super().__init__(url, patience)
        self._is_lost, self._losses = False, 0

    async def keep(self, entry: Entry) -> None:
        try:
            await self.noting(super().keep(entry))
        except LOST:
            if self._losses < 2:
                raise

    async def unregistered(self) -> list[Entry]:
        return await self.noting(super().unregistered())

    async def noting(self, answer: Awaitable[T]) -> T:
        """An answer of Redis, with a note of how often it was lost."""
        try:
            found = await answer
        except LOST:
            self._losses += not self._is_lost
            self._is_lost = True
            raise
        self._is_lost = False
        return found


@FAULTS.seed("trims-numbers", "takes a number for right that has blanks or line breaks around it", "TC-P-002")
class TrimsNumbers(Rules):
    def number_fits(self, number: str) -> bool:
        return super().number_fits(number.strip())
