"""Passwords as argon2 hashes."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError


class Passwords:
    """Hashes and checks passwords, on threads, since that is meant to take long.

    Args:
        cost: rounds of argon2.
        memory: KiB that it takes for one hash.
        at_once: how many; what they take does not grow with the number of people who sign in at once.
    """

    def __init__(self, cost: int, memory: int, at_once: int) -> None:
        self._hasher = PasswordHasher(time_cost=cost, memory_cost=memory, parallelism=1)
        self._threads = ThreadPoolExecutor(at_once, "hashing")

    async def hashed(self, password: str) -> str:
        """What is stored of a password."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, password)

    async def matches(self, hashed: str, password: str) -> bool:
        """Whether a password belongs to a hash."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._verified, hashed, password)

    def _verified(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except VerifyMismatchError:
            return False
