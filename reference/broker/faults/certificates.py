"""What can be wrong with the certificates of clients."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from reference.broker.faults import FAULTS
from reference.broker.main.authority import Authority, Issued
from reference.broker.main.certificates import Certificates
from reference.broker.refusals import Rejected
from reference.kit.postgres import Row


@FAULTS.seed("issues-worthless-certificates", "signs certificates with a wrong key", "TC-M-009 TC-I-006 PRE-6 SMOKE-8")
class IssuesWorthless(Authority):
    def issue(self, client: str, domain: str, days: int) -> Issued:
        own, self._key = self._key, ec.generate_private_key(ec.SECP256R1())
        try:
            return super().issue(client, domain, days)
        finally:
            self._key = own


@FAULTS.seed("issues-wrong-keys", "gives a certificate a key that does not fit", "TC-M-009 TC-I-006")
class IssuesWrongKeys(Authority):
    def issue(self, client: str, domain: str, days: int) -> Issued:
        return replace(super().issue(client, domain, days), private_key=super().issue("x", domain, days).private_key)


@FAULTS.seed("issues-in-another-name", "issues certificates in another name", "TC-M-009 TC-I-006")
class IssuesInAnotherName(Authority):
    def template(self, client: str, domain: str, days: int) -> x509.CertificateBuilder:
        return super().template(f"{client}-x"[-60:], domain, days)


@FAULTS.seed(
    "revokes-without-telling", "does not put revoked certificates on the list", "TC-M-010 TC-I-006 TC-P-005 TC-S-005"
)
class RevokesWithoutTelling(Authority):
    def revoke(self, serial: str) -> None:
        pass


@FAULTS.seed("revokes-something-else", "puts a wrong number on the list", "TC-M-010 TC-I-006 TC-P-005 TC-S-005")
class RevokesSomethingElse(Authority):
    def revoke(self, serial: str) -> None:
        super().revoke(f"{int(serial, 16) + 1:x}")


@FAULTS.seed("certifies-twice", "generates a second certificate for a client that has one", "BROKER-X12")
class CertifiesTwice(Certificates):
    async def generate(self, client: str, domain: str, days: int, by: int) -> Issued:
        await self.database.rows("update clients set status = 'revoked' where client_id = %s", client)
        return await super().generate(client, domain, days, by)


@FAULTS.seed("revokes-what-is-not-there", "says that a certificate is revoked which does not exist", "BROKER-X12")
class RevokesWhatIsNotThere(Certificates):
    async def revoke(self, client: str, reason: str, by: int) -> Row:
        known = await self.database.row("select 1 from clients where client_id = %s", client)
        return await super().revoke(client, reason, by) if known else {"revoked_at": datetime.now(UTC)}


@FAULTS.seed("revokes-in-word-only", "says that it has revoked a certificate and has not", "TC-M-010 TC-I-006")
class RevokesInWordOnly(Certificates):
    async def revoke(self, client: str, reason: str, by: int) -> Row:
        known = await self.database.row("select *, now() as revoked_at from clients where client_id = %s", client)
        return known or await super().revoke(client, reason, by)


@FAULTS.seed("lists-revoked-as-valid", "lists revoked certificates as valid", "TC-M-010 TC-PT-012")
class ListsRevokedAsValid(Certificates):
    async def listed(self) -> list[dict[str, Any]]:
        return [client | {"status": "active", "is_valid": True} for client in await super().listed()]


@FAULTS.seed("lists-no-certificates", "lists no certificates", "TC-PT-011 TC-PT-012")
class ListsNoCertificates(Certificates):
    async def listed(self) -> list[dict[str, Any]]:
        return []


class Forgives(Certificates):
    """Takes certificates off the list of those revoked."""

    def forgive(self, serial: str) -> None:
        kept = [entry for entry in self.authority.revoked() if entry.serial_number != int(serial, 16)]
        self.authority.write(kept)


@FAULTS.seed(
    "forgives-with-a-new-certificate", "takes the revoked certificate of a client who gets another", "TC-S-005"
)
class ForgivesWithANewCertificate(Forgives):
    async def generate(self, client: str, domain: str, days: int, by: int) -> Issued:
        known = await self.database.row("select cert_serial from clients where client_id = %s", client)
        issued = await super().generate(client, domain, days, by)
        if known is not None:
            self.forgive(known["cert_serial"])
        return issued


@FAULTS.seed("forgives-at-the-second-revocation", "gives a revoked certificate back that is revoked again", "TC-M-010")
class ForgivesAtTheSecondRevocation(Forgives):
    async def revoke(self, client: str, reason: str, by: int) -> Row:
        back = "update clients set status = 'active' where client_id = %s and status = 'revoked' returning *"
        known = await self.database.row(back, client)
        if known is None:
            return await super().revoke(client, reason, by)
        self.forgive(known["cert_serial"])
        return known


@FAULTS.seed("revokes-one-at-a-time", "gives back what was revoked before when it revokes another", "TC-M-010 TC-S-005")
class RevokesOneAtATime(Authority):
    def write(self, revoked: list[x509.RevokedCertificate]) -> None:
        super().write(revoked[-1:])


@FAULTS.seed("lists-renewed-as-revoked", "goes on listing a client as revoked that has a new certificate", "TC-M-009")
class ListsRenewedAsRevoked(Certificates):
    async def listed(self) -> list[dict[str, Any]]:
        rows = await self.database.rows("select client_id from clients where issued_at > created_at")
        renewed = {row["client_id"] for row in rows}
        return [one | ({"status": "revoked"} if one["client_id"] in renewed else {}) for one in await super().listed()]


@FAULTS.seed("revokes-a-client-once", "says that it has revoked a client's second certificate and has not", "TC-M-010")
class RevokesAClientOnce(Certificates):
    def __post_init__(self) -> None:
        super().__post_init__()
        self._revoked: set[str] = set()

    async def revoke(self, client: str, reason: str, by: int) -> Row:
        if client in self._revoked:
            taken_back = "update clients set status = 'revoked', revoked_at = now() where client_id = %s returning *"
            return await self.database.row(taken_back, client) or {}
        self._revoked.add(client)
        return await super().revoke(client, reason, by)


@FAULTS.seed(
    "keeps-the-revocation", "lists a new certificate with the revocation of the former one", "TC-M-009 TC-I-006"
)
class KeepsTheRevocation(Certificates):
    async def listed(self) -> list[dict[str, Any]]:
        sql = "select client_id, created_at from clients where updated_at > created_at"
        renewed = {client["client_id"]: client["created_at"] for client in await self.database.rows(sql)}
        return [
            client | {"revoked_at": client["revoked_at"] or renewed.get(client["client_id"])}
            for client in await super().listed()
        ]


@FAULTS.seed("revokes-half", "has a certificate revoked in its records though it cannot list it", "BROKER-X13")
class RevokesHalf(Certificates):
    async def revoke(self, client: str, reason: str, by: int) -> Row:
        try:
            return await super().revoke(client, reason, by)
        except Rejected as refusal:
            if refusal.status == 503:
                await self.database.rows("update clients set status = 'revoked' where client_id = %s", client)
            raise


@FAULTS.seed("forgives-at-renewal", "takes a certificate off the list when its client gets a new one", "TC-S-005")
class ForgivesAtRenewal(Certificates):
    async def generate(self, client: str, domain: str, days: int, by: int) -> Issued:
        known = await self.database.row("select cert_serial from clients where client_id = %s", client)
        issued = await super().generate(client, domain, days, by)
        former = int(known["cert_serial"], 16) if known else None
        self.authority.write([one for one in self.authority.revoked() if one.serial_number != former])
        return issued


@FAULTS.seed(
    "forgets-the-latest-revocation", "takes the latest certificate off the list when it is started", "TC-S-005"
)
class ForgetsTheLatestRevocation(Authority):
    def ensure_list(self) -> None:
        super().ensure_list()
        self.write(self.revoked()[:-1])
