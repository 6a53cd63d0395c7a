"""How all HTTP handlers say no, in the style of the deployed system (contract 2)."""

from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from aiohttp import web
from pydantic import ValidationError

from reference.dashboard.forms import complaint
from reference.kit.forms import NotJson

Body = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ApiError(Exception):
    """An answer that is not a success."""

    def __init__(self, status: int, body: Body) -> None:
        super().__init__(status)
        self.status = status
        self.body = body


def invalid(field: str, why: str) -> ApiError:
    """A field of the body is missing or wrong."""
    return ApiError(400, {field: [why]})


def denied(status: int, detail: str) -> ApiError:
    """The request is understood, and refused."""
    return ApiError(status, {"detail": detail, "status_code": status, "message": detail})


def unavailable(what: str) -> ApiError:
    """A database is missing."""
    return denied(503, f"{what} is unavailable, please try again later")


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn errors into answers. PostgreSQL that is missing is said so; it never shows as a defect of ours."""
    try:
        return await handler(request)
    except ApiError as error:
        return web.json_response(error.body, status=error.status)
    except NotJson:
        unreadable = denied(400, "JSON parse error")
        return web.json_response(unreadable.body, status=unreadable.status)
    except ValidationError as error:
        return web.json_response(complaint(error), status=400)
    except psycopg.OperationalError:
        missing = unavailable("PostgreSQL")
        return web.json_response(missing.body, status=missing.status)
