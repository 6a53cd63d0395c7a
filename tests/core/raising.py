"""Plays each phrase that a spec says with a driver whose every verb raises one and the same exception.

    python -m tests.core.raising SYSTEM    prints JSON: how often phrases met one, and which let it through

What came before a step is taken to have succeeded; nothing leaves the process, as in the doctor's dry run.
"""

import asyncio
import inspect
import json
import sys
from collections import defaultdict
from contextlib import suppress
from copy import copy
from types import ModuleType

import aiohttp
from behave.model import Scenario
from jwt import DecodeError
from socketio.exceptions import SocketIOError
from websockets.exceptions import ConnectionClosedError

from support.config.profile import LoadSettings, load
from support.core.errors import EarshotError
from support.core.people import Account
from support.core.transcript import HEARD
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.clients.http import Answer, Dropped, Unreachable
from support.drivers.clients.socketio import ConnectionRefused
from support.drivers.clients.websocket import HandshakeRefused
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems import class_of
from support.scenario.accounts import Accounts
from support.scenario.actor import Actor
from support.scenario.step_decorators import judged
from support.verification.doctor import dry_run
from support.verification.doctor.dry_run import DryRun, NothingLeaves
from support.vocabulary.lint.vocabulary import Phrase
from support.vocabulary.lint.vocabulary import load as load_phrases

#: What a driver or a client raises when the product does what it should not, and what it trips over in an answer.
ERRORS: list[Exception] = [
    Rejected("no"),
    Rejected(""),
    Unavailable("not now"),
    Unreachable("nobody is there"),
    Dropped("it hung up"),
    HandshakeRefused(Answer(403)),
    ConnectionRefused("not you"),
    aiohttp.ClientPayloadError("half an answer"),
    SocketIOError("not a packet"),
    ConnectionClosedError(None, None),
    ConnectionResetError("reset"),
    TimeoutError("too late"),
    DecodeError("no token"),
    KeyError("contacts"),
    TypeError("list indices must be integers or slices, not str"),
    ValueError("not a number"),
    AttributeError("'list' object has no attribute 'get'"),
]
_PATIENCE = 0.1
NOWHERE = "http://127.0.0.1:9"
_PROCESSES = ("second server", "main server", "second main server", "second proxy", "portal", "bot API", "worker 1")

#: A driver's verb, in a module beneath `support.drivers`, as a traceback shows it.
_DRIVER = ModuleType("support.drivers.faulty")
exec("async def verb(fault):\n    fault.heard()\n    fault.strikes()\n", _DRIVER.__dict__)


class Fault:
    """What every verb of the driver does now: raise `error`, after an answer; end well if there is none."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.world: DryRun | None = None
        self.struck = 0

    def heard(self) -> None:
        if self.world:
            self.world.transcript.record("user A", HEARD, "http", "200", ["a", "bare", "list"])

    def strikes(self) -> None:
        if self.error:
            self.struck += 1
            raise copy(self.error)

    def is_in(self, error: Exception) -> bool:
        """Whether this is what the driver has raised."""
        return type(error) is type(self.error) and str(error) == str(self.error)

    def afflict(self, driver: object) -> None:
        """Have each verb of a driver, or of its client, do as this says."""
        for name, _ in inspect.getmembers(type(driver), inspect.iscoroutinefunction):
            if not name.startswith("_") and name != "close":
                setattr(driver, name, lambda *_, **__: _DRIVER.verb(self))


class Invented(Accounts):
    """Accounts that the afflicted system is asked for, and does not make."""

    async def take(self, role: str, lifetime: float | None, *, online: bool = False) -> Account:
        if self._sut.lease is None:
            await self._made(role, self._system.register(role, self._transcript, lifetime))
        return Account(f"{role.replace(' ', '-')}@example.com", "made up")


class Faulty(DryRun):
    """A scenario whose drivers are afflicted."""

    presumed = Invented

    fault: Fault

    def enlist(self, role: str, account: Account) -> Actor:
        actor = super().enlist(role, account)
        self.fault.afflict(actor.client)
        return actor


def _sut(system: str) -> SystemUnderTest:
    """A system that is nowhere, reached and looked into in every way that there is."""
    profile = load(None)
    described = dry_run._hurried(profile.systems[system]).model_copy(update={
        "deployment": "external", "server": {}, "address": NOWHERE, "addresses": dict.fromkeys(_PROCESSES, NOWHERE),
        "stores": {"redis": "redis://127.0.0.1:9/0", "postgres": "postgresql://127.0.0.1:9/x"},
    })  # fmt: skip
    hurried = profile.model_copy(update={"systems": {system: described}, "load": LoadSettings(most=dry_run._SHORTEST)})
    sut = class_of(system, profile)(hurried, {})
    sut.deployment, sut.lease = sut.deploy(), None
    sut.system = sut.drive()
    return sut


async def played(
    system: str, scenario: Scenario, phrases: list[Phrase], seen: set[str], fault: Fault
) -> dict[str, list[str]]:
    """What its steps let through of a fault, of those whose phrase has not been tried yet."""
    found: dict[str, list[str]] = defaultdict(list)
    sut = _sut(system)
    fault.afflict(sut.system)
    world = Faulty(sut)
    world.fault = fault
    fault.world = world
    for step in scenario.all_steps:
        phrase = next(phrase for phrase in phrases if phrase.fits(step))
        arguments = [argument.value for argument in phrase.matcher.match(step.name).arguments]
        arguments += [step.table] if step.table is not None else []
        tried = ERRORS if phrase.text not in seen else []
        seen.add(phrase.text)
        for fault.error in [*tried, None]:
            try:
                async with asyncio.timeout(_PATIENCE):
                    await judged(phrase.function, world, *arguments)
            except (AssertionError, EarshotError, NothingLeaves):
                continue
            except Exception as error:
                if fault.is_in(error):
                    found[f"{type(error).__name__}: {error}"].append(f"{step.step_type} {phrase.text}")
    with suppress(Exception):
        await sut.system.close()
    return found


def main(system: str) -> None:
    """Play a spec."""
    phrases, seen, fault = load_phrases(dry_run.HERE / "steps"), set[str](), Fault()
    sys.addaudithook(dry_run._let_nothing_out)
    total: dict[str, list[str]] = defaultdict(list)
    for scenario in dry_run._scenarios(system, []):
        if any(next(one for one in phrases if one.fits(step)).text not in seen for step in scenario.all_steps):
            for words, steps in asyncio.run(played(system, scenario, phrases, seen, fault)).items():
                total[words] += steps
    print(json.dumps({"struck": fault.struck, "through": total}))


if __name__ == "__main__":
    main(sys.argv[1])
