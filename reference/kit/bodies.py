"""What a request says of its body has to be true: a kind without a body is refused, as Fastify does."""

from aiohttp import web
from aiohttp.typedefs import Handler


@web.middleware
async def no_kind_of_nothing(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a request that names the kind of a body and has none (415; RFC 9110, 8.3 and 15.5.16).

    Raises:
        web.HTTPUnsupportedMediaType: it does.
    """
    if "Content-Type" in request.headers and not request.body_exists:
        raise web.HTTPUnsupportedMediaType(text=f"there is no body that could be {request.content_type}")
    return await handler(request)
