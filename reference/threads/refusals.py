"""What the server says no to, on either side of the wire."""

from collections.abc import Sequence

_CODES = {
    400: "BAD_REQUEST",
    401: "UNAUTHORIZED",
    403: "FORBIDDEN",
    404: "NOT_FOUND",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    423: "LOCKED",
    429: "TOO_MANY_REQUESTS",
    500: "INTERNAL_SERVER_ERROR",
    503: "SERVICE_UNAVAILABLE",
}


class Rejected(Exception):  # noqa: N818 (it is no error of ours)
    """Something is not done.

    Args:
        status: as HTTP says it.
        message: for people.
        details: one line for each thing that is wrong.
        code: for programs; follows from the status unless given.
        retry_after: seconds after which it may work.
    """

    def __init__(
        self,
        status: int,
        message: str,
        details: Sequence[str] = (),
        code: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.details = list(details)
        self.code = code or _CODES.get(status, "UNKNOWN_ERROR")
        self.retry_after = retry_after


class Unavailable(Rejected):
    """PostgreSQL is away, or too slow.

    Args:
        retry_after: seconds after which it may work.
    """

    def __init__(self, retry_after: float) -> None:
        super().__init__(503, "PostgreSQL is unavailable, please try again later", retry_after=retry_after)


def forbidden(message: str) -> Rejected:
    """Who asks may not do this."""
    return Rejected(403, message)


def missing(what: str) -> Rejected:
    """There is no such thing, or none that the asker may know of."""
    return Rejected(404, f"{what} not found")


def invalid(message: str, *details: str) -> Rejected:
    """The request makes no sense."""
    return Rejected(400, message, details)


def unauthorized(message: str) -> Rejected:
    """It is not known who asks."""
    return Rejected(401, message)
