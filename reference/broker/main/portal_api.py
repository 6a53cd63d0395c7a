"""The API for people: signing in, their messages, their profile."""

from typing import Any

from aiohttp import web

from reference.broker.forms import Credentials, Page, Renewal
from reference.broker.main.access import ADMIN
from reference.broker.main.parts import Api, shown_user
from reference.broker.refusals import Rejected
from reference.broker.times import wire
from reference.kit.forms import filled_in
from reference.kit.postgres import Row

#: What stands in the place of a body that a user may not read.
ENCRYPTED = "[encrypted]"


class PortalApi(Api):
    """What everybody may do who has an account, and the messages of all for those who may read them."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [
            web.post("/portal/auth/login", self.login),
            web.post("/portal/auth/refresh", self.refresh),
            web.get("/portal/messages", self.messages),
            web.get("/admin/messages", self.all_messages),
            web.get("/portal/profile", self.profile),
        ]

    async def login(self, request: web.Request) -> web.Response:
        """Tokens for an e-mail address and a password."""
        sent = await filled_in(Credentials, request)
        user = await self.inside.users.sign_in(sent.email, sent.password)
        tokens = self.inside.access.tokens
        answer = self.token_answer(tokens.access(user)) | {"refresh_token": tokens.refresh(user)}
        return web.json_response(answer | {"user": shown_user(user)})

    async def refresh(self, request: web.Request) -> web.Response:
        """A new access token for a refresh token."""
        token = (await filled_in(Renewal, request)).refresh_token
        access = self.inside.access
        try:
            user = await access.account(access.tokens.refresh_claims(token)["sub"])
        except Rejected as refusal:
            raise refusal if refusal.status == 503 else Rejected(401, "Invalid refresh token") from None
        return web.json_response(self.token_answer(access.tokens.access(user)))

    def token_answer(self, token: str) -> dict[str, Any]:
        """An access token, as an answer has it."""
        return {
            "access_token": token,
            "token_type": "bearer",
            "expires_in": int(self.inside.access.tokens.access_lifetime),
        }

    async def messages(self, request: web.Request) -> web.Response:
        """A page of the messages that a user may see."""
        user = await self.inside.access.user(request)
        return await self.listed(user, request)

    async def all_messages(self, request: web.Request) -> web.Response:
        """A page of all messages, for administrators."""
        return await self.listed(await self.inside.access.administrator(request), request)

    async def listed(self, user: Row, request: web.Request) -> web.Response:
        """A page of the messages that a user may see: those of their client, an administrator all."""
        asked = Page.model_validate(dict(request.query))
        if user["role"] != ADMIN and user["client_id"] is None:
            rows, total = list[Row](), 0
        else:
            rows, total = await self.inside.messages.listed(
                self.owner(user), asked.status_filter, asked.skip, asked.limit
            )
        shown = [self.shown(message, user) for message in rows]
        return web.json_response(shown, headers={"X-Total-Count": str(total)})

    def owner(self, user: Row) -> str | None:
        """The client whose messages a user may see; None for all."""
        return None if user["role"] == ADMIN else user["client_id"]

    def shown(self, message: Row, user: Row) -> dict[str, Any]:
        """A message as a user may see it."""
        kept = ("id", "message_id", "client_id", "status", "attempt_count")
        times = ("created_at", "queued_at", "delivered_at")
        sender = message["sender_number_hashed"]
        return (
            {name: message[name] for name in kept}
            | {name: wire(message[name]) for name in times}
            | {"sender_number_masked": f"{sender[:4]}****{sender[-4:]}", "message_body": self.body(message, user)}
        )

    def body(self, message: Row, user: Row) -> str:
        """The body of a message if a user may read it, else a placeholder."""
        if user["role"] != ADMIN:
            return ENCRYPTED
        try:
            return self.inside.messages.vault.decrypt(message["message_id"], message["encrypted_body"])
        except ValueError:
            return "[decryption failed]"

    async def profile(self, request: web.Request) -> web.Response:
        """The account that asks."""
        return web.json_response(shown_user(await self.inside.access.user(request)))
