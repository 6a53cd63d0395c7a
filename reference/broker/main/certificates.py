"""The clients and their certificates, as the database knows them."""

import asyncio
from typing import Any

from reference.broker.main.audit import Audit
from reference.broker.main.authority import Authority, Issued
from reference.broker.main.database import Database
from reference.broker.refusals import Rejected
from reference.kit.parts import part
from reference.kit.postgres import Row, one, row

_KEEP = """
insert into clients (client_id, cert_fingerprint, cert_serial, domain, expires_at) values (%s, %s, %s, %s, %s)
on conflict (client_id) do update set
    cert_fingerprint = excluded.cert_fingerprint, cert_serial = excluded.cert_serial, domain = excluded.domain,
    expires_at = excluded.expires_at, status = 'active', issued_at = now(), revoked_at = null,
    revocation_reason = null, updated_at = now()"""
_REVOKE = """
update clients set status = 'revoked', revoked_at = now(), revocation_reason = %s, updated_at = now()
where client_id = %s returning *"""
_FIND = "select * from clients where client_id = %s for update"


@part
class Certificates:
    """Issues and revokes the certificates of clients; each client has one that holds."""

    database: Database  # where the clients are kept
    authority: Authority  # signs
    audit: Audit  # is told of each

    def __post_init__(self) -> None:
        self._one_at_a_time = asyncio.Lock()  # for the CRL is read, added to and written

    async def generate(self, client: str, domain: str, days: int, by: int) -> Issued:
        """A certificate for a new client, or for one whose former certificate is revoked.

        Args:
            client: its name.
            domain: what it belongs to.
            days: that the certificate holds.
            by: id of whose doing it is.

        Raises:
            Rejected: 400 if it has one that holds, 503 without database.
        """
        async with self.database.transaction() as connection:
            known = await row(connection, _FIND, client)
            if known is not None and known["status"] == "active":
                raise Rejected(400, f"Active certificate already exists for client: {client}")
            issued = self.authority.issue(client, domain, days)
            values = (client, issued.fingerprint, issued.serial, domain, issued.expires_at)
            await connection.execute(_KEEP, values)
            await self.audit.note(connection, "certificate_generated", user=by, client=client, serial=issued.serial)
        return issued

    async def revoke(self, client: str, reason: str, by: int) -> Row:
        """Take the certificate of a client back.

        Returns:
            The client's row.

        Raises:
            Rejected: 404 if there is no such client, 400 if it is done already, 503 without database, or if the CRL
                cannot be written.
        """
        async with self._one_at_a_time, self.database.transaction() as connection:
            known = await row(connection, _FIND, client)
            if known is None:
                raise Rejected(404, f"Client not found: {client}")
            if known["status"] == "revoked":
                raise Rejected(400, f"Certificate already revoked for client: {client}")
            revoked = await one(connection, _REVOKE, reason, client)
            about = {"serial": revoked["cert_serial"], "reason": reason}
            await self.audit.note(connection, "certificate_revoked", user=by, client=client, **about)
            try:
                self.authority.revoke(revoked["cert_serial"])  # last: if it fails, nothing has changed
            except OSError:  # else it would be taken for the database's
                raise Rejected(503, "The list of revoked certificates cannot be written") from None
            return revoked

    async def listed(self) -> list[dict[str, Any]]:
        """All clients, the latest first, with what holds for their certificates."""
        clients = await self.database.rows("select *, expires_at > now() as in_time from clients order by id desc")
        kept = ("client_id", "domain", "status", "issued_at", "expires_at", "revoked_at")
        return [
            {name: client[name] for name in kept} | {"is_valid": client["in_time"] and client["status"] == "active"}
            for client in clients
        ]
