"""Who looks after the broker: asks the components how they are, and reads their figures."""

import re
from collections.abc import Mapping

from support.core import clock
from support.core.checks import check
from support.core.errors import NotSupported
from support.core.transcript import Transcript
from support.drivers.broker.datastore_inspector import DatastoreInspector
from support.drivers.broker.http_client import PROXY_HEALTH, Wire
from support.drivers.broker.options import BrokerOptions
from support.drivers.capabilities.delivery import Health
from support.drivers.clients.http import Answer
from support.vocabulary.terms.broker import DATABASE

OPERATOR = "the operator"

_SAMPLE = re.compile(r"^(?P<name>[A-Za-z_:][\w:]*)(?P<labels>\{.*\})? (?P<value>\S+)", re.MULTILINE)
_PYTHON = re.compile(r'^python_info\{.*major="(\d+)",minor="(\d+)"', re.MULTILINE)
#: Where a component says how it is, beside the proxies.
_HEALTH = "/health"
_WELL = ("healthy", "valid", "ok")
#: Words of a component that has not looked: they are no word of being ill.
_UNSAID = ("unknown",)
#: How a component calls what it needs -> how the scenarios call it.
_NEEDED = {"redis": "Redis", "database": DATABASE}

#: What the documents call the tables of the database.
TABLES = {
    "users": "users",
    "clients": "clients",
    "messages": "messages",
    "audit_log": "audit log",
    "alembic_version": "version of the schema",
}


def parts_of(checks: Mapping[str, str]) -> dict[str, bool]:
    """Whether each part is well by its word, in the scenarios' names; nothing of a part that has not been looked at."""
    return {_NEEDED.get(part, part): word in _WELL for part, word in checks.items() if word not in _UNSAID}


def is_proxy(component: str) -> bool:
    """Whether a component takes messages in."""
    return "proxy" in component


class BrokerOperator:
    """A user with a look at all components, and into the stores.

    Args:
        wires: the components, by the scenarios' names.
        options: the dialect.
        looks: what may be seen of the stores.
        transcript: of the scenario.
    """

    def __init__(
        self, wires: Mapping[str, Wire], options: BrokerOptions, looks: DatastoreInspector, transcript: Transcript
    ) -> None:
        self._wires = wires
        self._options = options
        self._looks = looks
        self._transcript = transcript

    async def health(self, component: str) -> Health:
        """What a component says of itself.

        Raises:
            NotSupported: the profile does not say where it is.
            Unreachable: it does not answer.
        """
        path = PROXY_HEALTH if is_proxy(component) else _HEALTH
        answer = await self._ask(component, f"know how the {component} is", path)
        checks = answer.field("checks") or answer.field("components") or {}
        well = answer.status == 200 and ("worker" in component or answer.field("status") in _WELL)
        return Health(well, parts_of(checks))

    async def runs_on(self, component: str) -> str:
        """What a component says to run on, among its figures or at the head of any answer; empty if it does not say.

        Raises:
            Unreachable: it does not answer.
        """
        answer = await self._ask(component, f"know what the {component} runs on", "/metrics")
        told = _PYTHON.search(answer.text)
        return f"Python/{told[1]}.{told[2]}" if told else answer.server

    async def figures_of(self, component: str) -> dict[str, float]:
        """What a component counts; what it counts for several is summed up.

        Raises:
            Unreachable: it does not answer.
            AssertionError: it tells no figures.
        """
        answer = await self._ask(component, f"read the figures of the {component}", "/metrics")
        check(answer.status == 200, f"the {component} tells no figures, but answers {answer.status}")
        found: dict[str, float] = {}
        for sample in _SAMPLE.finditer(answer.text):
            for name in {sample["name"], sample["name"] + (sample["labels"] or "")}:
                found[name] = found.get(name, 0.0) + float(sample["value"])
        return found

    async def database_answers(self) -> float:
        """Seconds that the database takes to count all messages."""
        began = clock.now()
        await self._looks.database.rows("SELECT count(*) FROM messages")
        return clock.now() - began

    async def kept_in_database(self) -> frozenset[str]:
        """What the database has a place for, in the documents' words."""
        return frozenset(TABLES.get(table, table) for table in await self._looks.database.tables())

    async def queue_answers(self) -> bool:
        """Whether Redis answers."""
        return await self._looks.queue.answers()

    async def connections(self) -> tuple[int, int]:
        """How many connections to the database are open, and how many may be."""
        return await self._looks.database.connections()

    async def _ask(self, component: str, aim: str, path: str) -> Answer:
        if component not in self._wires:
            raise NotSupported(f"the profile does not say where the {component} is")
        return await self._wires[component].session(self._transcript.of(OPERATOR)).answer(aim, "GET", path)
