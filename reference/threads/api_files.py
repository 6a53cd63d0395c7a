"""HTTP: uploads, and single files (contract 2.7)."""

import base64
import binascii
from typing import Any
from urllib.parse import quote
from uuid import UUID

from aiohttp import web

from reference.kit.postgres import Row
from reference.threads import forms
from reference.threads.api import PREFIX, Api, body, number
from reference.threads.person import Person
from reference.threads.plain import at, clock
from reference.threads.refusals import invalid

#: Seconds that a link to a file is good for.
_TICKET_LIFETIME = 300.0


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
        shown = {
            "sessionId": session["sessionId"],
            "isStreaming": session["status"] == "in_progress",
            "uploadedBytes": session["uploadedBytes"],
            "totalBytes": str(session["totalSizeBytes"]),
            "progressPercentage": self.inside.announcer.percentage(session),
        }
        return shown | _pace(session)

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
    """Single files."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached; downloads in the style of the seed's paths and of the deployed system."""
        here = f"{PREFIX}/files"
        download = self.closed(self.download_file)
        return [
            web.get(f"{here}/download/{{id}}", download),
            web.get(f"{here}/{{id}}/download", download),
            web.get(f"{here}/preview/{{id}}", self.closed(self.preview_file)),
            web.get(f"{here}/download-url/{{id}}", self.closed(self.download_link)),
            web.post(f"{here}/{{id}}/download-token", self.closed(self.download_token, 201)),
            web.get(f"{here}/download/token/{{token}}", self.open(self.download_by_token)),
            web.get(f"{here}/{{id}}", self.closed(self.file)),
            web.delete(f"{here}/{{id}}", self.closed(self.delete_file, 204)),
        ]

    async def file(self, person: Person, request: web.Request) -> Any:
        """What is known of one."""
        return await self.inside.files.of(person, number(request))

    async def download_file(self, person: Person, request: web.Request) -> web.Response:
        """The bytes of one, to be kept."""
        return _bytes("attachment", *await self.inside.files.content(person, number(request)))

    async def preview_file(self, person: Person, request: web.Request) -> web.Response:
        """The bytes of one, to be looked at."""
        return _bytes("inline", *await self.inside.files.content(person, number(request)))

    async def download_link(self, person: Person, request: web.Request) -> Any:
        """Where one can be had for a while without a sign-in."""
        told = await self.ticket(person, number(request))
        return {"url": f"{PREFIX}/files/download/token/{told['token']}", "expiresAt": told["expiresAt"]}

    async def download_token(self, person: Person, request: web.Request) -> Any:
        """A token for the same; the body names the file again, as deployed."""
        if (await body(forms.SharedFile, request)).file_id != number(request):
            raise invalid("Validation failed", "fileId must be the file of the path")
        return await self.ticket(person, number(request))

    async def ticket(self, person: Person, file: UUID) -> Row:
        """A token for one file that the person may have now."""
        await self.inside.files.of(person, file)
        claims = {"sub": person.id, "sid": person.sign_in, "type": "download", "file": str(file)}
        token = self.inside.sessions.tokens.sign(claims, _TICKET_LIFETIME)
        return {"token": token, "expiresAt": at(clock() + _TICKET_LIFETIME)}

    async def download_by_token(self, request: web.Request) -> web.Response:
        """The bytes of the file that a token is for, as long as the user who asked for the token may have it."""
        sessions, token = self.inside.sessions, request.match_info["token"]
        person = await sessions.holder(token, "download")
        file = UUID(sessions.tokens.decoded(token)["file"])
        return _bytes("attachment", *await self.inside.files.content(person, file))

    async def delete_file(self, person: Person, request: web.Request) -> None:
        """Away with it."""
        await self.inside.files.remove(person, number(request))


def _bytes(how: str, file: Row, content: bytes) -> web.Response:
    """A file as an answer: `inline` to be looked at, `attachment` to be kept."""
    name = f"{how}; filename*=UTF-8''{quote(file['fileName'])}"
    return web.Response(body=content, content_type=file["mimeType"], headers={"Content-Disposition": name})


def _pace(session: Row) -> Row:
    """How fast an upload has been so far, in bytes a second, and for how many seconds it will go on like that."""
    took = (session["updatedAt"] - session["createdAt"]).total_seconds()
    speed = session["uploadedBytes"] / took if took and session["uploadedBytes"] else 0.0
    left = session["totalSizeBytes"] - session["uploadedBytes"]
    return {"uploadSpeed": round(speed), "estimatedTimeRemaining": round(left / speed, 1) if speed else None}


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise invalid("Validation failed", "chunkData is not base64") from None
