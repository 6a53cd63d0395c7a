"""What can be wrong with the records of messages, on the main server."""

import asyncio

from aiohttp import web
from psycopg.conninfo import make_conninfo

from reference.broker.faults import FAULTS
from reference.broker.forms import Registration
from reference.broker.main.database import Database
from reference.broker.main.internal_api import InternalApi
from reference.broker.main.messages import Messages
from reference.broker.refusals import Rejected
from reference.kit.postgres import Connection, Row, row, rows


@FAULTS.seed("registers-nothing", "says that it has registered a message and has not", "TC-M-001 TC-I-001 TC-I-014")
class RegistersNothing(Messages):
    async def register(self, new: Registration) -> Row:
        message = await super().register(new)
        await self.database.rows("delete from messages where message_id = %s", new.message_id)
        return message


@FAULTS.seed(
    "delivers-before-it-is-told", "calls messages delivered that no worker has delivered", "TC-M-001 TC-I-004 TC-I-005"
)
class DeliversBeforeItIsTold(Messages):
    async def insert(self, connection: Connection, new: Registration) -> Row | None:
        await super().insert(connection, new)
        early = "update messages set status = 'delivered', delivered_at = now() where message_id = %s returning *"
        return await row(connection, early, new.message_id)


@FAULTS.seed("files-under-another-client", "files messages under another client", "TC-M-001 TC-M-006 TC-S-014 TC-I-014")
class FilesUnderAnotherClient(Messages):
    async def insert(self, connection: Connection, new: Registration) -> Row | None:
        kept = await super().insert(connection, new)
        other = "update messages set client_id = (select min(client_id) from clients) where message_id = %s"
        await rows(connection, other, new.message_id)
        return kept


@FAULTS.seed("registers-failed", "registers messages as failed", "TC-M-001 TC-I-004 TC-I-005")
class RegistersFailed(Messages):
    async def insert(self, connection: Connection, new: Registration) -> Row | None:
        await super().insert(connection, new)
        failed = "update messages set status = 'failed' where message_id = %s returning *"
        return await row(connection, failed, new.message_id)


@FAULTS.seed("forgets-deliveries", "does not take down deliveries", "TC-M-002 TC-W-003 TC-I-001")
class ForgetsDeliveries(Messages):
    async def deliver(self, message_id: str, worker: str, attempts: int) -> tuple[Row, bool]:
        async with self.database.transaction() as connection:
            return await self.find(connection, message_id), False


@FAULTS.seed("forgets-when-it-delivered", "does not take down when it delivered", "TC-M-002 TC-W-003 TC-I-004")
class ForgetsWhenItDelivered(Messages):
    async def deliver(self, message_id: str, worker: str, attempts: int) -> tuple[Row, bool]:
        message, fresh = await super().deliver(message_id, worker, attempts)
        await self.database.rows("update messages set delivered_at = null where message_id = %s", message_id)
        return message | {"delivered_at": None}, fresh


@FAULTS.seed("delivers-the-unknown", "takes down deliveries of messages that it does not know", "TC-M-002")
class DeliversTheUnknown(InternalApi):
    async def deliver(self, request: web.Request) -> web.Response:
        self.admit(request)
        body = await request.json()
        known = "select 1 from messages where message_id = %s"
        if await self.inside.database.row(known, body.get("message_id")) is None:
            return web.json_response({"status": "success", "delivered_at": None})
        return await super().deliver(request)


@FAULTS.seed("delivers-another-message", "takes down the delivery of another message", "TC-M-002 TC-W-003 TC-I-003")
class DeliversAnotherMessage(Messages):
    async def deliver(self, message_id: str, worker: str, attempts: int) -> tuple[Row, bool]:
        oldest = "select message_id from messages where status = 'queued' order by id desc limit 1"
        other = await self.database.row(oldest)
        return await super().deliver(other["message_id"] if other else message_id, worker, attempts)


@FAULTS.seed("counts-deliveries-twice", "takes each delivery down twice", "TC-W-005 TC-L-006 TC-L-009 TC-I-003")
class CountsDeliveriesTwice(Messages):
    async def deliver(self, message_id: str, worker: str, attempts: int) -> tuple[Row, bool]:
        message, fresh = await super().deliver(message_id, worker, attempts)
        async with self.database.transaction() as connection:
            event, client = "message_delivered", message["client_id"]
            await self.audit.note(connection, event, client=client, message_id=message_id, worker_id=worker)
        return message, fresh


@FAULTS.seed("ignores-statuses", "does not take down what became of a message", "TC-M-003 TC-W-004 TC-I-002")
class IgnoresStatuses(Messages):
    async def update(self, message_id: str, status: str, attempts: int, error: str | None) -> Row | None:
        async with self.database.transaction() as connection:
            return await self.find(connection, message_id)


@FAULTS.seed("loses-count-of-attempts", "does not take down how often delivery was tried", "TC-M-003 TC-W-009")
class LosesCountOfAttempts(Messages):
    async def update(self, message_id: str, status: str, attempts: int, error: str | None) -> Row | None:
        return await super().update(message_id, status, 0, error)


@FAULTS.seed("calls-failed-delivered", "calls failed messages delivered", "TC-W-004 TC-M-003 TC-I-002")
class CallsFailedDelivered(Messages):
    async def update(self, message_id: str, status: str, attempts: int, error: str | None) -> Row | None:
        return await super().update(message_id, "delivered" if status == "failed" else status, attempts, error)


@FAULTS.seed("dates-failures", "gives messages that have failed a time of delivery", "TC-M-003 TC-W-004")
class DatesFailures(Messages):
    async def update(self, message_id: str, status: str, attempts: int, error: str | None) -> Row | None:
        message = await super().update(message_id, status, attempts, error)
        dated = "update messages set delivered_at = now() where message_id = %s and status = 'failed'"
        await self.database.rows(dated, message_id)
        return message


@FAULTS.seed("revives-messages", "takes delivered messages back into the queue when told so", "BROKER-X2")
class RevivesMessages(Messages):
    async def find(self, connection: Connection, message_id: str) -> Row:
        message = await super().find(connection, message_id)
        return message | {"status": "processing"}


@FAULTS.seed("does-not-know-the-status-page", "does not offer to change a status", "TC-M-003 TC-W-004")
class DoesNotKnowTheStatusPage(InternalApi):
    def routes(self) -> list[web.RouteDef]:
        return [route for route in super().routes() if not route.path.endswith("/status")]


@FAULTS.seed("forgets-on-restart", "forgets what waits for delivery when it is restarted", "TC-W-008 TC-I-002 TC-P-009")
class ForgetsOnRestart(Database):
    async def open(self) -> None:
        await super().open()
        await self.rows("delete from messages where status = 'queued'")


@FAULTS.seed("lacks-a-table", "does not make the table of its schema's version", "PRE-5")
class LacksATable(Database):
    async def open(self) -> None:
        await super().open()
        await self.rows("drop table if exists alembic_version")


@FAULTS.seed("keeps-to-its-database", "stays in its database when told of another", "REG-CFG-3")
class KeepsToItsDatabase(Database):
    def __init__(self, dsn: str, patience: float) -> None:
        super().__init__(make_conninfo(dsn, dbname="postgres"), patience)


@FAULTS.seed("shuts-its-database", "lets no other component into its database", "SMOKE-2 PRE-3")
class ShutsItsDatabase(Database):
    async def open(self) -> None:
        await super().open()
        await self.rows("update pg_database set datallowconn = false where datname = current_database()")


@FAULTS.seed("delivers-twice-at-once", "takes a delivery down twice that is reported twice at once", "BROKER-X1")
class DeliversTwiceAtOnce(Messages):
    async def find(self, connection: Connection, message_id: str) -> Row:
        message = await row(connection, "select * from messages where message_id = %s", message_id)
        if message is None:
            return await super().find(connection, message_id)
        await asyncio.sleep(0.2)
        return message


@FAULTS.seed("notes-every-registration", "takes the registration of a message down as often as it comes", "BROKER-X6")
class NotesEveryRegistration(Messages):
    async def insert(self, connection: Connection, new: Registration) -> Row | None:
        kept = await super().insert(connection, new)
        if kept is None:
            client, message = new.client_id, new.message_id
            await self.audit.note(connection, "message_registered", client=client, message_id=message)
        return kept


@FAULTS.seed("queues-again-what-it-knows", "takes a message that is registered again for a new one", "BROKER-X6")
class QueuesAgainWhatItKnows(Messages):
    async def insert(self, connection: Connection, new: Registration) -> Row | None:
        await rows(connection, "update messages set status = 'queued' where message_id = %s", new.message_id)
        return await super().insert(connection, new)


@FAULTS.seed("refuses-a-second-failure", "refuses the report of a failure that it knows of already", "BROKER-X2")
class RefusesASecondFailure(Messages):
    async def update(self, message_id: str, status: str, attempts: int, error: str | None) -> Row | None:
        changed = await super().update(message_id, status, attempts, error)
        if changed is None:
            raise Rejected(409, f"Message is {status} already: {message_id}")
        return changed
