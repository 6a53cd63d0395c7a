"""Passwords, as bcrypt hashes."""

import asyncio

import bcrypt

from reference.broker.forms import LONGEST
from reference.kit.parts import part


@part
class Passwords:
    """Hashes and checks passwords, on threads since it takes its time."""

    rounds: int  # bcrypt's cost, the power of two

    def __post_init__(self) -> None:
        self._nobodys = ""

    async def hash(self, password: str) -> str:
        """What to store."""
        return (await asyncio.to_thread(bcrypt.hashpw, password.encode(), bcrypt.gensalt(self.rounds))).decode()

    async def fits(self, password: str, stored: str | None) -> bool:
        """Whether a password is the stored one. It takes as long where there is no account."""
        self._nobodys = self._nobodys or await self.hash("nobody's password")
        given = password.encode()[:LONGEST]
        same = await asyncio.to_thread(bcrypt.checkpw, given, (stored or self._nobodys).encode())
        return same and stored is not None and len(password.encode()) <= LONGEST
