"""How all HTTP handlers say no, in the style of the deployed system (contract 2)."""

from typing import Any

import psycopg
from aiohttp import web
from pydantic import ValidationError

from reference.dashboard.forms import complaint
from reference.kit.errors import answering
from reference.kit.forms import NotJson

Body = dict[str, Any]


class ApiError(Exception):
    """An answer that is not a success."""

    def __init__(self, status: int, body: Body) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


class RejectedError(ApiError):
    """What was asked for cannot be done as things are; says why."""

    def __init__(self, why: str) -> None:
        super().__init__(400, {"error": why})


def invalid(field: str, why: str) -> ApiError:
    """A field of the body is missing or wrong."""
    return ApiError(400, {field: [why]})


def denied(status: int, detail: str) -> ApiError:
    """The request is understood, and refused."""
    return ApiError(status, {"detail": detail, "status_code": status, "message": detail})


def unavailable(what: str) -> ApiError:
    """A database is missing."""
    return denied(503, f"{what} is unavailable, please try again later")


def _told(_request: web.Request, error: ApiError) -> web.Response:
    return web.json_response(error.body, status=error.status)


#: PostgreSQL that is missing is said so; it never shows as a defect of ours.
errors = answering(
    {
        ApiError: _told,
        NotJson: lambda request, _error: _told(request, denied(400, "JSON parse error")),
        ValidationError: lambda request, error: _told(request, ApiError(400, complaint(error))),
        psycopg.DataError: lambda request, _error: _told(
            request, invalid("non_field_errors", "A value has a wrong form.")
        ),
        psycopg.OperationalError: lambda request, _error: _told(request, unavailable("PostgreSQL")),
    }
)
