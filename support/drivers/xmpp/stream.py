"""Streams of an XMPP server: slixmpp's, recorded, and one stanza from a stranger who has not signed in."""

import asyncio
import logging
import ssl
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError, IqTimeout
from slixmpp.stanza import Iq
from slixmpp.stanza.rootstanza import RootStanza

from support.core import clock
from support.core.people import Account
from support.core.transcript import HEARD, SENT, Transcript
from support.drivers.capabilities import Rejected, Unavailable, Unreachable
from support.drivers.clients.trust import context_for
from support.drivers.kit.read_only import let_through
from support.drivers.xmpp.options import HEADER

logging.getLogger("slixmpp").setLevel(logging.CRITICAL)  # what it logs, the transcript and the verdicts tell
#: Made once: each takes a tenth of a second, in which no other client is heard.
_TLS = ssl.create_default_context()
#: What a server says that cannot serve now (RFC 6120, 4.9.3, 6.5 and 8.3.3).
_FOR_NOW = {"temporary-auth-failure", "internal-server-error", "resource-constraint", "system-shutdown"}


class StreamEndedError(Unreachable):
    """The server has ended the stream, and has not said why, while an answer was waited for."""


@dataclass
class XmppEndpoint:
    """Where a server is, whose users it has, and in how many seconds it has to answer."""

    address: str
    domain: str
    response: float
    wants_signs_of_life: bool

    @property
    def place(self) -> tuple[str, int]:
        parts = urlsplit(self.address)
        return parts.hostname or "", parts.port or (5223 if parts.scheme == "xmpps" else 5222)

    async def knock(self, stanza: str, what: str, *, changes: bool = False) -> None:
        """Send one stanza on a stream on which no user has signed in.

        Raises:
            Rejected: the server says no, as it has to.
            Unreachable: it does not answer.
        """
        let_through(self.address, what, changes=changes)
        try:
            async with asyncio.timeout(self.response):
                answer = await self._answer(HEADER.format(self.domain) + stanza)
        except (OSError, ET.ParseError) as error:
            raise Unreachable(f"{self.address} does not answer: {error or 'it takes too long'}") from error
        if answer is None:
            raise Unreachable(f"{self.address} ends the stream without an answer")
        if trouble := answer if _name(answer) in ("failure", "error") else answer.find("{*}error"):
            raise refusal(_name(trouble[0]), next((one.text for one in trouble if _name(one) == "text"), None))

    async def _answer(self, stanza: str) -> ET.Element | None:
        tls = (context_for(self.address) or _TLS) if self.address.startswith("xmpps") else None
        reader, writer = await asyncio.open_connection(*self.place, ssl=tls, server_hostname=tls and self.domain)
        parser: Any = ET.XMLPullParser(("start", "end"))
        depth = 0
        try:
            writer.write(stanza.encode())
            while data := await reader.read(1 << 16):
                parser.feed(data)
                for event, element in parser.read_events():
                    depth += 1 if event == "start" else -1
                    if (event, depth) == ("end", 1) and _name(element) != "features":
                        return cast(ET.Element, element)
        finally:
            writer.close()
        return None


class XmppStream(ClientXMPP):
    """One stream of a user who signs in.

    Args:
        server: where to.
        who: the name in the transcript.
        transcript: where all stanzas are recorded.
        account: whose.
        heard: called with each stanza, in order of arrival.
        lost: called once, with the server's reason if it gives one, when the stream ends that we have not ended.
    """

    def __init__(
        self,
        server: XmppEndpoint,
        who: str,
        transcript: Transcript,
        account: Account,
        heard: Callable[[Any], None] = lambda stanza: None,
        lost: Callable[[str], None] = lambda why: None,
    ) -> None:
        local = server.place[0] == "127.0.0.1"  # where there is no TLS, and a password is seen by no other program
        tls = context_for(server.address) or _TLS
        super().__init__(account.login, account.password, ssl_context=tls, sasl_mech="PLAIN" if local else None)
        self._server, self._who, self._record = server, who, transcript
        self._told, self._lost, self._why = heard, lost, cast(tuple[str, ...], ())
        self.last_sent, self.silent, self.up = 0.0, False, False
        self.auto_authorize = self.auto_subscribe = None  # type: ignore[assignment]
        self.enable_direct_tls = self.enable_starttls = not local
        self.enable_plaintext = local
        self.plugin["feature_mechanisms"].unencrypted_plain = local
        self.register_plugin("xep_0199")
        self.add_filter("in", self._heard)
        self.add_filter("out_sync", self._said)
        self.add_event_handler("stream_error", self._explained)

    async def open(self) -> None:
        """Sign in.

        Raises:
            Rejected: the server says no.
            Unreachable: it does not answer.
        """
        let_through(self._server.address, "sign in", changes=False)
        ends = asyncio.get_running_loop().create_future()

        def end(outcome: Exception | None) -> None:
            if not ends.done():
                ends.set_result(outcome)

        self.add_event_handler("session_start", lambda _: end(None))
        self.add_event_handler("failed_auth", lambda no: end(refusal(no["condition"], no["text"])))
        self.add_event_handler("connection_failed", lambda why: end(Unreachable(f"{self._server.address}: {why}")))
        self.add_event_handler("disconnected", lambda why: end(self._end(why)))
        self.connect(*self._server.place)
        try:
            outcome = await asyncio.wait_for(ends, self._server.response)
        except TimeoutError:
            outcome = Unreachable(f"{self._server.address} does not let a user in within {self._server.response:g} s")
        self.up = outcome is None
        if outcome is not None:
            self.drop()
            raise outcome

    async def ask(self, iq: Iq, what: str) -> Iq:
        """Send a question and wait for its answer.

        Raises:
            Rejected: the server says no.
            Unreachable: it does not answer.
            StreamEndedError: the stream ends.
        """
        let_through(self._server.address, what, changes=iq["type"] == "set")
        self._record.aims(self._who, what)
        answer = iq.send(timeout=self._server.response)  # type: ignore[no-untyped-call]
        gone = self.disconnected
        try:
            await asyncio.wait({answer, gone}, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return cast(Iq, answer.result())
        except IqError as no:
            raise refusal(no.condition, no.text) from no
        except IqTimeout as silence:
            raise Unreachable(f"{self._server.address} does not answer ({what})") from silence
        finally:
            answer.cancel()
        if self._why:  # with the reason it says no, and to this stream altogether
            raise refusal(*self._why)
        raise StreamEndedError(f"{self._server.address} has ended the stream ({what})")

    def tell(self, stanza: RootStanza, what: str) -> None:
        """Send what has no answer."""
        let_through(self._server.address, what, changes=True)
        self._record.aims(self._who, what)
        stanza.send()

    async def ping(self, as_: str | None = None) -> None:
        """Wait until the server has dealt with all that was sent before: it takes stanzas in turn (RFC 6120, 10.1)."""
        iq = self.make_iq_get(ito=self._server.domain, ifrom=as_)
        iq.enable("ping")
        await self.ask(iq, "be answered")

    async def end(self) -> None:
        """End the stream in order."""
        self.up = False
        await self.disconnect(wait=self._server.response)
        self.drop()

    def drop(self) -> None:
        """Go away without a word."""
        self.up = False
        self.cancel_connection_attempt()
        self.abort()
        if self._run_out_filters is not None:
            self._run_out_filters.cancel()  # slixmpp keeps it for a next connection, which there is not

    def _heard(self, stanza: Any) -> Any:
        if isinstance(stanza, RootStanza):
            self._record.record(self._who, HEARD, "xmpp", f"{stanza.name} {stanza['type']}", str(stanza))
            self._told(stanza)
        silent = self.silent and isinstance(stanza, Iq) and stanza["type"] == "get"
        return None if silent else stanza

    def _said(self, stanza: Any) -> Any:
        if isinstance(stanza, RootStanza):
            self.last_sent = clock.now()
            self._record.record(self._who, SENT, "xmpp", f"{stanza.name} {stanza['type']}", str(stanza))
        return stanza

    def _explained(self, error: Any) -> None:
        self._why = (error["condition"], error["text"])

    def _end(self, why: object) -> Exception:
        said = str(refusal(*self._why)) if self._why else ""
        if self.up:
            self.up = False
            self._record.record(self._who, HEARD, "xmpp", f"end of the stream {said}".strip())
            self._lost(said)
        return Unreachable(f"{self._server.address} has ended the stream: {said or why}")


def refusal(condition: object, text: object = "") -> Rejected:
    """The server's no, in its own words."""
    words = f"{condition}: {text}" if text else str(condition)
    return Unavailable(words) if str(condition) in _FOR_NOW else Rejected(words)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
