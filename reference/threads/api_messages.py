"""HTTP: messages (contract 2.6)."""

from typing import Any

from aiohttp import web

from reference.threads import forms
from reference.threads.api import PREFIX, Api, body, number, query
from reference.threads.messages import Draft
from reference.threads.person import Person
from reference.threads.refusals import invalid


class MessagesApi(Api):
    """Messages."""

    wrapped = True

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached, under the seed's paths and the deployed system's."""
        here = f"{PREFIX}/messages"
        send = self.closed(self.send_message, 201)
        return [
            web.post(here, send),
            web.post(f"{here}/send", send),
            web.post(f"{PREFIX}/threads/messages/send", self.closed(self.send_thread_message, 201)),
            web.get(f"{here}/list", self.closed(self.list_messages)),
            web.get(f"{here}/chatroom/{{id}}", self.closed(self.messages_of_chatroom)),
            web.get(f"{here}/thread/{{id}}", self.closed(self.messages_of_thread)),
            web.get(f"{here}/{{id}}", self.closed(self.message)),
            web.put(f"{here}/{{id}}", self.closed(self.edit_message)),
            web.delete(f"{here}/{{id}}", self.closed(self.delete_message, 204)),
        ]

    async def send_message(self, person: Person, request: web.Request) -> Any:
        """Say something in a chatroom, or in a thread of it."""
        return await self.inside.messages.send(person, draft(await body(forms.ChatroomMessage, request)))

    async def send_thread_message(self, person: Person, request: web.Request) -> Any:
        """Say something in a thread."""
        return await self.inside.messages.send(person, draft(await body(forms.ThreadMessage, request)))

    async def list_messages(self, person: Person, request: web.Request) -> Any:
        """A page of what has been said in the place that the query names."""
        return await self._history(person, query(forms.Page, request))

    async def messages_of_chatroom(self, person: Person, request: web.Request) -> Any:
        """A page of what has been said in a chatroom."""
        asked = query(forms.Page, request)
        return await self._history(person, asked.model_copy(update={"chatroom_id": number(request)}))

    async def messages_of_thread(self, person: Person, request: web.Request) -> Any:
        """A page of what has been said in a thread."""
        asked = query(forms.Page, request)
        return await self._history(person, asked.model_copy(update={"thread_id": number(request)}))

    async def _history(self, person: Person, asked: forms.Page) -> Any:
        if not asked.chatroom_id and not asked.thread_id:
            raise invalid("Validation failed", "chatroomId or threadId is required")
        place = (asked.chatroom_id, asked.thread_id)
        return await self.inside.messages.history(person, *place, asked.limit, asked.last_index)

    async def message(self, person: Person, request: web.Request) -> Any:
        """One message."""
        return await self.inside.messages.of(person, number(request))

    async def edit_message(self, person: Person, request: web.Request) -> Any:
        """Say it better."""
        sent = await body(forms.Edit, request)
        return await self.inside.messages.edit(person, number(request), sent.content)

    async def delete_message(self, person: Person, request: web.Request) -> None:
        """Take it back."""
        await self.inside.messages.remove(person, number(request))


def draft(said: forms.Said) -> Draft:
    """A message as it was sent, for a chatroom or a thread."""
    where = said.model_dump(include={"chatroom_id", "thread_id"})
    content, kind, answers = said.content, said.message_type, said.reply_to_id
    return Draft(where.get("chatroom_id"), where.get("thread_id"), content, kind, answers)
