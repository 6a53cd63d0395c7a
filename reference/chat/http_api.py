"""The HTTP side of the wire. Errors are HTTP 200 with an `error`, as on the deployed server; a lost database is 503."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiohttp import web
from pydantic import ValidationError

from reference.chat import forms
from reference.chat.accounts import Accounts
from reference.chat.bots import BOTS
from reference.chat.health import HealthWatch
from reference.chat.presence import Presence
from reference.chat.refusals import InvalidToken, Rejected, Unavailable
from reference.chat.rooms import room_of
from reference.chat.sessions import Sessions
from reference.chat.tokens import Tokens
from reference.kit.forms import NotJson, sent
from reference.kit.parts import part

log = logging.getLogger(__name__)

ADMIN = "Admin"
Answer = dict[str, Any]
R = TypeVar("R", bound=forms.Request)


@part
class HttpApi:
    """Log-in, contact list, administration and, for tests, registration."""

    accounts: Accounts
    tokens: Tokens
    presence: Presence
    sessions: Sessions
    health: HealthWatch

    def routes(self, test_support: bool) -> list[web.RouteDef]:
        """What to serve.

        Args:
            test_support: whether anybody may register accounts.
        """
        routes = [
            web.post("/log_in", self._served(self.log_in)),
            web.get("/get_contacts_list/{user}", self._served(self.get_contacts_list)),
            web.post("/admin/get_info", self._served(self.get_info)),
            web.post("/admin/kill_token", self._served(self.kill_token)),
        ]
        if test_support:
            routes.append(web.post("/test_support/users", self._served(self.register)))
        return routes

    async def log_in(self, request: web.Request) -> Answer:
        """`POST /log_in {"username", "password"}`."""
        try:
            shown = forms.Credentials.model_validate(await sent(request))
        except ValidationError:
            raise Rejected("Invalid Log In request") from None
        token = await self.sessions.log_in(shown.username, shown.password)
        return {"result": "success", "token": token} if token else {"result": "Invalid credentials"}

    async def get_contacts_list(self, request: web.Request) -> Answer:
        """`GET /get_contacts_list/<user>`, with the user's own name and token in the headers."""
        user, token = request.headers.get("username"), request.headers.get("jwt")
        if not user or not token:
            raise Rejected("The 'get_contact_list' request headers must contain username and jwt fields")
        await self.authorize(user, token)
        self.check_owner(user, request.match_info["user"])
        return await self.contacts(request.match_info["user"])

    async def authorize(self, user: str, token: str) -> None:
        """Raises `InvalidToken` unless the token is the user's."""
        await self.tokens.verify(user, token)

    def check_owner(self, user: str, owner: str) -> None:
        """Raises `InvalidToken` unless a user asks for their own contact list."""
        if user != owner:
            raise InvalidToken

    async def contacts(self, user: str) -> Answer:
        """All users, a user's rooms, and who is online."""
        names = await self.accounts.names()
        return {
            "all_existing_contacts": names,
            "contacts": self.rooms(user, [name for name in names if name != user]),
            "currently_online": await self.online(),
        }

    def rooms(self, user: str, others: list[str]) -> dict[str, str]:
        """A user's rooms: name of the other -> room."""
        return {other: room_of(user, other) for other in others}

    async def online(self) -> list[str]:
        """Who is online; the bots always are."""
        return [*self.presence.listed(), *BOTS]

    async def get_info(self, request: web.Request) -> Answer:
        """`POST /admin/get_info {"username", "password"}`."""
        await self._administrator(request, forms.Request)
        return {"online_clients_list": await self.online()}

    async def kill_token(self, request: web.Request) -> Answer:
        """`POST /admin/kill_token {"username", "password", "user_token_terminate"}`."""
        user = str((await self._administrator(request, forms.KillToken)).user_token_terminate)
        if await self.tokens.stored(user) is None:
            raise Rejected(f"No JWT for user {user}")
        await self.sessions.log_out(user, "The administrator has ended the session")
        return {"result": "success"}

    async def register(self, request: web.Request) -> Answer:
        """`POST /test_support/users {"username", "password", "token_lifetime"?: seconds}`."""
        asked = forms.filled_in(forms.Registration, await sent(request))
        await self.accounts.register(asked.username, asked.password, asked.token_lifetime)
        return {"result": "success"}

    async def _administrator(self, request: web.Request, form: type[R]) -> R:
        """The body of a request that only the administrator may make."""
        asked = forms.filled_in(form, await sent(request))
        if asked.username != ADMIN or not await self.accounts.admits(ADMIN, asked.password):
            raise Rejected("Admin access denied")
        return asked

    def unavailable(self, missing: Unavailable) -> web.Response:
        """The answer while a database is lost."""
        return web.json_response({"error": str(missing)}, status=503)

    def _served(self, handle: Callable[[web.Request], Awaitable[Answer]]) -> Callable[[web.Request], Any]:
        """A handler whose every end is an answer in JSON."""

        async def answer(request: web.Request) -> web.Response:
            try:
                self.health.require()
                return web.json_response(await handle(request))
            except Unavailable as missing:
                return self.unavailable(missing)
            except Rejected as refusal:
                return web.json_response({"error": str(refusal)})
            except NotJson:
                return web.json_response({"error": "The body is not JSON"}, status=400)

        return answer
