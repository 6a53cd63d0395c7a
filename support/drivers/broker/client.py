"""One person of a scenario: a client that submits messages, with an account that shows what becomes of them."""

import time
from collections.abc import Mapping
from typing import Any, Protocol

import jwt

from support.core.checks import check
from support.core.errors import Absent, NotSupported
from support.drivers.broker.admin_api import CHANGES, LOGIN, POSITIONS, PRIVILEGES, AdminApi, Holding, Registry
from support.drivers.broker.certificate_store import CertificateStore
from support.drivers.broker.http_client import Credential, Wire, ending_refuses
from support.drivers.broker.mistakes import AdministratorMistakes
from support.drivers.broker.options import BrokerOptions
from support.drivers.broker.portal import Portal
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.delivery import Letter, Receipt, Shown, ShownProfile
from support.drivers.clients.http import Answer
from support.drivers.kit.password_leaks import PasswordLeaks
from support.drivers.kit.person import HttpPerson
from support.drivers.kit.read_only import announced
from support.drivers.kit.scenario_user import ScenarioUser
from support.vocabulary.terms.broker import OF_NO_CLIENT

MAIN = "main server"
#: What scenarios call the certificate before the present one.
FORMER = "the certificate that was revoked"


class Deployment(Registry, Protocol):
    """What clients need of the driver, which imports this module."""

    options: BrokerOptions
    wires: Mapping[str, Wire]
    keyring: CertificateStore
    portal: Portal | None
    submitted: list[str]

    def new_message(self) -> str: ...
    def now(self) -> str: ...


class BrokerClient(HttpPerson):
    """One person's client."""

    def __init__(self, broker: Deployment, user: ScenarioUser) -> None:
        super().__init__(user, broker.wires[MAIN].session(user.lifeline))
        self._http.leaks = self._leaks = PasswordLeaks()
        self._broker = broker
        self._admin_api = AdminApi(self._http, broker.options, broker.keyring)
        self.figures = self._admin_api.figures
        self.refresh_token = ""
        self._told_lifetime = self._told_at = 0.0
        if broker.portal:
            self.portal = broker.portal.visitor(user, broker)

    @property
    def _own(self) -> Holding:
        return self._broker.holding(self._login)

    @property
    def password_leaks(self) -> list[str]:
        """Where an answer has shown a password, hashed or not."""
        return self._leaks.found

    @property
    def number(self) -> str:
        """The person's own phone number."""
        return self._own.number

    # -- sessions -------------------------------------------------------------------------------------------------

    async def have_account(self) -> None:
        """Have an account from now on."""
        if not self._own.has_account:
            await self._broker.create_account(self._own, self._transcript)

    async def have_account_as(self, account_role: str) -> None:
        """Have an account of this role from now on, perhaps one that belongs to no client."""
        position = account_role.removesuffix(OF_NO_CLIENT)
        self._own.position, self._own.of_client = POSITIONS[position], account_role == position
        await self.have_account()

    async def sign_in(self, password: str) -> None:
        """Sign in; the account is there by then."""
        await self.sign_in_as(self._own.account.login, password)

    async def sign_in_as(self, name: str, password: str) -> None:
        """The same, by a name that is written in another way."""
        await self.have_account()
        self._leaks.learn(password)
        body = {"email": name, "password": password}
        with announced():
            answer = await self._http.request("sign in", "POST", LOGIN, body, anonymous=True)
        check(answer.field("access_token"), "the sign-in was accepted, but gave no token")
        self.refresh_token = answer.field("refresh_token")
        self._take(answer, self.refresh_token)

    async def sign_out(self) -> None:
        """Not possible: the main server keeps no sessions, and its tokens are good until they expire (contract 2.3).

        Raises:
            NotSupported: always.
        """
        raise NotSupported("this system has nothing that ends a token before its time; sessions are the portal's")

    def session_owner(self) -> str:
        """In whose name the present token is, by its own words."""
        claims = jwt.decode(self.token or "", options={"verify_signature": False})
        return self._people.role(str(claims.get("email")))

    async def refresh(self, token: str | None) -> None:
        """Have a new token for a refresh token."""
        self._needs("refresh of sessions")
        body = {} if token is None else {"refresh_token": token}
        answer = await self._http.request("renew the session", "POST", "/portal/auth/refresh", body)
        check(answer.field("access_token"), "the refresh was accepted, but gave no token")
        self._take(answer)

    def _take(self, answer: Answer, *further: str) -> None:
        self._http.hold(answer.field("access_token"), *further)
        self._told_lifetime, self._told_at = float(answer.field("expires_in") or 0), time.time()

    def lifetimes(self) -> tuple[float, float]:
        """Seconds that the present token lasts, as it was said when it was given, and by the token itself."""
        claims = jwt.decode(self.token or "", options={"verify_signature": False})
        return self._told_lifetime, float(claims.get("exp", 0)) - self._told_at

    # -- messages -------------------------------------------------------------------------------------------------

    async def submit(
        self, letter: Letter, *, by: str = "proxy", showing: str = "", as_: str = "", unnamed: bool = False
    ) -> Receipt:
        """Submit a message.

        Raises:
            Rejected: it is refused, or the connection is ended because of the certificate.
        """
        credential, header = self._shown(showing), self._broker.options.identity_header
        name = self._holding(as_).name if as_ else self._own.name if credential else ""
        claims = [({header: name} if header and name and not unnamed else None, "")]
        if as_:  # in each place where a caller can say who they are, one after the other
            claims.append((None, f"?client_id={name}"))
        wire = self._wire(by).session(self._lifeline, showing=credential)
        for headers, query in claims:
            path = f"/api/v1/messages{query}"
            try:
                with ending_refuses(bool(showing) or self._own.credential is None):
                    body = _body(letter, self.number)
                    answer = await wire.request("submit a message", "POST", path, body, headers=headers)
                break
            except Rejected:
                if (headers, query) == claims[-1]:
                    raise
        owner, message = self._role_of(str(answer.field("client_id"))), str(answer.field("message_id") or "")
        self._broker.submitted.append(message)
        return Receipt(message, owner, str(answer.field("status")), letter)

    async def messages(self, status: str | None = None, skip: int = 0, limit: int = 100) -> list[Shown]:
        """What is shown of messages, newest first."""
        chosen = f"skip={skip}&limit={limit}" + (f"&status_filter={status}" if status else "")
        answer = await self._http.request("see the messages", "GET", f"/portal/messages?{chosen}")
        return [self._message(shown) for shown in answer.body]

    async def profile(self) -> ShownProfile:
        """The profile that is shown to this person."""
        answer = await self._http.request("read the profile", "GET", "/portal/profile")
        return ShownProfile(self._people.role(str(answer.field("email"))), answer.field("role") == "admin")

    def _message(self, shown: dict[str, Any]) -> Shown:
        return Shown(
            str(shown["message_id"]),
            self._role_of(shown["client_id"]),
            str(shown.get("sender_number_masked")),
            shown.get("message_body"),
            shown["status"],
            int(shown["attempt_count"]),
        )

    # -- administration -------------------------------------------------------------------------------------------

    async def create_account(self, whose: str) -> None:
        """Create a user's account."""
        await self._admin_api.create_account(self._holding(whose))

    async def certify(self, whose: str) -> None:
        """Have a certificate generated for a user."""
        await self._admin_api.certify(self._holding(whose))

    async def revoke(self, whose: str) -> None:
        """Have a user's certificate revoked."""
        await self._admin_api.revoke(self._holding(whose))

    async def certificate_of(self, whose: str) -> str:
        """What has become of a user's certificate: "active", "revoked", or nothing at all."""
        return (await self._admin_api.certificates()).get(self._holding(whose).name, "")

    async def use(self, privilege: str, whose: str) -> None:
        """Do something that only an administrator may, to a user where it is done to one."""
        actions = {
            "create an account": self.create_account,
            "generate a certificate": self.certify,
            "revoke a certificate": self.revoke,
        }
        if privilege in actions:
            await actions[privilege](whose)
        elif privilege in CHANGES:
            holding = self._holding(whose)
            if not holding.has_account:
                await self._broker.create_account(holding, self._transcript)
            await self._admin_api.change(privilege, holding)
        else:
            method, path, body = PRIVILEGES[privilege]
            await self._http.request(privilege, method, path, body)

    def must_know(self, what: str) -> None:
        """Every dialect knows a request for each mistake."""

    async def request_wrongly(self, what: str) -> None:
        """Request, as an administrator, one of the scenarios' mistakes."""
        await AdministratorMistakes(self._http, self._broker.options).request(what, self._own)

    async def look_at_oneself(self) -> None:
        """Make a request that means no harm: look at one's own profile."""
        await self.profile()

    async def look_around(self, number: int) -> None:
        """Make a request as people do who use the system, another one each time."""
        await (self.messages() if number % 2 else self.profile())

    # -- internal requests ----------------------------------------------------------------------------------------

    async def register(self, letter: Letter, *, showing: str = "the proxy's certificate", message: str = "") -> Receipt:
        """Register a message of one's own at the main server, as a proxy does, by a new id or by one that is known.

        It is not queued.
        """
        message = message or self._broker.new_message()
        body = {"message_id": message, "client_id": self._own.name, "queued_at": self._broker.now()}
        body |= _body(letter, self.number)
        await self._inside("register a message", "POST", "/internal/messages/register", body, showing)
        return Receipt(message, self._role, "queued", letter)

    async def report(
        self, message: str, status: str, attempts: int = 1, *, showing: str = "a worker's certificate"
    ) -> None:
        """Report what has become of a message, as a worker does."""
        aim = f"report a message as {status}"
        if status == "delivered":
            body: dict[str, Any] = {"message_id": message, "worker_id": "worker-0"}
            await self._inside(aim, "POST", "/internal/messages/deliver", body, showing)
        else:
            path = self._broker.options.status_path.format(message=message)
            body = {"message_id": message, "status": status, "attempt_count": attempts, "error_message": "nobody there"}
            await self._inside(aim, "PUT", path, body, showing)

    async def _inside(self, aim: str, method: str, path: str, body: dict[str, Any], showing: str) -> None:
        self._needs("inner doors")
        main = self._broker.wires[MAIN].session(self._lifeline, showing=self._shown(showing))
        with ending_refuses():
            await main.request(aim, method, path, body)

    # -- the wire -------------------------------------------------------------------------------------------------

    def _wire(self, component: str) -> Wire:
        if component not in self._broker.wires:
            raise NotSupported(f"the profile does not say where the {component} is")
        return self._broker.wires[component]

    def _shown(self, words: str) -> Credential | None:
        """The certificate that a scenario calls by these words: one's own, another's, one that must not work."""
        if not words:
            return self._own.credential
        if words == FORMER:
            check(self._own.former, f"{self._role} has had one certificate only")
            return self._own.former
        whose = words.removesuffix("'s certificate")
        if words.endswith("'s certificate") and self._people.knows(self._people.login(whose)):
            return self._holding(whose).credential
        return self._broker.keyring.get(words, self._own.name)

    def _holding(self, role: str) -> Holding:
        return self._broker.holding(self._people.login(role))

    def _role_of(self, name: str) -> str:
        """Whom the scenario knows by a client's name; a stranger's name stays as it is."""
        logins = {self._broker.holding(login).name: login for login in self._people.logins}
        return self._people.role(logins[name]) if name in logins else name

    def _needs(self, feature: str) -> None:
        if feature in self._broker.options.lacks:
            raise Absent(feature)


def _body(letter: Letter, number: str) -> dict[str, str]:
    body = {"sender_number": number if letter.number is None else letter.number}
    return body if letter.text is None else body | {"message_body": letter.text}
