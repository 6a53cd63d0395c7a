"""What can be wrong at the doors that want a certificate."""

import ssl
import time
from typing import ClassVar

from aiohttp import web
from cryptography import x509

from reference.broker.callers import Callers
from reference.broker.faults import FAULTS
from reference.broker.main.internal_api import InternalApi
from reference.broker.proxy.intake import Intake
from reference.broker.proxy.outbox import Entry
from reference.broker.refusals import Rejected
from reference.broker.revocations import Revocations
from reference.broker.tls import Doors, Identity
from reference.kit.forms import filled_in

_HEADER = "X-Client-Cert-CN"
_NOBODY = "anonymous"
_COMPONENTS = ("proxy", "worker")
#: OpenSSL's flag that switches the check of a certificate's times off; Python has no name for it.
_NO_CHECK_TIME = 0x200000


@FAULTS.seed("trusts-the-header", "believes who a caller says they are, without a certificate", "TC-P-004 TC-S-001")
class TrustsTheHeader(Callers):
    def caller(self, request: web.Request) -> str:
        if self.certificate(request) is None and _HEADER in request.headers:
            return request.headers[_HEADER]
        return super().caller(request)


@FAULTS.seed("trusts-the-query", "believes whom a request names in its address, without a certificate", "TC-P-004")
class TrustsTheQuery(Callers):
    def caller(self, request: web.Request) -> str:
        if self.certificate(request) is None and "client_id" in request.query:
            return request.query["client_id"]
        return super().caller(request)


class TakesInFromNobody(Intake):
    async def accept(self, entry: Entry) -> int:
        return 1 if entry["client_id"] == _NOBODY else await super().accept(entry)


@FAULTS.seed(
    "lets-nameless-callers-in",
    "acknowledges what comes from a caller who shows nothing and says nothing of themselves",
    "TC-P-004 TC-S-001",
    along=(TakesInFromNobody,),
)
class LetsNamelessCallersIn(Callers):
    def caller(self, request: web.Request) -> str:
        says_nothing = "client_id" not in request.query and _HEADER not in request.headers
        return _NOBODY if self.certificate(request) is None and says_nothing else super().caller(request)


@FAULTS.seed("prefers-the-header", "lets a client with a certificate call itself as it likes", "TC-S-001 TC-P-001")
class PrefersTheHeader(Callers):
    def caller(self, request: web.Request) -> str:
        return request.headers.get(_HEADER, super().caller(request))

    def claims_agree(self, name: str, request: web.Request) -> bool:
        return True


@FAULTS.seed("wants-a-name", "lets no client in that does not name itself beside its certificate", "TC-P-001 TC-I-001")
class WantsAName(Callers):
    def claims_agree(self, name: str, request: web.Request) -> bool:
        unnamed = request.path.startswith("/api/") and _HEADER not in request.headers
        return not unnamed and super().claims_agree(name, request)


@FAULTS.seed("breaks-without-certificate", "breaks down over a missing certificate", "TC-P-004 TC-S-001 TC-S-002")
class BreaksWithoutCertificate(Callers):
    def caller(self, request: web.Request) -> str:
        if self.certificate(request) is None:
            raise RuntimeError("no certificate")
        return super().caller(request)


@FAULTS.seed(
    "refuses-revoked-certificates-once",
    "refuses a revoked certificate the first time, and takes it from then on",
    "TC-P-005 TC-M-010 TC-S-005",
)
class RefusesRevokedCertificatesOnce(Callers):
    refused: ClassVar[set[int]] = set()

    def revoked(self, certificate: x509.Certificate) -> bool:
        if certificate.serial_number in self.refused or not super().revoked(certificate):
            return False
        self.refused.add(certificate.serial_number)
        return True


@FAULTS.seed("accepts-revoked-certificates", "takes revoked certificates", "TC-P-005 TC-S-005 TC-I-006 TC-M-010 REG-4")
class AcceptsRevoked(Callers):
    def revoked(self, certificate: x509.Certificate) -> bool:
        return False


@FAULTS.seed("locks-everybody-out", "refuses all clients once one is revoked", "TC-P-005 TC-S-005 TC-I-006")
class LocksEverybodyOut(Callers):
    def revoked(self, certificate: x509.Certificate) -> bool:
        if self.name(certificate) in _COMPONENTS:
            return super().revoked(certificate)
        return bool(self.revocations.serials) or super().revoked(certificate)


@FAULTS.seed("never-rereads-the-list", "learns of revocations only when it is started", "TC-P-005 TC-S-005 TC-I-006")
class NeverRereads(Revocations):
    def renew(self) -> None:
        pass


@FAULTS.seed("accepts-expired-certificates", "does not look at the dates of certificates", "TC-S-004")
class AcceptsExpired(Doors):
    def context(self, identity: Identity) -> ssl.SSLContext:
        context = super().context(identity)
        context.verify_flags |= _NO_CHECK_TIME
        return context


class BelievesAnybody(Callers):
    def caller(self, request: web.Request) -> str:
        return request.headers.get(_HEADER, "worker")


@FAULTS.seed(
    "checks-no-certificate",
    "does not care who has signed a certificate",
    "TC-S-003 TC-S-004 TC-S-001 TC-P-004",
    along=(BelievesAnybody,),
)
class ChecksNoCertificate(Doors):
    def context(self, identity: Identity) -> ssl.SSLContext:
        context = super().context(identity)
        context.verify_mode = ssl.CERT_NONE
        return context


@FAULTS.seed("opens-the-inside", "lets everybody use what is for its components", "TC-S-002 TC-I-010 TC-I-011")
class OpensTheInside(InternalApi):
    def admit(self, request: web.Request) -> None:
        pass


@FAULTS.seed("registers-what-it-refuses", "registers what it is brought before it refuses who brought it", "TC-S-002")
class RegistersWhatItRefuses(InternalApi):
    async def register(self, request: web.Request) -> web.Response:
        try:
            self.admit(request)
        except Rejected:
            await self.inside.messages.register(await filled_in(self.registration, request))
            raise
        return await super().register(request)


@FAULTS.seed("takes-clients-for-workers", "lets clients use what is for its components", "TC-S-002")
class TakesClientsForWorkers(InternalApi):
    def admit(self, request: web.Request) -> None:
        self.inside.callers.caller(request)


@FAULTS.seed("shuts-workers-out", "refuses its own workers", "TC-I-011 TC-W-001 TC-S-002")
class ShutsWorkersOut(InternalApi):
    def admit(self, request: web.Request) -> None:
        super().admit(request)
        if self.inside.callers.caller(request) == "worker":
            raise Rejected(403, "No workers")


@FAULTS.seed("shuts-proxies-out", "refuses its own proxies", "TC-I-010 TC-I-001")
class ShutsProxiesOut(InternalApi):
    def admit(self, request: web.Request) -> None:
        super().admit(request)
        if self.inside.callers.caller(request) == "proxy":
            raise Rejected(403, "No proxies")


@FAULTS.seed("rereads-rarely", "looks at no change of the revoked certificates for a time after another", "TC-M-010")
class RereadsRarely(Revocations):
    at, pause = 0.0, 3.0

    def renew(self) -> None:
        if time.monotonic() - self.at > self.pause:
            before = self.serials
            super().renew()
            self.at = time.monotonic() if self.serials != before else self.at


@FAULTS.seed("minds-headers-alone", "lets a client name another in the address of a request", "TC-S-001")
class MindsHeadersAlone(Callers):
    def claims_agree(self, name: str, request: web.Request) -> bool:
        return "client_id" in request.query or super().claims_agree(name, request)
