"""What can be wrong with what is kept: bodies, senders and passwords that can be read."""

import base64
import hashlib
import time
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from reference.broker.faults import FAULTS
from reference.broker.forms import Registration
from reference.broker.main.audit import Audit
from reference.broker.main.messages import Messages
from reference.broker.main.passwords import Passwords
from reference.broker.main.portal_api import PortalApi
from reference.broker.main.vault import SenderHash, Vault
from reference.kit.postgres import Connection, Row


@FAULTS.seed("keeps-bodies-in-clear", "keeps messages as they are", "TC-S-009 TC-M-013 TC-M-001")
class KeepsBodiesInClear(Vault):
    def encrypt(self, message_id: str, body: str) -> str:
        return body

    def decrypt(self, message_id: str, stored: str) -> str:
        return stored


@FAULTS.seed("only-encodes-bodies", "encodes messages instead of encrypting them", "TC-S-009 TC-M-013")
class OnlyEncodesBodies(Vault):
    def encrypt(self, message_id: str, body: str) -> str:
        return base64.b64encode(body.encode()).decode()

    def decrypt(self, message_id: str, stored: str) -> str:
        return base64.b64decode(stored).decode()


@FAULTS.seed("encrypts-alike", "encrypts equal messages to equal texts", "TC-S-009 TC-M-013")
class EncryptsAlike(Vault):
    def encrypt(self, message_id: str, body: str) -> str:
        nonce = bytes(12)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, body.encode(), None)).decode()

    def decrypt(self, message_id: str, stored: str) -> str:
        raw = base64.b64decode(stored)
        return self._cipher.decrypt(raw[:12], raw[12:], None).decode()


@FAULTS.seed("encrypts-with-half-a-key", "encrypts with AES-128", "TC-M-013 TC-S-009")
class EncryptsWithHalfAKey(Vault):
    def __init__(self, key: bytes) -> None:
        super().__init__(key)
        self._cipher = AESGCM(key[:16])


@FAULTS.seed("encrypts-with-a-fixed-key", "encrypts with a key from its source code", "TC-M-013 TC-S-009")
class EncryptsWithAFixedKey(Vault):
    def __init__(self, key: bytes) -> None:
        super().__init__(bytes(len(key)))


@FAULTS.seed("shows-cipher-text", "shows administrators the cipher text", "TC-S-010 TC-M-013 TC-S-015")
class ShowsCipherText(PortalApi):
    def body(self, message: Row, user: Row) -> str:
        return str(message["encrypted_body"])


@FAULTS.seed("shows-bodies-to-everybody", "shows users what only administrators may read", "TC-S-010")
class ShowsBodiesToEverybody(PortalApi):
    def body(self, message: Row, user: Row) -> str:
        return super().body(message, {"role": "admin"})


@FAULTS.seed("hides-bodies-from-everybody", "shows administrators no message", "TC-S-010 TC-M-013")
class HidesBodiesFromEverybody(PortalApi):
    def body(self, message: Row, user: Row) -> str:
        return super().body(message, {"role": "user"})


@FAULTS.seed("keeps-senders-in-clear", "keeps phone numbers as they are", "TC-S-011 TC-M-014 TC-M-001")
class KeepsSendersInClear(SenderHash):
    def of(self, number: str) -> str:
        return number


@FAULTS.seed("hashes-without-salt", "hashes phone numbers without salt", "TC-M-014 TC-S-011")
class HashesWithoutSalt(SenderHash):
    def of(self, number: str) -> str:
        return hashlib.sha256(number.encode()).hexdigest()


@FAULTS.seed("hashes-with-md5", "hashes phone numbers with MD5", "TC-M-014 TC-S-011")
class HashesWithMd5(SenderHash):
    def of(self, number: str) -> str:
        return hashlib.md5((self.salt + number).encode(), usedforsecurity=False).hexdigest()


@FAULTS.seed("keeps-passwords-in-clear", "keeps passwords as they are", "TC-S-012")
class KeepsPasswordsInClear(Passwords):
    async def hash(self, password: str) -> str:
        return password

    async def fits(self, password: str, stored: str | None) -> bool:
        return password == stored


@FAULTS.seed("hashes-passwords-fast", "hashes passwords with SHA-256", "TC-S-012")
class HashesPasswordsFast(Passwords):
    async def hash(self, password: str) -> str:
        return hashlib.sha256(password.encode()).hexdigest()

    async def fits(self, password: str, stored: str | None) -> bool:
        return await self.hash(password) == stored


@FAULTS.seed("spares-rounds", "hashes passwords with fewer rounds than it is told", "TC-S-012")
class SparesRounds(Passwords):
    def __init__(self, rounds: int) -> None:
        super().__init__(4 if rounds > 4 else 5)


@FAULTS.seed("audits-bodies", "writes messages into the audit log", "TC-S-009")
class AuditsBodies(Messages):
    async def insert(self, connection: Connection, new: Registration) -> Row | None:
        await self.audit.note(connection, "message_received", client=new.client_id, body=new.message_body)
        return await super().insert(connection, new)


@FAULTS.seed("audits-senders", "writes phone numbers into the audit log", "TC-S-011")
class AuditsSenders(Messages):
    async def insert(self, connection: Connection, new: Registration) -> Row | None:
        await self.audit.note(connection, "message_received", client=new.client_id, sender=new.sender_number)
        return await super().insert(connection, new)


@FAULTS.seed("reuses-nonces", "encrypts all messages that a second brings under one and the same nonce", "TC-S-009")
class ReusesNonces(Vault):
    def encrypt(self, message_id: str, body: str) -> str:
        nonce = hashlib.sha256(str(int(time.time()) // 10).encode()).digest()[:12]
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, body.encode(), message_id.encode())).decode()


@FAULTS.seed("forgets-failed-sign-ins", "keeps no record of attempts to sign in that fail", "BROKER-X8")
class ForgetsFailedSignIns(Audit):
    async def note(self, connection: Connection, event: str, **about: Any) -> None:
        if event != "login_failed":
            await super().note(connection, event, **about)


@FAULTS.seed("counts-attempts-again", "adds up the attempts that workers report", "TC-M-003 TC-I-004")
class CountsAttemptsAgain(Messages):
    async def deliver(self, message_id: str, worker: str, attempts: int) -> tuple[Row, bool]:
        message, fresh = await super().deliver(message_id, worker, attempts)
        if fresh and attempts > 1:
            sql = "update messages set attempt_count = attempt_count + 1 where id = %s"
            await self.database.rows(sql, message["id"])
        return message, fresh
