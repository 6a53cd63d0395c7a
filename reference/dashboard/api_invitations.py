"""HTTP: invitations, by the route that DASH-003 names and by those of the deployed system (contract 2.6)."""

from contextlib import suppress

from aiohttp import web

from reference.dashboard import forms, http
from reference.dashboard.api import Api
from reference.kit.forms import filled_in
from reference.kit.postgres import Row


class InvitationsApi(Api):
    """Invitations and the answers to them."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached."""
        here, link = "/api/accounts", "/api/accounts/invitations/{token:[0-9a-f]+}"
        return [
            web.post(f"{here}/schools/{{school:\\d+}}/invitations/", self.invite),
            web.post(f"{here}/teachers/invite_existing/", self.invite_existing),
            web.post(f"{here}/teachers/invite-bulk/", self.invite_together),
            web.get(f"{link}/details/", self.details),
            web.post(f"{link}/accept/", self.accept),
            web.post(f"{here}/teacher-invitations/{{token:[0-9a-f]+}}/accept/", self.accept),
            web.post(f"{link}/decline/", self.decline),
            web.post(f"{link}/cancel/", self.cancel),
        ]

    async def invite(self, request: web.Request) -> web.Response:
        """Invite anybody by e-mail (DASH-003, step 6)."""
        sent = await filled_in(forms.Invited, request)
        school = int(request.match_info["school"])
        inviter = await self.manager(request, school)
        return await self._invite(inviter, school, sent.email, sent.role)

    async def invite_existing(self, request: web.Request) -> web.Response:
        """Invite a user who has an account to teach."""
        sent = await filled_in(forms.InvitedTeacher, request)
        school, email = sent.school_id, sent.email
        inviter = await self.manager(request, school)
        if await self.inside.accounts.user_of(email) is None:
            raise http.invalid("email", "There is no user with this email.")
        return await self._invite(inviter, school, email, "teacher")

    async def _invite(self, inviter: Row, school: int, email: str, role: str) -> web.Response:
        await self._check_is_new(school, email, role)
        invitation = await self.inside.invitations.send(inviter, school, email, role)
        if invitation is None:
            raise http.invalid("non_field_errors", "There is already a pending invitation for this email.")
        answer = {"message": "Invitation created.", "invitation": _shown(invitation)}
        return web.json_response(answer, status=201)

    async def invite_together(self, request: web.Request) -> web.Response:
        """Invite several people to teach, whether or not they have accounts."""
        sent = await filled_in(forms.InvitedTeachers, request)
        inviter = await self.manager(request, sent.school_id)
        sending = [await self._invite_one(inviter, sent.school_id, one.email) for one in sent.invitations]
        shown = [_shown(invitation) for invitation in sending if invitation]
        counts = {"successful_invitations": len(shown), "failed_invitations": len(sending) - len(shown)}
        status = 201 if len(shown) == len(sending) else 207 if shown else 400
        return web.json_response({"invitations": shown, "total_invitations": len(sending)} | counts, status=status)

    async def _invite_one(self, inviter: Row, school: int, email: str) -> Row | None:
        with suppress(http.RejectedError):
            await self._check_is_new(school, email, "teacher")
            return await self.inside.invitations.send(inviter, school, email, "teacher")
        return None

    async def _check_is_new(self, school: int, email: str, role: str) -> None:
        invited = await self.inside.accounts.user_of(email)
        if invited and await self.inside.accounts.belongs(invited["id"], school, (role,)):
            raise http.invalid("non_field_errors", f"This user is already a {role} at this school.")

    async def details(self, request: web.Request) -> web.Response:
        """What an invitation is about, for a user who has its link."""
        invitation = await self._invitation(request)
        shown = {"school": invitation["school_name"], "role": invitation["role"], "invited_by": invitation["inviter"]}
        shown["expires_at"] = invitation["expires_at"].isoformat()
        return web.json_response({"invitation": shown, "target_email": invitation["email"]})

    async def accept(self, request: web.Request) -> web.Response:
        """The invited user becomes a member."""
        user, invitation = await self._invited(request)
        membership = await self.inside.invitations.accept(invitation["token"], user)
        shown = {"id": membership["id"], "role": membership["role"]}
        return web.json_response({"message": "Invitation accepted.", "school_membership": shown})

    async def decline(self, request: web.Request) -> web.Response:
        """The invited user says no."""
        user, invitation = await self._invited(request)
        await self.inside.invitations.decline(invitation["token"], user)
        return web.json_response({"message": "Invitation declined."})

    async def cancel(self, request: web.Request) -> web.Response:
        """The school withdraws it."""
        await self.session(request)
        invitation = await self._invitation(request)
        await self.manager(request, invitation["school_id"])
        await self.inside.invitations.cancel(invitation["token"])
        return web.json_response({"message": "Invitation cancelled."})

    async def _invited(self, request: web.Request) -> tuple[Row, Row]:
        user, invitation = await self.user(request), await self._invitation(request)
        if user["email"] != invitation["email"]:
            raise http.denied(403, "This invitation is for another account.")
        return user, invitation

    async def _invitation(self, request: web.Request) -> Row:
        invitation = await self.inside.invitations.of_token(request.match_info["token"])
        if invitation is None:
            raise http.denied(404, "Not found.")
        return invitation


def _shown(invitation: Row) -> Row:
    """An invitation as its sender is shown it."""
    shown = {key: invitation[key] for key in ("id", "email", "role", "status", "token")}
    link = {"link": f"/accept-invitation/{invitation['token']}", "school": {"id": invitation["school_id"]}}
    return shown | link | {"expires_at": invitation["expires_at"].isoformat()}
