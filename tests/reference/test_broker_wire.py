"""The reference broker speaks the contract's wire: submitting, registering, accounts, what is kept."""

import asyncio
import base64
import hashlib
import time
import uuid
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.reference.broker_client import NUMBER, Broker, eventually
from tests.reference.broker_fixtures import broker

__all__ = ["broker"]

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def person(broker: Broker, role: str = "user", client: str | None = None) -> dict[str, Any]:
    """The login of a new user."""
    email = f"{uuid.uuid4().hex}@example.com"
    body = {"email": email, "password": "long enough", "role": role, "client_id": client}
    status, answer = await broker.as_admin("POST", "/admin/users/create", body)
    assert status == 201, answer
    return await broker.log_in(email, "long enough")


def registration(client: str, **other: Any) -> dict[str, Any]:
    """What a proxy registers."""
    return {
        "message_id": str(uuid.uuid4()),
        "client_id": client,
        "sender_number": NUMBER,
        "message_body": "hello",
        "queued_at": "2026-01-02T03:04:05Z",
    } | other


async def test_a_message_goes_all_the_way(broker: Broker, tmp_path: Path) -> None:
    name, certificate = await broker.client(tmp_path)
    status, receipt = await broker.submit(certificate)
    assert status == 202
    assert uuid.UUID(receipt["message_id"]).version == 4
    assert (receipt["client_id"], receipt["status"]) == (name, "queued")

    async def delivered() -> bool:
        return await broker.status(receipt["message_id"]) == "delivered"

    await eventually(delivered, 2)
    assert await broker.deliveries(receipt["message_id"]) == [receipt["message_id"]]
    for key in ("message_queue", "message_queue:unregistered", "message_queue:retries"):
        assert not await broker.redis.exists(key)


@pytest.mark.parametrize(
    ("number", "body", "expected"),
    [
        ("+12", "x", 202),
        ("+123456789012345", "é" * 1000, 202),
        ("+1", "x", 422),
        ("+1234567890123456", "x", 422),
        ("+0123456789", "x", 422),
        ("4915112345678", "x", 422),
        ("+49151abc", "x", 422),
        (NUMBER + "\n", "x", 422),
        ("+49151１２３", "x", 422),
        (NUMBER, "", 422),
        (NUMBER, " \n\t", 422),
        (NUMBER, "x" * 1001, 422),
        (NUMBER, "\ud800", 422),
        (None, "x", 422),
        (NUMBER, None, 422),
        (NUMBER, 7, 422),
    ],
)
async def test_the_proxy_keeps_to_the_rules(
    broker: Broker, tmp_path: Path, number: Any, body: Any, expected: int
) -> None:
    _, certificate = await broker.client(tmp_path)
    status, answer = await broker.submit(certificate, body, number)
    assert status == expected, answer


async def test_registering_is_idempotent_and_needs_a_client(broker: Broker, tmp_path: Path) -> None:
    name, _ = await broker.client(tmp_path)
    body = registration(name)
    first, again = await broker.internal("register", body), await broker.internal("register", body)
    assert first[0] == again[0] == 200
    assert first[1]["id"] == again[1]["id"]
    assert (await broker.internal("register", body | {"sender_number": "+491"}))[0] == 409
    assert (await broker.internal("register", registration("nobody")))[0] == 404
    assert (await broker.internal("register", registration(name, queued_at="soon")))[0] == 422


async def test_a_message_comes_to_one_end_only(broker: Broker, tmp_path: Path) -> None:
    name, _ = await broker.client(tmp_path)
    body = registration(name)
    identity = body["message_id"]
    await broker.internal("register", body)
    deliver = {"message_id": identity, "worker_id": "w"}
    assert (await broker.internal(f"{identity}/status", {"status": "processing", "attempt_count": 1}, "PUT"))[0] == 200
    first, again = await broker.internal("deliver", deliver), await broker.internal("deliver", deliver)
    assert first == again
    assert first[0] == 200
    assert await broker.deliveries(identity) == [identity]
    back = {"message_id": identity, "status": "queued", "attempt_count": 2}
    assert (await broker.internal("status", back))[0] == 409
    assert (await broker.internal("status", back | {"status": "QUEUED"}))[0] == 422
    assert (await broker.internal("status", back | {"message_id": "none"}))[0] == 404
    assert (await broker.internal("deliver", deliver | {"message_id": "none"}))[0] == 404

    other = registration(name)
    await broker.internal("register", other)
    failed = {"message_id": other["message_id"], "status": "failed", "attempt_count": 3, "error_message": "no"}
    assert (await broker.internal("status", failed, "PUT"))[0] == 200
    assert (await broker.internal("deliver", {"message_id": other["message_id"], "worker_id": "w"}))[0] == 409
    row = await broker.message(other["message_id"])
    assert (row["status"], row["attempt_count"], row["error_message"]) == ("failed", 3, "no")


async def test_nothing_is_kept_in_clear(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    bodies = [(await broker.submit(certificate, "top secret"))[1]["message_id"] for _ in range(2)]
    rows = [await broker.message(identity) for identity in bodies]
    assert rows[0]["encrypted_body"] != rows[1]["encrypted_body"]
    for row in rows:
        raw = base64.b64decode(row["encrypted_body"])
        cipher = AESGCM(broker.deployment.encryption_key)
        assert cipher.decrypt(raw[:12], raw[12:], row["message_id"].encode()) == b"top secret"
        assert row["sender_number_hashed"] == hashlib.sha256((broker.deployment.salt + NUMBER).encode()).hexdigest()
    kept = str(await broker.rows("select m.*, a.* from messages m, audit_log a"))
    assert "top secret" not in kept
    assert NUMBER not in kept
    logs = "".join(file.read_text() for file in broker.deployment.log_folder.iterdir())
    assert "top secret" not in logs
    assert NUMBER[1:] not in logs


async def test_tokens_are_told_apart(broker: Broker) -> None:
    login = await person(broker)
    access, refresh, profile = login["access_token"], login["refresh_token"], f"{broker.main}/portal/profile"
    assert (await broker.ask("GET", profile, token=access))[0] == 200
    claims = jwt.decode(access, options={"verify_signature": False})
    forged = [
        jwt.encode(claims, "another secret that is long enough", algorithm="HS256"),
        jwt.encode(claims, None, algorithm="none"),
        access[:-3] + "AAA",
        "junk",
        refresh,
    ]
    for token in forged:
        assert (await broker.ask("GET", profile, token=token))[0] == 401, token
    assert (await broker.ask("GET", profile))[0] == 401
    renewed = f"{broker.main}/portal/auth/refresh"
    status, answer = await broker.ask("POST", renewed, {"refresh_token": refresh})
    assert status == 200
    assert (await broker.ask("GET", profile, token=answer["access_token"]))[0] == 200
    assert (await broker.ask("POST", renewed, {"refresh_token": access}))[0] == 401


async def test_users_see_their_own_and_administrators_all(broker: Broker, tmp_path: Path) -> None:
    (name, certificate), (other, elsewhere) = await broker.client(tmp_path), await broker.client(tmp_path)
    mine = [(await broker.submit(certificate, f"number {number}"))[1]["message_id"] for number in range(5)]
    theirs = (await broker.submit(elsewhere, "theirs"))[1]["message_id"]
    token = (await person(broker, client=name))["access_token"]
    listing = f"{broker.main}/portal/messages"
    status, seen = await broker.ask("GET", listing, token=token)
    assert status == 200
    assert [message["message_id"] for message in seen] == mine[::-1]
    assert {message["message_body"] for message in seen} == {"[encrypted]"}
    pages = [await broker.ask("GET", f"{listing}?skip={skip}&limit=3", token=token) for skip in (0, 3)]
    assert [message["message_id"] for _, page in pages for message in page] == mine[::-1]
    for wrong in ("limit=0", "limit=1001", "skip=-1", "skip=x", "status_filter=lost"):
        assert (await broker.ask("GET", f"{listing}?{wrong}", token=token))[0] == 422
    _, everything = await broker.as_admin("GET", "/admin/messages")
    bodies = {message["message_id"]: message["message_body"] for message in everything}
    assert (bodies[theirs], bodies[mine[0]]) == ("theirs", "number 0")
    nobodys = (await person(broker))["access_token"]
    assert (await broker.ask("GET", listing, token=nobodys)) == (200, [])
    assert other != name


async def test_only_administrators_administrate(broker: Broker) -> None:
    user, manager = await person(broker), await person(broker, "user_manager")
    generate = {"client_id": "x"}
    doors: list[tuple[str, str, Any]] = [
        ("GET", "/admin/users", None),
        ("POST", "/admin/users", {"email": "a@example.com", "password": "long enough"}),
        ("POST", "/admin/users/create", {"email": "a@example.com", "password": "long enough"}),
        ("PUT", "/admin/users/1/role", {"role": "admin"}),
        ("PUT", "/admin/users/1/status", {"is_active": False}),
        ("PUT", "/admin/users/1/password", {"new_password": "long enough"}),
        ("POST", "/admin/certificates/generate", generate),
        ("POST", "/admin/certificates/revoke", generate | {"reason": "y"}),
        ("GET", "/admin/certificates/list", None),
        ("GET", "/admin/messages", None),
        ("GET", "/admin/stats", None),
    ]
    for method, path, body in doors:
        assert (await broker.ask(method, broker.main + path, body))[0] == 401, path
        assert (await broker.ask(method, broker.main + path, body, token=user["access_token"]))[0] == 403, path
        allowed = (method, path) == ("GET", "/admin/users")
        status, _ = await broker.ask(method, broker.main + path, body, token=manager["access_token"])
        assert status == (200 if allowed else 403), path
    managed = f"{broker.main}/admin/users/{user['user']['id']}/status"
    locked = {"is_active": False}
    assert (await broker.ask("PUT", managed, locked, token=manager["access_token"]))[0] == 200
    assert (await broker.ask("GET", f"{broker.main}/portal/profile", token=user["access_token"]))[0] == 403


async def test_passwords_are_checked_and_hashed(broker: Broker) -> None:
    login = await person(broker)
    email = login["user"]["email"]
    wrong = {"email": email, "password": "not long enough"}
    assert (await broker.ask("POST", f"{broker.main}/portal/auth/login", wrong))[0] == 401
    stranger = {"email": "nobody@example.com", "password": "long enough"}
    assert (await broker.ask("POST", f"{broker.main}/portal/auth/login", stranger))[0] == 401
    (row,) = await broker.rows("select password_hash from users where email = %s", email)
    assert row["password_hash"].startswith("$2b$04$")
    good = {"email": "b@example.com", "password": "long enough"}
    for body in (good | {"email": email}, good | {"role": "king"}, good | {"client_id": "nobody"}):
        assert (await broker.as_admin("POST", "/admin/users", body))[0] == 400
    for password in ("short", "x" * 73, "é" * 37):
        body = {"email": "c@example.com", "password": password}
        assert (await broker.as_admin("POST", "/admin/users", body))[0] == 422


async def test_figures_agree_with_what_happened(broker: Broker, tmp_path: Path) -> None:
    _, before = await broker.as_admin("GET", "/admin/stats")
    _, certificate = await broker.client(tmp_path)
    for _ in range(3):
        await broker.submit(certificate)

    async def counted() -> bool:
        _, now = await broker.as_admin("GET", "/admin/stats")
        fields = ("total_messages", "messages_last_24h", "total_clients", "active_clients")
        return [now[name] - before[name] for name in fields] == [3, 3, 1, 1] and now["queue_length"] == 0

    await eventually(counted)


async def test_many_at_once_are_all_kept(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    answers = await asyncio.gather(*(broker.submit(certificate, f"{number}") for number in range(60)))
    assert {status for status, _ in answers} == {202}
    identities = sorted(receipt["message_id"] for _, receipt in answers)
    assert len(set(identities)) == 60

    async def all_delivered() -> bool:
        return await broker.deliveries(*identities) == identities

    await eventually(all_delivered)


async def test_health_and_metrics_are_open(broker: Broker) -> None:
    status, health = await broker.ask("GET", f"{broker.main}/health")
    assert (status, health["status"], set(health["components"].values())) == (200, "healthy", {"healthy"})
    status, health = await broker.ask("GET", f"{broker.proxy}/api/v1/health")
    assert (status, health["status"], health["checks"]["main_server"]) == (200, "healthy", "healthy")
    for url, name in (
        (f"{broker.main}/metrics", "main_server_messages_registered_total"),
        (f"{broker.proxy}/metrics", "proxy_messages_enqueued_total"),
        (f"{broker.deployment.addresses['worker 1']}/metrics", "worker_messages_delivered_total"),
    ):
        status, text = await broker.ask("GET", url)
        assert (status, name in text) == (200, True), url


async def test_a_token_runs_out(broker: Broker) -> None:
    control: Any = broker.deployment.controls["main server"]
    await control.change({"access-lifetime": "1"})
    login = await person(broker)
    end = jwt.decode(login["access_token"], options={"verify_signature": False})["exp"]
    await asyncio.sleep(max(0.0, end - time.time()))
    assert (await broker.ask("GET", f"{broker.main}/portal/profile", token=login["access_token"]))[0] == 401
    body = {"refresh_token": login["refresh_token"]}
    assert (await broker.ask("POST", f"{broker.main}/portal/auth/refresh", body))[0] == 200
    await control.change({})


@pytest.mark.parametrize("domain", ["x" * 256, 7, "a\0b"])
async def test_the_proxy_accepts_no_domain_that_could_never_be_registered(
    broker: Broker, tmp_path: Path, domain: Any
) -> None:
    _, certificate = await broker.client(tmp_path)
    message = {"sender_number": NUMBER, "message_body": "hello", "metadata": {"domain": domain}}
    status, answer = await broker.ask("POST", f"{broker.proxy}/api/v1/messages", message, shows=certificate)
    assert status == 422, answer
