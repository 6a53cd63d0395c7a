"""The reference ThreadFileSharing server: uploads and files, also in an S3-compatible storage."""

import hashlib
import os
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from reference.kit.settings import read
from reference.threads.server import ThreadsServer
from reference.threads.settings import Settings
from support.environments.embedded.threads import ThreadsDeployment
from tests.reference.threads_client import Http, Upload, chatroom, colleague, owner
from tests.serving import served

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_file_comes_in_chunks_and_can_be_had_by_its_chatroom(threads_http: Http) -> None:
    boss = await owner(threads_http)
    member, outsider = await colleague(boss), await colleague(boss)
    room = await chatroom(boss, member)
    content = os.urandom(2500)
    for user in (boss, member):
        assert await user.connect()
    await member.joins(room)
    upload = await Upload(boss, content).begin(chatroomId=room)
    await boss.says("join_upload_session", sessionId=upload.id)
    await boss.hears("room_joined", sessionId=upload.id)
    for index in range(3):
        assert (await upload.chunk(index))[0] == 200
    status, session = await upload.complete()
    assert (status, session["status"], session["uploadedBytes"]) == (200, "completed", "2500")
    completed = await member.hears("file_upload_completed", sessionId=upload.id)
    assert completed["checksum"] == hashlib.sha256(content).hexdigest()
    await boss.hears("file_processed", status="ready", fileId=session["fileId"])
    assert [told["progress"] for told in boss.all("file_upload_progress")] == [40, 81, 100]
    assert member.count("file_upload_progress") == 0
    for user in (boss, member):
        assert await user.does("GET", f"/files/{session['fileId']}/download") == content
    assert (await outsider.ask("GET", f"/files/download/{session['fileId']}"))[0] == 403
    assert (await member.does("GET", f"/files?chatroomId={room}"))["total"] == 1
    assert (await boss.does("GET", "/companies/me/usage"))["storageUsed"] == "2500"
    assert (await boss.does("GET", "/files/storage/quota"))["storageUsedBytes"] == 2500
    thread = await boss.does("POST", "/threads", {"chatroomId": room, "title": "Report"})
    await boss.does("POST", f"/threads/{thread['id']}/files", {"fileId": session["fileId"]})
    assert len(await boss.does("GET", f"/threads/{thread['id']}/files")) == 1
    assert (await member.ask("GET", f"/files/{session['fileId']}"))[0] == 403
    assert (await upload.complete())[0] == 400
    for user in (boss, member):
        await user.close()


async def test_a_file_is_found_and_passed_on_by_those_who_may_have_it(threads_http: Http) -> None:
    boss = await owner(threads_http)
    member, outsider = await colleague(boss), await colleague(boss)
    room = await chatroom(boss, member)
    content = os.urandom(1500)
    upload = await Upload(boss, content).begin(chatroomId=room, fileName="100%_plan.pdf", mimeType="application/pdf")
    assert [(await upload.chunk(index))[0] for index in (0, 1)] == [200, 200]
    assert await boss.connect()
    file = (await upload.complete())[1]["fileId"]
    await boss.hears("file_processed", fileId=file)
    for user, words, found in ((boss, "PLAN", 1), (member, "100%25_", 1), (member, "100_", 0), (outsider, "plan", 0)):
        assert (await user.does("GET", f"/files/search?q={words}"))["total"] == found, (user.email, words)
    assert (await boss.ask("GET", "/files/search"))[0] == 400
    assert await member.does("GET", f"/files/preview/{file}") == content
    assert (await outsider.ask("GET", f"/files/preview/{file}"))[0] == 403
    link = await member.does("GET", f"/files/download-url/{file}")
    token = (await member.does("POST", f"/files/{file}/download-token", {"fileId": file}))["token"]
    for path in (link["url"].removeprefix("/api/v1"), f"/files/download/token/{token}"):
        assert await threads_http.ask("GET", path) == (200, content)
    assert (await member.ask("POST", f"/files/{file}/download-token", {}))[0] == 400
    assert (await outsider.ask("GET", f"/files/download-url/{file}"))[0] == 403
    assert (await threads_http.ask("GET", f"/files/download/token/{member.token}"))[0] == 401
    await boss.does("DELETE", f"/chatrooms/{room}/members/{member.id}")
    assert (await threads_http.ask("GET", f"/files/download/token/{token}"))[0] == 403
    quota = await boss.does("POST", "/files/storage/quota/recalculate")
    assert (quota["storageUsedBytes"], quota["fileCount"]) == (1500, 1)
    stats = await boss.does("GET", f"/files/upload/streaming/{upload.id}/stats")
    assert stats["uploadSpeed"] > 0 and stats["estimatedTimeRemaining"] == 0  # noqa: PT018
    await boss.close()


async def test_a_file_is_put_into_a_thread_and_taken_out_again(threads_http: Http) -> None:
    boss = await owner(threads_http)
    member = await colleague(boss)
    room = await chatroom(boss, member)
    upload = await Upload(boss, b"x").begin(chatroomId=room)
    await upload.chunk(0)
    file = (await upload.complete())[1]["fileId"]
    thread = await boss.does("POST", "/threads", {"chatroomId": room, "title": "Report", "participantIds": [member.id]})
    path = f"/threads/{thread['id']}/files"
    await boss.does("POST", path, {"fileId": file})
    assert (await member.ask("DELETE", f"{path}/{file}"))[0] == 403
    await boss.does("DELETE", f"{path}/{file}")
    assert await boss.does("GET", path) == []
    assert (await boss.ask("DELETE", f"{path}/{file}"))[0] == 404
    assert (await member.does("GET", f"/files?chatroomId={room}&limit=1"))["files"][0]["id"] == file


async def test_chunks_are_taken_in_order_whole_and_from_the_uploader(threads_http: Http) -> None:
    boss = await owner(threads_http)
    member, stranger = await colleague(boss), await owner(threads_http)
    upload = await Upload(boss, os.urandom(2500)).begin()
    assert (await upload.chunk(1))[1]["message"] == "Invalid chunk sequence. Expected chunk 0, got 1"
    assert (await upload.chunk(0, chunkChecksum="0" * 64))[1]["message"] == "Chunk checksum validation failed"
    assert (await upload.chunk(0, chunkSizeBytes=7))[1]["message"] == "Invalid chunk size"
    assert (await upload.chunk(0, chunkData="%%%"))[0] == 400
    assert (await upload.chunk(0))[1]["progressPercentage"] == 40
    assert (await upload.chunk(0))[1]["message"] == "Invalid chunk sequence. Expected chunk 1, got 0"
    assert (await upload.complete())[1]["message"] == "Upload is incomplete: 1 of 3 chunks"
    assert (await upload.chunk(1, isFinalChunk=True))[0] == 400
    path = f"/files/upload/streaming/{upload.id}"
    assert await boss.does("POST", f"{path}/resume") == {"resumePosition": "2048", "chunkIndex": 2}
    assert (await boss.does("GET", f"{path}/stats"))["uploadedBytes"] == "2048"
    for other, status in ((member, 403), (stranger, 404)):
        upload.user = other
        assert (await upload.chunk(2))[0] == (await upload.complete())[0] == status
        assert (await other.ask("GET", f"/files/upload/session/{upload.id}"))[0] == status
    upload.user = boss
    assert (await upload.chunk(2, isFinalChunk=True))[1]["status"] == "completed"


async def test_a_file_that_is_not_the_announced_one_is_given_up(threads_http: Http) -> None:
    boss = await owner(threads_http)
    upload = await Upload(boss, os.urandom(1500)).begin(checksum="0" * 64)
    assert [(await upload.chunk(index))[0] for index in range(2)] == [200, 200]
    assert (await upload.complete())[1]["message"] == "File checksum validation failed"
    assert (await boss.does("GET", f"/files/upload/session/{upload.id}"))["status"] == "failed"


async def test_too_large_a_file_and_a_cancelled_one_go_no_further(threads_http: Http) -> None:
    boss = await owner(threads_http)
    described = Upload(boss, b"x").described() | {"totalSizeBytes": 10 * 2**30}
    assert (await boss.ask("POST", "/files/upload/initiate", described))[0] == 413
    assert await boss.connect()
    upload = await Upload(boss, os.urandom(1500)).begin()
    await upload.chunk(0)
    await boss.does("DELETE", f"/files/upload/session/{upload.id}")
    await boss.hears("file_upload_progress", status="cancelled")
    assert (await upload.chunk(1))[1]["message"] == "Upload session has been cancelled"
    await boss.close()


class TinyS3:
    """As much of S3 as the server needs; refuses whoever does not name the right key."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.objects: dict[str, bytes] = {}

    def app(self) -> web.Application:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{path:.*}", self.serve)
        return app

    async def serve(self, request: web.Request) -> web.Response:
        if f"Credential={self.key}/" not in request.headers.get("Authorization", ""):
            return web.Response(status=403)
        if request.method == "PUT" and request.path.count("/") > 1:
            self.objects[request.path] = _unframed(await request.read(), request)
        if request.method == "GET":
            return web.Response(body=self.objects[request.path])
        if request.method == "DELETE":
            del self.objects[request.path]
            return web.Response(status=204)
        return web.Response()


def _unframed(body: bytes, request: web.Request) -> bytes:
    """The bytes of an object, without the signatures of an `aws-chunked` body."""
    if "aws-chunked" not in request.headers.get("Content-Encoding", ""):
        return body
    content = b""
    while found := re.match(rb"([0-9a-f]+)(;[^\r]*)?\r\n", body):
        length = int(found[1], 16)
        content += body[found.end() : found.end() + length]
        body = body[found.end() + length + 2 :]
        if not length:
            break
    return content


@asynccontextmanager
async def serving_from_s3(
    threads: ThreadsDeployment, folder: Path, endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Http]:
    """A server in this process that keeps its files there."""
    for name, value in {
        "EARSHOT_POSTGRES": threads.postgres.dsn,
        "EARSHOT_JWT_SECRET": secrets.token_hex(16),
        "EARSHOT_S3_KEY": "key-of-the-test",
        "EARSHOT_S3_SECRET": "secret-of-the-test",
    }.items():
        monkeypatch.setenv(name, value)
    settings = read(Settings, ["--files", str(folder), "--storage", "s3", "--s3-endpoint", endpoint])
    async with served(ThreadsServer(settings).app()) as server:
        http = Http(str(server.make_url("/")).rstrip("/"))
        yield http
        await http.close()


async def test_files_can_be_kept_in_s3(
    threads: ThreadsDeployment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("aiobotocore", reason="the extra s3 is not installed")
    storage = TinyS3("key-of-the-test")
    async with (
        served(storage.app()) as s3,
        serving_from_s3(threads, tmp_path, str(s3.make_url("/")).rstrip("/"), monkeypatch) as http,
    ):
        boss = await owner(http)
        assert await boss.connect()
        content = os.urandom(1500)
        upload = await Upload(boss, content).begin()
        assert [(await upload.chunk(index))[0] for index in range(2)] == [200, 200]
        session = (await upload.complete())[1]
        await boss.hears("file_processed", status="ready")
        assert content in storage.objects.values()
        assert await boss.does("GET", f"/files/{session['fileId']}/download") == content
        assert not os.listdir(tmp_path)
        await s3.close()
        assert (await boss.ask("GET", f"/files/{session['fileId']}/download"))[1]["code"] == "SERVICE_UNAVAILABLE"
        await boss.close()
