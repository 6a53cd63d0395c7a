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


class Refused(Exception):  # noqa: N818 (it is no error of ours)
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


class Unavailable(Refused):
    """PostgreSQL is away, or too slow.

    Args:
        retry_after: seconds after which it may work.
    """

    def __init__(self, retry_after: float) -> None:
        super().__init__(503, "PostgreSQL is unavailable, please try again later", retry_after=retry_after)


def forbidden(message: str) -> Refused:
    """Who asks may not do this."""
    return Refused(403, message)


def missing(what: str) -> Refused:
    """There is no such thing, or none that the asker may know of."""
    return Refused(404, f"{what} not found")


def invalid(message: str, *details: str) -> Refused:
    """The request makes no sense."""
    return Refused(400, message, details)


def unauthorized(message: str) -> Refused:
    """Nobody knows who asks."""
    return Refused(401, message)
