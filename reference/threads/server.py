"""The ThreadFileSharing server, put together from its parts."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web
from aiohttp.typedefs import Handler

from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.realtime import socketio_server
from reference.kit.serving import application
from reference.threads import names
from reference.threads.access import Access
from reference.threads.accounts import Accounts
from reference.threads.announcer import Announcer
from reference.threads.api import Api, Inside
from reference.threads.api_accounts import AccountsApi, TestSupportApi
from reference.threads.api_companies import CompaniesApi
from reference.threads.api_files import FilesApi, UploadsApi
from reference.threads.api_health import HealthApi
from reference.threads.api_library import LibraryApi
from reference.threads.api_messages import MessagesApi
from reference.threads.api_rooms import ChatroomsApi, ThreadsApi
from reference.threads.breaker import Breaker
from reference.threads.chatrooms import Chatrooms
from reference.threads.companies import Companies, Invitations
from reference.threads.connections import Connections
from reference.threads.database import Database
from reference.threads.events import Events
from reference.threads.files import Files
from reference.threads.limits import Limit
from reference.threads.messages import Messages
from reference.threads.recovery import Recovery
from reference.threads.refusals import Rejected, Unavailable
from reference.threads.retries import Retries
from reference.threads.sessions import Sessions
from reference.threads.settings import Settings
from reference.threads.sockets import Sockets
from reference.threads.statuses import Statuses
from reference.threads.storage import storage_of
from reference.threads.threads import Threads
from reference.threads.tokens import Tokens
from reference.threads.typing_indicators import TypingIndicators
from reference.threads.uploads import Uploads

log = logging.getLogger(__name__)

_APIS = (
    *(AccountsApi, CompaniesApi, ChatroomsApi, ThreadsApi),
    *(MessagesApi, UploadsApi, LibraryApi, FilesApi, HealthApi),
)


class ThreadsServer:
    """A server, ready to be served."""

    def __init__(self, settings: Settings, parts: Parts | None = None, lag: Lag | None = None) -> None:
        self._settings = settings
        self._parts = parts or Parts()
        self._lag = lag
        self._socketio = socketio_server(lag)
        self._socketio.always_connect = True  # as deployed: who is refused has been connected for a moment
        self._socketio.eio.ping_interval = settings.ping_interval
        self._socketio.eio.ping_timeout = settings.ping_timeout
        self._storage = storage_of(settings)
        self._build()

    def _build(self) -> None:
        of, chosen = self._parts.of, self._settings
        breaker = of(Breaker)(chosen.breaker_failures, chosen.breaker_cooldown)
        retries = of(Retries)(breaker, chosen.retries, chosen.retry_delay)
        self._database = of(Database)(chosen.postgres, chosen.database_timeout, retries)
        tokens = of(Tokens)(chosen.jwt_secret, chosen.access_lifetime, chosen.refresh_lifetime)
        sessions = of(Sessions)(self._database, tokens)
        accounts = of(Accounts)(self._database, chosen.password_cost, chosen.password_memory, chosen.storage_limit)
        called = names.as_deployed if chosen.event_names == "deployed" else names.as_in_seed
        sockets = of(Sockets)(self._socketio, called)
        announcer = of(Announcer)(sockets, of(Statuses)(sockets))
        retries.listener = announcer.retrying
        access = of(Access)(self._database)
        recovery = of(Recovery)(self._database, sockets, access, announcer)
        typing = of(TypingIndicators)(announcer, chosen.typing_lifetime)
        connections = of(Connections)(
            *(sessions, sockets, announcer, recovery, typing), chosen.connections_per_user, chosen.connections
        )
        messages = of(Messages)(self._database, access, announcer, chosen.message_length)
        chatrooms = of(Chatrooms)(self._database, access, announcer, sockets, recovery)
        companies = of(Companies)(self._database, accounts, access, announcer, connections)
        self._files = of(Files)(self._database, access, announcer, self._storage)
        self._inside = Inside(
            database=self._database,
            accounts=accounts,
            sessions=sessions,
            companies=companies,
            invitations=of(Invitations)(self._database, companies),
            chatrooms=chatrooms,
            threads=of(Threads)(self._database, access, announcer, chatrooms),
            messages=messages,
            uploads=of(Uploads)(self._database, access, announcer, self._storage, self._files, chosen.file_size),
            files=self._files,
            announcer=announcer,
            connections=connections,
            requests=of(Limit)(chosen.rate_limit, chosen.rate_window),
            strangers=of(Limit)(chosen.address_limit, chosen.rate_window),
        )
        events = of(Limit)(chosen.event_limit, chosen.event_window)
        self._events = of(Events)(connections, sockets, announcer, recovery, messages, typing, events)

    def app(self) -> web.Application:
        """The web application."""
        app = application(self._strays, lag=self._lag)
        for api in (*_APIS, *([TestSupportApi] if self._settings.test_support else [])):
            app.add_routes(self._parts.of(api)(self._inside).routes())
        self._socketio.attach(app)
        self._events.attach(self._socketio)
        app.cleanup_ctx.append(self._run)
        return app

    @web.middleware
    async def _strays(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Requests that no route is for."""
        try:
            return await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            wrong = Rejected(404, f"Cannot {request.method} {request.path}")
            return Api(self._inside).refusal(request, wrong)

    async def _run(self, _app: web.Application) -> AsyncIterator[None]:
        await self._storage.open()
        preparing = asyncio.create_task(self._prepare())
        yield
        preparing.cancel()
        await self._socketio.shutdown()
        await self._database.close()
        await self._storage.close()

    async def _prepare(self) -> None:
        """Process what files were left, as soon as PostgreSQL is there."""
        while True:
            with suppress(Unavailable):
                await self._files.resume()
                log.info("PostgreSQL is there")
                return
            await asyncio.sleep(self._settings.breaker_cooldown)
