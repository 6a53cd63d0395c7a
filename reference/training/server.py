"""The server, put together from its parts."""

from aiohttp import web

from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.serving import application
from reference.training.channel import OpenSockets
from reference.training.chat import Chat
from reference.training.coach import Coach
from reference.training.content import Documents, Scenarios
from reference.training.database import Database
from reference.training.limits import RateLimit, Validation
from reference.training.masking import Masking
from reference.training.rest import Rest, errors
from reference.training.scoring import Scoring
from reference.training.sessions import Feedbacks, Messages, Sessions
from reference.training.settings import Settings
from reference.training.turns import Turns


def build(settings: Settings, parts: Parts, lag: Lag | None = None) -> web.Application:
    """The application, not yet serving."""
    database = parts.of(Database)(settings.database, settings.lock_patience)
    scenarios = parts.of(Scenarios)(settings.content, database)
    sessions, messages = parts.of(Sessions)(database), parts.of(Messages)(database)
    feedbacks, coach = parts.of(Feedbacks)(database), parts.of(Coach)(settings.llm)
    turns = parts.of(Turns)(
        messages=messages,
        feedbacks=feedbacks,
        coach=coach,
        scoring=parts.of(Scoring)(),
        masking=parts.of(Masking)(),
        validation=parts.of(Validation)(settings.longest_message),
        rate=parts.of(RateLimit)(settings.messages_per_minute, settings.burst),
    )
    sockets = parts.of(OpenSockets)()
    rest = parts.of(Rest)(scenarios, parts.of(Documents)(scenarios), sessions, messages, feedbacks)
    chat = parts.of(Chat)(scenarios, sessions, turns, sockets, settings.largest_frame, lag)
    app = application(errors, lag=lag)
    app.add_routes([*rest.routes(), *chat.routes()])

    async def start(_app: web.Application) -> None:
        database.create()
        for problem in await scenarios.load():
            raise SystemExit(f"content: {problem}")

    async def stop(_app: web.Application) -> None:
        await sockets.close()
        await coach.close()

    app.on_startup.append(start)
    app.on_shutdown.append(stop)
    return app
