"""What can be wrong with words of a kind: as they are shown again (CT-INT-5), and as the model is asked (CT-WS-1)."""

from typing import Any

import aiohttp
from aiohttp import web

from reference.kit.damages import DAMAGES, Damage
from reference.training.coach import Coach, Reply
from reference.training.database import Row
from reference.training.faults import FAULTS
from reference.training.rest import Rest


def shown(damage: Damage) -> type:
    """Requests that show what was said in another form."""

    class Damaging(Rest):
        async def list_messages(self, request: web.Request) -> web.Response:
            kept = await self.messages.of(await self._session(request))
            return web.json_response([row | {"content": damage(row["content"])} for row in kept])

    return Damaging


def asked(damage: Damage) -> type:
    """A coach who asks the model in another form."""

    class Damaging(Coach):
        def prompt(self, title: str, history: list[Row]) -> list[dict[str, str]]:
            whole = super().prompt(title, history)
            return [line | {"content": damage(line["content"])} for line in whole]

    return Damaging


for _name, (_does, _damage) in DAMAGES.items():
    if _name in ("foreign-letters", "long", "other-planes", "lines", "markup"):
        FAULTS.seed(f"shown-{_name}", f"{_does} in what it shows of a conversation", "CT-INT-5")(shown(_damage))
        FAULTS.seed(f"asked-{_name}", f"{_does} in what it asks the model", "CT-WS-1")(asked(_damage))


@FAULTS.seed("minds-capitals", "knows no word with a capital where there is no model to ask", "CT-X-14")
class MindsCapitals(Coach):
    def built_in(self, title: str, text: str) -> str:
        return super().built_in(title, "".join(letter for letter in text if not letter.isupper()))


class Latin(aiohttp.ClientResponse):
    """An answer that is read in Latin-1, though it comes in UTF-8."""

    async def json(self, **_how: Any) -> Any:
        return await super().json(encoding="latin-1")


@FAULTS.seed("hears-latin", "reads what the language model says in Latin-1", "CT-WS-1")
class HearsLatin(Coach):
    async def ask(self, title: str, history: list[Row]) -> Reply:
        if self._client is None:
            self._client = aiohttp.ClientSession(response_class=Latin)
        return await super().ask(title, history)
