"""HTTP: chatrooms and threads (contract 2.4, 2.5)."""

from typing import Any

from aiohttp import web

from reference.kit.postgres import Row
from reference.threads import forms
from reference.threads.api import PREFIX, Api, body, number, one_page, query
from reference.threads.person import Person
from reference.threads.plain import now


class ChatroomsApi(Api):
    """Chatrooms."""

    wrapped = True

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached; creating one under the seed's path and the deployed system's."""
        here = f"{PREFIX}/chatrooms"
        create = self.closed(self.create_chatroom, 201)
        return [
            web.post(here, create),
            web.post(f"{here}/create", create),
            web.get(here, self.closed(self.chatrooms)),
            web.get(f"{here}/{{id}}", self.closed(self.chatroom)),
            web.put(f"{here}/{{id}}", self.closed(self.change_chatroom)),
            web.delete(f"{here}/{{id}}", self.closed(self.delete_chatroom, 204)),
            web.get(f"{here}/{{id}}/members", self.closed(self.chatroom_members)),
            web.post(f"{here}/{{id}}/members/{{user}}", self.closed(self.add_member, 201)),
            web.delete(f"{here}/{{id}}/members/{{user}}", self.closed(self.remove_member, 204)),
        ]

    async def create_chatroom(self, person: Person, request: web.Request) -> Any:
        """A new one."""
        return await self.inside.chatrooms.create(person, (await body(forms.NewChatroom, request)).named())

    async def chatrooms(self, person: Person, request: web.Request) -> Any:
        """Those that one may know of."""
        return _page(await self.inside.chatrooms.listed(person), query(forms.Page, request))

    async def chatroom(self, person: Person, request: web.Request) -> Any:
        """One of one's own."""
        await self.inside.chatrooms.access.chatroom(person, number(request))
        return await self.inside.chatrooms.shown(number(request))

    async def change_chatroom(self, person: Person, request: web.Request) -> Any:
        """Name, description, picture, privacy."""
        sent = await body(forms.ChatroomChanges, request)
        return await self.inside.chatrooms.change(person, number(request), _given(sent))

    async def delete_chatroom(self, person: Person, request: web.Request) -> None:
        """Away with it."""
        await self.inside.chatrooms.remove(person, number(request))

    async def chatroom_members(self, person: Person, request: web.Request) -> Any:
        """Who is in."""
        return {"items": await self.inside.chatrooms.members(person, number(request))}

    async def add_member(self, person: Person, request: web.Request) -> Any:
        """Take a user in."""
        await self.inside.chatrooms.add_member(person, number(request), number(request, "user"))
        return {"userId": request.match_info["user"]}

    async def remove_member(self, person: Person, request: web.Request) -> None:
        """Put a user out."""
        await self.inside.chatrooms.remove_member(person, number(request), number(request, "user"))


class ThreadsApi(Api):
    """Threads."""

    wrapped = True

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached; creating one under the seed's path and the deployed system's."""
        here = f"{PREFIX}/threads"
        create = self.closed(self.create_thread, 201)
        return [
            web.post(here, create),
            web.post(f"{here}/create", create),
            web.get(here, self.closed(self.threads)),
            web.get(f"{here}/{{id}}", self.closed(self.thread)),
            web.put(f"{here}/{{id}}", self.closed(self.change_thread)),
            web.put(f"{here}/{{id}}/archive", self.closed(self.archive_thread)),
            web.delete(f"{here}/{{id}}", self.closed(self.delete_thread, 204)),
            web.get(f"{here}/{{id}}/files", self.closed(self.files_of_thread)),
            web.post(f"{here}/{{id}}/files", self.closed(self.share_file, 201)),
            web.delete(f"{here}/{{id}}/files/{{file}}", self.closed(self.unshare_file)),
            web.post(f"{here}/{{id}}/participants/{{user}}", self.closed(self.add_participant, 201)),
            web.delete(f"{here}/{{id}}/participants/{{user}}", self.closed(self.remove_participant, 204)),
        ]

    async def create_thread(self, person: Person, request: web.Request) -> Any:
        """A new one."""
        sent = await body(forms.NewThread, request)
        return await self.inside.threads.create(person, sent.chatroom_id, sent.named(), sent.participant_ids)

    async def threads(self, person: Person, request: web.Request) -> Any:
        """Those of a chatroom, or all of one's own chatrooms."""
        asked = query(forms.Page, request)
        return _page(await self.inside.threads.listed(person, asked.chatroom_id), asked)

    async def thread(self, person: Person, request: web.Request) -> Any:
        """One of one's own chatrooms."""
        return await self.inside.threads.of(person, number(request))

    async def change_thread(self, person: Person, request: web.Request) -> Any:
        """Title, description, whether it is archived."""
        sent = await body(forms.ThreadChanges, request)
        return await self.inside.threads.change(person, number(request), _given(sent))

    async def archive_thread(self, person: Person, request: web.Request) -> Any:
        """Put it into the archive."""
        return await self.inside.threads.change(person, number(request), {"isArchived": True})

    async def delete_thread(self, person: Person, request: web.Request) -> None:
        """Away with it."""
        await self.inside.threads.remove(person, number(request))

    async def files_of_thread(self, person: Person, request: web.Request) -> Any:
        """Its files."""
        return await self.inside.files.listed(person, None, number(request))

    async def share_file(self, person: Person, request: web.Request) -> Any:
        """Put a file of one's own into it."""
        file = (await body(forms.SharedFile, request)).file_id
        await self.inside.files.share(person, file, await self.inside.threads.access.thread(person, number(request)))
        return {"threadId": request.match_info["id"], "fileId": file, "associatedBy": person.id, "associatedAt": now()}

    async def unshare_file(self, person: Person, request: web.Request) -> Any:
        """Take a file out of it."""
        thread = await self.inside.threads.access.thread(person, number(request))
        await self.inside.files.unshare(person, number(request, "file"), thread)
        return {"message": "File removed from the thread"}

    async def add_participant(self, person: Person, request: web.Request) -> Any:
        """Let a user take part."""
        await self.inside.threads.add_participant(person, number(request), number(request, "user"))
        return {"userId": request.match_info["user"]}

    async def remove_participant(self, person: Person, request: web.Request) -> None:
        """Let a user take part no more."""
        await self.inside.threads.remove_participant(person, number(request), number(request, "user"))


def _given(sent: forms.Form) -> Row:
    """The changes that were sent; null means the same as nothing."""
    return {name: value for name, value in sent.named(only_given=True).items() if value is not None}


def _page(items: list[Row], asked: forms.Page) -> Row:
    page, after = one_page(items, asked)
    return {"items": page, "pagination": {"limit": asked.limit} | after}
