"""The API for those who look after users."""

from aiohttp import web

from reference.broker.forms import Activity, NewPassword, NewRole, NewUser, Page
from reference.broker.main.parts import Api, shown_user
from reference.broker.main.users import ROLES
from reference.broker.refusals import Rejected
from reference.kit.forms import filled_in
from reference.kit.postgres import Row


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
        asked = Page.model_validate(dict(request.query))
        return web.json_response([shown_user(user) for user in await self.inside.users.listed(asked.skip, asked.limit)])

    async def create(self, request: web.Request) -> web.Response:
        """A new user."""
        admin = await self.inside.access.administrator(request)
        sent = await filled_in(NewUser, request)
        user = await self.inside.users.create(sent.email, sent.password, _role(sent.role), sent.client_id, admin["id"])
        return web.json_response(shown_user(user), status=201)

    async def set_role(self, request: web.Request) -> web.Response:
        """Another role for a user."""
        admin = await self.inside.access.administrator(request)
        role = (await filled_in(NewRole, request)).role
        changed = await self.inside.users.set_role(_number(request), _role(role), admin["id"])
        return web.json_response(shown_user(changed))

    async def set_active(self, request: web.Request) -> web.Response:
        """Lock a user out, or let them in again."""
        manager, user = await self.both(request)
        active = (await filled_in(Activity, request)).is_active
        if user["id"] == manager["id"]:
            raise Rejected(400, "Cannot change your own active status")
        changed = await self.inside.users.set_active(user["id"], active, manager["id"])
        return web.json_response(shown_user(changed))

    async def set_password(self, request: web.Request) -> web.Response:
        """Another password for a user."""
        manager, user = await self.both(request)
        password = (await filled_in(NewPassword, request)).new_password
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


def _role(text: str) -> str:
    if text.lower() not in ROLES:
        raise Rejected(400, f"Invalid role: {text}")
    return text.lower()
