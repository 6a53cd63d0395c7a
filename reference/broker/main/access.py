"""Who may do what: bearer tokens, the accounts behind them, and their roles."""

from aiohttp import web

from reference.broker.main.tokens import Tokens
from reference.broker.main.users import Users
from reference.broker.refusals import Rejected
from reference.kit.parts import part
from reference.kit.postgres import Row

ADMIN = "admin"
MANAGER = "user_manager"


@part
class Access:
    """Judges requests by their bearer tokens. The role that counts is the account's, not the token's."""

    tokens: Tokens  # judges tokens
    users: Users  # the accounts

    async def user(self, request: web.Request) -> Row:
        """Who sent a request.

        Raises:
            Rejected: 401 without a good token, 403 if the account is not active, 503 without database.
        """
        return await self.account(self.tokens.access_claims(self.bearer(request))["sub"])

    def bearer(self, request: web.Request) -> str:
        """The token of a request. Raises `Rejected` (401) if it has none."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Rejected(401, "Not authenticated")
        return token.strip()

    async def account(self, subject: str) -> Row:
        """The active account that a token was issued to. Raises `Rejected` (401, 403) if there is none."""
        try:
            user = await self.users.find(int(subject))
        except Rejected as refusal:
            raise Rejected(401, "User not found") if refusal.status == 404 else refusal from None
        if not user["is_active"]:
            raise Rejected(403, "User account is inactive")
        return user

    async def administrator(self, request: web.Request) -> Row:
        """The administrator who sent a request. Raises `Rejected` (401, 403) if no user of that role sent it."""
        return self.require(await self.user(request), ADMIN)

    async def manager(self, request: web.Request) -> Row:
        """The administrator or user manager who sent a request. Raises `Rejected` (401, 403) if it was neither."""
        return self.require(await self.user(request), ADMIN, MANAGER)

    def require(self, user: Row, *roles: str) -> Row:
        """The same user. Raises `Rejected` (403) unless they have one of the roles."""
        if user["role"] not in roles:
            raise Rejected(403, "Admin access required")
        return user

    def may_manage(self, manager: Row, other: Row) -> None:
        """See that a user may manage an account. Raises `Rejected` (403) for a user manager and an administrator."""
        if other["role"] == ADMIN:
            self.require(manager, ADMIN)
