"""Streams of an XMPP server: slixmpp's, recorded."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Self

from slixmpp import ClientXMPP
from slixmpp.exceptions import IqError
from slixmpp.stanza import Iq
from slixmpp.stanza.rootstanza import RootStanza

from support.core import clock
from support.core.people import Account
from support.core.transcript import HEARD, SENT, Lifeline
from support.drivers.capabilities import Rejected, Unavailable, Unreachable
from support.drivers.kit.program import Deployed
from support.drivers.kit.read_only import let_through

logging.getLogger("slixmpp").setLevel(logging.CRITICAL)  # what it logs, the transcript and the verdicts tell
#: What a server says that cannot serve now (RFC 6120, 4.9.3, 6.5 and 8.3.3).
_FOR_NOW = {"temporary-auth-failure", "internal-server-error", "resource-constraint", "system-shutdown"}


class StreamEndedError(Unreachable):
    """The server has ended the stream, and has not said why, while an answer was waited for."""


class XmppStream(ClientXMPP):
    """One stream; `async with` opens it, and ends it. What is sent raises `Rejected` and `Unreachable`.

    Args:
        server: where to.
        lifeline: whose it is, and where all stanzas are recorded.
        account: who signs in; a stranger if None, to whom a server has to refuse whatever is asked.
        heard: called with each stanza, in order of arrival.
        lost: called once, with the server's reason if it gives one, when the stream ends that we have not ended.
    """

    def __init__(
        self,
        server: Deployed,
        lifeline: Lifeline,
        account: Account | None = None,
        heard: Callable[[Any], None] = lambda stanza: None,
        lost: Callable[[str], None] = lambda why: None,
    ) -> None:
        self._server, self._lifeline, self._told, self._lost = server, lifeline, heard, lost
        self._place, login = server.place(5222, 5223), account.login if account else server.options.domain
        local = self._place[0] == "127.0.0.1"  # where there is no TLS, and a password is seen by no other program
        mechanism, password = "PLAIN" if local else None, account.password if account else ""
        super().__init__(login, password, ssl_context=server.tls, sasl_mech=mechanism)
        self._why: tuple[str, ...] = ()
        self.last_sent, self.silent, self.up = 0.0, False, False
        self.auto_authorize = self.auto_subscribe = None  # type: ignore[assignment]
        self.enable_direct_tls, self.enable_starttls = server.secure, not (local or server.secure)
        self.enable_plaintext = self.plugin["feature_mechanisms"].unencrypted_plain = local
        self.register_plugin("xep_0199")
        self.add_filter("in", self._heard)
        self.add_filter("out_sync", self._said)
        self.add_event_handler("stream_error", self._explained)
        self.add_event_handler("session_start", lambda _: self._begin())
        self.add_event_handler("failed_auth", lambda no: self._begin(refusal(no["condition"], no["text"])))
        self.add_event_handler("connection_failed", lambda why: self._begin(Unreachable(f"{server.address}: {why}")))
        self.add_event_handler("disconnected", self._ended)
        if account is None:
            self.unregister_feature("mechanisms", self.plugin["feature_mechanisms"].order)
            self.add_event_handler("stream_negotiated", lambda _: self.event("session_start"))

    async def __aenter__(self) -> Self:
        let_through(self._server.address, "open a stream", changes=False)
        self._begun = asyncio.get_running_loop().create_future()
        self.connect(*self._place)
        try:
            await asyncio.wait_for(self._begun, self._server.limits.response)
            self.up = True
        except TimeoutError as silence:
            raise Unreachable(f"{self._server.address} lets a user in too late, or never") from silence
        finally:
            if not self.up:
                self.drop()
        return self

    def _begin(self, trouble: Exception | None = None) -> None:
        if not self._begun.done():
            self._begun.set_exception(trouble) if trouble else self._begun.set_result(None)

    async def __aexit__(self, *trouble: object) -> None:
        self.up = False
        await self.disconnect(wait=self._server.limits.response)
        self.drop()

    def drop(self) -> None:
        """Go away without a word."""
        self.up = False
        self.cancel_connection_attempt()
        self.abort()
        if self._run_out_filters is not None:
            self._run_out_filters.cancel()  # slixmpp keeps it for a next connection, which there is not

    async def ask(self, what: str, send: Callable[[], Awaitable[Iq]], *, changes: bool = False) -> Iq:
        """Send a question and wait for its answer. Raises `StreamEndedError` if the stream ends meanwhile."""
        let_through(self._server.address, what, changes=changes)
        self._lifeline.aims(what)
        gone, answer = self.disconnected, asyncio.ensure_future(send())
        try:
            await asyncio.wait({answer, gone}, timeout=self._server.limits.response, return_when="FIRST_COMPLETED")
            if answer.done():
                return answer.result()
        except IqError as no:
            raise refusal(no.condition, no.text) from no
        finally:
            answer.cancel()
        if self._why:  # with the reason it says no, and to this stream altogether
            raise refusal(*self._why)
        silent = Unreachable(f"{self._server.address} does not answer ({what})")
        raise StreamEndedError(f"{self._server.address} has ended the stream ({what})") if gone.done() else silent

    def tell(self, what: str, stanza: RootStanza) -> None:
        """Send what has no answer."""
        let_through(self._server.address, what, changes=True)
        self._lifeline.aims(what)
        stanza.send()

    async def ping(self, as_: str | None = None) -> None:
        """Wait until the server has dealt with all that was sent before: it takes stanzas in turn (RFC 6120, 10.1)."""
        iq = self.make_iq_get(ito=self._server.options.domain, ifrom=as_)
        iq.enable("ping")
        await self.ask("be answered", iq.send)

    def _heard(self, stanza: Any) -> Any:
        if isinstance(stanza, RootStanza):
            self._write_down(HEARD, stanza)
            self._told(stanza)
        silent = self.silent and isinstance(stanza, Iq) and stanza["type"] == "get"
        return None if silent else stanza

    def _said(self, stanza: Any) -> Any:
        if isinstance(stanza, RootStanza):
            self.last_sent = clock.now()
            self._write_down(SENT, stanza)
        return stanza

    def _write_down(self, direction: str, stanza: RootStanza) -> None:
        if self._lifeline.followed:  # to write it out takes as long as to send it
            self._lifeline.record(direction, "xmpp", f"{stanza.name} {stanza['type']}", str(stanza))

    def _explained(self, error: Any) -> None:
        self._why = (error["condition"], error["text"])

    def _ended(self, why: object) -> None:
        said = str(refusal(*self._why)) if self._why else ""
        self._begin(Unreachable(f"{self._server.address} has ended the stream: {said or why}"))
        if self.up:
            self.up = False
            self._lifeline.record(HEARD, "xmpp", f"end of the stream {said}".strip())
            self._lost(said)


def refusal(condition: object, text: object = "") -> Rejected:
    """The server's no, in its own words."""
    words = f"{condition}: {text}" if text else str(condition)
    return Unavailable(words) if str(condition) in _FOR_NOW else Rejected(words)
