"""The main server, put together from its parts."""

from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web

from reference.broker.callers import Callers
from reference.broker.main.access import Access
from reference.broker.main.admin_api import AdminApi
from reference.broker.main.audit import Audit
from reference.broker.main.authority import Authority
from reference.broker.main.certificates import Certificates
from reference.broker.main.database import Database
from reference.broker.main.health import HealthApi
from reference.broker.main.internal_api import InternalApi
from reference.broker.main.messages import Messages
from reference.broker.main.metrics import Metrics
from reference.broker.main.parts import Api, Inside
from reference.broker.main.passwords import Passwords
from reference.broker.main.portal_api import PortalApi
from reference.broker.main.queue import Queue
from reference.broker.main.settings import Settings
from reference.broker.main.statistics import Statistics
from reference.broker.main.tokens import Tokens
from reference.broker.main.users import Users
from reference.broker.main.users_api import UsersApi
from reference.broker.main.vault import SenderHash, Vault, key_in
from reference.broker.refusals import errors
from reference.broker.revocations import Revocations
from reference.broker.tls import Doors
from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.serving import TLS, application


def build(settings: Settings, parts: Parts, lag: Lag | None = None) -> web.Application:
    """The application, not yet serving."""
    authority = parts.of(Authority)(settings.identity.ca, settings.ca_key, settings.crl)
    authority.ensure_list()
    revocations = parts.of(Revocations)(settings.crl, settings.identity.ca, settings.crl_interval)
    inside = _inside(settings, parts, authority, revocations)
    app = application(_counted(inside.metrics), errors(_error), lag=lag)
    app[TLS] = parts.of(Doors)().context(settings.identity)
    app.add_routes(parts.of(InternalApi)(inside, settings.internal_clients.split(",")).routes())
    apis: tuple[type[Api], ...] = (PortalApi, UsersApi, AdminApi, HealthApi)
    for api in apis:
        app.add_routes(parts.of(api)(inside).routes())

    async def run(_app: web.Application) -> AsyncIterator[None]:
        await inside.database.open()
        await inside.users.ensure_admin(settings.admin_email, settings.admin_password)
        yield
        await inside.queue.close()
        await inside.database.close()

    app.cleanup_ctx.extend([run, revocations.keep_up])
    return app


def _inside(settings: Settings, parts: Parts, authority: Authority, revocations: Revocations) -> Inside:
    database = parts.of(Database)(settings.postgres, settings.database_patience)
    queue = parts.of(Queue)(settings.redis, settings.database_patience)
    audit, metrics = parts.of(Audit)(), parts.of(Metrics)()
    vault = parts.of(Vault)(key_in(settings.encryption_key))
    users = parts.of(Users)(database, parts.of(Passwords)(settings.bcrypt_rounds), audit)
    tokens = parts.of(Tokens)(settings.jwt_secret, settings.access_lifetime, settings.refresh_lifetime)
    return Inside(
        database=database,
        queue=queue,
        callers=parts.of(Callers)(revocations),
        access=parts.of(Access)(tokens, users),
        users=users,
        messages=parts.of(Messages)(database, vault, parts.of(SenderHash)(settings.salt), audit),
        certificates=parts.of(Certificates)(database, authority, audit),
        statistics=parts.of(Statistics)(database, queue),
        metrics=metrics,
    )


def _error(status: int, message: str) -> dict[str, Any]:
    return {"error": message, "status_code": status}


def _counted(metrics: Metrics) -> Any:
    @web.middleware
    async def count(request: web.Request, handler: Any) -> web.StreamResponse:
        answer: web.StreamResponse = await handler(request)
        metrics.requests.labels(request.method, str(answer.status)).inc()
        return answer

    return count
