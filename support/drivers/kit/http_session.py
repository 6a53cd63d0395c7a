"""The requests of one person to one base URL: in whose name, with which credential, and what the answers mean."""

from collections.abc import Callable
from typing import Any

from support.core.checks import check
from support.core.transcript import Lifeline
from support.drivers.clients.http import Answer, Http
from support.drivers.kit.password_leaks import PasswordLeaks
from support.drivers.kit.statuses import Statuses


def bearer(token: str) -> dict[str, str]:
    """The header that most systems want a token in (RFC 6750)."""
    return {"Authorization": f"Bearer {token}"}


class HttpSession:
    """One person's requests, recorded, with the credential that they have got.

    Args:
        http: the client, which knows the base URL; several people may share it.
        lifeline: whose they are, and where they are recorded; `hold` and `learn` tell it of secrets to mask.
        statuses: what an answer means.
        presents: the headers that present a token.
        token: the credential to begin with.
    """

    def __init__(
        self,
        http: Http,
        lifeline: Lifeline,
        statuses: Statuses,
        *,
        presents: Callable[[str], dict[str, str]] = bearer,
        token: str | None = None,
    ) -> None:
        self.http = http
        self.lifeline = lifeline
        self.statuses = statuses
        self.token = token
        self.leaks: PasswordLeaks | None = None
        """Looks at every answer, where that is wanted."""
        self._presents = presents

    @property
    def address(self) -> str:
        """The base URL."""
        return self.http.address

    @property
    def patience(self) -> float:
        """Seconds to wait for an answer."""
        return self.http.patience

    def hold(self, token: object, *further: object) -> None:
        """Present a token from now on, and mask it and the further secrets that have come with it.

        Raises:
            AssertionError: there is none, so the system has signed nobody in, or calls its token otherwise.
        """
        check(
            token is not None,
            f"{self.lifeline.who} was signed in and given no token, or it stands where no driver looks",
        )
        self.token = str(token)
        self.learn(self.token, *further)

    def learn(self, *secrets: object) -> None:
        """Mask these wherever they turn up from now on."""
        for secret in secrets:
            self.lifeline.transcript.redactor.learn(None if secret is None else str(secret))

    async def answer(
        self,
        aim: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: dict[str, str] | None = None,
        anonymous: bool = False,
        token: str | None = None,
    ) -> Answer:
        """One request, whose answer is not judged.

        Args:
            aim: what is wanted with it, in plain words; empty for what is no user's aim.
            method: HTTP's.
            path: below the base URL.
            body: what to say, as JSON.
            headers: further ones.
            anonymous: whether no credential is shown.
            token: what to show in place of the session's own.

        Raises:
            Unreachable: no server answers.
        """
        shown = None if anonymous else self.token if token is None else token
        headers = (headers or {}) | ({} if shown is None else self._presents(shown))
        if aim:
            self.lifeline.aims(aim)
        answer = await self.http.request(self.lifeline, method, path, body=body, headers=headers)
        if self.leaks:
            self.leaks.look_at_answer(aim or path, answer.text)
        return answer

    async def request(self, aim: str, method: str, path: str, body: Any = None, **how: Any) -> Answer:
        """One request that has to be granted; the same as `answer` otherwise.

        Raises:
            Rejected: the system says no, and why.
            Unavailable: it says that it cannot serve now; `Failed` if it has failed.
            Unreachable: no server answers.
        """
        return self.statuses.judged(await self.answer(aim, method, path, body, **how))
