"""The chat server, put together from its parts."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from reference.chat.accounts import Accounts
from reference.chat.bots import Bots
from reference.chat.delivery import Delivery
from reference.chat.events import Events
from reference.chat.health import HealthWatch
from reference.chat.http_api import HttpApi
from reference.chat.keep_alive import KeepAlive
from reference.chat.mailbox import Mailbox
from reference.chat.postgres import Postgres
from reference.chat.presence import Presence
from reference.chat.redis import Redis
from reference.chat.sessions import Sessions
from reference.chat.settings import Settings
from reference.chat.sockets import Sockets
from reference.chat.tokens import Tokens
from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.realtime import socketio_server
from reference.kit.serving import application


class ChatServer:
    """A chat server, ready to be served."""

    def __init__(self, settings: Settings, parts: Parts | None = None, lag: Lag | None = None) -> None:
        parts = parts or Parts()
        self._socketio = socketio_server(lag)
        self._lag = lag
        self._test_support = settings.test_support
        self._postgres = Postgres(settings.postgres, settings.health_timeout)
        self._redis = Redis(settings.redis, settings.health_timeout)
        accounts = parts.of(Accounts)(self._postgres, settings.users, settings.password_cost, settings.password_memory)
        tokens = parts.of(Tokens)(self._redis, settings.token_lifetime)
        sockets = parts.of(Sockets)(self._socketio)
        presence = parts.of(Presence)(sockets)
        delivery = parts.of(Delivery)(sockets, presence, parts.of(Mailbox)(self._redis))
        self._keep_alive = parts.of(KeepAlive)(settings.keep_alive_limit, settings.sweep_interval)
        self._bots = parts.of(Bots)(
            sockets, settings.bot_api, settings.bot_endpoint, settings.bot_key, settings.bot_timeout
        )
        self._sessions = parts.of(Sessions)(accounts, tokens, sockets, presence, delivery, self._keep_alive, self._bots)
        self._health = parts.of(HealthWatch)(
            [self._postgres, self._redis], settings.health_interval, self._lost, self._sessions.prepare
        )
        self._http = parts.of(HttpApi)(accounts, tokens, presence, self._sessions, self._health)
        self._events = parts.of(Events)(
            accounts, tokens, sockets, self._sessions, delivery, self._keep_alive, self._bots, self._health
        )

    def app(self) -> web.Application:
        """The web application."""
        app = application(lag=self._lag)
        app.add_routes(self._http.routes(self._test_support))
        self._socketio.attach(app)
        self._events.attach(self._socketio)
        app.cleanup_ctx.append(self._run)
        app.on_shutdown.append(self._say_goodbye)
        return app

    async def _run(self, _app: web.Application) -> AsyncIterator[None]:
        await self._health.look()  # with the databases there already, no client shall find the server unready
        tasks = [
            asyncio.create_task(self._health.run()),
            asyncio.create_task(self._keep_alive.run(self._sessions.log_out_silent)),
        ]
        yield
        for task in tasks:
            task.cancel()
        await self._bots.close()
        await self._postgres.close()
        await self._redis.close()
        await self._socketio.shutdown()

    async def _say_goodbye(self, _app: web.Application) -> None:
        await self._sessions.log_out_all("The chat server is shutting down")

    async def _lost(self, database: str) -> None:
        await self._sessions.log_out_all(f"{database} is unavailable")
