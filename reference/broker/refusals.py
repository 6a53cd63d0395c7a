"""What a request can be refused with, and how the refusal is worded on the wire."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Middleware
from pydantic import ValidationError

from reference.kit.errors import answering
from reference.kit.forms import NotJson, problems

#: Makes the body of an answer from a status and a message.
Wording = Callable[[int, str], dict[str, Any]]


class Rejected(Exception):  # noqa: N818 - an answer, not a breakdown
    """A request that is not granted: its HTTP status and a message for the caller."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Invalid(Exception):  # noqa: N818 - an answer too
    """A request whose content breaks the rules: what is wrong, field by field."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__(", ".join(field for field, _ in problems))
        self.problems = problems


def errors(wording: Wording) -> Middleware:
    """Turns what a handler raises into an answer in the words of its process."""

    def refused(_request: web.Request, refusal: Rejected) -> web.Response:
        return web.json_response(wording(refusal.status, refusal.message), status=refusal.status)

    def broken(request: web.Request, error: Exception) -> web.Response:
        # Only where it happened: what it says may quote what a caller sent, which no log is to know.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} in {place.filename}:{place.lineno}"
        logging.error("%s %s failed: %s", request.method, request.path, where)
        return refused(request, Rejected(500, "Internal server error"))

    return answering(
        {
            Rejected: refused,
            Invalid: lambda _request, error: _detailed(422, [_problem(*problem) for problem in error.problems]),
            NotJson: lambda _request, error: _detailed(422, problems(error)),
            ValidationError: lambda _request, error: _detailed(422, problems(error)),
            web.HTTPException: lambda _request, error: _detailed(error.status, error.reason),
            Exception: broken,
        }
    )


def _detailed(status: int, detail: object) -> web.Response:
    return web.json_response({"detail": detail}, status=status)


def _problem(field: str, says: str) -> dict[str, Any]:
    return {"type": "value_error", "loc": ["body", field], "msg": says}
