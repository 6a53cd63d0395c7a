"""Who is calling: the name in the client certificate of the connection, and nothing else."""

from aiohttp import web
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from reference.broker.refusals import Rejected
from reference.broker.revocations import Revocations
from reference.kit.parts import part

_HEADER = "X-Client-Cert-CN"


@part
class Callers:
    """Tells callers by their certificates."""

    revocations: Revocations  # the certificates that hold no longer

    def caller(self, request: web.Request) -> str:
        """The name of who sent a request.

        Raises:
            Rejected: 401 without a certificate, 403 if it is revoked, not for clients, or if the request itself names
                another user.
        """
        certificate = self.certificate(request)
        if certificate is None:
            raise Rejected(401, "Invalid or missing client certificate")
        if self.revoked(certificate):
            raise Rejected(403, "Client certificate has been revoked")
        if not self.for_clients(certificate):
            raise Rejected(403, "Certificate is not for clients")
        name = self.name(certificate)
        if not name or not self.claims_agree(name, request):
            raise Rejected(403, "The request names another client than its certificate")
        return name

    def certificate(self, request: web.Request) -> x509.Certificate | None:
        """The certificate of the connection; TLS has seen that it is the authority's and valid."""
        tls = request.transport and request.transport.get_extra_info("ssl_object")
        shown = tls.getpeercert(binary_form=True) if tls else None
        return x509.load_der_x509_certificate(shown) if shown else None

    def revoked(self, certificate: x509.Certificate) -> bool:
        """Whether the authority has taken it back."""
        return certificate.serial_number in self.revocations

    def for_clients(self, certificate: x509.Certificate) -> bool:
        """Whether it was issued for clients."""
        try:
            usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except x509.ExtensionNotFound:
            return False
        return ExtendedKeyUsageOID.CLIENT_AUTH in usage

    def name(self, certificate: x509.Certificate) -> str:
        """The common name of its subject."""
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else ""

    def claims_agree(self, name: str, request: web.Request) -> bool:
        """Whether a request says nothing else about its sender than the certificate does."""
        return {request.headers.get(_HEADER, name), request.query.get("client_id", name)} == {name}
