"""HTTP: uploads and files (contract 2.7)."""

import base64
import binascii
from typing import Any
from urllib.parse import quote

from aiohttp import web

from reference.threads import forms
from reference.threads.api import PREFIX, Api, body, number, query
from reference.threads.database import Row
from reference.threads.person import Person
from reference.threads.refusals import invalid


class UploadsApi(Api):
    """Uploads."""

    wrapped = True

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached."""
        here = f"{PREFIX}/files/upload"
        return [
            web.post(f"{here}/initiate", self.closed(self.initiate_upload, 201)),
            web.post(f"{here}/chunk", self.closed(self.upload_chunk)),
            web.post(f"{here}/complete", self.closed(self.complete_upload)),
            web.get(f"{here}/session/{{id}}", self.closed(self.upload)),
            web.delete(f"{here}/session/{{id}}", self.closed(self.cancel_upload)),
            web.get(f"{here}/streaming/{{id}}/stats", self.closed(self.upload_stats)),
            web.post(f"{here}/streaming/{{id}}/resume", self.closed(self.resume_upload, 201)),
        ]

    async def initiate_upload(self, person: Person, request: web.Request) -> Any:
        """A new upload."""
        sent = await body(forms.NewUpload, request)
        return self.shown(await self.inside.uploads.initiate(person, sent.named()))

    async def upload_chunk(self, person: Person, request: web.Request) -> Any:
        """The next chunk; the one that says it is the final one completes the upload."""
        sent = await body(forms.Chunk, request)
        content = _decoded(sent.chunk_data)
        if len(content) != sent.chunk_size_bytes:
            raise invalid("Invalid chunk size")
        session = await self.inside.uploads.take(
            person, sent.session_id, sent.chunk_index, content, sent.chunk_checksum
        )
        if sent.is_final_chunk:
            session = await self.inside.uploads.complete(person, sent.session_id)
        return self.shown(session)

    async def complete_upload(self, person: Person, request: web.Request) -> Any:
        """A file of all chunks."""
        sent = await body(forms.Completion, request)
        return self.shown(await self.inside.uploads.complete(person, sent.session_id))

    async def upload(self, person: Person, request: web.Request) -> Any:
        """How far it is."""
        return self.shown(await self.inside.uploads.access.upload(person, request.match_info["id"]))

    async def cancel_upload(self, person: Person, request: web.Request) -> Any:
        """Give it up."""
        return self.shown(await self.inside.uploads.cancel(person, request.match_info["id"]))

    async def upload_stats(self, person: Person, request: web.Request) -> Any:
        """How far it is, in short."""
        session = await self.inside.uploads.access.upload(person, request.match_info["id"])
        return {
            "sessionId": session["sessionId"],
            "isStreaming": session["status"] == "in_progress",
            "uploadedBytes": session["uploadedBytes"],
            "totalBytes": str(session["totalSizeBytes"]),
            "progressPercentage": self.inside.announcer.percentage(session),
        }

    async def resume_upload(self, person: Person, request: web.Request) -> Any:
        """Where to go on after an interruption."""
        session = await self.inside.uploads.open_session(person, request.match_info["id"])
        return {"resumePosition": str(session["uploadedBytes"]), "chunkIndex": session["uploadedChunks"]}

    def shown(self, session: Row) -> Row:
        """An upload as it is shown."""
        hidden = {"checksum", "companyId", "metadata", "expired"}
        shown = {name: value for name, value in session.items() if name not in hidden}
        return shown | {"progressPercentage": self.inside.announcer.percentage(session)}


class FilesApi(Api):
    """Files."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached; downloads in the style of the seed's paths and of the deployed system."""
        here = f"{PREFIX}/files"
        download = self.closed(self.download_file)
        return [
            web.get(here, self.closed(self.files)),
            web.get(f"{here}/download/{{id}}", download),
            web.get(f"{here}/{{id}}/download", download),
            web.get(f"{here}/storage/quota", self.closed(self.quota)),
            web.get(f"{here}/{{id}}", self.closed(self.file)),
            web.delete(f"{here}/{{id}}", self.closed(self.delete_file, 204)),
        ]

    async def files(self, person: Person, request: web.Request) -> Any:
        """Those of a chatroom or thread, or all of one's own."""
        asked = query(forms.Page, request)
        found = await self.inside.files.listed(person, asked.chatroom_id, asked.thread_id)
        return {"files": found[: asked.limit], "total": len(found), "hasNext": len(found) > asked.limit}

    async def quota(self, person: Person, _request: web.Request) -> Any:
        """How much of what the company may store is stored."""
        usage = await self.inside.companies.usage(person)
        used, limit = int(usage["storageUsed"]), int(usage["maxStorage"])
        counts = {"storageLimitBytes": limit, "storageUsedBytes": used, "storageAvailableBytes": limit - used}
        return {"companyId": person.company, "storageUsedPercent": round(used * 100 / limit, 2), **counts}

    async def file(self, person: Person, request: web.Request) -> Any:
        """What is known of one."""
        return await self.inside.files.of(person, number(request))

    async def download_file(self, person: Person, request: web.Request) -> web.Response:
        """The bytes of one."""
        file, content = await self.inside.files.content(person, number(request))
        name = f"attachment; filename*=UTF-8''{quote(file['fileName'])}"
        return web.Response(body=content, content_type=file["mimeType"], headers={"Content-Disposition": name})

    async def delete_file(self, person: Person, request: web.Request) -> None:
        """Away with it."""
        await self.inside.files.remove(person, number(request))


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise invalid("Validation failed", "chunkData is not base64") from None
