"""How what a handler raises becomes an answer, in the form of each server."""

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

Answer = Callable[[web.Request, Any], web.StreamResponse]


def answering(answers: Mapping[type[Exception], Answer]) -> Middleware:
    """A middleware that answers exceptions.

    Args:
        answers: to each kind; of several that fit, the first counts.
    """

    @web.middleware
    async def answered(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except tuple(answers) as error:
            return next(answer for kind, answer in answers.items() if isinstance(error, kind))(request, error)

    return answered
