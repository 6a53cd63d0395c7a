"""Who gets in at the doors of the reference broker that want a certificate."""

from collections.abc import Callable
from pathlib import Path

import pytest
from aiohttp import ClientError

from support.environments.embedded.pki import Authority, IssuedCertificate
from tests.reference.broker_client import Broker, eventually
from tests.reference.broker_fixtures import broker

__all__ = ["broker"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

Issue = Callable[[Authority], IssuedCertificate]


@pytest.mark.parametrize(
    "issue",
    [
        lambda authority: authority.foreign("worker"),
        lambda authority: authority.self_signed("worker"),
        lambda authority: authority.expired("worker"),
        lambda authority: authority.not_yet_valid("worker"),
        lambda authority: authority.wrong_usage("worker"),
    ],
)
async def test_bad_certificates_end_in_the_handshake(broker: Broker, issue: Issue) -> None:
    bad = issue(broker.deployment.authority)
    for url in (f"{broker.proxy}/api/v1/messages", f"{broker.main}/internal/messages/deliver"):
        with pytest.raises((ClientError, OSError)):
            await broker.ask("POST", url, {}, shows=bad, headers={"X-Client-Cert-CN": "worker"})


async def test_a_name_needs_a_certificate_that_agrees(broker: Broker, tmp_path: Path) -> None:
    (name, certificate), (other, _) = await broker.client(tmp_path), await broker.client(tmp_path)
    submission = f"{broker.proxy}/api/v1/messages?client_id={other}"
    assert (await broker.submit(certificate, X_Client_Cert_CN=name))[0] == 202
    assert (await broker.submit(certificate, X_Client_Cert_CN=other))[0] == 403
    assert (await broker.submit(None, X_Client_Cert_CN=name))[0] == 401
    assert (await broker.submit(None))[0] == 401
    assert (await broker.ask("POST", submission, {}, shows=certificate))[0] == 403
    assert (await broker.ask("POST", submission, {}))[0] == 401


async def test_only_components_use_the_internal_api(broker: Broker, tmp_path: Path) -> None:
    _, certificate = await broker.client(tmp_path)
    doors = [("POST", "register"), ("POST", "deliver"), ("POST", "status"), ("PUT", "status"), ("PUT", "x/status")]
    for method, path in doors:
        url = f"{broker.main}/internal/messages/{path}"
        assert (await broker.ask(method, url, {}))[0] == 401
        assert (await broker.ask(method, url, {}, headers={"X-Client-Cert-CN": "worker"}))[0] == 401
        assert (await broker.ask(method, url, {}, shows=certificate))[0] == 403
        assert (await broker.ask(method, url, {}, shows=broker.component))[0] == 422


async def test_a_stranger_of_the_authority_is_no_client(broker: Broker) -> None:
    assert (await broker.submit(broker.deployment.authority.client("stranger")))[0] == 403
    assert not await broker.redis.exists("message_queue:unregistered")


async def test_a_revoked_certificate_is_refused_until_there_is_a_new_one(broker: Broker, tmp_path: Path) -> None:
    name, certificate = await broker.client(tmp_path)
    _, bystander = await broker.client(tmp_path)
    assert (await broker.submit(certificate))[0] == 202
    again = {"client_id": name}
    assert (await broker.as_admin("POST", "/admin/certificates/generate", again))[0] == 400
    revoke = {"client_id": name, "reason": "lost"}
    assert (await broker.as_admin("POST", "/admin/certificates/revoke", revoke))[0] == 200
    assert (await broker.as_admin("POST", "/admin/certificates/revoke", revoke))[0] == 400

    async def refused() -> bool:
        return (await broker.submit(certificate))[0] == 403

    await eventually(refused, 2)
    assert (await broker.submit(bystander))[0] == 202
    _, certificates = await broker.as_admin("GET", "/admin/certificates/list")
    (listed,) = [one for one in certificates if one["client_id"] == name]
    assert (listed["status"], listed["is_valid"]) == ("revoked", False)
    status, issued = await broker.as_admin("POST", "/admin/certificates/generate", again)
    assert status == 200
    fresh = IssuedCertificate(tmp_path / "fresh.pem", tmp_path / "fresh.key")
    fresh.certificate.write_text(issued["certificate"])
    fresh.key.write_text(issued["private_key"])
    assert (await broker.submit(fresh))[0] == 202
    assert (await broker.submit(certificate))[0] == 403


async def test_a_list_that_makes_no_sense_changes_nothing(broker: Broker, tmp_path: Path) -> None:
    authority = broker.deployment.authority
    worker = authority.client("worker")
    good = authority.revocation_list.read_bytes()

    async def door(expected: int) -> None:
        async def answers() -> bool:
            status, _ = await broker.ask("POST", f"{broker.main}/internal/messages/deliver", {}, shows=worker)
            return status == expected

        await eventually(answers, 2)

    async def complaint(number: int) -> None:
        async def noted() -> bool:
            log = (broker.deployment.log_folder / "main_server.log").read_text()
            return log.count("CRL cannot be read") == number

        await eventually(noted, 2)

    authority.revoke(worker)
    await door(403)
    for number, nonsense in enumerate((b"nonsense", Authority(tmp_path / "forger").revocation_list.read_bytes()), 1):
        authority.revocation_list.write_bytes(nonsense)
        await complaint(number)
        await door(403)
    authority.revocation_list.write_bytes(good)
    await door(422)
