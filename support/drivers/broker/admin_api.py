"""What the administration of a broker does, in the name of whichever administrator: accounts, certificates, figures."""

import secrets
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Protocol

from support.core.checks import check
from support.core.people import Account
from support.core.transcript import Transcript
from support.drivers.broker.certificate_store import CertificateStore
from support.drivers.broker.http_client import Credential
from support.drivers.broker.options import BrokerOptions, ClientFiles
from support.drivers.capabilities.delivery import FARTHER, DeliveryRecord
from support.drivers.kit.accounts import fresh_account
from support.drivers.kit.http_session import HttpSession

#: What scenarios call an administrator.
ADMINISTRATOR = "the administrator"
#: What may be changed about an account -> which part of it, and to what; a password is made up.
CHANGES: dict[str, tuple[str, dict[str, Any]]] = {
    "set a password": ("password", {}),
    "lock an account": ("status", {"is_active": False}),
    "change a role": ("role", {"role": "user"}),
}
#: As what a user has an account -> the role that the system calls it by.
POSITIONS = {"a user": "user", "a user manager": "user_manager", "an administrator": "admin"}
#: What an administrator may, and who has no business there is refused -> how it is asked for.
PRIVILEGES: dict[str, tuple[str, str, dict[str, str] | None]] = {
    "read the figures of the system": ("GET", "/admin/stats", None),
    "list all accounts": ("GET", "/admin/users", None),
    "list all certificates": ("GET", "/admin/certificates/list", None),
}
#: Where people sign in.
LOGIN = "/portal/auth/login"


@dataclass
class Holding:
    """What belongs to a person of a scenario: the name as a client, an account, a phone number and a certificate."""

    name: str
    account: Account
    number: str
    position: str = "user"
    of_client: bool = True
    """Whether the account is one of the client's."""
    account_id: int | None = None
    credential: Credential | None = field(default=None, repr=False)
    former: Credential | None = field(default=None, repr=False)
    """The certificate before this one, if there was one."""
    has_account: bool = False
    revoked: bool = False
    """Whether its certificate has been revoked in this run."""


class Registry(Protocol):
    """Knows what belongs to whom, and creates the accounts of people who have none yet."""

    def holding(self, login: str) -> Holding: ...
    async def create_account(self, holding: Holding, transcript: Transcript) -> None: ...


def fresh(role: str) -> Holding:
    """A holding that nobody else has; nothing of it is known to the system yet."""
    account = fresh_account(role, at="@example.com")
    number = f"+4915{secrets.randbelow(10**9):09}"
    return Holding(account.login.partition("@")[0], account, number)


def existing(files: ClientFiles) -> Holding:
    """A client that is there already: it has a certificate, and an account if one is created for it."""
    holding = fresh(files.name)
    holding.name, holding.credential = files.name, Credential(files.certificate, files.key)
    return holding


class AdminApi:
    """The administrators' requests to the main server, as one person makes them.

    Args:
        main: their requests to the main server.
        options: the dialect.
        keyring: where certificates are kept.
    """

    def __init__(self, main: HttpSession, options: BrokerOptions, keyring: CertificateStore) -> None:
        self._main = main
        self._options = options
        self._keyring = keyring

    async def create_account(self, holding: Holding) -> None:
        """Create a person's account, of a client if it has a certificate.

        Raises:
            Rejected: it is refused.
        """
        account = holding.account
        body = {"email": account.login, "password": account.password, "role": holding.position}
        body |= {"client_id": holding.name} if holding.credential and holding.of_client else {}
        answer = await self._main.request("create an account", "POST", self._options.account_path, body)
        holding.has_account, holding.account_id = True, answer.field("id")

    async def change(self, what: str, holding: Holding) -> None:
        """Change something about a person's account: a key of `CHANGES`.

        Raises:
            Rejected: it is refused.
        """
        part, body = CHANGES[what]
        if part == "password":
            body = {"new_password": secrets.token_urlsafe(12)}
            self._main.learn(body["new_password"])
        await self._main.request(what, "PUT", f"/admin/users/{holding.account_id}/{part}", body)

    async def certify(self, holding: Holding) -> None:
        """Have a certificate generated for a client.

        Raises:
            Rejected: it is refused, or comes without its key.
        """
        path, body = "/admin/certificates/generate", {"client_id": holding.name}
        answer = await self._main.request("generate a certificate", "POST", path, body)
        certificate, key = answer.field("certificate"), answer.field("private_key")
        check(certificate is not None, "a certificate was promised, but not given")
        check(key is not None, "a certificate was given without its key")
        holding.former, holding.credential = holding.credential, self._keyring.keep(certificate, key)

    async def revoke(self, holding: Holding) -> None:
        """Have a client's certificate revoked.

        Raises:
            Rejected: it is refused.
        """
        path, body = "/admin/certificates/revoke", {"client_id": holding.name, "reason": "lost"}
        await self._main.request("revoke a certificate", "POST", path, body)
        holding.revoked = True

    async def certificates(self) -> dict[str, str]:
        """The status of each client's certificate, by the client's name; with what speaks against it, if need be."""
        answer = await self._main.request("list all certificates", "GET", "/admin/certificates/list")
        return {row["client_id"]: _standing(row) for row in answer.body}

    async def figures(self) -> dict[str, int]:
        """What the system counts, in words of the domain."""
        counted = (await self._main.request("read the figures of the system", "GET", "/admin/stats")).body
        statuses = counted["messages_by_status"]
        figures = {f"{status} messages": int(statuses.get(status, 0)) for status in ("queued", "delivered", "failed")}
        figures |= {"messages": counted["total_messages"], "messages of the last day": counted["messages_last_24h"]}
        clients = {kind: counted[f"{kind}_clients"] for kind in ("active", "revoked")}
        return figures | {f"{kind} clients": count for kind, count in clients.items()}

    async def delivery_records(self, messages: list[str]) -> dict[str, DeliveryRecord]:
        """What has become of messages, among the newest there are; how often each was delivered is not told."""
        rows, wanted = list[dict[str, Any]](), set(messages)
        for limit in FARTHER:
            answer = await self._main.request("see the messages", "GET", f"/portal/messages?skip=0&limit={limit}")
            rows = [row for row in answer.body if row["message_id"] in wanted]
            if len(answer.body) < limit or wanted <= {row["message_id"] for row in rows}:
                break
        listed = Counter(row["message_id"] for row in rows)
        return {
            row["message_id"]: DeliveryRecord(
                row["status"],
                int(row["attempt_count"]),
                registered=listed[row["message_id"]],
                delivered=int(row["status"] == "delivered"),
                has_time=row["delivered_at"] is not None,
                delivered_at=row["delivered_at"] or "",
            )
            for row in rows
        }


def _standing(listed: dict[str, Any]) -> str:
    """The status of a certificate that is listed. It is at odds with a time of revocation that does not go with it."""
    status, revoked = str(listed["status"]), listed.get("revoked_at")
    if "revoked_at" not in listed or bool(revoked) == (status == "revoked"):
        return status
    return f"{status}, and revoked at {revoked}" if revoked else f"{status}, and revoked at no time"
