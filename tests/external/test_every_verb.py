"""Every verb of every driver, played against a server that keeps what could change it; protected, it hears nothing."""

import asyncio
import inspect
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from support.config.profile import load
from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.broker.monitoring_client import OPERATOR
from support.drivers.capabilities.delivery import Letter
from support.drivers.capabilities.sessions import Lends
from support.drivers.clients.browser import Browser
from support.drivers.dashboard.school_member import SchoolMember
from support.drivers.kit.driver import System
from support.drivers.kit.read_only import guard, release
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.stores.mysql import MySqlStore
from support.drivers.stores.postgres import PostgresStore
from support.drivers.stores.redis import RedisStore
from support.drivers.stores.sqlite import SqliteStore
from support.drivers.threads.state import Company, Place, Upload
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems import CLASSES, class_of
from support.verification.doctor.examination import Examination
from tests.external.recorder import Recorder, recording

#: A spec, and what its system speaks if it is not the spec's own.
DRIVERS = [(sut.name, "") for sut in CLASSES] + [("chat", "matrix")]
#: What makes and ends sessions, which an account of the suite's own may do.
SESSIONS = ("/log_in", "/login", "/logout", "/logout/", "/request-code/", "/verify-code/", "client_disconnection")
SESSIONS += ("/presence/Lisa/status", "/presence/Avi/status")
#: Who has no account, so that an attempt to sign in as them tells whether somebody judges it.
NOBODY = ("nobody", "stranger@example.com")
#: What a parameter of a verb means -> a value that gets far; any other text is a person.
WORDS = {
    **{"name": 'the room "Launch"', "text": "Hello?", "words": "Hello?", "password": "open sesame", "login": "Avi"},
    **{"how": "removes", "way": "request", "what": "a message without words", "position": "a teacher"},
    **{"training": "customer service", "privilege": "create an account", "component": "main server"},
    **{"status": "delivered", "manner": "comes twice", "bot": "Leonid", "client": "a script", "to": "user B"},
}
INNER = "\n".join(
    f"[systems.broker.driver.certificates.\"{whose} certificate\"]\ncertificate = 'x'\nkey = 'x'"
    for whose in ("the proxy's", "a worker's")
)
FIRST, LAST = ("sign_in", "connect", "come_online", "start"), ("close", "sign_out", "fall_silent")


def system_for(folder: Path, address: str, spec: str, speaks: str, more: str) -> SystemUnderTest:
    """A spec's system for the recorder."""
    clients = [f'{{ name = "{name}", certificate = "x", key = "x" }}' for name in ("one", "two", "three")]
    accounts = 'accounts = [{ login = "Lisa", password_env = "PW" }]'
    path = folder / "own.toml"
    path.write_text(
        f'[systems.{spec}]\ndeployment = "external"\naddress = "{address}"\n{more}\n'
        + (f'speaks = "{speaks}"\n' if speaks else "")
        + (f'addresses = {{ "main server" = "{address}" }}\n' if spec == "broker" else accounts)
        + f"\n[systems.{spec}.limits]\nresponse = 0.1\ndelivery = 0.1\nkeep_alive = 0.3\n"
        + (f"[systems.broker.driver]\nclients = [{', '.join(clients)}]\n{INNER}" if spec == "broker" else "")
    )
    profile = load(str(path))
    return class_of(spec, profile)(profile, {})


@asynccontextmanager
async def staged(folder: Path, address: str, spec: str, speaks: str, more: str) -> AsyncIterator[SystemUnderTest]:
    """The same, taken up and not vetted."""
    sut = system_for(folder, address, spec, speaks, more)
    sut.deployment = sut.deploy()
    sut.take_up(protecting=sut.protected)
    try:
        yield sut
    finally:
        await sut.close()


def cast(sut: SystemUnderTest, transcript: Transcript, *, own: bool) -> People:
    """Two people who have an account, as far as the driver can know."""
    people, system = People(), sut.system
    lends = isinstance(system, Lends) and sut.name == "broker"
    for role, login in {"user A": "Lisa", "user B": "Avi", OPERATOR: "Tom"}.items():
        account = system.at_hand(role) if lends else Account(login, "open sesame", own)  # type: ignore[attr-defined]
        people.add(role, account)
    backend: Any = getattr(system, "backend", None)
    if sut.name == "dashboard":
        backend.members = defaultdict(lambda: SchoolMember(1, 1, "Lisa", 1, "1"))
    if sut.name == "threads":
        world, both = backend.state(transcript), frozenset(("user A", "user B"))
        for number, login in enumerate(("Lisa", "Avi", "Tom")):
            world.knows(login, {"id": str(number), "companyRole": "owner"}, Company("1", "C", "Lisa", "token"))
        world.places += [Place("1", 'the room "Launch"', both, "1"), Place("2", 'the thread "Budget"', both, "1")]
        world.uploads['the room "Launch"'] = Upload("a.bin", b"x" * 3000, "text/plain", "user A", "1", None, file="1")
        world.messages["1"] = "Hello?"
    return people


def verbs_of(thing: object) -> list[str]:
    """All public functions, of its class or of its parts, those without which others get nowhere first."""
    names = [
        name
        for name in {*dir(type(thing)), *vars(thing)}
        if not name.startswith("_") and inspect.isroutine(inspect.getattr_static(thing, name, None))
    ]
    return sorted(names, key=lambda name: (name in LAST, name not in FIRST, name))


async def play(thing: object, transcript: Transcript, people: People) -> None:
    """Every verb of something, whatever comes of it; a driver is closed with its system."""
    for name in verbs_of(thing):
        if name == "close" and isinstance(thing, System):
            continue
        verb = getattr(thing, name)
        given = {one.name: _value(one, transcript, people) for one in inspect.signature(verb).parameters.values()}
        await _attempt(verb, {key: value for key, value in given.items() if value is not inspect.Parameter.empty})


async def _attempt(verb: Callable[..., Any], given: dict[str, Any]) -> None:
    with suppress(Exception):
        async with asyncio.timeout(0.3):
            done = verb(**given)
            done = await done if inspect.isawaitable(done) else done
            for ended in done.values() if isinstance(done, dict) else ():
                with suppress(Exception):
                    await ended


def _value(parameter: inspect.Parameter, transcript: Transcript, people: People) -> Any:
    """Something to give for a parameter; `empty` for one that has a default."""
    known: dict[str, Any] = {"transcript": transcript, "people": people, "letter": Letter("Hi"), "others": ["user B"]}
    known |= {"account": people.account("user A"), "inbox": Inbox("user A"), "pieces": 2}
    known |= {"seconds": 0.05, "within": 0.1}
    if parameter.name in known:
        return known[parameter.name]
    if parameter.default is not inspect.Parameter.empty:
        return inspect.Parameter.empty
    return WORDS.get(parameter.name, "user B" if parameter.annotation is str else 1)


async def played(sut: SystemUnderTest, *, own: bool) -> None:
    """All that the driver and its clients can do."""
    transcript = Transcript(Redactor())
    people = cast(sut, transcript, own=own)
    await play(sut.system, transcript, people)
    roles = [people.role(login) for login in people.logins]
    roles = roles if sut.name == "broker" else roles[:2]
    clients = [sut.system.client(ScenarioUser(role, people, transcript, Inbox(role))) for role in reversed(roles)]
    for client in clients:
        await play(client, transcript, people)


def named(recorder: Recorder) -> set[str]:
    return {heard.what for heard in recorder.changing}


@pytest.mark.parametrize(("spec", "speaks"), DRIVERS)
async def test_a_protected_system_hears_of_no_change(spec: str, speaks: str, tmp_path: Path) -> None:
    async with recording() as (recorder, address):
        async with staged(tmp_path, address, spec, speaks, "protected = true") as sut:
            await played(sut, own=False)
        assert recorder.heard, "it was not even looked at"
        assert all(any(who in heard.content for who in NOBODY) for heard in recorder.changing), recorder.changing


@pytest.mark.parametrize(("spec", "speaks"), DRIVERS)
async def test_an_account_of_its_own_makes_sessions_alone(spec: str, speaks: str, tmp_path: Path) -> None:
    async with recording() as (recorder, address):
        async with staged(tmp_path, address, spec, speaks, "protected = true") as sut:
            await played(sut, own=True)
        assert {what for what in named(recorder) if not what.endswith(SESSIONS)} == set()


@pytest.mark.parametrize(("spec", "speaks"), DRIVERS)
async def test_without_protection_the_same_changes_much(spec: str, speaks: str, tmp_path: Path) -> None:
    async with recording() as (recorder, address), staged(tmp_path, address, spec, speaks, "") as sut:
        await played(sut, own=True)
        assert len({what for what in named(recorder) if not what.endswith(SESSIONS)}) > 1
        assert spec != "broker" or "POST /internal/messages/register" in named(recorder)
        assert spec != "threads" or "GET /api/v1/messages/list" in named(recorder)


@pytest.mark.parametrize(("spec", "speaks"), DRIVERS)
async def test_transports_let_nothing_out_that_no_verb_has_announced(spec: str, speaks: str, tmp_path: Path) -> None:
    async with recording() as (recorder, address), staged(tmp_path, address, spec, speaks, "") as sut:
        guard(address)
        await played(sut, own=True)
        release(address)
    assert (recorder.heard, recorder.changing) == (0, [])


@pytest.mark.parametrize(("spec", "speaks"), DRIVERS)
async def test_the_doctor_changes_nothing_either(spec: str, speaks: str, tmp_path: Path) -> None:
    async with recording() as (recorder, address):
        await Examination(system_for(tmp_path, address, spec, speaks, "")).run()
        assert recorder.heard
        assert all(any(who in heard.content for who in NOBODY) for heard in recorder.changing), recorder.changing


STORES = {
    "redis://localhost:1/0": lambda url: RedisStore(url).answers(),
    "postgres://localhost:1/x": lambda url: PostgresStore(url).tables(),
    "mysql://localhost:1/x": lambda url: MySqlStore(url).tables(),
    "/nowhere/a.sqlite": lambda url: SqliteStore(Path(url)).rows_with("words"),
    "http://localhost:1": lambda url: Browser(0.1).window(Transcript(Redactor()).of("user A"), url),
}


@pytest.mark.parametrize("url", STORES)
async def test_stores_and_browsers_too(url: str) -> None:
    guard(url)
    with pytest.raises(NotSupported, match="this system is protected, and this would change it"):
        await STORES[url](url)
    release(url)
