"""HTTP: signing up, in and out, profiles and statuses (contract 2.2, 2.3)."""

from typing import Any

from aiohttp import web

from reference.kit.postgres import Row
from reference.threads import forms
from reference.threads.api import PREFIX, Api, body, number
from reference.threads.person import Person
from reference.threads.refusals import Rejected, missing

#: What can be out of date -> how it comes to be, in SQL.
_EXPIRES = {
    "invitation": "update company_invitations set \"expiresAt\" = now() - interval '1 second' where email = %s",
    "upload": "update file_upload_sessions set \"expiresAt\" = now() - interval '1 second' "
    'where "uploadedById" = (select id from users where email = %s)',
}
_ME = ("id", "companyId", "email", "username", "fullName", "companyRole")


class AccountsApi(Api):
    """Accounts and sign-ins."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached; profiles under the seed's path and the deployed system's."""
        auth, users = f"{PREFIX}/auth", f"{PREFIX}/users"
        profile, change_profile = self.closed(self.profile), self.closed(self.change_profile)
        return [
            web.post(f"{auth}/register", self.open(self.register, 201)),
            web.post(f"{auth}/login", self.open(self.log_in, 201)),
            web.post(f"{auth}/refresh", self.open(self.refresh, 201)),
            web.post(f"{auth}/logout", self.closed(self.log_out, 201)),
            web.get(f"{auth}/me", self.closed(self.me)),
            *(web.get(f"{users}/{path}", profile) for path in ("profile", "me")),
            *(web.put(f"{users}/{path}", change_profile) for path in ("profile", "me")),
            web.get(f"{users}/status", self.closed(self.statuses)),
            web.put(f"{users}/status", self.closed(self.set_status)),
            web.post(f"{users}/status", self.closed(self.set_status)),
            web.put(f"{users}/me/password", self.closed(self.change_password)),
            web.get(f"{users}/{{id}}", self.closed(self.user)),
        ]

    async def register(self, request: web.Request) -> Any:
        """A new company with its owner, who is signed in."""
        sent = await body(forms.Registration, request)
        user, company = await self.inside.accounts.register(
            sent.email, sent.password, sent.full_name, sent.company_name
        )
        return {"user": user, "company": company} | await self.inside.sessions.begin(user)

    async def log_in(self, request: web.Request) -> Any:
        """A sign-in."""
        sent = await body(forms.Credentials, request)
        user, company = await self.inside.accounts.log_in(sent.email, sent.password)
        return {"user": user, "company": company} | await self.inside.sessions.begin(user)

    async def refresh(self, request: web.Request) -> Any:
        """The next pair of tokens."""
        return await self.inside.sessions.refresh((await body(forms.Renewal, request)).refresh_token)

    async def log_out(self, person: Person, request: web.Request) -> Any:
        """The end of a sign-in and of its connections."""
        await body(forms.Farewell, request)
        await self.inside.sessions.end(person.sign_in)
        connections = self.inside.connections
        await connections.dismiss(connections.sockets.of_sign_in(person.sign_in), Rejected(401, "Logged out"))
        return {"message": "Logged out successfully"}

    async def me(self, person: Person, request: web.Request) -> Any:
        """Oneself in short."""
        user = await self.profile(person, request)
        return {name: user[name] for name in _ME}

    async def profile(self, person: Person, _request: web.Request) -> Row:
        """Oneself."""
        return await self.known(person, person.id)

    async def known(self, person: Person, user: str) -> Row:
        """A user of one's own company."""
        found = await self.inside.accounts.user(user, person.company)
        if found is None:
            raise missing("User")
        return found

    async def change_profile(self, person: Person, request: web.Request) -> Any:
        """Name, full name, picture; the company is told."""
        sent = await body(forms.Profile, request)
        user = await self.inside.accounts.change_profile(person.id, sent.named(only_given=True))
        await self.inside.announcer.in_company(person.company, "user_profile_updated", {"user": _public(user)})
        return user

    async def statuses(self, person: Person, _request: web.Request) -> Any:
        """How everybody of the company is."""
        members = await self.inside.companies.members(person)
        statuses = self.inside.announcer.statuses
        return {"items": [{"userId": user["id"]} | statuses.of(user["id"]) for user in members]}

    async def set_status(self, person: Person, request: web.Request) -> Any:
        """Say how one is; the company is told."""
        sent = await body(forms.NewStatus, request)
        announcer = self.inside.announcer
        announcer.statuses.say(person.id, sent.status, sent.custom_message)
        await announcer.status(person)
        return {"userId": person.id} | announcer.statuses.of(person.id)

    async def change_password(self, person: Person, request: web.Request) -> Any:
        """Another password, for who knows the current one."""
        sent = await body(forms.NewPassword, request)
        await self.inside.accounts.change_password(person.id, sent.current_password, sent.new_password)
        return {"message": "Password changed"}

    async def user(self, person: Person, request: web.Request) -> Any:
        """A user of the company."""
        return await self.known(person, str(number(request)))


class TestSupportApi(Api):
    """What only a test may ask for; not there unless the server is started with `--test-support`."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is reached."""
        here = f"{PREFIX}/test_support"
        return [
            web.put(f"{here}/token_lifetime", self.open(self.set_token_lifetime, 204)),
            web.put(f"{here}/expiry", self.open(self.expire, 204)),
        ]

    async def set_token_lifetime(self, request: web.Request) -> None:
        """How long the future access tokens of one user last."""
        sent = await body(forms.TokenLifetime, request)
        await self.inside.accounts.set_token_lifetime(sent.email, sent.seconds)

    async def expire(self, request: web.Request) -> None:
        """The time of all invitations, or all uploads, of one user is up."""
        sent = await body(forms.Expiry, request)
        await self.inside.database.rows(_EXPIRES[sent.what], sent.email)


def _public(user: Row) -> Row:
    return {name: user[name] for name in ("id", "username", "fullName", "avatarUrl", "companyRole")}
