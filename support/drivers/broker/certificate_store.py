"""The certificates that people show: their own, those of the components, and those that must not work."""

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol

from support.core.errors import NotSupported
from support.core.temporary_folders import OwnedFolder
from support.drivers.broker.http_client import Credential
from support.drivers.broker.options import CertificateFiles


class Files(Protocol):
    """A certificate and its key, as PEM files."""

    @property
    def certificate(self) -> Path: ...
    @property
    def key(self) -> Path: ...


#: Makes a certificate in a user's name.
Maker = Callable[[str], Files]


class CertificateStore:
    """Certificates, in files that are gone when it is closed.

    Args:
        known: certificates that exist already, by the scenarios' names for them.
        makers: how to make those that must not work, by the scenarios' names for them.
    """

    def __init__(self, known: Mapping[str, CertificateFiles], makers: Mapping[str, Maker]) -> None:
        self._known = {words: Credential(files.certificate, files.key) for words, files in known.items()}
        self._makers = makers
        self._folder = OwnedFolder("keys")

    def keep(self, certificate: str, key: str) -> Credential:
        """Keep a certificate that was given as PEM text."""
        name = secrets.token_hex(6)
        return Credential(self.write(f"{name}.pem", certificate), self.write(f"{name}.key", key))

    def write(self, name: str, content: str) -> Path:
        """Keep a text in a file that no other account can read."""
        path = Path(self._folder.name) / name
        path.touch(mode=0o600)
        path.write_text(content)
        return path

    def place(self) -> Credential:
        """Where a certificate and its key can be written."""
        stem = Path(self._folder.name) / secrets.token_hex(6)
        return Credential(stem.with_suffix(".pem"), stem.with_suffix(".key"))

    def get(self, words: str, name: str) -> Credential | None:
        """What a scenario calls by these words, in a user's name; None for no certificate at all.

        Raises:
            NotSupported: there is no such certificate to be had.
        """
        if words == "no certificate":
            return None
        if words in self._known:
            return self._known[words]
        if words not in self._makers:
            raise NotSupported(f"the profile names no files for {words}: systems.broker.driver.certificates")
        made = self._makers[words](name)
        return Credential(made.certificate, made.key)

    def close(self) -> None:
        """Remove all files."""
        self._folder.cleanup()
