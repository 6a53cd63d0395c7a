"""HTTP: whether the server lives, and whether it can work (contract 2.8)."""

import time
from typing import Any

from aiohttp import web

from reference.threads.api import PREFIX, Api, Inside
from reference.threads.plain import now
from reference.threads.refusals import Unavailable


class HealthApi(Api):
    """Health, for anybody and without a limit."""

    def __init__(self, inside: Inside) -> None:
        super().__init__(inside)
        self._began = time.monotonic()

    def routes(self) -> list[web.RouteDef]:
        """Where it is reached."""
        answers = {"": self.health, "/live": self.live, "/ready": self.ready, "/database": self.database}
        return [web.get(f"{PREFIX}/health{path}", self._served(handle)) for path, handle in answers.items()]

    def _served(self, handle: Any) -> Any:
        async def answer(request: web.Request) -> web.StreamResponse:
            return await self.answered(request, handle(), 200)

        return answer

    async def health(self) -> Any:
        """That it runs, and since when."""
        return {"status": "ok", "timestamp": now(), "uptime": int(time.monotonic() - self._began), "version": "1.0.0"}

    async def live(self) -> Any:
        """That it lives."""
        return {"alive": True, "timestamp": now()}

    async def ready(self) -> Any:
        """That it can work. Raises `Unavailable` if not."""
        await self.require_database()
        return {"ready": True, "checks": {"database": True}}

    async def database(self) -> Any:
        """That PostgreSQL is there. Raises `Unavailable` if not."""
        await self.require_database()
        return {"status": "ok", "connection": {"connected": True}}

    async def require_database(self) -> None:
        """Raises `Unavailable` unless PostgreSQL answers."""
        if not await self.inside.database.answers():
            raise Unavailable(1.0)
