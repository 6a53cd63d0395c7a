"""Login codes: six digits by mail, good for a while and for one use."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta

from reference.dashboard.database import Database
from reference.dashboard.http import RejectedError
from reference.dashboard.mail import Mailer
from reference.kit.parts import part

MAX_ATTEMPTS = 5


class WrongCode(RejectedError):  # noqa: N818 - an answer to a user
    """The code does not open anything; the message says why."""


@part
class LoginCodes:
    """Sends login codes and judges them."""

    database: Database  # where they are kept, as digests
    mailer: Mailer  # how they reach their owner
    lifetime: float  # seconds that a code is good

    async def send(self, email: str) -> None:
        """Mail a fresh code; the former one opens nothing any more."""
        code = f"{secrets.randbelow(10**6):06}"
        expires = datetime.now(UTC) + timedelta(seconds=self.lifetime)
        await self.database.rows(
            "insert into accounts_verificationcode (email, digest, expires_at) values (%s, %s, %s) "
            "on conflict (email) do update set digest = excluded.digest, expires_at = excluded.expires_at, "
            "failed_attempts = 0",
            *(email, digest_of(email, code), expires),
        )
        self.mailer.send(email, "Your verification code", f"Your verification code is: {code}\n")

    async def redeem(self, email: str, code: str) -> None:
        """Use a code up.

        Raises:
            WrongCode: there is no open code, it has expired, it is another, or too many wrong ones were tried.
        """
        known = await self.database.row("select * from accounts_verificationcode where email = %s", email)
        if known is None or known["expires_at"] < datetime.now(UTC):
            raise WrongCode("Invalid or expired verification code. Request a new one.")
        if known["failed_attempts"] >= MAX_ATTEMPTS:
            raise WrongCode("Too many failed attempts. Request a new code.")
        if not hmac.compare_digest(bytes(known["digest"]), digest_of(email, code)):
            await self._count_failure(email)
            raise WrongCode("Invalid or expired verification code.")
        if not await self._use_up(email, known["digest"]):
            raise WrongCode("Invalid or expired verification code. Request a new one.")

    async def _use_up(self, email: str, digest: bytes) -> bool:
        """Whether it was still there: of two who show a code at the same moment, one is let in."""
        sql = "delete from accounts_verificationcode where email = %s and digest = %s returning email"
        return await self.database.row(sql, email, digest) is not None

    async def _count_failure(self, email: str) -> None:
        await self.database.rows(
            "update accounts_verificationcode set failed_attempts = failed_attempts + 1 where email = %s", email
        )


def digest_of(email: str, code: str) -> bytes:
    """What is kept of a code."""
    return hashlib.sha256(f"{email}:{code}".encode()).digest()
