"""The XMPP driver and real servers, each where it is installed."""

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from support.config.access import Tls
from support.config.profile import Limits
from support.core import clock
from support.core.events import Message, Presence
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected
from support.drivers.clients.trust import rely
from support.drivers.kit.program import Deployed
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.xmpp import LANGUAGE, XmppOptions
from support.drivers.xmpp.client import XmppClient
from support.drivers.xmpp.driver import XmppServer
from support.environments.embedded.program import ProgramDeployment


@pytest.fixture(params=sorted(LANGUAGE.programs))
async def deployed(request: pytest.FixtureRequest) -> AsyncIterator[tuple[ProgramDeployment, XmppServer]]:
    program = LANGUAGE.programs[request.param]
    if shutil.which(program.command[0]) is None:
        pytest.skip(f"{program.name} is not installed: apt-get install {program.package}")
    async with ProgramDeployment(program, LANGUAGE.scheme, LANGUAGE.server, Limits(), XmppOptions()) as deployment:
        server = LANGUAGE.drive(Deployed(deployment.addresses[LANGUAGE.server], XmppOptions(), Limits(), ours=True))
        assert isinstance(server, XmppServer)
        yield deployment, server


async def test_who_has_registered_is_told_of_the_others_and_gets_what_was_sent_meanwhile(
    deployed: tuple[ProgramDeployment, XmppServer],
) -> None:
    deployment, server = deployed
    assert deployment.versions["chat server"].startswith(("Prosody", "ejabberd"))
    transcript, people = Transcript(Redactor()), People()
    for role in ("user A", "user B"):
        people.add(role, await server.register(role, transcript))
    inboxes = {role: Inbox(role) for role in ("user A", "user B")}
    a, b = (server.client(ScenarioUser(role, people, transcript, inbox)) for role, inbox in inboxes.items())
    await a.sign_in(_password(people, "user A"))
    await a.connect()
    await a.come_online()
    await a.send("Keep this", "user B")
    await b.sign_in(_password(people, "user B"))
    await b.connect()
    await b.come_online()
    await inboxes["user A"].expect(Presence("user B", online=True), within=5)
    await inboxes["user B"].expect(Message("user A", "Keep this"), within=5)
    assert (await a.contacts()).online == {"user A", "user B"}
    await server.end_session(_account(people, "user B").login, transcript)
    assert await clock.until(lambda: not b.connected, within=5)
    with pytest.raises(Rejected, match=r"forbidden|not-allowed"):
        await server.end_session_as(_account(people, "user B"), _account(people, "user A").login, transcript)
    await a.close()


async def test_a_server_that_is_killed_serves_again(deployed: tuple[ProgramDeployment, XmppServer]) -> None:
    deployment, server = deployed
    transcript = Transcript(Redactor())
    assert await server.serves(transcript)
    await deployment.controls["chat server"].restart()
    assert await server.serves(transcript)


@pytest.mark.skipif(shutil.which("prosody") is None, reason="apt-get install prosody")
async def test_a_server_that_lets_nobody_in_without_tls_is_reached_by_starttls(tmp_path: Path) -> None:
    authority, program = trustme.CA(), LANGUAGE.programs["prosody"]
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    certificate = authority.issue_cert(XmppOptions().domain)
    configuration = program.files["prosody.cfg.lua"]
    for plain, secured in (
        ('{ "s2s", "tls" }', '{ "s2s" }'),
        ('"admin_adhoc" }', '"admin_adhoc", "tls" }'),
        ("c2s_require_encryption = false", "c2s_require_encryption = true"),
        ("VirtualHost", 'ssl = { key = "$folder/key.pem", certificate = "$folder/certificate.pem" }\nVirtualHost'),
    ):
        assert plain in configuration
        configuration = configuration.replace(plain, secured)
    files = {
        "prosody.cfg.lua": configuration,
        "key.pem": certificate.private_key_pem.bytes().decode(),
        "certificate.pem": certificate.cert_chain_pems[0].bytes().decode(),
    }
    secure = replace(program, files=files, answer=b"starttls")
    async with ProgramDeployment(secure, LANGUAGE.scheme, LANGUAGE.server, Limits(), XmppOptions()) as deployment:
        address = deployment.addresses[LANGUAGE.server].replace("127.0.0.1", "localhost")
        rely(address, Tls(authority=tmp_path / "authority.pem"), "here")
        server = LANGUAGE.drive(Deployed(address, XmppOptions(), Limits(), ours=True))
        people, transcript = People(), Transcript(Redactor())
        people.add("user A", await server.register("user A", transcript))
        user = server.client(ScenarioUser("user A", people, transcript, Inbox("user A")))
        assert isinstance(user, XmppClient)
        await user.sign_in(_password(people, "user A"))
        assert user.session_owner() == "user A"
        await user.close()


def _account(people: People, role: str) -> Account:
    account = people.account(role)
    assert account is not None
    return account


def _password(people: People, role: str) -> str:
    return _account(people, role).password
