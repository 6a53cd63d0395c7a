"""What no administrator of a broker should request, by the scenarios' names for it (contract 2.3 and 2.4)."""

import secrets
from typing import Any

from support.drivers.broker.admin_api import Holding
from support.drivers.broker.options import BrokerOptions
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.wrong_forms import cut_off

#: A number that no account has.
_UNKNOWN = 2**31 - 1
#: What bcrypt takes of a password, in bytes.
_LONGEST_PASSWORD = 72


class AdministratorMistakes:
    """Requests what is wrong, in the name of one administrator.

    Args:
        main: their requests to the main server.
        options: the dialect.
    """

    def __init__(self, main: HttpSession, options: BrokerOptions) -> None:
        self._main = main
        self._options = options

    async def request(self, what: str, own: Holding) -> None:
        """Request one of `terms.broker.MISTAKES`.

        Args:
            what: which.
            own: what belongs to the administrator.

        Raises:
            Rejected: it is refused.
        """
        method, path, body = self._requests(own)[what]
        await self._main.request(what, method, path, body)

    def _requests(self, own: Holding) -> dict[str, tuple[str, str, Any]]:
        """Each mistake -> method, path and body."""
        nobody, account = f"nobody-{secrets.token_hex(4)}", self._options.account_path
        new = {"email": f"{nobody}@example.com", "password": secrets.token_urlsafe(12), "role": "user"}
        lost = {"client_id": nobody, "reason": "lost"}
        password = {"new_password": secrets.token_urlsafe(12)}
        return {
            "a certificate for a client that has one": (
                "POST",
                "/admin/certificates/generate",
                {"client_id": own.name},
            ),
            "the revocation of a certificate that does not exist": ("POST", "/admin/certificates/revoke", lost),
            "an account with an address that is taken": ("POST", account, new | {"email": own.account.login}),
            "an account with an address that is too long": (
                "POST",
                account,
                new | {"email": f"{'x' * 300}@example.com"},
            ),
            "an account with a password that is too long": (
                "POST",
                account,
                new | {"password": "x" * (_LONGEST_PASSWORD + 1)},
            ),
            "an account of a client that does not exist": ("POST", account, new | {"client_id": nobody}),
            "an account in an unknown role": ("POST", account, new | {"role": "king"}),
            "an account in a request that is cut off": ("POST", account, cut_off(new)),
            "a role for an account that does not exist": ("PUT", f"/admin/users/{_UNKNOWN}/role", {"role": "user"}),
            "a password for an account that does not exist": ("PUT", f"/admin/users/{_UNKNOWN}/password", password),
            "a lock on their own account": ("PUT", f"/admin/users/{own.account_id}/status", {"is_active": False}),
        }
