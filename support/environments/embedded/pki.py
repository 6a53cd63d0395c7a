"""A certificate authority of our own, with all the certificates that a scenario may show: good ones and bad ones."""

import datetime
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import trustme
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from support.environments.faults.proxy import HOST

_DAY = datetime.timedelta(days=1)
#: A certificate that is about to begin or has just ended would leave room for clocks that differ.
_AGO, _AHEAD = -2 * _DAY, 2 * _DAY


@dataclass(frozen=True)
class IssuedCertificate:
    """A certificate and its key, as PEM files."""

    certificate: Path
    key: Path


class Authority:
    """A certificate authority with a revocation list, in a folder of its own.

    Args:
        folder: where its files are kept; made if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o755, exist_ok=True)
        self._folder = folder
        self._ca = trustme.CA(organization_name="Earshot")
        self.certificate = _written(folder / "ca.pem", self._ca.cert_pem.bytes())
        self.key = _written(folder / "ca.key", self._ca.private_key_pem.bytes())
        self.revocation_list = folder / "revoked.pem"
        self.revoke()

    def server(self, name: str, *hosts: str) -> IssuedCertificate:
        """For a server on this machine or on `hosts`; servers of one system also show it to each other."""
        return self._kept(name, self._ca.issue_cert(HOST, "localhost", *hosts, common_name=name))

    def client(self, name: str) -> IssuedCertificate:
        """For a client of this name."""
        return self._issued(self._ca, name)

    def expired(self, name: str) -> IssuedCertificate:
        """As `client`, and its time is over."""
        return self._issued(self._ca, name, begins=2 * _AGO, ends=_AGO)

    def not_yet_valid(self, name: str) -> IssuedCertificate:
        """As `client`, and its time has not come."""
        return self._issued(self._ca, name, begins=_AHEAD, ends=2 * _AHEAD)

    def foreign(self, name: str) -> IssuedCertificate:
        """As `client`, from another authority that calls itself the same."""
        return self._issued(trustme.CA(organization_name="Earshot"), name)

    def self_signed(self, name: str) -> IssuedCertificate:
        """As `client`, from its owner alone."""
        key = ec.generate_private_key(ec.SECP256R1())
        return self._signed(name, key, key, x509.Name([_common(name)]), ExtendedKeyUsageOID.CLIENT_AUTH)

    def wrong_usage(self, name: str) -> IssuedCertificate:
        """From this authority, but for servers only."""
        key = ec.generate_private_key(ec.SECP256R1())
        return self._signed(name, key, self._own_key(), self._own().subject, ExtendedKeyUsageOID.SERVER_AUTH)

    def revoke(self, *credentials: IssuedCertificate) -> None:
        """Write the revocation list anew, with these and nothing else on it."""
        now = datetime.datetime.now(datetime.UTC)
        issued = x509.CertificateRevocationListBuilder().issuer_name(self._own().subject).last_update(now - _DAY)
        for credential in credentials:
            number = x509.load_pem_x509_certificate(credential.certificate.read_bytes()).serial_number
            entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(now - _DAY)
            issued = issued.add_revoked_certificate(entry.build())
        signed = issued.next_update(now + 30 * _DAY).sign(self._own_key(), hashes.SHA256())
        _written(self.revocation_list, signed.public_bytes(serialization.Encoding.PEM))

    def flaw(self, credential: IssuedCertificate) -> str:
        """What is wrong with a certificate of this authority; empty if it is valid."""
        return flaw(credential.certificate, credential.key, self.certificate)

    def _issued(
        self,
        ca: trustme.CA,
        name: str,
        begins: datetime.timedelta = -_DAY,
        ends: datetime.timedelta = 30 * _DAY,
    ) -> IssuedCertificate:
        now = datetime.datetime.now(datetime.UTC)
        # an alternative name too: some verifiers reject a certificate that has none
        leaf = ca.issue_cert("client.invalid", common_name=name, not_before=now + begins, not_after=now + ends)
        return self._kept(name, leaf)

    def _kept(self, name: str, leaf: trustme.LeafCert) -> IssuedCertificate:
        chain = b"".join(blob.bytes() for blob in leaf.cert_chain_pems)
        return self._files(name, chain, leaf.private_key_pem.bytes())

    def _signed(
        self,
        name: str,
        key: ec.EllipticCurvePrivateKey,
        by: ec.EllipticCurvePrivateKey,
        issuer: x509.Name,
        usage: x509.ObjectIdentifier,
    ) -> IssuedCertificate:
        """What trustme does not issue."""
        now = datetime.datetime.now(datetime.UTC)
        certificate = (
            x509.CertificateBuilder(issuer, x509.Name([_common(name)]), key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _DAY)
            .not_valid_after(now + _DAY)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
            .sign(by, hashes.SHA256())
        )
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
        return self._files(name, certificate.public_bytes(pem), private)

    def _files(self, name: str, certificate: bytes, key: bytes) -> IssuedCertificate:
        stem = f"{name}.{secrets.token_hex(3)}"
        pem, private = self._folder / f"{stem}.pem", self._folder / f"{stem}.key"
        return IssuedCertificate(_written(pem, certificate), _written(private, key))

    def _own(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self._ca.cert_pem.bytes())

    def _own_key(self) -> ec.EllipticCurvePrivateKey:
        key = serialization.load_pem_private_key(self._ca.private_key_pem.bytes(), password=None)
        return cast(ec.EllipticCurvePrivateKey, key)


def flaw(certificate: Path, key: Path | None, authority: Path) -> str:
    """What is wrong with a certificate, all in PEM files; empty if it is valid.

    Args:
        certificate: what is looked at.
        key: its key, to see that they belong together.
        authority: who has to have signed it.
    """
    try:
        found = x509.load_pem_x509_certificate(certificate.read_bytes())
        found.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.read_bytes()))
        own = serialization.load_pem_private_key(key.read_bytes(), password=None) if key else None
    except (OSError, ValueError, TypeError, InvalidSignature) as error:
        return repr(error)
    now = datetime.datetime.now(datetime.UTC)
    if not found.not_valid_before_utc <= now <= found.not_valid_after_utc:
        return f"valid from {found.not_valid_before_utc} to {found.not_valid_after_utc}"
    belongs = own is None or own.public_key() == found.public_key()
    return "" if belongs else "the key belongs to another certificate"


def _common(name: str) -> x509.NameAttribute[str]:
    return x509.NameAttribute(NameOID.COMMON_NAME, name)


def _written(path: Path, content: bytes) -> Path:
    """A file that only its owner reads; put in place as a whole, because servers watch for changes."""
    fresh = path.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_bytes(content)
    return fresh.rename(path)
