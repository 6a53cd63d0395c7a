"""One system, looked at as a profile describes it. Nothing in it is changed: people sign in and out, no more."""

import time
from collections.abc import Awaitable
from email.utils import parsedate_to_datetime
from importlib import import_module
from pkgutil import iter_modules

from support.doctor import commands
from support.doctor.findings import Finding, State
from support.errors import EarshotError, SuiteError
from support.inbox import Inbox
from support.report.redact import everywhere
from support.stage import Stage
from support.stores.versions import place
from support.systems import capabilities
from support.systems.capabilities.probing import HasDoors
from support.systems.people import Account, People
from support.transcript import Transcript
from support.transports.http import Answer, Http, Unreachable
from support.vetting import is_itself, signs_in, store

WHO = "the doctor"
#: Seconds that a server's clock may be apart from ours: its Date header has whole seconds.
APART = 2.0
#: HTTP statuses of a request that a server does not know.
_UNKNOWN = (404, 405, 501)


class Examination:
    """Of one system.

    Args:
        stage: not open.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._transcript = Transcript(everywhere)
        self.findings: list[Finding] = []

    async def run(self) -> None:
        """Look at everything that can be looked at; `findings` says what was seen.

        Raises:
            SuiteError: the profile is wrong.
        """
        if self._stage.described.deployment == "embedded":
            return await self._start()
        self._stage.deployment = self._stage.deploy()
        for name, address in self._stage.deployment.addresses.items():
            await self._address(name, address)
        await self._stores()
        self.findings += commands.looked_for(self._stage.described.controls)
        if any(finding.part == "address" and finding.state == "WRONG" for finding in self.findings):
            return
        self._stage.system = self._stage.drive()
        try:
            await self._system()
        finally:
            await self._stage.system.close()

    async def _start(self) -> None:
        """Start an embedded system, and end it."""
        stage = self._stage
        if not await self._sees("system", stage.product, stage.open(), "starts, and serves"):
            return
        for name, version in stage.deployment.versions.items():
            self._add("process", name, "ok", version)
        self._capabilities()
        await stage.close()

    async def _address(self, name: str, address: str) -> None:
        http, began = Http(address, patience=self._stage.bars.response), time.time()
        try:
            answer = await http.request(WHO, self._transcript, "GET", "/")
        except Unreachable as silence:
            return self._add("address", name, "WRONG", str(silence))
        finally:
            await http.close()
        took = time.time() - began
        runs_on = f", runs on {answer.server}" if answer.server else ""
        self._add("address", name, "ok", f"{address} answers in {1000 * took:.0f} ms{runs_on}")
        self._clock(name, answer, began + took / 2)

    def _clock(self, name: str, answer: Answer, ours: float) -> None:
        if not answer.date:
            return self._add("clock", name, "note", "it does not tell the time")
        apart = parsedate_to_datetime(answer.date).timestamp() - ours
        told = f"{abs(apart):.0f} s {'ahead of' if apart > 0 else 'behind'} ours"
        self._add("clock", name, "ok" if abs(apart) <= APART else "WRONG", told)

    async def _stores(self) -> None:
        described = self._stage.described
        for kind, url in described.stores.items():
            await self._sees("store", kind, store(kind, url, described.versions.get(kind, "")), f"at {place(url)}")

    async def _system(self) -> None:
        """Ask the system itself."""
        stage = self._stage
        itself = is_itself(stage.name, stage.system, self._transcript)
        if not await self._sees("system", stage.product, itself, "answers as it should"):
            return
        for account in stage.described.accounts:
            refusal = await signs_in(stage.system, account, self._transcript)
            seen = f"cannot sign in: {refusal}" if refusal else "signs in and out"
            self._add("account", account.login, "WRONG" if refusal else "ok", seen)
        await self._doors()
        self._capabilities()

    async def _doors(self) -> None:
        """Which requests of this dialect the system does not know."""
        system = self._stage.system
        if not isinstance(system, HasDoors):
            return
        http = Http(system.address, patience=self._stage.bars.response)
        doors, shut = system.doors(), 0
        for what, request in doors.items():
            method, path = request.split(" ", 1)
            answer = await http.request(WHO, self._transcript, method, path, body={})
            if answer.status in _UNKNOWN:
                shut += 1
                self._add("request", what, "note", f"{request} is not there ({answer.status})")
        await http.close()
        self._add("request", "all", "ok", f"{len(doors) - shut} of the {len(doors)} in this dialect are there")

    def _capabilities(self) -> None:
        """What people, and we, can do with a system of this dialect."""
        people, stage = People(), self._stage
        people.add("somebody", Account("somebody@example.com", ""))
        client = stage.system.client("somebody", people, self._transcript, Inbox("somebody"))
        known = _capabilities()
        there = [kind for kind in known if isinstance(client, kind) or isinstance(stage.system, kind)]
        self._add("capabilities", f"{len(there)} of {len(known)}", "ok", ", ".join(kind.__name__ for kind in there))

    async def _sees(self, part: str, thing: str, question: Awaitable[str | None], words: str) -> bool:
        """Ask, and keep what was seen: the answer, or what is wrong."""
        try:
            answer = await question
        except SuiteError:
            raise
        except EarshotError as error:
            self._add(part, thing, "WRONG", str(error))
            return False
        self._add(part, thing, "ok", f"{answer} {words}" if answer else words)
        return True

    def _add(self, part: str, thing: str, state: State, seen: str) -> None:
        self.findings.append(Finding(part, thing, state, self._transcript.redactor.text(seen)))


def _capabilities() -> list[type]:
    """All capabilities there are, by topic."""
    topics = [import_module(f"{capabilities.__name__}.{topic.name}") for topic in iter_modules(capabilities.__path__)]
    kinds = [kind for topic in topics for kind in vars(topic).values()]
    return [kind for kind in kinds if getattr(kind, "_is_runtime_protocol", False)]
