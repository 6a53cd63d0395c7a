"""What one person does with files: sends them piece by piece, follows uploads, and opens what is there."""

import asyncio
import base64
import hashlib
import mimetypes
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from support.core.errors import NotSupported, Untried
from support.drivers.capabilities.collaboration import File
from support.drivers.threads.client_part import ClientPart
from support.drivers.threads.households import ends
from support.drivers.threads.rooms import Rooms
from support.drivers.threads.session import ThreadsSession
from support.drivers.threads.state import Place, Upload


class SharedFiles(ClientPart):
    """Uploads and opens files (contract 2.7)."""

    def __init__(self, session: ThreadsSession, rooms: Rooms) -> None:
        super().__init__(session)
        self._rooms = rooms
        self._links: dict[str, str] = {}
        self._told_ends: dict[str, str] = {}

    async def begin_upload(self, name: str, to: str | None, pieces: int) -> None:
        """Say what is to come: a file of this name and so many pieces, the last a short one, for this place."""
        size = pieces * self._backend.options.piece - self._backend.options.piece // 2
        content, place = secrets.token_bytes(size), self._rooms.named(to) if to else None
        body = announcement(name, content, self._backend.options.piece)
        if place:
            body["threadId" if place.is_thread else "chatroomId"] = place.id
        told = await self._request("begin an upload", body)
        self._state.uploads[name] = Upload(name, content, body["mimeType"], self._role, told["sessionId"], to)
        if place and self._backend.options.follows_uploads:
            await self._all_follow(name, place)

    async def announce_file(self, size: str, more: int) -> None:
        """Say that a file is to come: as large as one of `collaboration.SIZES`, and so many bytes more."""
        options = self._backend.options
        uploads = self._state.uploads.values()
        stored = sum(len(one.content) for one in uploads if one.sent >= one.pieces(options.piece))
        sizes = {"the largest one": options.largest_file, "the room that is left": options.company_storage - stored}
        bytes_ = sizes[size]
        if bytes_ is None:
            raise NotSupported("the profile does not say how large a file may be (`largest_file`)")
        body = announcement("large.bin", b"", options.piece) | {"totalSizeBytes": bytes_ + more}
        await self._request("begin an upload", body)

    async def _all_follow(self, name: str, place: Place) -> None:
        """Have everybody follow an upload who is in the place that it goes to, as their clients would."""
        for who in sorted(place.members):
            client = self._state.clients[who]
            if client.connected:
                await client.follow(name)

    def milestones(self, name: str) -> list[int]:
        """The progress of a file after each of its pieces, in per cent, fractions cut off."""
        piece, total = self._backend.options.piece, len(self._state.uploads[name].content)
        return [100 * min(done, total) // total for done in range(piece, total + piece, piece)]

    def reported(self, name: str) -> list[int]:
        """How far the system said that a file was as it answered each piece; empty if it did not say."""
        return self._state.uploads[name].reported

    async def send_pieces(self, name: str, count: int | None = None) -> None:
        """Send the next pieces of a file, all that are left if no number is given."""
        upload, piece = self._state.uploads[name], self._backend.options.piece
        left = upload.pieces(piece) - upload.sent
        for _ in range(left if count is None else count):
            await self._send(upload, upload.sent, upload.content[upload.sent * piece :][:piece])
            upload.sent += 1

    async def send_piece(self, name: str, manner: str) -> None:
        """Send one piece of a file, well or badly: one of `collaboration.MANNERS`."""
        upload, piece = self._state.uploads[name], self._backend.options.piece
        number = upload.sent + {"comes out of turn": 1, "comes twice": -1}.get(manner, 0)
        content = upload.content[number * piece :][:piece]
        if manner == "is too short":
            await self._send(upload, number, content[:100])
        elif manner == "is damaged":
            await self._send(upload, number, content, checksum=hashlib.sha256(b"something else").hexdigest())
        elif manner == "has its checksum in capitals":
            await self._send(upload, number, content, checksum=hashlib.sha256(content).hexdigest().upper())
            upload.sent += 1
        elif manner == "belongs to another file":
            await self._send(upload, number, secrets.token_bytes(len(content)))
            upload.sent += 1
        elif manner == "comes four times at once":
            await self._send_at_once(upload, content, times=4)
        elif manner == "is said to be the last":
            upload.sent += 1  # the piece is taken, also if the file is not completed by it
            await self._send(upload, number, content, last=True)
        else:
            await self._send(upload, number, content)
            upload.sent += manner == "comes in turn"

    async def _send_at_once(self, upload: Upload, content: bytes, times: int) -> None:
        await self._backend.limit("send a piece").rest(times)
        sent = await asyncio.gather(
            *(self._send(upload, upload.sent, content) for _ in range(times)), return_exceptions=True
        )
        upload.sent += 1
        for trouble in sent:
            if isinstance(trouble, BaseException):
                raise trouble

    async def _send(
        self, upload: Upload, number: int, content: bytes, checksum: str = "", *, last: bool = False
    ) -> None:
        body: dict[str, Any] = {
            "sessionId": upload.id,
            "chunkIndex": number,
            "chunkSizeBytes": len(content),
            "chunkChecksum": checksum or hashlib.sha256(content).hexdigest(),
            "chunkData": base64.b64encode(content).decode(),
        }
        if last or not self._backend.has("complete an upload"):  # the last piece says that this is all (contract 2.7)
            body["isFinalChunk"] = last or number == upload.pieces(self._backend.options.piece) - 1
        told = await self._request("send a piece", body)
        if "progressPercentage" in told:
            upload.reported.append(int(told["progressPercentage"]))

    async def complete_upload(self, name: str) -> None:
        """Say that all of a file has been sent."""
        self._backend.must_have("complete an upload")
        upload = self._state.uploads[name]
        told = await self._request("complete an upload", {"sessionId": upload.id})
        upload.file = str(told["fileId"])

    async def finish_upload(self, name: str) -> None:
        """Send what is missing of a file, and say that this is all where the last piece does not say so."""
        await self.send_pieces(name)
        if self._backend.has("complete an upload"):
            await self.complete_upload(name)

    async def cancel_upload(self, name: str) -> None:
        """Give an upload up."""
        await self._request("cancel an upload", upload=self._state.uploads[name].id)

    async def follow(self, name: str) -> None:
        """Be told of the progress of a user's upload."""
        upload = self._state.uploads[name].id
        aim, body = "follow an upload", {"sessionId": upload}
        await self._exchange(
            aim, "join_upload_session", body, "room_joined", lambda told: told.get("sessionId") == upload
        )

    async def open_file(self, name: str) -> File:
        """Open a file that has been uploaded."""
        upload = self._state.uploads[name]
        answer = await self._session.answer("open a file", file=upload.known)
        return File(answer.content, answer.kind, answer.filename, sent=upload.content, sent_kind=upload.kind)

    async def progress(self, name: str) -> int:
        """How far the server says that an upload is, in per cent."""
        told = await self._request("look at an upload", upload=self._state.uploads[name].id)
        return int(told["progressPercentage"])

    async def files_in(self, place: str | None) -> frozenset[str]:
        """The files of the scenario that are listed in a place; one's own if no place is given."""
        if place is None:
            return self._named(await self._request("see one's files"))
        there = self._rooms.named(place)
        kind = "thread" if there.is_thread else "room"
        return self._named(await self._request(f"see the files of a {kind}", place=there.id))

    async def share_file(self, name: str, place: str) -> None:
        """Put a file that has been uploaded into a thread."""
        body = {"fileId": self._state.uploads[name].known}
        await self._request("share a file", body, place=self._rooms.named(place).id)

    async def take_out_file(self, name: str, place: str) -> None:
        """Take a file out of a thread."""
        file = self._state.uploads[name].known
        await self._request("take a file out", place=self._rooms.named(place).id, file=file)

    async def get_link(self, name: str) -> None:
        """Get what opens a file for a while without a session."""
        file = self._state.uploads[name].known
        told = await self._request("get a link to a file", {"fileId": file}, file=file)
        self._session.mask(told["token"])
        self._links[name] = told["token"]
        self._told_ends[name] = str(told.get("expiresAt") or "")

    async def open_link(self, name: str, altered: Callable[[str], str | None] | None = None) -> File:
        """Open a file by the link that one has, or by what is made of it, without a session."""
        upload = self._state.uploads[name]
        if name not in self._links:
            raise Untried(f"there is no link to {name}")
        link = self._links[name]
        shown = link if altered is None else quote(altered(link) or " ")
        answer = await self._session.answer("open a file by a link", anonymous=True, link=shown)
        return File(answer.content, answer.kind, answer.filename, sent=upload.content, sent_kind=upload.kind)

    def link_ends(self, name: str) -> tuple[float, float]:
        """When one's link to a file ends: as one was told, and as the link itself shows."""
        told, shown = self._told_ends[name], ends(self._links[name])
        if not told or shown is None:
            raise NotSupported("a link here does not show when it ends")
        return datetime.fromisoformat(told).timestamp(), shown

    async def find_files(self, words: str) -> frozenset[str]:
        """The files of the scenario that a search for words in their names shows."""
        told = await self._request("find files", words=quote(words))
        return self._named(told)

    def _named(self, told: Any) -> frozenset[str]:
        """The files of the scenario that are in a list: by their ids, or by their names where no id was told."""
        files = told if isinstance(told, list) else told["files"]
        listed, uploads = {str(file["id"]): file["fileName"] for file in files}, list(self._state.uploads.values())
        known = {upload.file for upload in uploads}
        untold = {name for number, name in listed.items() if number not in known}
        return frozenset(one.name for one in uploads if one.file in listed or (one.file is None and one.name in untold))

    async def delete_file(self, name: str) -> None:
        """Delete a file that has been uploaded."""
        await self._request("delete a file", file=self._state.uploads[name].known)


def announcement(name: str, content: bytes, piece: int) -> dict[str, Any]:
    """What one says of a file before it is sent in pieces of so many bytes."""
    return {
        "fileName": name,
        "totalSizeBytes": len(content),
        "mimeType": mimetypes.guess_type(name)[0] or "application/octet-stream",
        "chunkSizeBytes": piece,
        "checksum": hashlib.sha256(content).hexdigest(),
    }
