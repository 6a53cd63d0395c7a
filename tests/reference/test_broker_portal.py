"""The reference broker's web portal: sessions, who may see what, forms, lists, and what it says of trouble."""

import base64
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp_session import Session
from yarl import URL

from reference.broker.portal.guard import Visit
from reference.broker.portal.main_server import MainServer, Rejected, Unauthorised, judge
from tests.reference.broker_client import Broker
from tests.reference.broker_fixtures import broker
from tests.reference.portal_client import Visitor, visitor

__all__ = ["broker"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

PASSWORD = "long enough"
PAGES = ("/dashboard", "/profile")
ADMIN_PAGES = ("/admin/dashboard", "/admin/users", "/admin/certificates", "/admin/messages")
ADMIN_FORMS = ("/admin/users/create", "/admin/certificates/generate", "/admin/certificates/revoke")


@asynccontextmanager
async def signed_in(broker: Broker, client: str | None = None, **headers: str) -> AsyncIterator[Visitor]:
    """A new user at the portal."""
    email = f"{uuid.uuid4().hex}@example.com"
    body = {"email": email, "password": PASSWORD, "client_id": client}
    status, answer = await broker.as_admin("POST", "/admin/users/create", body)
    assert status == 201, answer
    async with visitor(broker.deployment.addresses["portal"], **headers) as somebody:
        assert await somebody.log_in(email, PASSWORD) == (302, "/dashboard")
        yield somebody


@asynccontextmanager
async def administrator(broker: Broker) -> AsyncIterator[Visitor]:
    """The administrator at the portal."""
    known = broker.deployment.administrator
    async with visitor(broker.deployment.addresses["portal"]) as somebody:
        assert await somebody.log_in(known.login, known.password) == (302, "/admin/dashboard")
        yield somebody


async def registered(broker: Broker, client: str, count: int) -> None:
    """So many messages of a client."""
    for number in range(count):
        body = {"message_id": str(uuid.uuid4()), "client_id": client, "sender_number": "+4915112345678"}
        body |= {"message_body": f"hello <b>{number}</b>", "queued_at": "2026-01-02T03:04:05Z"}
        assert (await broker.internal("register", body))[0] == 200


async def test_a_wrong_password_is_told_of_once(broker: Broker) -> None:
    async with visitor(broker.deployment.addresses["portal"]) as somebody:
        assert await somebody.log_in("nobody@example.com", PASSWORD) == (302, "/login")
        assert "Invalid email or password" in (await somebody.get("/login"))[1]
        assert "Invalid email or password" not in (await somebody.get("/login"))[1]


async def test_pages_need_a_session(broker: Broker) -> None:
    async with visitor(broker.deployment.addresses["portal"]) as somebody:
        for page in ("/", *PAGES, *ADMIN_PAGES):
            assert await somebody.get(page) == (302, "/login")
        for form in ADMIN_FORMS:
            assert await somebody.post(form) == (302, "/login")
        assert (await somebody.get("/health"))[0] == 200
        assert (await somebody.get("/nowhere"))[0] == 404


async def test_administrators_pages_and_forms_are_closed_to_users(broker: Broker) -> None:
    async with signed_in(broker) as user, administrator(broker) as admin:
        await user.get("/dashboard")
        for page in ADMIN_PAGES:
            assert (await user.get(page))[0] == 403
            assert (await admin.get(page))[0] == 200
        for form in ADMIN_FORMS:
            assert (await user.post(form, email="x@example.com", password=PASSWORD, client_id="x"))[0] == 403


async def test_forms_need_the_token_of_the_session(broker: Broker) -> None:
    async with administrator(broker) as admin, signed_in(broker) as user:
        await admin.get("/admin/users")
        await user.get("/dashboard")
        for token in ("", "0" * 32, user.token, "ß"):
            for form in (*ADMIN_FORMS, "/logout"):
                assert (await admin.post(form, token=token, client_id="x", reason="x"))[0] == 403
        async with visitor(broker.deployment.addresses["portal"]) as somebody:
            assert (await somebody.post("/login", email="x@example.com", password=PASSWORD))[0] == 403


async def test_a_session_is_sealed(broker: Broker) -> None:
    async with signed_in(broker) as user:
        (cookie,) = user.http.cookie_jar
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert b"example.com" not in base64.urlsafe_b64decode(cookie.value)
        altered = cookie.value[:50] + ("A" if cookie.value[50] != "A" else "B") + cookie.value[51:]
        restore_all(user, broker, altered)
        assert await user.get("/profile") == (302, "/login")


async def test_a_copy_of_a_session_ends_with_it(broker: Broker) -> None:
    async with signed_in(broker) as user:
        (cookie,) = user.http.cookie_jar
        await user.get("/profile")
        assert await user.post("/logout") == (302, "/login")
        restore_all(user, broker, cookie.value)
        assert await user.get("/profile") == (302, "/login")
        assert "session has ended" in (await user.get("/login"))[1]


async def test_an_access_token_that_has_run_out_is_renewed() -> None:
    class Forgetful(MainServer):
        async def ask(self, method: str, path: str, *, token: str = "", **rest: Any) -> Any:
            if path == "/portal/auth/refresh":
                return {"access_token": "fresh"}
            if token != "fresh":
                raise Unauthorised
            return path

    session = Session(None, data=None, new=True)
    session["access_token"], session["refresh_token"] = "stale", "good"
    assert await Visit(session, Forgetful("http://nowhere", None, 1.0)).ask("GET", "/x") == "/x"
    assert session["access_token"] == "fresh"


async def test_without_the_main_server_pages_say_so(broker: Broker) -> None:
    main = broker.deployment.controls["main server"]
    async with signed_in(broker) as user, visitor(broker.deployment.addresses["portal"]) as other:
        await main.cut()
        try:
            status, page = await user.get("/profile")
            assert (status, "cannot be reached" in page) == (503, True)
            assert await other.log_in("nobody@example.com", PASSWORD) == (302, "/login")
            assert "Login failed. Please try again." in (await other.get("/login"))[1]
            assert (await other.get("/health"))[0] == 200
        finally:
            await main.heal()
        assert (await user.get("/profile"))[0] == 200


async def test_lists_have_pages_and_filters(broker: Broker, tmp_path: Path) -> None:
    client, _ = await broker.client(tmp_path)
    await registered(broker, client, 21)
    async with signed_in(broker, client) as user:
        _, first = await user.get("/dashboard?status_filter=queued")
        _, second = await user.get("/dashboard?status_filter=queued&page=2")
        assert (first.count("badge-status"), second.count("badge-status")) == (20, 1)
        assert ('rel="next"' in first, 'rel="next"' in second, 'rel="prev"' in second) == (True, False, True)
        assert "status_filter=queued" in first
        assert "No messages found" in (await user.get("/dashboard?status_filter=failed"))[1]
        assert "hello" not in first
        for question in ("page=0", "page=x", "page=99999999999", "page=²", "status_filter=lost"):
            assert (await user.get(f"/dashboard?{question}"))[0] == 400


async def test_administrators_read_messages_and_nothing_is_taken_for_html(broker: Broker, tmp_path: Path) -> None:
    client, _ = await broker.client(tmp_path)
    await registered(broker, client, 1)
    async with administrator(broker) as admin:
        _, page = await admin.get("/admin/messages")
        assert "hello &lt;b&gt;0&lt;/b&gt;" in page
        await admin.get("/admin/certificates")
        await admin.post("/admin/certificates/revoke", client_id="<i>acme</i>", reason="lost")
        _, page = await admin.get("/admin/certificates")
        assert "alert-danger" in page
        assert "<i>acme" not in page


async def test_users_and_certificates_are_made_and_revoked(broker: Broker) -> None:
    email, client = f"{uuid.uuid4().hex}@example.com", uuid.uuid4().hex
    async with administrator(broker) as admin:
        await admin.get("/admin/users")
        fields = {"email": email, "password": PASSWORD, "role": "user"}
        for said in ("created successfully", "Failed to create user"):
            assert await admin.post("/admin/users/create", **fields) == (302, "/admin/users")
            assert said in (await admin.get("/admin/users"))[1]
        status, page = await admin.post("/admin/certificates/generate", client_id=client, domain="", validity_days="30")
        assert (status, "BEGIN%20CERTIFICATE" in page, "PRIVATE%20KEY" in page) == (200, True, True)
        assert "PRIVATE%20KEY" not in (await admin.get("/admin/certificates"))[1]
        assert (await admin.post("/admin/certificates/revoke", client_id=client, reason="lost"))[0] == 302
        assert "revoked successfully" in (await admin.get("/admin/certificates"))[1]
    async with visitor(broker.deployment.addresses["portal"]) as somebody:
        assert await somebody.log_in(email, PASSWORD) == (302, "/dashboard")


@pytest.mark.parametrize(
    ("status", "said", "told"),
    [
        (400, {"error": "Email already registered"}, "Email already registered"),
        (422, {"detail": [{"loc": ["body", "client_id"], "msg": "is missing"}]}, "client id: is missing"),
        (404, None, "it was not understood"),
    ],
)
async def test_what_the_main_server_says_is_told_in_words(status: int, said: Any, told: str) -> None:
    with pytest.raises(Rejected) as refusal:
        judge(status, said)
    assert str(refusal.value) == told


def restore_all(visitor: Visitor, broker: Broker, cookie: str) -> None:
    """Put a session into somebody's browser."""
    visitor.http.cookie_jar.update_cookies({"session": cookie}, URL(broker.deployment.addresses["portal"]))


async def test_every_user_is_listed_however_many_there_are(broker: Broker) -> None:
    emails = [f"{uuid.uuid4().hex}@example.com" for _ in range(101)]
    for email in emails:
        body = {"email": email, "password": PASSWORD}
        assert (await broker.as_admin("POST", "/admin/users/create", body))[0] == 201
    async with administrator(broker) as somebody:
        _, page = await somebody.get("/admin/users")
    assert all(email in page for email in emails)
