"""What a request can be refused with, and how the refusal is worded on the wire."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler
from pydantic import ValidationError

from reference.kit.forms import NotJson, problems

#: Makes the body of an answer from a status and a message.
Wording = Callable[[int, str], dict[str, Any]]


class Rejected(Exception):  # noqa: N818 - an answer, not a breakdown
    """A request that is not granted: its HTTP status and a message for whoever asked."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class Invalid(Exception):  # noqa: N818 - an answer too
    """A request whose content breaks the rules: what is wrong, field by field."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__(", ".join(field for field, _ in problems))
        self.problems = problems


def answering(wording: Wording) -> Any:
    """For aiohttp: turns what a handler raises into an answer."""

    @web.middleware
    async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except Rejected as refusal:
            return web.json_response(wording(refusal.status, refusal.message), status=refusal.status)
        except Invalid as error:
            details = [{"type": "value_error", "loc": ["body", field], "msg": says} for field, says in error.problems]
            return web.json_response({"detail": details}, status=422)
        except (NotJson, ValidationError) as error:
            return web.json_response({"detail": problems(error)}, status=422)
        except web.HTTPException as error:
            return web.json_response({"detail": error.reason}, status=error.status)
        except Exception as error:
            # Only where it happened: what it says may quote what somebody sent, which no log is to know.
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{type(error).__name__} in {place.filename}:{place.lineno}"
            logging.error("%s %s failed: %s", request.method, request.path, where)
            return web.json_response(wording(500, "Internal server error"), status=500)

    return answer
