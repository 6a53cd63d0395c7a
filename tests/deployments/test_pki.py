"""The certificate authority: what a server that demands certificates makes of each."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from support.environments.embedded.pki import Authority, IssuedCertificate

HOST = "127.0.0.1"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "pki")


async def test_a_client_of_the_authority_is_let_in(authority: Authority) -> None:
    async with _server(authority) as port:
        assert await _asked(authority, authority.client("acme"), port) == b"acme"


@pytest.mark.parametrize("flaw", ["expired", "not_yet_valid", "foreign", "self_signed", "wrong_usage"])
async def test_a_flawed_certificate_is_not(authority: Authority, flaw: str) -> None:
    async with _server(authority) as port:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await _asked(authority, getattr(authority, flaw)("acme"), port)


async def test_nobody_without_a_certificate_is(authority: Authority) -> None:
    async with _server(authority) as port:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await _asked(authority, None, port)


async def test_only_what_is_on_the_revocation_list_is_revoked(authority: Authority) -> None:
    acme, other = authority.client("acme"), authority.client("other")
    authority.revoke(acme)
    async with _server(authority) as port:
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await _asked(authority, acme, port)
        assert await _asked(authority, other, port) == b"other"


def test_keys_are_for_their_owner_alone(authority: Authority) -> None:
    for key in (authority.key, authority.client("acme").key, authority.server("main").key):
        assert key.stat().st_mode & 0o077 == 0


@asynccontextmanager
async def _server(authority: Authority) -> AsyncIterator[int]:
    """A server that demands certificates, and says whose it was shown."""

    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        shown = dict(part[0] for part in writer.get_extra_info("peercert")["subject"])
        writer.write(shown["commonName"].encode())
        await writer.drain()
        writer.close()

    own = authority.server("server")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority.certificate)
    context.load_cert_chain(own.certificate, own.key)
    context.load_verify_locations(authority.revocation_list)
    context.verify_mode, context.verify_flags = ssl.CERT_REQUIRED, ssl.VERIFY_CRL_CHECK_LEAF
    server = await asyncio.start_server(say, HOST, 0, ssl=context)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def _asked(authority: Authority, credential: IssuedCertificate | None, port: int) -> bytes:
    context = ssl.create_default_context(cafile=authority.certificate)
    if credential:
        context.load_cert_chain(credential.certificate, credential.key)
    reader, writer = await asyncio.open_connection(HOST, port, ssl=context)
    try:
        answer = await reader.read()
        if not answer:
            raise ConnectionError("dropped")
        return answer
    finally:
        writer.close()
