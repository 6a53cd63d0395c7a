"""The API for those who look after users."""

from typing import Any

from aiohttp import web

from reference.broker.fields import Fields
from reference.broker.main.parts import Api, page, shown_user
from reference.broker.main.passwords import LONGEST
from reference.broker.main.users import ROLES
from reference.broker.refusals import Rejected
from reference.kit.postgres import Row

_SHORTEST = 8  # characters


class UsersApi(Api):
    """Creates and changes accounts."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [
            web.get("/admin/users", self.listed),
            web.post("/admin/users", self.create),
            web.post("/admin/users/create", self.create),
            web.put(r"/admin/users/{user_id:\d+}/role", self.set_role),
            web.put(r"/admin/users/{user_id:\d+}/status", self.set_active),
            web.put(r"/admin/users/{user_id:\d+}/password", self.set_password),
        ]

    async def listed(self, request: web.Request) -> web.Response:
        """A page of all users."""
        await self.inside.access.manager(request)
        return web.json_response([shown_user(user) for user in await self.inside.users.listed(*page(request))])

    async def create(self, request: web.Request) -> web.Response:
        """A new user."""
        admin = await self.inside.access.administrator(request)
        fields = await Fields.of(request)
        email, client = fields.text("email", 3), fields.text("client_id", default=None)
        password, role = _password(fields, "password"), fields.text("role", default="user")
        fields.check()
        user = await self.inside.users.create(email, password, _role(role), client, admin["id"])
        return web.json_response(shown_user(user), status=201)

    async def set_role(self, request: web.Request) -> web.Response:
        """Another role for a user."""
        admin = await self.inside.access.administrator(request)
        fields = await Fields.of(request)
        role = fields.text("role")
        fields.check()
        changed = await self.inside.users.set_role(_number(request), _role(role), admin["id"])
        return web.json_response(shown_user(changed))

    async def set_active(self, request: web.Request) -> web.Response:
        """Lock a user out, or let them in again."""
        manager, user = await self.both(request)
        fields = await Fields.of(request)
        active = fields.flag("is_active")
        fields.check()
        if user["id"] == manager["id"]:
            raise Rejected(400, "Cannot change your own active status")
        changed = await self.inside.users.set_active(user["id"], active, manager["id"])
        return web.json_response(shown_user(changed))

    async def set_password(self, request: web.Request) -> web.Response:
        """Another password for a user."""
        manager, user = await self.both(request)
        fields = await Fields.of(request)
        password = _password(fields, "new_password")
        fields.check()
        await self.inside.users.set_password(user["id"], password, manager["id"])
        return web.json_response({"status": "success", "message": "Password updated"})

    async def both(self, request: web.Request) -> tuple[Row, Row]:
        """Who sent a request, and the user it is about, whom they may manage. Raises `Rejected`."""
        manager = await self.inside.access.manager(request)
        user = await self.inside.users.find(_number(request))
        self.inside.access.may_manage(manager, user)
        return manager, user


def _number(request: web.Request) -> int:
    return int(request.match_info["user_id"])


def _password(fields: Fields, name: str) -> str:
    password: Any = fields.text(name, _SHORTEST, LONGEST)
    if isinstance(password, str) and len(password.encode()) > LONGEST:
        fields.complain(name, f"String should have at most {LONGEST} bytes")
    return str(password)


def _role(text: str) -> str:
    if text.lower() not in ROLES:
        raise Rejected(400, f"Invalid role: {text}")
    return text.lower()
