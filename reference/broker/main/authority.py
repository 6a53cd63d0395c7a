"""The certificate authority: issues client certificates, and keeps the list of those revoked."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CRL_LIFETIME = timedelta(days=30)
#: Certificates hold from a little earlier on: not all clocks agree.
_LEEWAY = timedelta(minutes=5)


@dataclass(frozen=True)
class Issued:
    """A certificate with its private key, all in PEM but the serial number and the SHA-256 fingerprint (hex)."""

    serial: str
    fingerprint: str
    expires_at: datetime
    certificate: str
    private_key: str
    ca_certificate: str


class Authority:
    """Signs with the key of the certificate authority.

    Args:
        ca: file of its certificate.
        key: file of its private key, unencrypted PEM.
        crl: file of the CRL that it keeps.
    """

    def __init__(self, ca: Path, key: Path, crl: Path) -> None:
        self.ca = x509.load_pem_x509_certificate(ca.read_bytes())
        self._key: Any = serialization.load_pem_private_key(key.read_bytes(), password=None)
        self.crl = crl

    def issue(self, client: str, domain: str, days: int) -> Issued:
        """A new client certificate.

        Args:
            client: its name.
            domain: what it belongs to.
            days: that it holds.
        """
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self.template(client, domain, days).public_key(key.public_key()).sign(self._key, hashes.SHA256())
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return Issued(
            serial=f"{certificate.serial_number:x}",
            fingerprint=certificate.fingerprint(hashes.SHA256()).hex(),
            expires_at=certificate.not_valid_after_utc,
            certificate=_pem(certificate),
            private_key=private.decode(),
            ca_certificate=_pem(self.ca),
        )

    def template(self, client: str, domain: str, days: int) -> x509.CertificateBuilder:
        """What a certificate says, but for its key."""
        now = datetime.now(UTC)
        subject = [
            x509.NameAttribute(NameOID.COMMON_NAME, client),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "MessageBroker"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, domain),
        ]
        authority: Any = self.ca.public_key()
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name(subject))
            .issuer_name(self.ca.subject)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _LEEWAY)
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority), critical=False)
        )

    def revoke(self, serial: str) -> None:
        """Add a certificate to the CRL; one that is there stays there.

        Raises:
            OSError: the file cannot be written.
        """
        revoked = {entry.serial_number: entry for entry in self.revoked()}
        number = int(serial, 16)
        if number not in revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(datetime.now(UTC)).build()
            self.write([*revoked.values(), entry])

    def revoked(self) -> list[x509.RevokedCertificate]:
        """What is in the CRL now."""
        return list(x509.load_pem_x509_crl(self.crl.read_bytes())) if self.crl.exists() else []

    def ensure_list(self) -> None:
        """Write an empty CRL if there is none. Raises `OSError` if it cannot be written."""
        if not self.crl.exists():
            self.write([])

    def write(self, revoked: list[x509.RevokedCertificate]) -> None:
        """Replace the CRL at one stroke: no reader gets half of it. Raises `OSError` if it cannot be written."""
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.ca.subject)
        builder = builder.last_update(now).next_update(now + _CRL_LIFETIME)
        for entry in revoked:
            builder = builder.add_revoked_certificate(entry)
        written = builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        half = self.crl.with_suffix(".new")
        half.write_bytes(written)
        os.replace(half, self.crl)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
