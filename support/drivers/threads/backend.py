"""The requests of one deployment of ThreadFileSharing, and what its answers mean (contract 2.1)."""

from typing import Any

from support.core.errors import Absent, NotSupported
from support.core.transcript import EARSHOT, Transcript
from support.drivers.capabilities import Rejected, cannot_serve
from support.drivers.clients.http import Answer, Http
from support.drivers.clients.request_limit import RequestLimit
from support.drivers.threads.options import OUR_OWN_NEEDS, ThreadsOptions
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


class Backend:
    """One deployment.

    Args:
        address: base URL.
        options: the dialect.
        response: seconds the server may take to answer anything.
        delivery: seconds that news may take.
    """

    def __init__(self, address: str, options: ThreadsOptions, *, response: float, delivery: float) -> None:
        self.address = address
        self.options = options
        self.response = response
        self.delivery = delivery
        self.http = Http(address, patience=response, keeps=True)
        self._worlds: dict[int, tuple[Transcript, ScenarioState]] = {}
        self._limits: dict[str, RequestLimit] = {}

    def state(self, transcript: Transcript) -> ScenarioState:
        """What is known of the scenario with this transcript."""
        return self._worlds.setdefault(id(transcript), (transcript, ScenarioState()))[1]

    def position(self, name: str) -> str:
        """A position in a company, in the system's word for it.

        Raises:
            Absent: this deployment knows no such position.
        """
        if name not in self.options.positions:
            raise Absent(f"{name}s: a company has no such position")
        return name

    def has(self, what: str) -> bool:
        """Whether this deployment knows such a request."""
        return bool(self.options.request(what))

    async def request(
        self, who: str, transcript: Transcript, what: str, body: Any = None, *, token: str | None = None, **ids: str
    ) -> Any:
        """One request, and what its answer holds.

        Args:
            who: the name in the transcript.
            transcript: where it is recorded.
            what: one of `options.REQUESTS`.
            body: what to say.
            token: whose session to show; None for none.
            ids: what stands in the request's places.

        Raises:
            NotSupported: this deployment knows no such request.
            Rejected: the server says no, and why.
            Unavailable: it says that it cannot serve now; `Failed` if it fails.
        """
        return unwrapped(await self.answer(who, transcript, what, body, token=token, patient=True, **ids))

    async def answer(
        self,
        who: str,
        transcript: Transcript,
        what: str,
        body: Any = None,
        *,
        token: str | None = None,
        patient: bool = True,
        **ids: str,
    ) -> Answer:
        """The same, as it came.

        Who is not `patient` takes "too many requests" for an answer, where others keep below the limit by waiting:
        limits cannot be judged by somebody who waits them out.
        """
        request = self.options.request(what)
        if not request:
            if what in OUR_OWN_NEEDS:
                raise NotSupported(f"this deployment has no way to {what}")
            raise Absent(f"way to {what}")
        method, path = request.split(" ", 1)
        path = self.options.prefix + path.format(**ids)
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}

        async def ask() -> Answer:
            if who != EARSHOT:  # what goes on behind the scenarios is nobody's aim
                transcript.aims(who, what)
            return await self.http.request(who, transcript, method, path, body=body, headers=headers)

        limit = self.limit(what)
        return judged(await (limit.kept(ask) if patient else limit.tried(ask)))

    def limit(self, what: str) -> RequestLimit:
        """The limit that one kind of request has of its own."""
        return self._limits.setdefault(what, RequestLimit(self.options.patience_with_limits))


def judged(answer: Answer) -> Answer:
    """The same answer.

    Raises:
        Rejected: it is a refusal.
        Unavailable: it says that the server cannot serve now; `Failed` if it has failed.
    """
    if answer.status < 400:
        return answer
    error = answer.field("error")
    error = error if isinstance(error, dict) else {}
    details = "; ".join(map(str, error.get("details") or []))
    said = f"{error.get('message') or answer.excerpt()} {details}".strip()
    if answer.status >= 500:
        raise cannot_serve(answer.status, f"the server cannot serve: {said}")
    code = _CODES.get(answer.status) or f"{error.get('code') or ''} ({answer.status})".strip()
    raise Rejected(reason(code, said), answer.status)


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
