"""The certificates that the authority has revoked: its CRL, and keeping up with it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

from aiohttp import web
from cryptography import x509


class Revocations:
    """The serial numbers in a CRL file, which is read again whenever it changes.

    Args:
        file: the CRL in PEM.
        ca: the certificate of the authority that must have signed it.
        interval: seconds between two looks at the file.
    """

    def __init__(self, file: Path, ca: Path, interval: float) -> None:
        self._file = file
        self._ca = x509.load_pem_x509_certificate(ca.read_bytes())
        self._interval = interval
        self._seen: object = None
        self.serials: frozenset[int] = frozenset()

    def __contains__(self, serial: int) -> bool:
        return serial in self.serials

    def read(self) -> None:
        """Take over what the file says now.

        Raises:
            OSError: it cannot be read.
            ValueError: it is no CRL of the authority.
        """
        self._seen = _stamp(self._file.stat())
        crl = x509.load_pem_x509_crl(self._file.read_bytes())
        if not crl.is_signature_valid(cast(Any, self._ca.public_key())):
            raise ValueError("the authority has not signed it")
        self.serials = frozenset(entry.serial_number for entry in crl)
        logging.info("CRL: %d revoked certificates", len(self.serials))

    def renew(self) -> None:
        """Read the file again if it has changed. While it makes no sense, what was read before holds."""
        try:
            if _stamp(self._file.stat()) != self._seen:
                self.read()
        except (OSError, ValueError) as error:
            logging.error("CRL cannot be read, the former one holds: %s", error)

    async def keep_up(self, _app: web.Application) -> AsyncIterator[None]:
        """For an application: follow the file as long as it runs.

        Raises:
            OSError: it cannot be read at the start.
            ValueError: it is no CRL of the authority.
        """
        self.read()
        following = asyncio.create_task(self._follow())
        yield
        following.cancel()

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self._interval)
            self.renew()


def _stamp(status: Any) -> object:
    return status.st_mtime_ns, status.st_size, status.st_ino
