"""The portal, put together from its parts."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from aiohttp_session import session_middleware

from reference.broker.portal.admin import AdminPages
from reference.broker.portal.guard import Guard
from reference.broker.portal.listing import Listing
from reference.broker.portal.looks import Looks
from reference.broker.portal.main_server import Forbidden, MainServer, Unauthorised, Unavailable
from reference.broker.portal.pages import Pages
from reference.broker.portal.sessions import Sessions, tell
from reference.broker.portal.settings import Settings
from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.serving import application

_SAID = {
    400: "That page was asked for in a way that makes no sense.",
    403: "You are not allowed to see this page.",
    404: "There is no such page.",
    503: "The message server cannot be reached. Please try again in a moment.",
}


def build(settings: Settings, parts: Parts, lag: Lag | None = None) -> web.Application:
    """The application, not yet serving."""
    sessions = parts.of(Sessions)(settings.session_secret, settings.session_max_age, settings.ended_sessions)
    main = parts.of(MainServer)(settings.main.rstrip("/"), settings.ca, settings.main_timeout)
    guard, looks = parts.of(Guard)(sessions, main), parts.of(Looks)()
    listing = parts.of(Listing)(settings.page_size)
    pages = parts.of(Pages)(sessions, guard, main, listing, looks)
    admin_pages = parts.of(AdminPages)(guard, listing, looks)
    app = application(session_middleware(sessions.storage()), troubles_shown(sessions, looks), lag=lag)
    app.add_routes([*pages.routes(), *admin_pages.routes()])

    async def stop(_app: web.Application) -> None:
        await main.close()

    app.on_cleanup.append(stop)
    return app


def troubles_shown(sessions: Sessions, looks: Looks) -> Middleware:
    """A middleware that shows people what goes wrong as pages."""

    @web.middleware
    async def shown(request: web.Request, handler: Handler) -> web.StreamResponse:
        session = await sessions.of(request)
        try:
            return await handler(request)
        except Unauthorised:
            sessions.close(session)
            tell(session, "warning", "Your session has ended. Please sign in again.")
            raise web.HTTPFound("/login") from None
        except Forbidden:
            code = 403
        except Unavailable as trouble:
            logging.warning("no page %s: %s", request.path, trouble)
            code = 503
        except web.HTTPException as answer:
            if answer.status not in _SAID:
                raise
            code = answer.status
        return looks.page("trouble", session, code=code, says=_SAID[code])

    return shown
