"""HTTP: signing up, in and out, and memberships (contracts/dashboard.md, 2.1-2.5, 2.7)."""

from aiohttp import web

from reference.dashboard import forms, http
from reference.dashboard.api import Api
from reference.dashboard.gate import COOKIE
from reference.kit.forms import filled_in
from reference.kit.postgres import Row


class AccountsApi(Api):
    """Accounts and sessions."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached."""
        here = "/api/accounts"
        return [
            web.get("/api/", self.root),
            web.post(f"{here}/users/signup/", self.sign_up),
            web.post(f"{here}/auth/request-code/", self.request_code),
            web.post(f"{here}/auth/verify-code/", self.verify_code),
            web.post(f"{here}/auth/logout/", self.log_out),
            web.get(f"{here}/schools/", self.schools),
            web.post(f"{here}/school-memberships/", self.add_member),
            web.patch(f"{here}/school-memberships/{{number:\\d+}}/", self.change_member),
            web.delete(f"{here}/school-memberships/{{number:\\d+}}/", self.remove_member),
        ]

    async def root(self, request: web.Request) -> web.Response:
        """Says 401 to all who ask when everything is well, which is what health checks look for."""
        await self.inside.database.rows("select 1")
        if not await self.inside.broadcaster.answers():
            raise http.unavailable("Redis")
        raise http.denied(401, "Authentication credentials were not provided.")

    async def sign_up(self, request: web.Request) -> web.Response:
        """A new user with a school to own."""
        sent = await filled_in(forms.SignUp, request)
        contact = sent.primary_contact
        signed_up = await self.inside.accounts.sign_up(
            sent.name, sent.email, sent.phone_number, contact, sent.school.name
        )
        if signed_up is None:
            raise http.RejectedError("A user with this email already exists.")
        user, school = signed_up
        answer = {
            "message": "User created. Request a code to sign in.",
            "user": _public(user) | {"primary_contact": contact},
            "school": {"id": school["id"], "name": school["name"]},
        }
        return web.json_response(answer, status=201)

    async def request_code(self, request: web.Request) -> web.Response:
        """A login code by mail; the answer does not tell whether there is such a user."""
        email = (await filled_in(forms.Addressee, request)).email
        if await self.inside.accounts.user_of(email):
            await self.inside.codes.send(email)
        return web.json_response({"message": "If an account exists, a verification code has been sent."})

    async def verify_code(self, request: web.Request) -> web.Response:
        """A session for a code: its token, and its cookie for a browser."""
        sent = await filled_in(forms.LoginCode, request)
        email = sent.email
        user = await self.inside.accounts.user_of(email)
        if user is None:
            raise http.RejectedError("Invalid or expired verification code.")
        await self.inside.codes.redeem(email, sent.code)
        token, cookie = await self.inside.sessions.open(user)
        answer = web.json_response({"token": token, "user": _public(user) | {"username": email}})
        answer.set_cookie(COOKIE, cookie, max_age=1209600, secure=True, httponly=True, samesite="Lax")
        return answer

    async def log_out(self, request: web.Request) -> web.Response:
        """The end of a session, and of every socket that was opened in it."""
        session = await self.session(request)
        await self.inside.sessions.end(session)
        await self.inside.broadcaster.revoke(session=session.jti)
        return web.Response(status=204)

    async def schools(self, request: web.Request) -> web.Response:
        """The schools one belongs to, all on one page."""
        user = await self.user(request)
        schools = await self.inside.accounts.schools(user["id"])
        return web.json_response({"count": len(schools), "next": None, "previous": None, "results": schools})

    async def add_member(self, request: web.Request) -> web.Response:
        """A user becomes a member of a school that the asker manages."""
        sent = await filled_in(forms.NewMember, request)
        await self.manager(request, sent.school_id)
        user = await self.inside.accounts.user(sent.user_id)
        if user is None:
            raise http.invalid("user_id", "There is no such user.")
        membership = await self.inside.accounts.add_member(user, sent.school_id, sent.role, sent.is_active)
        if membership is None:
            raise http.invalid("non_field_errors", "The user has this role already.")
        return web.json_response(_membership(membership), status=201)

    async def change_member(self, request: web.Request) -> web.Response:
        """A membership is suspended, or goes on."""
        membership = await self._membership(request)
        active = (await filled_in(forms.Activity, request)).is_active
        await self.inside.accounts.set_active(membership, active)
        if not active:
            await self._listens_no_longer(membership)
        return web.json_response(_membership(membership) | {"is_active": active})

    async def remove_member(self, request: web.Request) -> web.Response:
        """A membership ends."""
        membership = await self._membership(request)
        await self.inside.accounts.remove_member(membership)
        await self._listens_no_longer(membership)
        return web.Response(status=204)

    async def _membership(self, request: web.Request) -> Row:
        await self.session(request)
        membership = await self.inside.accounts.membership(int(request.match_info["number"]))
        if membership is None:
            raise http.denied(404, "Not found.")
        await self.manager(request, membership["school_id"])
        return membership

    async def _listens_no_longer(self, membership: Row) -> None:
        """Close the sockets of a former owner or admin, unless another role of theirs still opens them."""
        user, school = membership["user_id"], membership["school_id"]
        if not await self.inside.accounts.manages(user, school):
            await self.inside.broadcaster.revoke(user=user, school=school)


class TestSupportApi(Api):
    """What only a test may ask for; not there unless the server is started with `--test-support`."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is reached."""
        return [
            web.put("/test_support/token_lifetime", self.set_token_lifetime),
            web.put("/test_support/expiry", self.expire),
        ]

    async def set_token_lifetime(self, request: web.Request) -> web.Response:
        """How long the future sessions of one user last."""
        sent = await filled_in(forms.TokenLifetime, request)
        await self.inside.accounts.set_token_lifetime(sent.email, sent.seconds)
        return web.Response(status=204)

    async def expire(self, request: web.Request) -> web.Response:
        """The time of a login code, or of all invitations of one user, is up."""
        sent = await filled_in(forms.Expiry, request)
        table = {"login code": "accounts_verificationcode", "invitation": "accounts_schoolinvitation"}[sent.what]
        sql = f"update {table} set expires_at = clock_timestamp() - interval '1 second' where email = %s"
        await self.inside.database.rows(sql, sent.email)
        return web.Response(status=204)


def _public(user: Row) -> Row:
    return {key: user[key] for key in ("id", "email", "name", "phone_number")}


def _membership(membership: Row) -> Row:
    shown = {key: membership[key] for key in ("id", "user_id", "school_id", "role", "is_active")}
    return shown | {"joined_at": membership["joined_at"].isoformat()}
