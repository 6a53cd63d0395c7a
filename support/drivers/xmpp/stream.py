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
from support.drivers.capabilities import Rejected
from support.drivers.kit.answers import Answers
from support.drivers.kit.program import Deployed
from support.drivers.kit.read_only import let_through
from support.drivers.kit.refusals import Refusals

logging.getLogger("slixmpp").setLevel(logging.CRITICAL)  # what it logs, the transcript and the verdicts tell
#: What a server says that cannot serve now (RFC 6120, 4.9.3, 6.5 and 8.3.3).
_REFUSALS = Refusals({"temporary-auth-failure", "internal-server-error", "resource-constraint", "system-shutdown"})


class XmppStream(ClientXMPP):
    """One stream; `async with` opens it, and ends it. What is asked raises `Rejected` and `Unreachable`.

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
        self._begun, self._answers = asyncio.Event(), Answers(server.address, server.limits.response)
        self._why: Rejected | None = None
        self.last_sent, self.silent, self.up = 0.0, False, False
        self.auto_authorize = self.auto_subscribe = None  # type: ignore[assignment]
        self.enable_direct_tls, self.enable_starttls = server.secure, not (local or server.secure)
        self.enable_plaintext = self.plugin["feature_mechanisms"].unencrypted_plain = local
        self.register_plugin("xep_0199")
        self.add_filter("in", self._heard)
        self.add_filter("out_sync", self._said)
        self.add_event_handler("stream_error", self._explained)
        self.add_event_handler("session_start", lambda _: self._begun.set())
        self.add_event_handler("failed_auth", lambda no: self._answers.end(refusal=refusal(no)))
        self.add_event_handler("connection_failed", self._answers.end)
        self.add_event_handler("disconnected", self._ended)
        if account is None:
            self.unregister_feature("mechanisms", self.plugin["feature_mechanisms"].order)
            self.add_event_handler("stream_negotiated", lambda _: self.event("session_start"))

    async def __aenter__(self) -> Self:
        let_through(self._server.address, "open a stream", changes=False)
        self._answers.begin()
        self.connect(*self._place)
        try:
            await self._answers.wait_for(self._begun.wait(), "open a stream")
            self.up = True
        finally:
            if not self.up:
                self.drop()
        return self

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
        """Send a question and wait for its answer. Raises `ConnectionEnded` if the stream ends without a reason."""
        let_through(self._server.address, what, changes=changes)
        self._lifeline.aims(what)
        try:
            return await self._answers.wait_for(send(), what)
        except IqError as no:
            raise _REFUSALS.refusal(no.condition, no.text) from no

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
        self._why = refusal(error)

    def _ended(self, why: object) -> None:
        """With the reason that it gives, a server says no to all that was asked on a stream that was open."""
        said = str(self._why or "")
        self._answers.end(said or why, self._why if self.up else None)
        if self.up:
            self.up = False
            self._lifeline.record(HEARD, "xmpp", f"end of the stream {said}".strip())
            self._lost(said)


def refusal(error: Any) -> Rejected:
    """The server's no, by an error's condition and text."""
    return _REFUSALS.refusal(error["condition"], error["text"])
