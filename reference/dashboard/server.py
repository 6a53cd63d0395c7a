"""The dashboard server, put together from its parts."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import WSCloseCode, web

from reference.dashboard.accounts import Accounts
from reference.dashboard.api import Inside
from reference.dashboard.api_accounts import AccountsApi, TestSupportApi
from reference.dashboard.api_invitations import InvitationsApi
from reference.dashboard.api_school import SchoolApi
from reference.dashboard.broadcaster import Audience, Broadcaster
from reference.dashboard.chronicle import Chronicle
from reference.dashboard.codes import LoginCodes
from reference.dashboard.conversation import Conversation
from reference.dashboard.database import Database
from reference.dashboard.doorway import Doorway
from reference.dashboard.envelopes import Envelopes
from reference.dashboard.gate import Gate
from reference.dashboard.http import errors
from reference.dashboard.hub import Hub
from reference.dashboard.invitations import Invitations
from reference.dashboard.mail import Mailer
from reference.dashboard.metrics import Metrics
from reference.dashboard.school import School
from reference.dashboard.sessions import Sessions
from reference.dashboard.settings import Settings
from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.serving import application


class DashboardServer:
    """One process of the dashboard, ready to be served. Any number of them share a PostgreSQL and a Redis."""

    def __init__(self, settings: Settings, parts: Parts | None = None, lag: Lag | None = None) -> None:
        self._parts = parts or Parts()
        self._lag = lag
        self._test_support = settings.test_support
        self._database = Database(settings.postgres, settings.health_timeout)
        self._broadcaster = self._parts.of(Broadcaster)(
            settings.redis, settings.health_interval, settings.health_timeout
        )
        self._hub = self._parts.of(Hub)()
        envelopes = self._parts.of(Envelopes)()
        metrics = self._parts.of(Metrics)(self._database)
        chronicle = self._parts.of(Chronicle)(self._database, metrics, self._broadcaster, envelopes)
        accounts = self._parts.of(Accounts)(self._database, chronicle)
        self._sessions = self._parts.of(Sessions)(self._database, settings.token_lifetime)
        self._inside = Inside(
            database=self._database,
            broadcaster=self._broadcaster,
            accounts=accounts,
            codes=self._parts.of(LoginCodes)(self._database, Mailer(settings.mail_folder), settings.code_lifetime),
            sessions=self._sessions,
            chronicle=chronicle,
            metrics=metrics,
            invitations=self._parts.of(Invitations)(self._database, chronicle),
            school=self._parts.of(School)(self._database, chronicle),
        )
        self._doorway = self._parts.of(Doorway)(
            self._parts.of(Gate)(accounts, self._sessions, settings.origins),
            self._hub,
            self._parts.of(Conversation)(envelopes),
            self._broadcaster,
            settings.refusal,
            lag.queue if lag else asyncio.Queue,
        )

    def app(self) -> web.Application:
        """The web application."""
        app = application(errors, lag=self._lag)
        for api in (AccountsApi, InvitationsApi, SchoolApi):
            app.add_routes(self._parts.of(api)(self._inside).routes())
        if self._test_support:
            app.add_routes(TestSupportApi(self._inside).routes())
        app.add_routes(self._doorway.routes())
        app.cleanup_ctx.append(self._run)
        app.on_shutdown.append(self._say_goodbye)
        return app

    async def _run(self, _app: web.Application) -> AsyncIterator[None]:
        await self._database.open()
        await self._sessions.prepare()
        audience = Audience(told=self._hub.tell, revoked=self._hub.revoke, lost=self._lost)
        listening = asyncio.create_task(self._broadcaster.run(audience))
        yield
        listening.cancel()
        await asyncio.wait([listening])
        await self._broadcaster.close()
        await self._database.close()

    async def _say_goodbye(self, _app: web.Application) -> None:
        await asyncio.gather(*self._hub.dismiss_all(WSCloseCode.SERVICE_RESTART, "The server is shutting down"))

    async def _lost(self) -> None:
        self._hub.dismiss_all(WSCloseCode.INTERNAL_ERROR, "Redis is unavailable")
