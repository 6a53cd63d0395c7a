"""HTTP: the company, its members and invitations (contract 2.3)."""

from datetime import datetime
from typing import Any

from aiohttp import web

from reference.threads import forms
from reference.threads.api import PREFIX, Api, body, number, query
from reference.threads.person import Person
from reference.threads.refusals import invalid


class CompaniesApi(Api):
    """Companies."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached."""
        here, invitations = f"{PREFIX}/companies", f"{PREFIX}/invitations"
        remove = self.closed(self.remove_member)
        return [
            web.get(f"{here}/me", self.closed(self.company)),
            web.put(f"{here}/me", self.closed(self.change)),
            web.get(f"{here}/me/members", self.closed(self.members)),
            web.get(f"{here}/me/usage", self.closed(self.usage)),
            web.post(f"{here}/members/add", self.closed(self.add_member, 201)),
            web.delete(f"{here}/members/{{id}}", remove),
            web.delete(f"{PREFIX}/users/{{id}}", remove),
            web.put(f"{PREFIX}/users/{{id}}/role", self.closed(self.change_role)),
            web.post(invitations, self.closed(self.invite, 201)),
            web.get(invitations, self.closed(self.invitations)),
            web.get(f"{invitations}/validate/{{token}}", self.open(self.validate)),
            web.post(f"{invitations}/accept", self.open(self.accept, 201)),
            web.delete(f"{invitations}/{{id}}", self.closed(self.revoke)),
        ]

    async def company(self, person: Person, _request: web.Request) -> Any:
        """One's company."""
        return await self.inside.accounts.company(person.company)

    async def change(self, person: Person, request: web.Request) -> Any:
        """Another name for it, in words or in addresses."""
        sent = await body(forms.CompanyChanges, request)
        return await self.inside.companies.change(person, sent.named(only_given=True))

    async def members(self, person: Person, request: web.Request) -> Any:
        """A page of its people, in the order of their coming."""
        asked = query(forms.Page, request)
        people = [
            user
            for user in await self.inside.companies.members(person)
            if not asked.last_index or user["createdAt"] > _moment(asked.last_index)
        ]
        page, more = people[: asked.limit], len(people) > asked.limit
        pagination = {"hasNext": more, "limit": asked.limit}
        if more:
            # to the microsecond: a rounded one would show the last of this page again
            pagination["nextIndex"] = page[-1]["createdAt"].isoformat()
        return {"items": page, "pagination": pagination}

    async def usage(self, person: Person, _request: web.Request) -> Any:
        """How much of what it may use is used."""
        return await self.inside.companies.usage(person)

    async def add_member(self, person: Person, request: web.Request) -> Any:
        """A new member, without an invitation."""
        sent = await body(forms.NewMember, request)
        return {"user": await self.inside.companies.add(person, sent.named())}

    async def remove_member(self, person: Person, request: web.Request) -> Any:
        """A member leaves, at once."""
        await self.inside.companies.remove(person, number(request))
        return {"message": "Member removed"}

    async def change_role(self, person: Person, request: web.Request) -> Any:
        """Another role."""
        role = (await body(forms.NewRole, request)).role
        return await self.inside.companies.change_role(person, number(request), role)

    async def invite(self, person: Person, request: web.Request) -> Any:
        """An invitation."""
        sent = await body(forms.NewInvitation, request)
        return await self.inside.invitations.create(person, sent.email, sent.role)

    async def invitations(self, person: Person, _request: web.Request) -> Any:
        """All invitations."""
        items = await self.inside.invitations.listed(person)
        return {"items": items, "pagination": {"hasNext": False, "limit": len(items)}}

    async def validate(self, request: web.Request) -> Any:
        """What an invitation is for."""
        found = await self.inside.invitations.pending(request.match_info["token"])
        return {"valid": True} | {name: found[name] for name in ("email", "companyName", "role")}

    async def accept(self, request: web.Request) -> Any:
        """Become a member."""
        sent = await body(forms.Acceptance, request)
        user = await self.inside.invitations.accept(sent.token, sent.password, sent.full_name)
        return {"message": "Invitation accepted", "user": user}

    async def revoke(self, person: Person, request: web.Request) -> Any:
        """Take an invitation back."""
        await self.inside.invitations.revoke(person, number(request))
        return {"message": "Invitation revoked"}


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.replace(" ", "+"))  # a plus sign reaches us as a space
    except ValueError:
        raise invalid("Invalid cursor format") from None
