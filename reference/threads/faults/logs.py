"""What can be wrong with the log."""

import logging

from reference.kit.postgres import Row
from reference.threads.accounts import Accounts
from reference.threads.faults import seed
from reference.threads.sessions import Pair, Sessions

log = logging.getLogger(__name__)


@seed("logs-passwords", "writes what users sign in with into its log", "TFS-X-LOGS")
class LogsPasswords(Accounts):
    async def log_in(self, email: str, password: str) -> tuple[Row, Row]:
        log.info("%s signs in with %r", email, password)
        return await super().log_in(email, password)


@seed("logs-tokens", "writes the tokens that it gives into its log", "TFS-X-LOGS")
class LogsTokens(Sessions):
    async def begin(self, user: Row) -> Pair:
        pair = await super().begin(user)
        log.info("a sign-in begins: %s", pair)
        return pair
