"""Faults in delivery receipts."""

from datetime import UTC
from typing import Any
from uuid import UUID

from reference.kit.postgres import Row
from reference.threads.announcer import Announcer
from reference.threads.faults import seed
from reference.threads.messages import Draft, Messages
from reference.threads.person import Person


@seed("receipts-are-missing", "sends no delivery receipts", "TFS-EVT-05 TFS-SCN-2")
class ReceiptsAreMissing(Announcer):
    async def delivered(self, message: Row, users: list[str], moment: Any) -> None:
        pass


@seed("receipts-come-early", "confirms delivery to members who are not even connected", "TFS-EVT-05 TFS-SCN-2")
class ReceiptsComeEarly(Messages):
    async def store(self, person: Person, draft: Draft, chatroom: UUID) -> Row:
        message = await super().store(person, draft, chatroom)
        sql = 'select "userId" from chatroom_members where "chatroomId" = %s and "userId" <> %s'
        members = [str(member["userId"]) for member in await self.database.rows(sql, chatroom, person.id)]
        await self.receive(message, members)
        return message


@seed("receipts-name-the-author", "confirms delivery to the author instead of the receivers", "TFS-EVT-05 TFS-SCN-2")
class ReceiptsNameTheAuthor(Announcer):
    async def delivered(self, message: Row, users: list[str], moment: Any) -> None:
        await super().delivered(message, [str(message["senderId"])], moment)


@seed("receipts-go-to-the-receivers", "sends receipts to the receivers, not to the author", "TFS-EVT-05 TFS-SCN-2")
class ReceiptsGoToTheReceivers(Announcer):
    async def delivered(self, message: Row, users: list[str], moment: Any) -> None:
        for user in users:
            await super().delivered(message | {"senderId": user}, users, moment)


@seed("receipts-are-told-to-the-room", "shows everybody in a room the author's receipts", "TFS-EVT-05 TFS-SCN-2")
class ReceiptsAreToldToTheRoom(Announcer):
    async def delivered(self, message: Row, users: list[str], moment: Any) -> None:
        for user in {*users, str(message["senderId"])}:
            await super().delivered(message | {"senderId": user}, users, moment)


@seed("no-receipt-after-absence", "does not tell an author when a user reads the history later", "TFS-EVT-05")
class NoReceiptAfterAbsence(Messages):
    async def read(self, person: Person, page: list[Row]) -> None:
        pass


@seed("receipts-name-the-author-too", "confirms delivery to the author beside the receivers", "TFS-EVT-05")
class ReceiptsNameTheAuthorToo(Announcer):
    async def delivered(self, message: Row, users: list[str], moment: Any) -> None:
        await super().delivered(message, [*users, str(message["senderId"])], moment)


@seed("all-is-read-at-once", "takes all of a history for delivered when a page of it is read", "TFS-EVT-05")
class AllIsReadAtOnce(Messages):
    async def read(self, person: Person, page: list[Row]) -> None:
        if page:
            sql = 'select *, array[]::text[] as "deliveredTo" from messages where "chatroomId" = %s'
            page = await self.database.rows(sql, page[0]["chatroomId"])
        await super().read(person, page)


@seed("times-are-local", "shows local time for that of UTC", "TFS-X-TIMES")
class TimesAreLocal(Messages):
    async def history(self, person: Person, chatroom: UUID | None, thread: UUID | None, limit: int, last: str) -> Row:
        answer = await super().history(person, chatroom, thread, limit, last)
        for message in answer["messages"]:
            message["createdAt"] = message["createdAt"].astimezone().replace(tzinfo=UTC)
        return answer
