"""What all HTTP handlers share: bodies in, errors out, in the style of the deployed system (contract 2)."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from aiohttp import web
from psycopg_pool import PoolTimeout

Body = dict[str, Any]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


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


async def body(request: web.Request) -> Body:
    """The JSON object that a request carries.

    Raises:
        ApiError: it carries something else.
    """
    try:
        sent = await request.json()
    except ValueError as error:
        raise denied(400, "JSON parse error") from error
    if not isinstance(sent, dict):
        raise invalid("non_field_errors", "Invalid data. Expected a dictionary.")
    return sent


def text(sent: Body, field: str, longest: int = 255) -> str:
    """A text that must be there and not blank.

    Raises:
        ApiError: it is not.
    """
    value = sent.get(field)
    if not isinstance(value, str) or not value.strip():
        raise invalid(field, "This field is required.")
    if len(value) > longest:
        raise invalid(field, f"Ensure this field has no more than {longest} characters.")
    return value


def email(sent: Body, field: str = "email") -> str:
    """An e-mail address.

    Raises:
        ApiError: it is none.
    """
    value = text(sent, field)
    if not _EMAIL.fullmatch(value):
        raise invalid(field, "Enter a valid email address.")
    return value.lower()


def number(sent: Body, field: str) -> int:
    """A number of something.

    Raises:
        ApiError: it is none.
    """
    value = sent.get(field)
    if not isinstance(value, int) or isinstance(value, bool):
        raise invalid(field, "A valid integer is required.")
    return value


def choice(sent: Body, field: str, allowed: tuple[str, ...]) -> str:
    """One of several words.

    Raises:
        ApiError: it is none of them.
    """
    value = text(sent, field)
    if value not in allowed:
        raise invalid(field, f'"{value}" is not a valid choice.')
    return value


@web.middleware
async def errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn errors into answers. PostgreSQL that is missing is said so; it never shows as a defect of ours."""
    try:
        return await handler(request)
    except ApiError as error:
        return web.json_response(error.body, status=error.status)
    except (psycopg.OperationalError, PoolTimeout):
        missing = unavailable("PostgreSQL")
        return web.json_response(missing.body, status=missing.status)
