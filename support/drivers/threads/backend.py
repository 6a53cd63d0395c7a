"""The requests of one deployment of ThreadFileSharing, and what its answers mean (contract 2.1)."""

import re
from functools import partial
from typing import Any

from support.core.errors import Absent, NotSupported
from support.core.transcript import EARSHOT, Lifeline, Transcript
from support.drivers.clients.http import TOO_MANY_REQUESTS, Answer, Http
from support.drivers.clients.request_limit import RequestLimit
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.per_scenario import PerScenario
from support.drivers.kit.statuses import Statuses
from support.drivers.threads.options import LASTING, OUR_OWN_NEEDS, ThreadsOptions
from support.drivers.threads.state import ScenarioState
from support.vocabulary.terms.collaboration import GROUNDS

_GROUND_OF = {code: ground for ground, codes in GROUNDS.items() for code in codes}
#: What a status says by itself; a code in the body is asked only where the status says nothing of the ground.
_CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    422: "UNPROCESSABLE_ENTITY",
    423: "LOCKED",
    429: "TOO_MANY_REQUESTS",
}
#: Where a page begins. The first one is asked for without it: some servers take an empty one for a wrong one.
_CURSOR = re.compile(r"&\w+=\{after\}")


class ThreadsBackend:
    """One deployment.

    Args:
        address: base URL.
        options: the dialect.
        response: seconds the server may take to answer anything.
        delivery: seconds that news may take.
        processes: how many of us make requests of it at the same time, from one address.
        beside: how many do so from whatever address.
    """

    def __init__(
        self,
        address: str,
        options: ThreadsOptions,
        *,
        response: float,
        delivery: float,
        processes: int = 1,
        beside: int = 1,
    ) -> None:
        self.address = address
        self.options = options
        self.response = response
        self.delivery = delivery
        self.http = Http(address, patience=response, keeps=True, waits=False)  # `limit` does
        self._states = PerScenario(ScenarioState)
        self._limits: dict[str, RequestLimit] = {}
        self._limited = partial(RequestLimit, options.patience_with_limits, processes, beside)

    def state(self, transcript: Transcript) -> ScenarioState:
        """What is known of the scenario with this transcript."""
        return self._states[transcript]

    def position(self, name: str) -> str:
        """A position in a company, in the system's word for it.

        Raises:
            Absent: this deployment knows no such position.
        """
        if name not in self.options.positions:
            raise Absent(f"{name}s: a company has no such position")
        return name

    def must_have(self, what: str) -> None:
        """See that this deployment knows a request, before anything else that it is for is looked for.

        Raises:
            Absent: it does not; `NotSupported` if no document demands it.
        """
        if self.has(what):
            return
        if what in OUR_OWN_NEEDS:
            raise NotSupported(f"this deployment has no way to {what}")
        raise Absent(f"way to {what}")

    def has(self, what: str) -> bool:
        """Whether this deployment knows such a request."""
        return bool(self.options.request(what))

    def session(self, lifeline: Lifeline, token: str | None = None) -> HttpSession:
        """A user's requests."""
        return HttpSession(self.http, lifeline, STATUSES, token=token)

    async def request(self, session: HttpSession, what: str, body: Any = None, **how: Any) -> Any:
        """What the answer to a request holds; see `answer`."""
        return unwrapped(await self.answer(session, what, body, **how))

    async def answer(
        self,
        session: HttpSession,
        what: str,
        body: Any = None,
        *,
        anonymous: bool = False,
        token: str | None = None,
        patient: bool = True,
        **ids: str,
    ) -> Answer:
        """One request, and its answer.

        Args:
            session: whose.
            what: one of `options.REQUESTS`.
            body: what to say.
            anonymous: whether no token is shown.
            token: what to show in place of the session's own.
            patient: whether to keep below the limit by waiting. Who is not takes "too many requests" for an answer:
                limits cannot be judged by a client that waits them out.
            ids: what stands in the request's places.

        Raises:
            NotSupported: this deployment knows no such request.
            Rejected: the server says no, and why.
            Unavailable: it says that it cannot serve now; `Failed` if it fails.
        """
        self.must_have(what)
        method, path = self._request_line(what, ids)
        state = self.state(session.lifeline.transcript)
        state.marked |= what in LASTING and session.lifeline.who != EARSHOT
        aim = "" if session.lifeline.who == EARSHOT else what  # what goes on behind the scenarios is no user's aim
        ask = partial(session.answer, aim, method, path, body, anonymous=anonymous, token=token)
        answer = await (self.limit(what).kept(ask) if patient else self.limit(what).tried(ask))
        refused = answer.status >= 400
        state.marked |= answer.status == TOO_MANY_REQUESTS or (refused and what == "sign in")  # which lock an account
        return STATUSES.judged(answer)

    def _request_line(self, what: str, ids: dict[str, str]) -> tuple[str, str]:
        """Method and path of a request, with what stands in its places."""
        method, path = self.options.request(what).split(" ", 1)
        if ids.get("after") == "":
            path = _CURSOR.sub("", path)
        return method, self.options.prefix + path.format(**ids)

    def limit(self, what: str) -> RequestLimit:
        """The limit that one kind of request has of its own, by whichever of its names it is asked."""
        return self._limits.setdefault(self.options.request(what).partition("?")[0], self._limited())


def _words(answer: Answer) -> str:
    """What the system says with a refusal (contract 2.1)."""
    error = answer.field("error")
    error = error if isinstance(error, dict) else {}
    details = "; ".join(map(str, error.get("details") or []))
    said = f"{error.get('message') or answer.excerpt()} {details}".strip()
    if answer.status >= 500:
        return f"the server cannot serve: {said}"
    return reason(_CODES.get(answer.status) or f"{error.get('code') or ''} ({answer.status})".strip(), said)


STATUSES = Statuses(_words)


def reason(code: str, said: str) -> str:
    """A refusal in words: on which ground, as far as the code tells, and what the server said."""
    ground = _GROUND_OF.get(code, code)
    return f"{ground}: {said}" if ground else said


def unwrapped(answer: Answer) -> Any:
    """What an answer holds, out of one envelope or two (contract 2.1)."""
    inner = answer.field("data")
    if isinstance(inner, dict) and "success" in inner and "data" in inner:
        return inner["data"]
    return inner
