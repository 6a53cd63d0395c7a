"""What can be wrong with a component that the main server does not let in, or that cannot reach it."""

from typing import Any

from reference.broker.faults import FAULTS
from reference.broker.main_client import Away
from reference.broker.proxy.intake import Intake
from reference.broker.proxy.outbox import Entry, Outbox
from reference.broker.refusals import Rejected
from reference.broker.worker.delivery import Delivery


@FAULTS.seed("drops-what-it-may-not-deliver", "drops messages when the main server lets no worker in", "BROKER-X11")
class DropsWhatItMayNotDeliver(Delivery):
    async def deliver(self, message: dict[str, Any], number: int) -> None:
        try:
            await super().deliver(message, number)
        except Rejected as refusal:
            if refusal.status not in (401, 403):
                raise


@FAULTS.seed("drops-what-it-may-not-register", "drops messages when the main server lets no proxy in", "BROKER-X11")
class DropsWhatItMayNotRegister(Intake):
    async def register(self, entry: Entry) -> None:
        try:
            await super().register(entry)
        except Away as refusal:
            if "Only for proxies" in str(refusal):
                raise Rejected(403, str(refusal)) from None
            raise


@FAULTS.seed("catches-up-backwards", "registers first what it has accepted last", "TC-P-009")
class CatchesUpBackwards(Outbox):
    async def unregistered(self) -> list[Entry]:
        return (await super().unregistered())[::-1]
