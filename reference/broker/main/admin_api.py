"""The API for administrators: certificates, all messages, figures."""

from aiohttp import web

from reference.broker.forms import NewCertificate, Revocation
from reference.broker.main.parts import Api
from reference.broker.times import wire
from reference.kit.forms import filled_in


class AdminApi(Api):
    """What only administrators may do, but for users."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [
            web.post("/admin/certificates/generate", self.generate),
            web.post("/admin/certificates/revoke", self.revoke),
            web.get("/admin/certificates/list", self.listed),
            web.get("/admin/stats", self.stats),
        ]

    async def generate(self, request: web.Request) -> web.Response:
        """A certificate with its private key, which no other user ever gets."""
        admin = await self.inside.access.administrator(request)
        sent = await filled_in(NewCertificate, request)
        client = sent.client_id
        issued = await self.inside.certificates.generate(client, sent.domain, sent.validity_days, admin["id"])
        self.inside.metrics.issued.inc()
        return web.json_response(
            {
                "status": "success",
                "message": f"Certificate generated for {client}",
                "client_id": client,
                "expires_at": wire(issued.expires_at),
                "serial_number": issued.serial,
                "fingerprint": issued.fingerprint,
                "certificate": issued.certificate,
                "private_key": issued.private_key,
                "ca_certificate": issued.ca_certificate,
            }
        )

    async def revoke(self, request: web.Request) -> web.Response:
        """Take the certificate of a client back."""
        admin = await self.inside.access.administrator(request)
        sent = await filled_in(Revocation, request)
        revoked = await self.inside.certificates.revoke(sent.client_id, sent.reason, admin["id"])
        self.inside.metrics.revoked.inc()
        message = f"Certificate revoked for {sent.client_id}"
        return web.json_response({"status": "success", "message": message, "revoked_at": wire(revoked["revoked_at"])})

    async def listed(self, request: web.Request) -> web.Response:
        """All clients with their certificates."""
        await self.inside.access.administrator(request)
        listed = await self.inside.certificates.listed()
        times = ("issued_at", "expires_at", "revoked_at")
        return web.json_response([client | {name: wire(client[name]) for name in times} for client in listed])

    async def stats(self, request: web.Request) -> web.Response:
        """Figures about the whole system."""
        await self.inside.access.administrator(request)
        return web.json_response(await self.inside.statistics.now())
