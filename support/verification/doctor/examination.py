"""One system, looked at as a profile describes it.

Nothing in it is changed, whether or not the profile protects it: the doctor's driver is a protected one, and signs in
to accounts of the suite's own alone.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable
from email.utils import parsedate_to_datetime
from typing import Literal
from urllib.parse import urlsplit

from support.config.profile import LeasedAccount
from support.core.errors import EarshotError, SuiteError
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.capabilities import all_capabilities, offers
from support.drivers.capabilities.probing import HasEndpoints, VetsClients
from support.drivers.capabilities.sessions import Lends
from support.drivers.clients.http import Answer, Http, Unreachable
from support.drivers.kit.read_only import reading
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.stores.versions import place
from support.environments import profile_secrets, source_addresses
from support.environments.preflight import is_itself, signs_in, store
from support.environments.system_under_test import SystemUnderTest
from support.verification.doctor import commands, materials
from support.verification.doctor.findings import CheckResult, State

WHO = "the doctor"
#: Seconds that a server's clock may be apart from ours: its Date header has whole seconds.
APART = 2.0
_NOT_OWN = "not tried: signing in makes a session and may end another; own = true says that it is the suite's alone"


class Examination:
    """Of one system.

    Args:
        sut: the system, not open yet.
    """

    def __init__(self, sut: SystemUnderTest) -> None:
        self._sut = sut
        self._transcript = Transcript(everywhere)
        self.findings: list[CheckResult] = []

    async def run(self) -> None:
        """Look at everything that can be looked at; `findings` says what was seen.

        Raises:
            SuiteError: the profile is wrong.
        """
        if self._sut.described.deployment == "embedded":
            return await self._start()
        self._sut.deployment = self._sut.deploy()
        for name, address in self._sut.deployment.addresses.items():
            await self._address(name, address)
        if from_where := source_addresses.told(self._sut.described, self._sut.deployment.addresses[self._sut.server]):
            self._add("source", "each process of a run", "ok", from_where)
        await self._stores()
        self.findings += commands.looked_for(self._sut.described.controls)
        await self._materials()
        if any(finding.part in ("address", "secret") and finding.state == "WRONG" for finding in self.findings):
            return
        self._sut.take_up(protecting=True)
        try:
            await self._system()
        finally:
            await self._sut.let_go()

    async def _start(self) -> None:
        """Start an embedded system, and end it."""
        sut = self._sut
        if not await self._sees("system", sut.product, sut.open(), "starts, and serves"):
            return
        for name, version in sut.deployment.versions.items():
            self._add("process", name, "ok", version)
        self._capabilities()
        await sut.close()

    async def _address(self, name: str, address: str) -> None:
        if not address.startswith("http"):
            return await self._port(name, address)
        http, began = Http(address, patience=self._sut.limits.response), time.time()
        try:
            answer = await http.request(self._transcript.of(WHO), "GET", "/")
        except Unreachable as silence:
            return self._add("address", name, "WRONG", str(silence))
        finally:
            await http.close()
        took = time.time() - began
        runs_on = f", runs on {answer.server}" if answer.server else ""
        self._add("address", name, "ok", f"{address} answers in {1000 * took:.0f} ms{runs_on}")
        self._clock(name, answer, began, began + took)

    async def _port(self, name: str, address: str) -> None:
        """See whether anything listens where another protocol than HTTP is spoken: what answers, the driver asks."""
        parts, began = urlsplit(address), time.time()
        if parts.port is None:
            return self._add("address", name, "note", f"{address} has no port: which one it is, the driver knows")
        try:
            async with asyncio.timeout(self._sut.limits.response):
                _, writer = await asyncio.open_connection(parts.hostname, parts.port)
        except OSError as error:
            return self._add("address", name, "WRONG", f"{address} cannot be reached: {error or 'it does not answer'}")
        writer.close()
        self._add("address", name, "ok", f"{address} takes connections, in {1000 * (time.time() - began):.0f} ms")

    def _clock(self, name: str, answer: Answer, began: float, ended: float) -> None:
        """See how far a server's clock is from ours, which the Date header tells to the second that has begun."""
        if not answer.date:
            return self._add("clock", name, "note", "it does not tell the time")
        theirs = parsedate_to_datetime(answer.date).timestamp()
        ahead, behind = theirs - ended, began - (theirs + 1)
        if max(ahead, behind) <= 0:
            return self._add("clock", name, "ok", "agrees with ours, as far as whole seconds tell")
        told = f"{ahead:.0f} s ahead of ours" if ahead > 0 else f"{behind:.0f} s behind ours"
        self._add("clock", name, "ok" if max(ahead, behind) <= APART else "WRONG", told)

    async def _stores(self) -> None:
        described = self._sut.described
        for kind, url in described.stores.items():
            await self._sees("store", kind, store(kind, url, described.versions.get(kind, "")), f"at {place(url)}")

    async def _materials(self) -> None:
        """What belongs to the run and not to the system: secrets, files, certificates, the stand-in for the bots."""
        sut = self._sut
        options = sut.Options.model_validate(sut.described.driver).model_dump()
        self.findings += materials.secrets(profile_secrets.variables(sut.described))
        self.findings += materials.files(options)
        self.findings += materials.certificates([options, sut.described.tls.model_dump()])
        if address := sut.described.addresses.get("bot API") or options.get("model"):
            self.findings.append(await materials.stand_in(address))

    async def _system(self) -> None:
        """Ask the system itself."""
        sut = self._sut
        itself = is_itself(sut.name, sut.system, self._transcript)
        if not await self._sees("system", sut.product, itself, "answers as it should"):
            return
        for account in sut.described.accounts:
            await self._account(account)
        if administrator := sut.described.administrator:
            if isinstance(sut.system, Lends):
                sut.system.at_hand("the administrator")
            await self._account(administrator)
        await self._clients()
        await self._endpoints()
        self._capabilities()
        leases = bool(sut.described.accounts or sut.described.driver.get("clients"))
        self.findings.append(materials.left_behind(protected=sut.protected, leases=leases))

    async def _endpoints(self) -> None:
        """Which requests of this dialect the system does not know.

        A server may answer any `OPTIONS` alike: it takes each for a browser's question (CORS). Then what only reads is
        asked for its head, without a session, so that it is no user's doing.
        """
        system = self._sut.system
        if not isinstance(system, HasEndpoints):
            return
        http = Http(system.address, patience=self._sut.limits.response)
        endpoints, found = system.endpoints(), Counter[str]()
        for what, request in endpoints.items():
            method, path = request.split(" ", 1)
            with reading("ask which requests there are"):
                answer = await http.request(self._transcript.of(WHO), "OPTIONS", path)
                there = _is_there(method, answer)
                if there == "untold" and method == "GET":
                    there = _is_asked(await http.request(self._transcript.of(WHO), "HEAD", path))
            found[there] += 1
            if there == "not there":
                self._add("request", what, "note", f"{request} is not there ({answer.status})")
        await http.close()
        untold = f", of {found['untold']} it does not tell" if found["untold"] else ""
        self._add("request", "all", "ok", f"{found['there']} of the {len(endpoints)} in this dialect are there{untold}")

    async def _clients(self) -> None:
        """Show the certificate of each client that exists already, and see what is on record of it."""
        clients, system = self._sut.described.driver.get("clients", ()), self._sut.system
        if not (clients and isinstance(system, VetsClients)):
            return
        with reading("try the certificates of clients"):
            fit, unfit = await system.vet_clients(self._transcript)
        for name, trouble in sorted(unfit.items()):
            self._add("client", name, "WRONG", trouble)
        self._add("client", f"{fit} of {len(clients)}", "ok" if fit else "WRONG", "can be lent to scenarios")

    async def _account(self, account: LeasedAccount) -> None:
        """Sign in and out, where that is our business alone."""
        if not account.own:
            return self._add("account", account.login, "note", _NOT_OWN)
        refusal = await signs_in(self._sut.system, account, self._transcript)
        seen = f"cannot sign in: {refusal}" if refusal else "signs in and out"
        self._add("account", account.login, "WRONG" if refusal else "ok", seen)

    def _capabilities(self) -> None:
        """What people, and we, can do with a system of this dialect."""
        people, system = People(), self._sut.system
        actors: list[object] = [system]
        for role in ("a user", "the operator"):
            people.add(role, Account(f"{role.split()[-1]}@example.com", ""))
            actors.append(system.client(ScenarioUser(role, people, self._transcript, Inbox(role))))
        known = all_capabilities()
        there = [kind for kind in known if any(offers(one, kind) for one in actors)]
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
        self.findings.append(CheckResult(part, thing, state, self._transcript.redactor.text(seen)))


def _is_there(method: str, answer: Answer) -> Literal["there", "not there", "untold"]:
    """Whether a server knows a request, by what it says of the place when asked for that alone (RFC 9110, 9.3.7)."""
    if answer.status in (404, 501):
        return "not there"
    if allowed := answer.headers.get("Allow", ""):
        return "there" if method in allowed.upper().replace(" ", "").split(",") else "not there"
    return "there" if answer.status in (401, 403) else "untold"


def _is_asked(answer: Answer) -> Literal["there", "untold"]:
    """Whether a server knows a question, by what it says when asked for the head of its answer (RFC 9110, 9.3.2).

    What is not found may be the thing that is asked for, and not the request.
    """
    return "untold" if answer.status in (404, 405, 501) else "there"
