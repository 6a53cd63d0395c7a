"""Over TLS every connection trusts, and shows, what the profile says."""

import ssl
from pathlib import Path

import pytest
from aiohttp import web

from support.config.access import Tls
from support.config.profile import Limits, load
from support.core.errors import EnvironmentFailure
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.trust import context_for, context_of, rely
from support.drivers.clients.websocket import WebSocket
from support.drivers.kit.program import Deployed
from support.environments.systems.chat import ChatSystem
from support.scenario.world import World
from tests import serving
from tests.external.standin import Certificates, profile, served

LEASED = 'accounts = [{ login = "Lisa", password_env = "PW" }]'


@pytest.mark.parametrize("transport", ["websocket", "polling", "upgrade"])
async def test_requests_and_connections_show_the_clients_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, transport: str
) -> None:
    monkeypatch.setenv("PW", "lisa-pass")
    certificates = Certificates(tmp_path)
    certificate, key = certificates.for_client()
    tls = f'[systems.chat.tls]\nauthority = "{certificates.authority}"\ncertificate = "{certificate}"\nkey = "{key}"'
    async with served(certificates.for_server(demanding=True)) as (chat, address):
        described = load(profile(tmp_path, address, tls, accounts=LEASED))
        described.systems["chat"].driver["transport"] = transport
        sut = ChatSystem(described, {})
        await sut.open()
        world = World("a scenario", sut)
        await world.all_come_online(["user A"])
        assert chat.online == {"Lisa"}
        await world.leave()
        await sut.close()


async def test_without_a_certificate_of_its_own_it_is_turned_away(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path)
    async with served(certificates.for_server(demanding=True)) as (chat, address):
        tls = f'[systems.chat.tls]\nauthority = "{certificates.authority}"'
        with pytest.raises(EnvironmentFailure, match="cannot be reached"):
            await ChatSystem(load(profile(tmp_path, address, tls)), {}).open()
        assert chat.asked == set()


async def test_a_plain_websocket_goes_over_tls_too(tmp_path: Path) -> None:
    async def echo(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for frame in socket:
            await socket.send_str(frame.data)
        return socket

    certificates, app, heard = Certificates(tmp_path), web.Application(), []
    app.router.add_get("/", echo)
    async with serving.served(app, certificates.for_server()) as server:
        rely(str(server.make_url("/")), Tls(authority=certificates.authority), "here")
        socket = WebSocket(Transcript(Redactor()).of("user A"), heard.append, lambda *_: None)
        await socket.connect(str(server.make_url("/")).replace("https", "wss"), within=10.0)
        assert await socket.ping(within=10.0)
        await socket.close()


def test_verification_is_never_off(tmp_path: Path) -> None:
    rely("https://one.example.org", Tls(authority=Certificates(tmp_path).authority), "here")
    context = context_for("wss://one.example.org/live")
    assert context is not None
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context_for("https://another.example.org") is None


@pytest.mark.parametrize("address", ["mqtts://one.example.org", "xmpps://one.example.org", "xmpp://one.example.org"])
def test_other_protocols_than_http_use_the_profiles_certificates_too(address: str, tmp_path: Path) -> None:
    rely(address, Tls(authority=Certificates(tmp_path).authority), "here")
    context = context_for(address)
    assert context is not None
    assert len(context.get_ca_certs()) == 1
    assert Deployed(address, None, Limits()).tls is context


def test_files_are_read_anew_when_they_have_changed_and_else_once(tmp_path: Path) -> None:
    certificates = Certificates(tmp_path)
    files = (certificates.authority, *certificates.for_client())
    before = context_of(*files)
    assert context_of(*files) is before
    (tmp_path / "client.pem").write_bytes((tmp_path / "authority.pem").read_bytes())
    with pytest.raises(ssl.SSLError):
        context_of(*files)
    certificates.for_client()
    assert context_of(*files) is not before
