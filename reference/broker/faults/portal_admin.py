"""What can be wrong with the pages of administrators."""

from aiohttp import web

from reference.broker.faults import FAULTS
from reference.broker.portal.admin import CERTIFICATES, AdminPages, back
from reference.broker.portal.guard import Visit
from reference.broker.portal.main_server import Rejected, Row
from reference.broker.portal.sessions import tell


@FAULTS.seed("counts-nothing", "shows an overview of nothing at all", "TC-PT-009")
class CountsNothing(AdminPages):
    async def statistics(self, visit: Visit) -> Row:
        counted = await super().statistics(visit)
        return {name: {} if isinstance(value, dict) else 0 for name, value in counted.items()}


@FAULTS.seed("counts-only-delivered-messages", "counts only the delivered messages in its overview", "TC-PT-009")
class CountsOnlyDelivered(AdminPages):
    async def statistics(self, visit: Visit) -> Row:
        counted = await super().statistics(visit)
        delivered = counted["messages_by_status"].get("delivered", 0)
        return counted | {"total_messages": delivered, "messages_by_status": {"delivered": delivered}}


@FAULTS.seed("counts-messages-twice", "counts every message twice in its overview", "TC-PT-009")
class CountsMessagesTwice(AdminPages):
    async def statistics(self, visit: Visit) -> Row:
        counted = await super().statistics(visit)
        statuses = {status: 2 * number for status, number in counted["messages_by_status"].items()}
        return counted | {"total_messages": 2 * counted["total_messages"], "messages_by_status": statuses}


@FAULTS.seed("counts-a-client-for-each-message", "counts messages in place of clients in its overview", "TC-PT-009")
class CountsAClientForEachMessage(AdminPages):
    async def statistics(self, visit: Visit) -> Row:
        counted = await super().statistics(visit)
        return counted | {"total_clients": counted["total_messages"]}


@FAULTS.seed("pretends-to-create-users", "says that a user is created, and creates none", "TC-PT-010")
class PretendsToCreateUsers(AdminPages):
    async def create(self, visit: Visit, wanted: Row) -> None:
        pass


@FAULTS.seed("says-nothing-of-new-users", "does not say that a user is created", "TC-PT-010")
class SaysNothingOfNewUsers(AdminPages):
    async def create(self, visit: Visit, wanted: Row) -> None:
        await super().create(visit, wanted)
        raise web.HTTPFound("/admin/users")


@FAULTS.seed("calls-refused-users-created", "says that a user is created when that was refused", "TC-PT-010")
class CallsRefusedUsersCreated(AdminPages):
    async def create(self, visit: Visit, wanted: Row) -> None:
        try:
            await super().create(visit, wanted)
        except Rejected:
            raise back(visit, "/admin/users", "success", f"User {wanted['email']} created successfully") from None


@FAULTS.seed("locks-new-users-out", "creates users with a password that no user knows", "TC-PT-010")
class LocksNewUsersOut(AdminPages):
    async def create(self, visit: Visit, wanted: Row) -> None:
        await super().create(visit, wanted | {"password": wanted["password"][::-1]})


@FAULTS.seed("generates-nothing", "says that a certificate is generated, and generates none", "TC-PT-011")
class GeneratesNothing(AdminPages):
    async def issue(self, visit: Visit, wanted: Row) -> Row:
        return {"client_id": wanted["client_id"], "certificate": ""}


@FAULTS.seed("hands-out-no-key", "generates certificates and keeps their keys to itself", "TC-PT-X2")
class HandsOutNoKey(AdminPages):
    async def issue(self, visit: Visit, wanted: Row) -> Row:
        return await super().issue(visit, wanted) | {"private_key": ""}


@FAULTS.seed("misspells-clients", "generates certificates for clients with a misspelt name", "TC-PT-011")
class MisspellsClients(AdminPages):
    async def issue(self, visit: Visit, wanted: Row) -> Row:
        return await super().issue(visit, wanted | {"client_id": wanted["client_id"].replace("-", "--")})


@FAULTS.seed("says-nothing-of-new-certificates", "does not say that a certificate is generated", "TC-PT-011")
class SaysNothingOfNewCertificates(AdminPages):
    async def issue(self, visit: Visit, wanted: Row) -> Row:
        await super().issue(visit, wanted)
        raise web.HTTPFound(CERTIFICATES)


@FAULTS.seed("revokes-nothing", "says that a certificate is revoked, and revokes none", "TC-PT-012")
class RevokesNothing(AdminPages):
    async def withdraw(self, visit: Visit, wanted: Row) -> None:
        pass


@FAULTS.seed("revokes-somebody-elses", "revokes another certificate than the one that is named", "TC-PT-012")
class RevokesSomebodyElses(AdminPages):
    async def withdraw(self, visit: Visit, wanted: Row) -> None:
        named = wanted["client_id"]
        other = next(row["client_id"] for row in await self.issued(visit) if row["client_id"] != named)
        await super().withdraw(visit, wanted | {"client_id": other})


@FAULTS.seed("fails-to-revoke", "says that a certificate could not be revoked", "TC-PT-012")
class FailsToRevoke(AdminPages):
    async def withdraw(self, visit: Visit, wanted: Row) -> None:
        await super().withdraw(visit, wanted)
        tell(visit.session, "danger", "Failed to revoke certificate")
        raise web.HTTPFound(CERTIFICATES)


@FAULTS.seed("lists-revoked-as-active", "lists revoked certificates as active", "TC-PT-012")
class ListsRevokedAsActive(AdminPages):
    async def issued(self, visit: Visit) -> list[Row]:
        return [row | {"status": "active"} for row in await super().issued(visit)]
