"""What can be wrong with the log, and with what answers show that no user is to see."""

import logging
from typing import Any

from aiohttp import web

from reference.broker.faults import FAULTS
from reference.broker.main.access import Access
from reference.broker.main.passwords import Passwords
from reference.broker.main.users_api import UsersApi
from reference.broker.proxy.intake import Intake
from reference.broker.proxy.outbox import Entry
from reference.kit.postgres import Row


@FAULTS.seed("logs-passwords", "writes what users sign in with into its log", "BROKER-X9")
class LogsPasswords(Passwords):
    async def fits(self, password: str, stored: str | None) -> bool:
        fits = await super().fits(password, stored)
        logging.info("password %r %s", password, "fits" if fits else "does not fit")
        return fits


@FAULTS.seed("logs-tokens", "writes the tokens that are shown into its log", "BROKER-X9")
class LogsTokens(Access):
    def bearer(self, request: web.Request) -> str:
        token = super().bearer(request)
        logging.info("%s %s with %s", request.method, request.path, token)
        return token


@FAULTS.seed("logs-messages", "writes what is submitted into its log", "BROKER-X9 TC-S-011")
class LogsMessages(Intake):
    async def accept(self, entry: Entry) -> int:
        logging.info("accepted: %s", entry)
        return await super().accept(entry)


@FAULTS.seed("lists-hashes", "lists accounts with the hashes of their passwords", "BROKER-X10")
class ListsHashes(UsersApi):
    async def listed(self, request: web.Request) -> web.Response:
        await self.inside.access.manager(request)
        users = await self.inside.users.listed(0, 1000)
        return web.json_response([_shown(user) for user in users])


def _shown(user: Row) -> dict[str, Any]:
    return {name: user[name] for name in ("id", "email", "role", "client_id", "is_active", "password_hash")}
