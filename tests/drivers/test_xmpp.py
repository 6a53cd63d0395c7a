"""What the XMPP client makes of a server's stanzas; that it fits real ones is shown by test_xmpp_servers."""

import asyncio
import base64
from collections.abc import AsyncIterator
from xml.etree import ElementTree as ET

import pytest

from support.config.profile import Limits, Profile, SystemProfile
from support.core import clock
from support.core.errors import EnvironmentFailure, NotSupported, SuiteError
from support.core.events import Declined, Disconnected, LoggedOut, Message, Presence
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected
from support.drivers.kit.program import Deployed, ServerProgram
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.xmpp import XmppOptions
from support.drivers.xmpp.client import XmppClient
from support.drivers.xmpp.driver import XmppServer
from support.environments.embedded.program import ProgramDeployment
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems import class_of

ME, OTHER = "a@earshot.test", "b@earshot.test"
_ERROR = "<error type='cancel'><service-unavailable xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
_HEADER = (
    "<?xml version='1.0'?><stream:stream from='x' id='s' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>"
)
_BIND = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>"
_MECHANISMS = "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism></mechanisms>"


class StandIn:
    """A server on which `a`, whose password is "right", signs in and has one contact."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.lets_strangers_in = False
        self.answers_pings = True
        self.ends_at_the_next_question = False
        self.streams: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        known = False
        parser, depth = ET.XMLPullParser(("start", "end")), 0
        while data := await reader.read(4096):
            parser.feed(data)
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                if (event, depth) == ("start", 1):
                    offer = _BIND if known else _MECHANISMS
                    writer.write(f"{_HEADER}<stream:features>{offer}</stream:features>".encode())
                elif (event, depth) == ("end", 1) and element.tag.endswith("auth"):
                    known = base64.b64decode(element.text or "").endswith(b"\0right")
                    answer = "<success {}/>" if known else "<failure {}><not-authorized/></failure>"
                    writer.write(answer.format("xmlns='urn:ietf:params:xml:ns:xmpp-sasl'").encode())
                    if known:
                        parser, depth = ET.XMLPullParser(("start", "end")), 0
                        self.streams.append(writer)
                elif (event, depth) == ("end", 1) and known and self.ends_at_the_next_question:
                    writer.close()
                elif (event, depth) == ("end", 1):
                    writer.write(self._answer(element, known).encode())
                elif (event, depth) == ("end", 0):
                    writer.write(b"</stream:stream>")
                    writer.close()

    def _answer(self, stanza: ET.Element, known: bool) -> str:
        kind, name = stanza.tag.rpartition("}")[2], stanza[0].tag.rpartition("}")[2] if len(stanza) else ""
        self.said.append(f"{kind} {name}".strip())
        if kind != "iq" and known:
            return ""
        if not (known or self.lets_strangers_in):
            return f"<{kind} type='error' id='{stanza.get('id')}'>{_ERROR}</{kind}>"
        content = {
            "bind": f"<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><jid>{ME}/here</jid></bind>",
            "query": f"<query xmlns='jabber:iq:roster'><item jid='{OTHER}' subscription='both'/></query>",
        }.get(name, "")
        if name == "ping" and not self.answers_pings:
            return ""
        return f"<iq type='result' id='{stanza.get('id')}' from='earshot.test'>{content}</iq>"

    def push(self, stanza: str) -> None:
        self.streams[-1].write(stanza.encode())

    def end(self, reason: str) -> None:
        error = f"<stream:error><{reason} xmlns='urn:ietf:params:xml:ns:xmpp-streams'/></stream:error>"
        self.streams[-1].write(f"{error}</stream:stream>".encode())
        self.streams[-1].close()


@pytest.fixture
async def standin() -> AsyncIterator[tuple[StandIn, Deployed]]:
    standin = StandIn()
    server = await asyncio.start_server(standin.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    yield standin, Deployed(f"xmpp://127.0.0.1:{port}", XmppOptions(), Limits(response=2.0))
    server.close()


@pytest.fixture
async def client(standin: tuple[StandIn, Deployed]) -> AsyncIterator[tuple[XmppClient, Inbox]]:
    people, inbox = People(), Inbox("user A")
    people.add("user A", Account(ME, "right"))
    people.add("user B", Account(OTHER, "right"))
    client = XmppClient(standin[1], ScenarioUser("user A", people, Transcript(Redactor()), inbox), set())
    yield client, inbox
    await client.close()


async def test_the_right_password_opens_a_session_and_the_server_says_whose(
    client: tuple[XmppClient, Inbox],
) -> None:
    user, _ = client
    await user.sign_in("right")
    assert user.session_owner() == "user A"
    with pytest.raises(Rejected, match="not-authorized"):
        await user.sign_in("wrong")
    assert not user.connected


async def test_who_has_no_session_is_refused_by_the_server_and_not_by_the_driver(
    client: tuple[XmppClient, Inbox], standin: tuple[StandIn, Deployed]
) -> None:
    (user, _), (server, _) = client, standin
    await user.sign_in("right")
    await user.sign_out()
    for attempt in (user.contacts, user.connect, lambda: user.send("Hello", "user B")):
        with pytest.raises(Rejected, match="service-unavailable"):
            await attempt()
    assert server.said[-4:] == ["iq query", "iq ping", "message body", "iq ping"]
    server.lets_strangers_in = True
    await user.connect()  # granted by the server, so granted


async def test_a_contact_is_there_from_the_first_of_its_places_to_the_last(
    client: tuple[XmppClient, Inbox], standin: tuple[StandIn, Deployed]
) -> None:
    (user, inbox), (server, _) = client, standin
    await user.sign_in("right")
    for place, kind in (("1", ""), ("2", ""), ("1", "type='unavailable'"), ("2", "type='unavailable'")):
        server.push(f"<presence from='{OTHER}/{place}' {kind}/>")
    await inbox.expect(Presence("user B", online=True), within=2)
    await inbox.expect(Presence("user B", online=False), within=2)
    assert not inbox.unexpected()


async def test_a_contact_who_was_there_before_oneself_is_no_news_until_they_go(
    client: tuple[XmppClient, Inbox], standin: tuple[StandIn, Deployed]
) -> None:
    (user, inbox), (server, endpoint) = client, standin
    people = user._people
    other = XmppClient(endpoint, ScenarioUser("user B", people, Transcript(Redactor()), Inbox("user B")), user._here)
    user._here.add(other)
    await user.sign_in("right")
    await user.come_online()
    server.push(f"<presence from='{OTHER}/1'/>")
    server.push(f"<presence from='{OTHER}/1' type='unavailable'/>")
    server.push(f"<presence from='{OTHER}/2'/>")
    await inbox.expect(Presence("user B", online=True), within=2)
    await inbox.expect(Presence("user B", online=False), within=2)
    assert [one.what for one in inbox.received] == [Presence("user B", False), Presence("user B", True)]


async def test_a_message_that_bounces_is_a_refusal_and_comes_as_one(
    client: tuple[XmppClient, Inbox], standin: tuple[StandIn, Deployed]
) -> None:
    (user, inbox), (server, _) = client, standin
    await user.sign_in("right")
    await user.send("Hello", "nobody-at-all")
    server.push(f"<message from='nobody-at-all@earshot.test' type='error'><body>Hello</body>{_ERROR}</message>")
    server.push(f"<message from='{OTHER}/1'><body>Yes?</body></message>")
    await inbox.expect(Message("user B", "Yes?"), within=2)
    assert [str(one.what) for one in inbox.unexpected(Declined)] == ['refusal "service-unavailable"']
    assert not inbox.unexpected(Message)


async def test_a_stream_that_the_server_ends_says_why_and_refuses_what_was_asked_on_it(
    client: tuple[XmppClient, Inbox], standin: tuple[StandIn, Deployed]
) -> None:
    (user, inbox), (server, _) = client, standin
    await user.sign_in("right")
    await user.connect()
    assert user.connected
    server.answers_pings = False
    sending = asyncio.create_task(user.send("Hello", "user B"))
    assert await clock.until(lambda: "message body" in server.said, within=2)
    server.end("policy-violation")
    with pytest.raises(Rejected, match="policy-violation"):
        await sending
    assert [one.what for one in inbox.unexpected()] == [LoggedOut("policy-violation"), Disconnected()]
    assert not user.connected


@pytest.mark.parametrize("verb", ["connect", "contacts", "send"])
async def test_who_loses_the_stream_while_asking_is_judged_as_a_stranger(
    verb: str, client: tuple[XmppClient, Inbox], standin: tuple[StandIn, Deployed]
) -> None:
    (user, _), (server, _) = client, standin
    await user.sign_in("right")
    server.ends_at_the_next_question = True
    with pytest.raises(Rejected, match="service-unavailable"):
        await getattr(user, verb)(*(["Hello", "user B"] if verb == "send" else []))


async def test_a_crowd_is_known_to_those_whom_the_scenario_names(standin: tuple[StandIn, Deployed]) -> None:
    server, endpoint = standin
    xmpp = XmppServer(endpoint)
    transcript = Transcript(Redactor())
    for role in ("user A", *(f"member {number}" for number in range(1, 21)), "user B"):
        await xmpp.adopt(role, Account(ME, "right"), transcript)
    assert len(server.streams) == 20 * 2 + (1 + 21), "each member meets user A alone, and user B meets all"


async def test_signs_of_life_are_no_matter_of_a_server_that_wants_none(client: tuple[XmppClient, Inbox]) -> None:
    user, _ = client
    await user.sign_in("right")
    for verb in (user.fall_silent, lambda: user.signal_every(1.0)):
        with pytest.raises(NotSupported, match="leaves those online"):
            verb()


async def test_a_server_that_is_not_installed_is_told_with_what_would_install_it() -> None:
    missing = ServerProgram("Nowhere", "no-such-package", ("no-such-program",), {}, "", b"")
    with pytest.raises(
        EnvironmentFailure, match="there is no Nowhere on this machine: apt-get install no-such-package"
    ):
        await ProgramDeployment(missing, "xmpp", "chat server", Limits(), XmppOptions()).open()


def test_a_profile_that_names_a_server_which_the_driver_cannot_start_says_which_it_can() -> None:
    described = SystemProfile(speaks="xmpp", driver={"program": "openfire"})
    profile = Profile(name="mine", systems={"chat": described})
    with pytest.raises(SuiteError, match="'openfire' cannot be started here; allowed: prosody, ejabberd"):
        class_of("chat", profile)(profile, {}).deploy()


def _external(address: str) -> SystemUnderTest:
    described = SystemProfile(speaks="xmpp", deployment="external", address=address)
    profile = Profile(name="mine", systems={"chat": described})
    return class_of("chat", profile)(profile, {})


def test_a_server_that_runs_elsewhere_has_an_address_of_its_own_kind() -> None:
    assert _external("xmpps://chat.test").deploy().addresses == {"chat server": "xmpps://chat.test"}
    with pytest.raises(SuiteError, match="is to begin with xmpp:// or xmpps://"):
        _external("https://chat.test").deploy()


async def test_what_speaks_no_http_is_there_if_it_serves(standin: tuple[StandIn, Deployed]) -> None:
    sut = _external(standin[1].address)
    sut.deployment = sut.deploy()
    sut.take_up(protecting=False)
    assert await sut.is_there()
    gone = _external("xmpp://127.0.0.1:1")
    gone.deployment = gone.deploy()
    gone.take_up(protecting=False)
    assert not await gone.is_there()
