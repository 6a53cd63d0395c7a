"""What can be wrong with the log."""

import logging
from typing import Any

from reference.chat.accounts import Accounts
from reference.chat.faults import seed
from reference.chat.tokens import Tokens

log = logging.getLogger(__name__)


@seed("logs-passwords", "writes what users sign in with into its log", "STP-X20")
class LogsPasswords(Accounts):
    async def admits(self, name: Any, password: Any) -> bool:
        log.info("%r signs in with %r", name, password)
        return await super().admits(name, password)


@seed("logs-tokens", "writes the tokens that are shown into its log", "STP-X20")
class LogsTokens(Tokens):
    async def verify(self, user: str, token: Any) -> None:
        log.info("%r shows %r", user, token)
        await super().verify(user, token)
