"""What clients send, as pydantic models: each server says in its own words what is wrong with it."""

from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

F = TypeVar("F", bound=BaseModel)


class NotJson(ValueError):  # noqa: N818 - an answer, not a breakdown
    """What was sent as JSON is none."""


async def sent(request: web.Request) -> Any:
    """The JSON that a request carries. Raises `NotJson`."""
    try:
        return await request.json()
    except ValueError:
        raise NotJson from None


async def filled_in(form: type[F], request: web.Request) -> F:
    """The body of a request as a form. Raises `NotJson`, or `ValidationError` if it is not what the form says."""
    return form.model_validate(await sent(request))


def problems(error: ValidationError | NotJson) -> list[dict[str, Any]]:
    """All that is wrong with a body, as FastAPI words it, without what was sent."""
    if isinstance(error, NotJson):
        return [{"type": "json_invalid", "loc": ["body"], "msg": "JSON decode error"}]
    wrong = error.errors(include_url=False, include_context=False, include_input=False)
    return [{"type": one["type"], "loc": ["body", *one["loc"]], "msg": one["msg"]} for one in wrong]
