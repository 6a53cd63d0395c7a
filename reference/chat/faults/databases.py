"""Faults that show when a database is lost, and when it is back (STP 7)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from reference.chat.database import Database
from reference.chat.faults import seed
from reference.chat.health import HealthWatch
from reference.chat.http_api import HttpApi
from reference.chat.mailbox import HASH
from reference.chat.postgres import Postgres
from reference.chat.redis import Redis
from reference.chat.refusals import Unavailable
from reference.chat.sessions import Sessions
from reference.chat.tokens import Tokens

_OTHER = {"PostgreSQL": "Redis", "Redis": "PostgreSQL"}


@seed("misses-loss-of-postgres", "does not notice that Postgres is lost", "STP-7.1")
class MissesLossOfPostgres(HealthWatch):
    async def is_lost(self, database: Database) -> bool:
        return not isinstance(database, Postgres) and await super().is_lost(database)


@seed("misses-loss-of-redis", "does not notice that Redis is lost", "STP-7.2")
class MissesLossOfRedis(HealthWatch):
    async def is_lost(self, database: Database) -> bool:
        return not isinstance(database, Redis) and await super().is_lost(database)


@seed("misses-hanging-database", "notices a database that breaks, but not one that hangs", "STP-7.1 STP-7.2")
class MissesHangingDatabase(HealthWatch):
    async def is_lost(self, database: Database) -> bool:
        return database.broken


@seed("gives-no-reason", "logs everybody out when a database is lost and does not say why", "STP-X2")
class GivesNoReason(Sessions):
    async def dismiss(self, user: str, reason: str) -> None:
        await self.sockets.close(user)


@seed("blames-the-other-database", "names the other database when one is lost", "STP-X2")
class BlamesTheOtherDatabase(Sessions):
    async def log_out_all(self, reason: str) -> None:
        lost = reason.split()[0]
        await super().log_out_all(reason.replace(lost, _OTHER.get(lost, lost)))


@seed("tells-loss-to-one", "logs only one user out when a database is lost", "STP-7.1 STP-7.2")
class TellsLossToOne(Sessions):
    async def log_out_all(self, reason: str) -> None:
        for user in sorted(self.sockets.users())[:1]:
            await self.dismiss(user, reason)


@seed("tells-loss-only", "says that a database is lost and closes no connection", "STP-7.1 STP-7.2")
class TellsLossOnly(Sessions):
    async def dismiss(self, user: str, reason: str) -> None:
        payload = {"username": user, "reason": reason}
        await self.sockets.tell_user(user, "user_has_been_logged_out", payload)


@seed("sessions-survive-loss", "takes tokens from before the loss of a database", "STP-7.1")
class SessionsSurviveLoss(Tokens):
    async def prepare(self) -> None:
        pass

    def revoke_all(self) -> None:
        pass


@seed("log-in-hangs-without-database", "does not answer a log-in while a database is lost", "STP-7.3")
class LogInHangsWithoutDatabase(HttpApi):
    def _served(self, handle: Callable[[web.Request], Awaitable[dict[str, Any]]]) -> Callable[[web.Request], Any]:
        answered = super()._served(handle)
        if handle != self.log_in:
            return answered

        async def unanswered(request: web.Request) -> web.Response:
            response: web.Response = await answered(request)
            if response.status == 503:
                await asyncio.sleep(60)
            return response

        return unanswered


@seed("log-in-error-is-vague", "does not say which database is lost", "STP-7.3")
class LogInErrorIsVague(HttpApi):
    def unavailable(self, missing: Unavailable) -> web.Response:
        return web.json_response({"error": "Something went wrong"}, status=503)


@seed("log-in-fails-politely", "fails over a log-in, in well-chosen words, while a database is lost", "STP-7.3")
class LogInFailsPolitely(HttpApi):
    def unavailable(self, missing: Unavailable) -> web.Response:
        return web.json_response({"error": str(missing)}, status=500)


@seed("log-in-shows-stack-trace", "shows at a log-in while a database is lost where its code went wrong", "STP-7.3")
class LogInShowsStackTrace(HttpApi):
    def unavailable(self, missing: Unavailable) -> web.Response:
        trace = f'Traceback (most recent call last):\n  File "server.py", line 7, in log_in\n{missing}'
        return web.json_response({"error": trace}, status=503)


@seed("log-in-names-database-only", "says at a log-in the name of a lost database, and nothing more", "STP-7.3")
class LogInNamesDatabaseOnly(HttpApi):
    def unavailable(self, missing: Unavailable) -> web.Response:
        return web.json_response({"error": f"Please wait ({missing.database})"}, status=503)


@seed("log-in-blames-password", "says that the password is wrong while a database is lost", "STP-7.3")
class LogInBlamesPassword(HttpApi):
    def unavailable(self, missing: Unavailable) -> web.Response:
        return web.json_response({"result": "Invalid credentials"})


@seed("stays-down", "never serves again once a database was lost", "STP-7.1 STP-7.2 STP-7.3")
class StaysDown(HealthWatch):
    served = False

    async def bring_up(self) -> str | None:
        if self.served:
            return self.missing
        missing = await super().bring_up()
        self.served = missing is None
        return missing


@seed("recovery-clears-cache", "throws cached messages away when Redis is back", "STP-X3")
class RecoveryClearsCache(Tokens):
    started = False

    async def prepare(self) -> None:
        await super().prepare()
        if self.started:
            await self.redis.run("DEL", HASH)
        self.started = True


@seed(
    "logs-out-who-is-online",
    "lets users stay who are connected and not online when a database is lost",
    "STP-7.1 STP-7.2",
)
class LogsOutWhoIsOnline(Sessions):
    async def log_out_all(self, reason: str) -> None:
        self.leaving = set(self.presence.online)
        await super().log_out_all(reason)

    async def dismiss(self, user: str, reason: str) -> None:
        if user in getattr(self, "leaving", {user}):
            await super().dismiss(user, reason)


@seed("gives-a-database-up", "looks for a lost database twenty times, and then no more", "STP-7.3")
class GivesADatabaseUp(HealthWatch):
    looks = 0

    async def bring_up(self) -> str | None:
        self.looks += 1
        missing = self.missing if self.looks > 20 else await super().bring_up()
        self.looks = self.looks if missing else 0
        return missing
